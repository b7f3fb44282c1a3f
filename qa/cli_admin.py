"""The commands `planqa admin set-password` and `planqa admin log`: the password of /admin, and what was done there."""

from __future__ import annotations

import json as json_module
import sys
from typing import Annotated

import typer

from qa.options import Home, Json

app = typer.Typer(help="Administration over the web.", no_args_is_help=True)


@app.callback()
def group() -> None:
    """Administration over the web, at /admin of `planqa serve`."""


@app.command()
def set_password(home: Home = None) -> None:
    """Set the password of /admin, typed twice, or one line on standard input; all sessions end."""
    from qa import homes
    from qa.admin import passwords

    if sys.stdin.isatty():
        password = typer.prompt("Password", hide_input=True)
        passwords.check(password)
        if typer.prompt("The same again", hide_input=True) != password:
            raise passwords.PasswordError("the password", "the same twice", "type it again")
    else:
        password = sys.stdin.readline().rstrip("\r\n")
    where = home or homes.default_home()
    passwords.set_password(where, password)
    print(f"password set for {where}; whoever was logged in has to log in again")


@app.command()
def log(
    home: Home = None,
    last: Annotated[int, typer.Option("--last", help="Only so many lines, the newest ones; 0: all")] = 0,
    json: Json = False,
) -> None:
    """Print what administrators did, and check that no line was changed or taken out."""
    from qa import homes
    from qa.admin import log as kept

    where = home or homes.default_home()
    records, wrong = kept.read(where)
    shown = records[-last:] if last > 0 else records
    if json:
        print(json_module.dumps(shown, ensure_ascii=False, indent=1))
    else:
        for record in shown:
            size = record.get("bytes")
            parts = [record.get(name) for name in ("time", "address", "event", "name")]
            parts += [f"{size} bytes" if size else "", record.get("sha256"), record.get("outcome")]
            print("\t".join(" ".join(str(part).split()) for part in parts if part))
    for line in wrong:
        print(f"planqa: {where / kept.FOLDER / kept.FILE}: {line}", file=sys.stderr)
    if wrong:
        raise typer.Exit(1)
    print(f"planqa: {len(records)} lines, the chain is whole; its last hash is {kept.head(where)}", file=sys.stderr)
