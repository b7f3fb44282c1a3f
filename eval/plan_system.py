"""planqa over the plans it was made for: its parser, its context in front of passages, its reading of questions.

"hybrid" is `planqa search` itself. "dense" and "bm25" are one half of it over the same passages, with the question as
it was typed: no glossary, and no restriction to the province that the question names.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from corpus.collect import read_documents
from corpus.source import decode
from eval.ranking import Mode, Ranked, dense_query, rank, rank_bm25
from eval.types import Hit, Item
from index.build import write_home
from index.home import open_home, writing
from index.types import Encoder, Progress
from qa.engine import Engine
from qa.question import understand


class PlanSystem:
    """An engine over a home in `folder`, built of the items.

    A passage that is found is a hit of the first file of its document.
    """

    def __init__(self, mode: Mode, encoder: Encoder, folder: Path) -> None:
        self._mode, self._encoder, self._folder = mode, encoder, folder
        self.engine: Engine

    @property
    def name(self) -> str:
        """The half that is switched on, or "hybrid"."""
        return self._mode

    def index(self, items: Sequence[Item], progress: Progress | None = None) -> None:
        """Parse, encode and store the files; what is unchanged in the folder is not encoded again."""
        sources = [decode(item.id, Path(item.id).suffix.lstrip("."), item.text.encode()) for item in items]
        documents, errors = read_documents(sources, {})
        if errors:
            raise errors[0]
        with writing(self._folder):
            write_home(self._folder, documents, sources, self._encoder, progress)
            generation = open_home(self._folder)
        self.engine = Engine(generation, lambda: self._encoder, self._folder)

    def search(self, query: str, k: int) -> list[Hit]:
        """The nearest passages."""
        files = {document.id: document.editions[0].source for document in self.engine.documents()}
        if self._mode == "hybrid":
            return [Hit(files[found.document_id], found.score, found.text) for found in self.engine.search(query, k=k)]
        passages = self.engine.generation.passages
        return [Hit(files[passages[row].document_id], score, passages[row].text) for row, score in self._rank(query, k)]

    def _rank(self, query: str, k: int) -> Ranked:
        generation = self.engine.generation
        if self._mode == "bm25":
            return rank_bm25(generation.lexical, query, k)
        return rank(dense_query(query, understand(query).language), self._encoder, generation.indexes, k)
