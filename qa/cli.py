"""The `planqa` command: ingest, search, ask, documents, tasks, targets, remove, verify, backup, serve.

Results go to stdout, progress and errors to stderr. Exit 1 for what the user can mend, 2 for a wrong call.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from qa import batch, cli_admin, cli_feedback, show
from qa.command import run_command
from qa.llm.reword import wording_of
from qa.options import (
    AsOf,
    Devices,
    DocumentName,
    Home,
    Index,
    Json,
    Kind,
    LlmModel,
    LlmUrl,
    MilvusUri,
    Province,
    Store,
    Year,
    filters,
    index_choice,
    load_encoder,
    load_encoders,
    open_engine,
)
from qa.service.options import LimitTo, Log, LogQuestions, MetricsFrom, PublicHost, TrustedProxy
from qa.tables import cli_records

app = typer.Typer(
    name="planqa",
    help="Cited answers from the official plans of Vietnamese provinces.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

app.add_typer(cli_admin.app, name="admin")
app.add_typer(cli_feedback.app, name="feedback")


@app.command()
def ingest(
    paths: Annotated[
        list[Path] | None, typer.Argument(help="Files and folders; none: rebuild from the kept sources")
    ] = None,
    home: Home = None,
    store: Store = "",
    milvus_uri: MilvusUri = "",
    index: Index = "",
    devices: Devices = "",
    sandbox: Annotated[
        bool, typer.Option("--sandbox", help="Read each file in a process without network and with limits on its cost")
    ] = False,
) -> None:
    """Add or refresh files and folders; unchanged ones are skipped."""
    from corpus.sandbox import read_apart
    from corpus.source import read_source
    from qa import homes
    from qa.progress import progress_bar

    where = home or homes.default_home()
    choice = index_choice(where, store, milvus_uri, index)
    with progress_bar() as progress, load_encoders(devices) as encoder:
        read = read_apart if sandbox else read_source
        done = homes.ingest(where, paths or [], encoder, progress, read, choice)
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
    document: DocumentName = None,
    year: Year = None,
    kind: Kind = None,
    k: Annotated[int, typer.Option("-k", help="How many passages, 1 to 1000")] = 10,
    explain: Annotated[
        bool, typer.Option("--explain", help="Show what was searched for, and why each matched")
    ] = False,
    json: Json = False,
) -> None:
    """Find the passages nearest to a question."""
    if not 1 <= k <= 1000:
        raise typer.BadParameter(f"-k {k}: expected 1 to 1000.")
    engine = open_engine(home, to_search=True)
    found = engine.search(question, filters(province, document, year, kind), k)
    if explain:
        show.explained(engine.explain(question), found, json)
    else:
        show.passages(found, json)


@app.command()
def ask(
    question: Annotated[str | None, typer.Argument(help="The question, in Vietnamese or English")] = None,
    home: Home = None,
    province: Province = None,
    document: DocumentName = None,
    year: Year = None,
    kind: Kind = None,
    batch_file: Annotated[
        Path | None, typer.Option("--batch", help='Questions, a JSON object {"id", "question"} a line')
    ] = None,
    output: Annotated[Path | None, typer.Option("--output", help="Where the answers of --batch go, one a line")] = None,
    after: Annotated[
        str, typer.Option("--after", help="The question before it, when this one goes on from there")
    ] = "",
    as_of: AsOf = "",
    llm_url: LlmUrl = "",
    llm_model: LlmModel = "",
    json: Json = False,
) -> None:
    """Answer a question, with the passages that prove the answer."""
    wording = wording_of(llm_url, llm_model, os.environ)
    wanted = filters(province, document, year, kind)
    if batch_file is not None:
        if question is not None or output is None:
            raise typer.BadParameter("--batch takes --output FILE and no question")
        questions = batch.read(batch_file)
        count = batch.run(open_engine(home, wording=wording, to_search=True), questions, output, wanted)
        print(f"{count} answers in {output}")
        return
    if question is None:
        raise typer.BadParameter("a question is missing (or --batch FILE --output FILE)")
    show.answer(
        open_engine(home, wording=wording, to_search=True).ask(
            question, wanted, after=after, as_of=cli_records.day(as_of) if as_of else None
        ),
        json,
    )


@app.command()
def documents(home: Home = None, json: Json = False) -> None:
    """List the documents of the corpus."""
    show.documents(open_engine(home).documents(), json)


app.command()(cli_records.tasks)
app.command()(cli_records.targets)


@app.command()
def remove(document_id: Annotated[str, typer.Argument(help="Id of the document")], home: Home = None) -> None:
    """Take a document out of the corpus."""
    from qa import homes
    from qa.progress import progress_bar

    where = home or homes.default_home()
    with progress_bar() as progress:
        homes.ready(where, load_encoder(), progress)
        generation = homes.remove(where, document_id, load_encoder())
    print(f"removed {document_id}; {generation.about.documents} documents, {generation.about.passages} passages")


@app.command()
def verify(home: Home = None) -> None:
    """Check the files of the home against their hashes, and list what looked wrong when the documents were read."""
    from index.home import is_filled
    from index.verify import verify_home
    from qa import homes

    where = home or homes.default_home()
    found = verify_home(where) if is_filled(where) else ()
    for line in found:
        print(f"planqa: {line}", file=sys.stderr)
    if found:
        raise typer.Exit(1)
    engine = open_engine(home)
    show.index(engine.generation.about)
    show.warnings(engine.documents())


@app.command()
def backup(target: Annotated[Path, typer.Argument(help="Folder to make, a home itself")], home: Home = None) -> None:
    """Copy the home to a folder, whole, while the service goes on."""
    from qa import homes
    from qa.backup import back_up

    size = back_up(home or homes.default_home(), target)
    print(f"{target}: {size / 1e6:.1f} MB, every file as it was written")


@app.command()
def serve(
    home: Home = None,
    host: Annotated[str, typer.Option("--host", help="Address to listen on")] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", help="Port to listen on; 0 takes a free one")] = 7860,
    llm_url: LlmUrl = "",
    llm_model: LlmModel = "",
    mcp: Annotated[bool, typer.Option("--mcp", help="Offer tools of the Model Context Protocol at /mcp, too")] = False,
    public_host: PublicHost = None,
    trusted_proxy: TrustedProxy = None,
    metrics_from: MetricsFrom = None,
    log: Log = "",
    log_questions: LogQuestions = False,
    limit: LimitTo = None,
) -> None:
    """Serve the page."""
    from qa import homes
    from qa.admin.web import admin_mount
    from qa.live import Live
    from qa.server import bound
    from qa.server import serve as run
    from qa.service.settings import ServiceSettings

    settings = ServiceSettings.read(
        limit or (),
        os.environ,
        public_hosts=public_host or (),
        proxies=trusted_proxy or (),
        metrics_from=metrics_from or (),
        log=log,
        log_questions=log_questions,
    )
    wording = wording_of(llm_url, llm_model, os.environ)
    if not 0 <= port <= 65535:
        raise typer.BadParameter(f"--port {port}: expected 0 to 65535.")
    if mcp:
        from qa.web.mcp import check_installed

        check_installed()
    with bound(host, port):  # a port in use is told before minutes are spent on an index
        pass
    engine = open_engine(home, renew=True, wording=wording, to_search=True)
    engine.warm_up()
    where = home or homes.default_home()
    run(Live(engine, where), host, port, where, mcp, settings, [admin_mount(where)])


def main(arguments: list[str] | None = None) -> None:
    """Run the command."""
    run_command(app, "planqa", arguments)


if __name__ == "__main__":
    main()
