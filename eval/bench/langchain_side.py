"""LangChain's FAISS vector store over the shared encoder."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from pathlib import Path
from time import perf_counter
from typing import Any

from eval.bench.model import load_model
from eval.bench.types import K, Text, read_texts


class LangChain:
    """FAISS.from_texts, save_local, similarity_search_with_score; no splitting, texts come as they are."""

    def __init__(self, path: str, dtype: str) -> None:
        self._path, self._dtype = path, dtype
        self._store: Any = None
        self._embeddings: Any = None
        self._class: Any = None

    def load(self) -> None:
        """Load the weights, and LangChain."""
        self._load()
        self._embeddings.embed_documents(["a"])

    def build(self, texts: Sequence[Text], folder: Path) -> dict[str, float]:
        """One call to build, one to write."""
        begun = perf_counter()
        with warnings.catch_warnings(action="ignore"):
            self._store = self._class.from_texts(
                [text.whole for text in texts], self._embeddings, metadatas=[{"row": row} for row in range(len(texts))]
            )
        built = perf_counter()
        self._store.save_local(str(folder))
        return {"build": built - begun, "write": perf_counter() - built}

    def open(self, folder: Path, texts: Path) -> None:
        """Load the weights, read the FAISS file, and take the texts from elsewhere.

        `load_local` would unpickle them, which no code of planqa does.
        """
        import faiss

        self._load()
        with warnings.catch_warnings(action="ignore"):
            from langchain_community.docstore.in_memory import InMemoryDocstore
            from langchain_core.documents import Document

            kept = {str(row): Document(t.whole, metadata={"row": row}) for row, t in enumerate(read_texts(texts))}
            index = faiss.read_index(str(folder / "index.faiss"))
            self._store = self._class(self._embeddings, index, InMemoryDocstore(kept), dict(enumerate(kept)))

    def ask(self, question: str, way: str) -> list[int]:
        """One call."""
        found = self._store.similarity_search_with_score(question, k=K)
        return [int(document.metadata["row"]) for document, _ in found]

    def _load(self) -> None:
        with warnings.catch_warnings(action="ignore"):  # DeprecationWarning: sunset
            from langchain_community.vectorstores import FAISS
            from langchain_core.embeddings import Embeddings
        model = load_model(self._path, self._dtype)

        class Adapter(Embeddings):
            def embed_documents(self, texts: list[str]) -> list[list[float]]:
                return model.encode_document(texts, show_progress_bar=False).tolist()  # type: ignore[no-any-return]

            def embed_query(self, text: str) -> list[float]:
                return model.encode_query([text], show_progress_bar=False)[0].tolist()  # type: ignore[no-any-return]

        self._embeddings, self._class = Adapter(), FAISS
