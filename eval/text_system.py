"""planqa's search over any collection of texts: dense, lexical, or both as a question of its language is weighed."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from corpus.errors import QuestionError
from eval.ranking import Mode, Ranked, dense_query, rank, rank_bm25
from eval.types import Hit, Item
from index.lexical import LexicalIndex
from index.search import Indexes
from index.text_index import index_texts
from index.types import Encoder, Progress
from index.windows import longest_for, windows
from qa.query import make_query
from qa.question import MAX_CHARACTERS, understand


class TextSystem:
    """Items as they are, title in front; long ones are cut into windows. `folder` holds the index while it is used."""

    def __init__(self, mode: Mode, encoder: Encoder, folder: Path) -> None:
        self._mode, self._encoder, self._folder = mode, encoder, folder
        self._ids: list[str] = []
        self._texts: list[str] = []
        self._lexical: LexicalIndex
        self._indexes: Indexes

    @property
    def name(self) -> str:
        """The half that is switched on, or "hybrid"."""
        return self._mode

    def index(self, items: Sequence[Item], progress: Progress | None = None) -> None:
        """Encode all windows and count all terms."""
        self._ids = [item.id for item in items]
        self._texts = [f"{item.title}\n{item.text}".strip() for item in items]
        if self._mode == "bm25":
            self._lexical = LexicalIndex.build(self._texts, self._texts)
            return
        longest = longest_for(self._encoder.max_tokens)
        cut = [tuple(windows(item.text, longest, f"{item.title}\n".lstrip())) for item in items]
        bodies = [item.text for item in items]
        self._indexes = index_texts(self._folder, cut, self._texts, bodies, self._encoder, progress)

    def search(self, query: str, k: int) -> list[Hit]:
        """The nearest items."""
        return [Hit(self._ids[row], score, self._texts[row]) for row, score in self._rank(query, k)]

    def _rank(self, query: str, k: int) -> Ranked:
        if self._mode == "bm25":
            return rank_bm25(self._lexical, query, k)
        try:
            asked = understand(query[:MAX_CHARACTERS])
        except QuestionError:  # nothing but control characters is left of it
            return []
        wanted = dense_query(query, asked.language) if self._mode == "dense" else make_query(asked)
        return rank(wanted, self._encoder, self._indexes, k)
