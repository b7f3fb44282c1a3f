"""planqa's own index and search over the same texts; what asks with less evidence asks the same index."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from time import perf_counter

from eval.bench.types import K, Text
from eval.bench.watched import Watched
from eval.ranking import dense_query, rank
from index.lexical import Segment
from index.search import Indexes
from index.text_index import index_texts
from index.types import Encoder
from qa.query import make_query
from qa.question import MAX_CHARACTERS, understand

SEARCH, DENSE = "search", "dense"


class Planqa:
    """`index_texts` and `search`: the question is understood and worded, four kinds of evidence are weighed."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = Watched(encoder)
        self._indexes: Indexes

    def load(self) -> None:
        """Load the weights."""
        self._encoder.read_question("a")

    def build(self, texts: Sequence[Text], folder: Path) -> dict[str, float]:
        """One call. It leaves the counts of words in memory: they are written untimed, to see what room they take."""
        begun = perf_counter()
        windows = [(text.whole,) for text in texts]
        whole, own = [text.whole for text in texts], [text.own for text in texts]
        self._indexes = index_texts(folder, windows, whole, own, self._encoder)
        ended, fitted = perf_counter(), self._encoder.began - begun
        Segment.build(whole, own).save(folder / "words")
        return {"fit the space": fitted, "build": ended - begun - fitted}

    def ask(self, question: str, way: str) -> list[int]:
        """The whole search, or its dense evidence alone, for the question as it was typed."""
        asked = understand(question[:MAX_CHARACTERS])
        query = dense_query(question, asked.language) if way == DENSE else make_query(asked)
        return [row for row, _ in rank(query, self._encoder, self._indexes, K)]
