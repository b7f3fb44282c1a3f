"""The pipeline that a newcomer builds from a tutorial: fixed chunks, LangChain's FAISS store, the same encoder.

The only file that imports langchain_community. The package is sunset, and still where LangChain's own documentation
sends whoever wants its FAISS store; it serves as a yardstick here and nowhere else.
"""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from typing import Any

from corpus.errors import ModelError
from eval.types import Hit, Item
from index.types import Encoder, Progress

CHUNK, OVERLAP = 1000, 200  # characters
_FACTOR = 3  # chunks fetched for each item wanted: long items have several


class Tutorial:
    """RecursiveCharacterTextSplitter 1,000/200, FAISS.from_embeddings, similarity_search_with_score."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        self._store: Any = None

    @property
    def name(self) -> str:
        """How tables call it."""
        return "tutorial"

    def index(self, items: Sequence[Item], progress: Progress | None = None) -> None:
        """Split, encode and store.

        Raises:
            ModelError: the packages of the benchmark are not installed.
        """
        try:
            with warnings.catch_warnings(action="ignore"):  # DeprecationWarning: sunset
                from langchain_community.vectorstores import FAISS
                from langchain_core.embeddings import Embeddings
                from langchain_text_splitters import RecursiveCharacterTextSplitter
        except ImportError as error:
            raise ModelError(
                "langchain_community", f"expected an installed package ({error})", "run: make eval"
            ) from error

        encoder = self._encoder

        class Adapter(Embeddings):
            def embed_documents(self, texts: list[str]) -> list[list[float]]:
                return encoder.encode_passages(texts, progress).tolist()  # type: ignore[no-any-return]

            def embed_query(self, text: str) -> list[float]:
                return encoder.encode_questions([text])[0].tolist()  # type: ignore[no-any-return]

        splitter = RecursiveCharacterTextSplitter(chunk_size=CHUNK, chunk_overlap=OVERLAP)
        chunks = [
            (chunk, item.id) for item in items for chunk in splitter.split_text(f"{item.title}\n{item.text}".strip())
        ]
        with warnings.catch_warnings(action="ignore"):
            self._store = FAISS.from_texts(
                [chunk for chunk, _ in chunks], Adapter(), metadatas=[{"item": item} for _, item in chunks]
            )

    def search(self, query: str, k: int) -> list[Hit]:
        """The nearest chunks; their score is the squared distance of unit vectors turned into a cosine."""
        found = self._store.similarity_search_with_score(query, k=_FACTOR * k)
        return [Hit(chunk.metadata["item"], 1 - float(distance) / 2, chunk.page_content) for chunk, distance in found]
