"""The `planqa-eval` command: run, score, compare, answers, report; export and validate for the question set itself.

Results go to stdout, progress and errors to stderr. Exit 1 for what the user can mend, 2 for a wrong call.
"""

from __future__ import annotations

import os
import sys
import tempfile
from importlib import resources
from pathlib import Path
from typing import Annotated, Literal

import typer

from eval.types import DataSet
from index.types import Encoder
from qa.command import run_command

app = typer.Typer(
    name="planqa-eval",
    help="The retrieval and answering benchmark: planqa's own question set, and any BEIR folder.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

Data = Annotated[
    str, typer.Argument(metavar="DATASET", help="A BEIR folder, or the word planqa for our own question set")
]
Judged = Annotated[
    str,
    typer.Argument(metavar="DATASET", help="A BEIR folder, a file of TREC qrels, or the word planqa for our own set"),
]
Split = Annotated[
    Literal["dev", "test", "all"], typer.Option("--split", help="Part of our own set; tune on dev, never on test")
]
Json = Annotated[bool, typer.Option("--json", help="Print JSON")]


@app.command()
def run(
    dataset: Data,
    system: Annotated[
        Literal["hybrid", "dense", "bm25", "tutorial"], typer.Option("--system", help="What is measured")
    ],
    output: Annotated[Path, typer.Option("--output", help="Where the TREC run goes")],
    split: Split = "dev",
    json: Json = False,
) -> None:
    """Search every query of a data set and write a TREC run; run again after an interruption, it goes on."""
    from eval import show
    from eval.runs import run_to_file
    from qa.progress import progress_bar

    data = _data(dataset, split)
    with progress_bar() as progress:
        _, timing = run_to_file(data, system, _encoder(), output, progress)
    show.run(system, str(output), timing, json)


@app.command()
def score(
    dataset: Judged,
    runs: Annotated[list[Path], typer.Argument(help="TREC runs")],
    split: Split = "dev",
    json: Json = False,
) -> None:
    """Score TREC runs: means over all judged queries, a query missing from a run scoring 0, with intervals."""
    from eval import show
    from eval.measures import per_query
    from eval.questions import load

    data = _data(dataset, split)
    scored = {path.name if [p.name for p in runs].count(path.name) == 1 else str(path): path for path in runs}
    by_run = {name: per_query(data.qrels(), data.read_run(path)) for name, path in scored.items()}
    show.scores(by_run, load(split) if dataset == "planqa" else (), json)


@app.command()
def compare(
    dataset: Judged,
    first: Annotated[Path, typer.Argument(help="TREC run")],
    second: Annotated[Path, typer.Argument(help="TREC run that it is compared with")],
    split: Split = "dev",
    json: Json = False,
) -> None:
    """Compare two TREC runs query by query, with a significance test."""
    from eval import show
    from eval.measures import per_query

    data = _data(dataset, split)
    qrels = data.qrels()
    show.comparison(per_query(qrels, data.read_run(first)), per_query(qrels, data.read_run(second)), json)


@app.command()
def answers(split: Split = "dev", json: Json = False) -> None:
    """Ask planqa our own questions and judge answers, citations and abstention."""
    from eval import show
    from eval.answering import ask_all
    from eval.plan_system import PlanSystem
    from eval.plans import PlanQuestions
    from qa.progress import progress_bar

    data = PlanQuestions(split)
    with tempfile.TemporaryDirectory() as folder, progress_bar() as progress:
        system = PlanSystem("hybrid", _encoder(), Path(folder) / "home")
        system.index(list(data.items()), progress)
        asked = ask_all(system.engine, data.questions, progress)
    show.answers(asked, data.questions, json)


@app.command()
def report(
    output: Annotated[
        Path | None, typer.Option("--output", help="Folder of the report [default: eval/results]")
    ] = None,
    beir: Annotated[list[Path] | None, typer.Option("--beir", help="A BEIR folder to run as well; repeatable")] = None,
) -> None:
    """Run the whole benchmark and write it as Markdown, plots and JSON; the tables are printed, too."""
    from eval.benchmark import measure
    from eval.report import PAGE, write_report
    from qa.progress import progress_bar

    folder = output or Path(str(resources.files("eval").joinpath("results")))
    with tempfile.TemporaryDirectory() as home, progress_bar() as progress:
        benchmark = measure(_encoder(), Path(home) / "home", beir or [], progress)
    write_report(benchmark, folder)
    print((folder / PAGE).read_text(encoding="utf-8"), end="")


@app.command()
def export(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="Where the BEIR folder goes")],
    split: Split = "dev",
) -> None:
    """Write our own set as a BEIR folder over planqa's passages, with TREC qrels, for other tools."""
    from eval.export import export as write

    passages, queries = write(split, folder)
    print(f"{passages} passages, {queries} queries in {folder}")


@app.command()
def validate() -> None:
    """Check the question set against its own rules: quotes, fields, balance, paraphrase, split."""
    from eval.errors import DataError
    from eval.questions import load
    from eval.validate import balance, problems

    dev, test = load("dev"), load("test")
    found = problems(dev, test)
    for line in found:
        print(f"planqa-eval: {line}", file=sys.stderr)
    if found:
        raise DataError("eval/data", f"{len(found)} findings", "mend the questions named above")
    print("\n".join(f"{name}: {count}" for name, count in balance([*dev, *test]).items()))


def _data(dataset: str, split: str) -> DataSet:
    from eval.datasets import BeirFolder, QrelsFile
    from eval.errors import DataError
    from eval.plans import NAME, PlanQuestions

    if dataset == NAME:
        return PlanQuestions(split)
    path = Path(dataset)
    if path.is_file():
        return QrelsFile(path)
    if not path.is_dir():
        raise DataError(dataset, f"no such folder or file, nor the word {NAME}", "name a BEIR folder")
    return BeirFolder(path)


def _encoder() -> Encoder:
    from index.encoder import load_encoder

    return load_encoder(os.environ.get("PLANQA_MODEL", ""))


def main(arguments: list[str] | None = None) -> None:
    """Run the command."""
    run_command(app, "planqa-eval", arguments)


if __name__ == "__main__":
    main()
