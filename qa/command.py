"""Run a command: results on stdout, every error that the user can mend as one line on stderr, exit codes."""

from __future__ import annotations

import os
import sys
from typing import NoReturn

import typer

from corpus.errors import PlanqaError


def run_command(app: typer.Typer, name: str, arguments: list[str] | None = None) -> NoReturn:
    """Run an app and exit: 0 when all went well, 1 for what the user can mend, 2 for a wrong call, 130 for Ctrl-C."""
    from typer.exceptions import TyperException

    try:
        code = app(args=arguments, standalone_mode=False)
    except PlanqaError as error:
        print(f"{name}: {error}", file=sys.stderr)
        sys.exit(1)
    except TyperException as error:
        print(f"{name}: {' '.join(error.format_message().split())} See `{name} --help`.", file=sys.stderr)
        sys.exit(getattr(error, "exit_code", 2))
    except (KeyboardInterrupt, typer.Abort):
        print(f"{name}: stopped", file=sys.stderr)
        sys.exit(130)
    except BrokenPipeError:  # the reader of a pipe has gone, as in `planqa tasks | head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    sys.exit(code if isinstance(code, int) else 0)
