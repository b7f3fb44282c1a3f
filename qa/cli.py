"""The `planqa` command: ingest, search, ask, documents, tasks, targets, remove, verify, serve.

Results go to stdout, progress and errors to stderr. Exit 1 for what the user can mend, 2 for a wrong call.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from qa import batch, show
from qa.command import run_command
from qa.types import Filters

if TYPE_CHECKING:
    from index.types import Encoder
    from qa.engine import Engine

app = typer.Typer(
    name="planqa",
    help="Cited answers from the official plans of Vietnamese provinces.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

Home = Annotated[Path | None, typer.Option("--home", help="Folder of the corpus and its index [env: PLANQA_HOME]")]
Province = Annotated[list[str] | None, typer.Option("--province", help="Only plans of this province; repeatable")]
Document = Annotated[
    list[str] | None, typer.Option("--document", help="Only this document, by number or id; repeatable")
]
Year = Annotated[list[str] | None, typer.Option("--year", help="Only documents issued in this year; repeatable")]
Kind = Annotated[
    list[str] | None, typer.Option("--kind", help="Only passages of this kind: target, task, ...; repeatable")
]
Json = Annotated[bool, typer.Option("--json", help="Print JSON")]


def _filters(
    province: list[str] | None, document: list[str] | None, year: list[str] | None, kind: list[str] | None
) -> Filters:
    return Filters(tuple(province or ()), tuple(document or ()), tuple(year or ()), tuple(kind or ()))


@app.command()
def ingest(
    paths: Annotated[
        list[Path] | None, typer.Argument(help="Files and folders; none: rebuild from the kept sources")
    ] = None,
    home: Home = None,
) -> None:
    """Add or refresh files and folders; unchanged ones are skipped."""
    from qa import homes
    from qa.progress import progress_bar

    with progress_bar() as progress:
        done = homes.ingest(home or homes.default_home(), paths or [], _encoder(), progress)
    for error in done.left_out:
        print(f"planqa: left out: {error}", file=sys.stderr)
    about = done.generation.about
    print(
        f"{about.documents} documents, {about.passages} passages"
        f" ({done.new} new files, {done.changed} changed, {done.unchanged} unchanged, {len(done.left_out)} left out)"
    )


@app.command()
def search(
    question: Annotated[str, typer.Argument(help="What to look for")],
    home: Home = None,
    province: Province = None,
    document: Document = None,
    year: Year = None,
    kind: Kind = None,
    k: Annotated[int, typer.Option("-k", help="How many passages, 1 to 1000")] = 10,
    json: Json = False,
) -> None:
    """Find the passages nearest to a question."""
    if not 1 <= k <= 1000:
        raise typer.BadParameter(f"-k {k}: expected 1 to 1000.")
    found = _engine(home).search(question, _filters(province, document, year, kind), k)
    show.passages(found, json)


@app.command()
def ask(
    question: Annotated[str | None, typer.Argument(help="The question, in Vietnamese or English")] = None,
    home: Home = None,
    province: Province = None,
    document: Document = None,
    year: Year = None,
    kind: Kind = None,
    batch_file: Annotated[
        Path | None, typer.Option("--batch", help='Questions, a JSON object {"id", "question"} a line')
    ] = None,
    output: Annotated[Path | None, typer.Option("--output", help="Where the answers of --batch go, one a line")] = None,
    json: Json = False,
) -> None:
    """Answer a question, with the passages that prove the answer."""
    filters = _filters(province, document, year, kind)
    if batch_file is not None:
        if question is not None or output is None:
            raise typer.BadParameter("--batch takes --output FILE and no question")
        questions = batch.read(batch_file)
        count = batch.run(_engine(home), questions, output, filters)
        print(f"{count} answers in {output}")
        return
    if question is None:
        raise typer.BadParameter("a question is missing (or --batch FILE --output FILE)")
    show.answer(_engine(home).ask(question, filters), json)


@app.command()
def documents(home: Home = None, json: Json = False) -> None:
    """List the documents of the corpus."""
    show.documents(_engine(home).documents(), json)


@app.command()
def tasks(
    home: Home = None, province: Province = None, document: Document = None, year: Year = None, json: Json = False
) -> None:
    """List the tasks of the corpus: what, who leads, who coordinates, who directs, by when."""
    show.tasks(_engine(home).selected(_filters(province, document, year, None)), json)


@app.command()
def targets(
    home: Home = None, province: Province = None, document: Document = None, year: Year = None, json: Json = False
) -> None:
    """List the targets of the corpus: indicator, comparator, value, unit, year."""
    show.targets(_engine(home).selected(_filters(province, document, year, None)), json)


@app.command()
def remove(document_id: Annotated[str, typer.Argument(help="Id of the document")], home: Home = None) -> None:
    """Take a document out of the corpus."""
    from qa import homes

    where = home or homes.default_home()
    homes.ready(where, _encoder())
    generation = homes.remove(where, document_id, _encoder())
    print(f"removed {document_id}; {generation.about.documents} documents, {generation.about.passages} passages")


@app.command()
def verify(home: Home = None) -> None:
    """Check the files of the home against their hashes, and list what looked wrong when the documents were read."""
    show.warnings(_engine(home).documents())


@app.command()
def serve(
    home: Home = None,
    host: Annotated[str, typer.Option("--host", help="Address to listen on")] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", help="Port to listen on; 0 takes a free one")] = 7860,
) -> None:
    """Serve the page."""
    from qa.server import bound
    from qa.server import serve as run

    if not 0 <= port <= 65535:
        raise typer.BadParameter(f"--port {port}: expected 0 to 65535.")
    with bound(host, port):  # a port in use is told before minutes are spent on an index
        pass
    engine = _engine(home, renew=True)
    engine.warm_up()
    run(engine, host, port)


def _encoder() -> Encoder:
    from index.encoder import load_encoder

    return load_encoder(os.environ.get("PLANQA_MODEL", ""))


def _engine(home: Path | None, renew: bool = False) -> Engine:
    """The engine over a home, filled with the shipped plans when it is missing."""
    from qa import homes
    from qa.engine import Engine
    from qa.progress import progress_bar

    where = home or homes.default_home()
    encoder = _encoder()
    with progress_bar() as progress:
        generation = homes.ready(where, encoder, progress, renew)
    return Engine(generation, lambda: encoder, where)


def main(arguments: list[str] | None = None) -> None:
    """Run the command."""
    run_command(app, "planqa", arguments)


if __name__ == "__main__":
    main()
