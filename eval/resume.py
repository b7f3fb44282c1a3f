"""What lets a run go on after an interruption: vectors and answers kept in a folder until the run is whole."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np

from eval.errors import DataError
from index.types import Encoder, Progress, Reading, Vectors

BLOCK = 512  # texts whose vectors are kept together: some seconds of work
_ABOUT, _FOUND = "about.json", "found.jsonl"


class KeptEncoder:
    """An encoder that writes vectors of passages to a folder block by block, and reads those that are there."""

    def __init__(self, encoder: Encoder, folder: Path) -> None:
        self._encoder, self._folder = encoder, folder

    @property
    def name(self) -> str:
        """The encoder's own name."""
        return self._encoder.name

    @property
    def dimension(self) -> int:
        """Length of every vector."""
        return self._encoder.dimension

    @property
    def max_tokens(self) -> int:
        """The encoder's own window."""
        return self._encoder.max_tokens

    def read_question(self, text: str) -> Reading:
        """Questions are not kept."""
        return self._encoder.read_question(text)

    def read_sample(self, text: str, is_passage: bool = False) -> Reading:
        """As the encoder does."""
        return self._encoder.read_sample(text, is_passage)

    def read_passages(self, texts: Sequence[str], progress: Progress | None = None) -> Iterator[tuple[int, Reading]]:
        """Every passage with its tokens, from the folder where it has them."""
        for start in range(0, len(texts), BLOCK):
            block = list(texts[start : start + BLOCK])
            for place, reading in enumerate(self._readings(block)):
                yield start + place, reading
            if progress:
                progress("encode passages", start + len(block), len(texts))

    def encode_questions(self, texts: Sequence[str]) -> Vectors:
        """Questions are not kept: what was found for them is."""
        return self._encoder.encode_questions(texts)

    def encode_passages(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        """Vectors of shape (len(texts), dimension), from the folder where it has them."""
        result = np.zeros((len(texts), self.dimension), np.float32)
        for start in range(0, len(texts), BLOCK):
            block = list(texts[start : start + BLOCK])
            result[start : start + len(block)] = self._block(block)
            if progress:
                progress("encode passages", start + len(block), len(texts))
        return result

    def _block(self, texts: list[str]) -> Vectors:
        path = self._path(texts, "npy")
        if path.is_file():
            return np.asarray(np.load(path, allow_pickle=False), np.float32)
        vectors = self._encoder.encode_passages(texts)
        self._keep(path, lambda stream: np.save(stream, vectors))
        return vectors

    def _readings(self, texts: list[str]) -> list[Reading]:
        path = self._path(texts, "npz")
        if not path.is_file():
            found = [reading for _, reading in sorted(self._encoder.read_passages(texts), key=lambda pair: pair[0])]
            ends = np.cumsum([len(reading.ids) for reading in found])
            self._keep(
                path,
                lambda stream: np.savez(
                    stream,
                    vectors=np.stack([reading.vector for reading in found]),
                    tokens=np.concatenate([reading.tokens for reading in found]),
                    ids=np.concatenate([reading.ids for reading in found]),
                    ends=ends,
                ),
            )
            return found
        with np.load(path, allow_pickle=False) as kept:
            ends = kept["ends"][:-1]
            parts = zip(kept["vectors"], np.split(kept["tokens"], ends), np.split(kept["ids"], ends), strict=True)
            return [Reading(vector, tokens, ids) for vector, tokens, ids in parts]

    def _path(self, texts: list[str], suffix: str) -> Path:
        key = hashlib.sha256(json.dumps([self.name, texts]).encode()).hexdigest()[:32]
        return self._folder / f"{key}.{suffix}"

    def _keep(self, path: Path, write: Callable[[BinaryIO], None]) -> None:
        temporary = path.with_suffix(".partial")
        try:
            with temporary.open("wb") as stream:
                write(stream)
            os.replace(temporary, path)
        except OSError as error:
            raise _not_written(self._folder, error) from error


class Work:
    """The folder beside a run that is being made; it is dropped when the run is written."""

    def __init__(self, output: Path, about: dict[str, Any]) -> None:
        """Open the folder, emptied when it was left by a run that `about` does not describe.

        Raises:
            DataError: it cannot be written.
        """
        if output.is_dir():  # told now, not when the work is done
            raise DataError(output, "a folder, expected a file to write", "name a file with --output")
        self.folder = output.with_name(f".{output.name}.work")
        try:
            if self._stored() != about:
                shutil.rmtree(self.folder, ignore_errors=True)
                self.folder.mkdir(parents=True)
                (self.folder / _ABOUT).write_text(json.dumps(about), encoding="utf-8")
        except OSError as error:
            raise _not_written(output, error) from error

    def found(self) -> dict[str, tuple[dict[str, float], float]]:
        """What was found for each query before the interruption, and in how many milliseconds."""
        result: dict[str, tuple[dict[str, float], float]] = {}
        path = self.folder / _FOUND
        if not path.is_file():
            return result
        whole = []
        for line in path.read_text(encoding="utf-8").splitlines():
            try:
                query, found, milliseconds = json.loads(line)
            except ValueError:  # the line that was being written
                continue
            result[query] = found, milliseconds
            whole.append(line)
        path.write_text("".join(f"{line}\n" for line in whole), encoding="utf-8")
        return result

    def add(self, query: str, found: dict[str, float], milliseconds: float) -> None:
        """Keep what was found for a query."""
        try:
            with (self.folder / _FOUND).open("a", encoding="utf-8") as stream:
                stream.write(json.dumps([query, found, milliseconds]) + "\n")
        except OSError as error:
            raise _not_written(self.folder, error) from error

    def drop(self) -> None:
        """The run is whole."""
        shutil.rmtree(self.folder, ignore_errors=True)

    def _stored(self) -> dict[str, Any] | None:
        try:
            stored = json.loads((self.folder / _ABOUT).read_text(encoding="utf-8"))
            return stored if isinstance(stored, dict) else None
        except (OSError, ValueError):
            return None


def _not_written(path: Path, error: OSError) -> DataError:
    return DataError(path, f"cannot be written ({error.strerror})", "name another file with --output")
