"""An encoder that reads passages in several processes: one a graphics card, or a few on one processor.

    with PooledEncoder(["cuda:0", "cuda:1"]) as encoder:
        homes.ingest(home, paths, encoder)

Each process holds a copy of the model (sentence-transformers' multi-process pool). They start with the first text that
is to be encoded, and end with the block. Questions are read here: one text is not worth the way to another process.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from corpus.errors import ModelError
from index.encoder import BATCH, SentenceTransformerEncoder, prompt_of
from index.processor import usable_cores
from index.types import Progress

_CHUNK = 4 * BATCH  # texts that a process is given at a time
_ROUNDS = 4  # chunks a process between two looks at how far it is
_THREADS = "OMP_NUM_THREADS"


class PooledEncoder(SentenceTransformerEncoder):
    """An `Encoder` whose passages are read by a process for each of `devices`, as torch names them."""

    def __init__(self, devices: Sequence[str], model: str = "") -> None:
        super().__init__(model)
        self._devices = list(devices)
        self._pool: Any = None

    def __enter__(self) -> PooledEncoder:
        return self

    def _started(self) -> Any:
        """The processes, each of which takes seconds to import its libraries, and the memory of one model.

        Raises:
            ModelError: the model cannot be loaded, or there is no such device.
        """
        if self._pool:
            return self._pool
        import torch

        for device in self._devices:
            try:
                torch.empty(0, device=device)
            except (RuntimeError, AssertionError) as error:
                reason = str(error).partition("\n")[0]
                raise ModelError(device, f"not a device of this machine ({reason})", "mend --devices") from None
        with _threads(usable_cores() // max(1, self._devices.count("cpu"))):
            self._pool = self.load().start_multi_process_pool(self._devices)
        return self._pool

    def __exit__(self, *_: object) -> None:
        """End the processes."""
        pool, self._pool = self._pool, None
        if pool:
            self.load().stop_multi_process_pool(pool)

    def _batches(
        self, texts: Sequence[str], task: str, prompts: tuple[str, ...], output: str | None, progress: Progress | None
    ) -> Iterator[tuple[list[int], Any]]:
        """What the model gives for some texts, and their places."""
        if len(texts) <= BATCH:
            yield from super()._batches(texts, task, prompts, output, progress)
            return
        model, pool = self.load(), self._started()
        prompt = prompt_of(model, prompts)
        order = sorted(range(len(texts)), key=lambda row: len(texts[row]), reverse=True)
        step = _CHUNK * _ROUNDS * len(self._devices)
        for start in range(0, len(order), step):
            rows = order[start : start + step]
            found = model.encode(
                [texts[row] for row in rows],
                prompt=prompt,
                batch_size=BATCH,
                show_progress_bar=False,
                output_value=output,
                task=task,
                pool=pool,
                chunk_size=_CHUNK,
            )
            yield rows, found
            if progress:
                progress("encode passages", start + len(rows), len(order))


@contextmanager
def _threads(count: int) -> Iterator[None]:
    """Threads of processes that are started meanwhile: several on one processor would trip over each other."""
    before = os.environ.get(_THREADS)
    os.environ[_THREADS] = str(max(1, count))
    try:
        yield
    finally:
        if before is None:
            del os.environ[_THREADS]
        else:
            os.environ[_THREADS] = before
