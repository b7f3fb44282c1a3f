"""planqa's search over any collection of texts: dense, lexical, or both as a question of its language is weighed."""

from __future__ import annotations

from collections.abc import Sequence

from corpus.errors import QuestionError
from eval.ranking import Mode, Ranked, dense_query, rank, rank_bm25
from eval.types import Hit, Item
from eval.windows import WindowedIndex, windows
from index.lexical import LexicalIndex
from index.types import Encoder, Progress
from index.vectors import DenseIndex
from qa.engine import make_query
from qa.question import MAX_CHARACTERS, understand


class TextSystem:
    """Items as they are, title in front; the dense index holds windows of long ones."""

    def __init__(self, mode: Mode, encoder: Encoder) -> None:
        self._mode, self._encoder = mode, encoder
        self._ids: list[str] = []
        self._texts: list[str] = []
        self._dense: DenseIndex
        self._lexical: LexicalIndex

    @property
    def name(self) -> str:
        """The half that is switched on, or "hybrid"."""
        return self._mode

    def index(self, items: Sequence[Item], progress: Progress | None = None) -> None:
        """Encode all windows and count all terms."""
        self._ids = [item.id for item in items]
        self._texts = [f"{item.title}\n{item.text}".strip() for item in items]
        self._lexical = LexicalIndex.build(self._texts)
        if self._mode == "bm25":
            return
        cut: list[str] = []
        starts: list[int] = []
        for item in items:
            starts.append(len(cut))
            cut += [f"{item.title}\n{window}".strip() for window in windows(item.text)]
        self._dense = WindowedIndex(DenseIndex.build(self._encoder.encode_passages(cut, progress)), starts)

    def search(self, query: str, k: int) -> list[Hit]:
        """The nearest items."""
        return [Hit(self._ids[row], score, self._texts[row]) for row, score in self._rank(query, k)]

    def _rank(self, query: str, k: int) -> Ranked:
        if self._mode == "bm25":
            return rank_bm25(self._lexical, query, k)
        if self._mode == "dense":
            asked = dense_query(query)
        else:
            try:
                asked = make_query(understand(query[:MAX_CHARACTERS]))
            except QuestionError:  # nothing but control characters is left of it
                return []
        return rank(asked, self._encoder, self._dense, self._lexical, k)
