"""The command `planqa feedback export`: what readers said of answers, as questions of the benchmark's format."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from qa.options import Home, open_engine

app = typer.Typer(help="What readers said of answers.", no_args_is_help=True)


@app.callback()
def group() -> None:
    """What readers said of answers."""


@app.command()
def export(
    output: Annotated[Path, typer.Argument(help="JSONL file to write; the notes go beside it, NAME.notes.jsonl")],
    home: Home = None,
) -> None:
    """Write the stored feedback in the question set's format, a JSON object a line."""
    from qa import homes
    from qa.web import feedback_export

    count = feedback_export.export(home or homes.default_home(), open_engine(home).documents(), output)
    print(f"{count} questions in {output}")
