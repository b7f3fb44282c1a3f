"""Run apart: a job of administration with the encoder of the tests; "boom" in a file's name kills it halfway."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2] / "index"))

from fakes import HashEncoder
from making import SAMPLES, building

from index.types import Progress, Vectors
from qa.admin import worker


class Touchy(HashEncoder):
    """Waits where a test wants to look, dies where it wants a crash."""

    def encode_passages(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        return super().encode_passages(texts, progress)

    def read_passages(self, texts: Sequence[str], progress: Progress | None = None):  # type: ignore[no-untyped-def]
        if any("sập nguồn" in text for text in texts):
            os.kill(os.getpid(), 9)
        if any("chờ rất lâu" in text for text in texts):
            time.sleep(60)
        yield from super().read_passages(texts, progress)


if __name__ == "__main__":
    building.default_samples = lambda: SAMPLES  # type: ignore[assignment]
    worker.main(Touchy)
