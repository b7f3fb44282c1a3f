"""Options that several commands share, and what they open."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from corpus.errors import QuestionError
from qa.types import Filters

if TYPE_CHECKING:
    from corpus.types import Document
    from index.reranker import Reranker
    from index.types import Encoder
    from qa.engine import Engine
    from qa.llm.reword import Wording

Home = Annotated[Path | None, typer.Option("--home", help="Folder of the corpus and its index [env: PLANQA_HOME]")]
Province = Annotated[list[str] | None, typer.Option("--province", help="Only plans of this province; repeatable")]
DocumentName = Annotated[
    list[str] | None, typer.Option("--document", help="Only this document, by number or id; repeatable")
]
Year = Annotated[list[str] | None, typer.Option("--year", help="Only documents issued in this year; repeatable")]
Kind = Annotated[
    list[str] | None, typer.Option("--kind", help="Only passages of this kind: target, task, ...; repeatable")
]
AsOf = Annotated[str, typer.Option("--as-of", help="The day taken for today, 2025-06-30 or 30/6/2025")]
LlmUrl = Annotated[
    str,
    typer.Option("--llm-url", help="OpenAI-compatible endpoint that rewords answers, up to /v1 (key: PLANQA_LLM_KEY)"),
]
LlmModel = Annotated[str, typer.Option("--llm-model", help="Model of that endpoint")]
Json = Annotated[bool, typer.Option("--json", help="Print JSON")]


def filters(
    province: list[str] | None,
    document: list[str] | None,
    year: list[str] | None,
    kind: list[str] | None = None,
) -> Filters:
    """The options as filters."""
    return Filters(tuple(province or ()), tuple(document or ()), tuple(year or ()), tuple(kind or ()))


def load_encoder() -> Encoder:
    """The encoder that PLANQA_MODEL names, or the bundled one; nothing is loaded before it is needed."""
    from index.encoder import load_encoder as load

    return load(os.environ.get("PLANQA_MODEL", ""))


def load_reranker() -> Reranker | None:
    """The cross-encoder that PLANQA_RERANKER names, if any; nothing is loaded before it is needed."""
    from index.reranker import RERANKER_SETTING
    from index.reranker import load_reranker as load

    wanted = os.environ.get(RERANKER_SETTING, "")
    return load(wanted) if wanted else None


def open_engine(home: Path | None, renew: bool = False, wording: Wording | None = None) -> Engine:
    """The engine over a home, filled with the shipped plans when it is missing."""
    from qa import homes
    from qa.engine import Engine
    from qa.progress import progress_bar

    where = home or homes.default_home()
    encoder = load_encoder()
    with progress_bar() as progress:
        generation = homes.ready(where, encoder, progress, renew)
    if generation.degraded:
        print(f"planqa: {generation.degraded}", file=sys.stderr)
    return Engine(generation, lambda: encoder, where, load_reranker(), wording)


def chosen_documents(home: Path | None, wanted: Filters) -> tuple[Document, ...]:
    """The documents that pass the filters.

    Raises:
        QuestionError: a filter is given that no document passes.
    """
    documents = open_engine(home).selected(wanted)
    named = [*wanted.provinces, *wanted.documents, *wanted.years]
    if not documents and named:
        raise QuestionError(
            ", ".join(named), "no document of the corpus passes these filters", "see `planqa documents`"
        )
    return documents
