"""The real readings that made ones lie near: `python -m eval.bench.grow_read FOLDER`."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from eval.bench.made import READINGS, SPACE, keep_readings
from eval.bench.texts import make_texts, questions
from index.encoder import load_encoder
from index.samples import default_samples, fit_space
from index.types import Encoder
from qa.query import make_query
from qa.question import understand


def read(encoder: Encoder, folder: Path, at_most: int = sys.maxsize) -> None:
    """Write the readings of the shipped passages and the `dev` questions, and the space they are compared in."""
    folder.mkdir(parents=True, exist_ok=True)
    queries = [make_query(understand(question)) for question in questions()[:at_most]]
    asked = {query.dense: query.language for query in queries}
    passages = [text.whole for text in make_texts("passages")[:at_most]]
    keep_readings(encoder, passages, asked, folder / READINGS)
    fit_space(encoder, default_samples()).save(folder / SPACE)


def main() -> None:
    """Read with the encoder that planqa would take."""
    read(load_encoder(os.environ.get("PLANQA_MODEL", "")), Path(sys.argv[1]))


if __name__ == "__main__":
    main()
