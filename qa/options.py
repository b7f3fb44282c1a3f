"""Options that several commands share, and what they open."""

from __future__ import annotations

import os
import sys
from contextlib import AbstractContextManager, nullcontext, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from corpus.errors import HomeError, QuestionError
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
Store = Annotated[str, typer.Option("--store", help="Where vectors are kept: faiss (files of the home) or milvus")]
MilvusUri = Annotated[
    str,
    typer.Option(
        "--milvus-uri",
        help="Address of Milvus, http://HOST:19530, or a file that ends in .db"
        " [env: PLANQA_MILVUS_URI; user and password: PLANQA_MILVUS_TOKEN]",
    ),
]
Index = Annotated[
    str,
    typer.Option(
        "--index",
        envvar="PLANQA_INDEX",
        show_envvar=False,
        help="How vectors are searched: auto (by size), flat, ivf, hnsw; autoindex (Milvus) [env: PLANQA_INDEX]",
    ),
]
Devices = Annotated[
    str, typer.Option("--devices", help="Encode in a process for each of these devices: cuda:0,cuda:1, or cpu,cpu")
]
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


def load_encoders(devices: str) -> AbstractContextManager[Encoder]:
    """The same, reading passages in a process for each of these devices ("cuda:0,cuda:1"); here when there are none."""
    if not devices:
        return nullcontext(load_encoder())
    from index.pooled import PooledEncoder

    named = [device.strip() for device in devices.split(",")]
    return PooledEncoder(named, os.environ.get("PLANQA_MODEL", ""))


def load_reranker() -> Reranker | None:
    """The cross-encoder that PLANQA_RERANKER names, if any; nothing is loaded before it is needed."""
    from index.reranker import RERANKER_SETTING
    from index.reranker import load_reranker as load

    wanted = os.environ.get(RERANKER_SETTING, "")
    return load(wanted) if wanted else None


def index_choice(home: Path, store: str, uri: str, index: str) -> str:
    """The options on where vectors are kept, as `qa.homes.ingest` takes them; "" when none was given.

    Raises:
        HomeError: they do not go together.
    """
    if not (store or uri or index):
        return ""
    from index.home import is_filled, open_home
    from index.stores import AUTO, choice_of, uri_of

    before = AUTO
    if is_filled(home):
        with suppress(HomeError):  # damaged: the ingest says what there is to say
            before = open_home(home).about.choice
    return choice_of(store, uri_of(uri, store, os.environ), index, before)


def open_engine(
    home: Path | None, renew: bool = False, wording: Wording | None = None, to_search: bool = False
) -> Engine:
    """The engine over a home, filled with the shipped plans when it is missing.

    With `to_search`, a Milvus that keeps the vectors is asked at once whether it has them.
    """
    from qa import homes
    from qa.engine import Engine
    from qa.progress import progress_bar

    where = home or homes.default_home()
    encoder = load_encoder()
    with progress_bar() as progress:
        generation = homes.ready(where, encoder, progress, renew, to_search)
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
