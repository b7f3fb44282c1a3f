"""One question to an index on disk, from a cold process.

    python -m eval.bench.once NAME MODEL DTYPE FOLDER TEXTS QUESTION

Nothing is imported that the system itself does not need.
"""

from __future__ import annotations

import sys
from pathlib import Path

from eval.bench.types import Reopened


def reopened(name: str, path: str, dtype: str) -> Reopened:
    """The system of this name."""
    if name == "bare":
        from eval.bench.bare import Bare

        return Bare(path, dtype)
    if name == "langchain":
        from eval.bench.langchain_side import LangChain

        return LangChain(path, dtype)
    from eval.bench.txtai_side import Txtai

    return Txtai(path, dtype)


def main() -> None:
    """Open, ask, print the places of the hits."""
    name, path, dtype, folder, texts, question = sys.argv[1:7]
    side = reopened(name, path, dtype)
    side.open(Path(folder), Path(texts))
    print(*side.ask(question, ""))


if __name__ == "__main__":
    main()
