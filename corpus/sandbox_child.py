"""The process that reads one file for `corpus.sandbox`: run by its path, not imported.

    python -I sandbox_child.py '{"name": ..., "format": ..., "limits": {...}, ...}' < FILE      the answer, as JSON

The answer is {"source": {...}} or {"refused": [reason, remedy]}. The file is opened by who starts this; nothing else
of theirs is open here.
"""

from __future__ import annotations

import json
import os
import sys
from typing import Any


def main() -> None:
    """Confine this process, then read the file on standard input."""
    asked = json.loads(sys.argv[1])
    sys.path[:0] = [*asked["path"], asked["packages"]]
    from corpus import sandbox_confine

    output = os.dup(1)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)  # what a library prints is no part of the answer
    limits = asked["limits"]
    sandbox_confine.confine(limits, asked["folder"], [*asked["path"], os.path.dirname(__file__)], asked["packages"])
    try:
        answer = read(asked["name"], asked["format"], limits["size"])
    except MemoryError:
        answer = {"refused": ["needs more memory than a file may take", "save it again, or split it"]}
    with os.fdopen(output, "wb") as stream:
        stream.write(json.dumps(answer, ensure_ascii=False).encode("utf-8", "surrogatepass"))
    os._exit(0)  # whatever a library does when it is unloaded is not waited for


def read(name: str, format: str, size: int) -> dict[str, Any]:
    """The file on standard input decoded, if it reads as an official document, or why not."""
    from corpus.errors import SourceError
    from corpus.read import parse
    from corpus.source import decode

    try:
        with os.fdopen(0, "rb", closefd=False) as file:
            source = decode(name, format, file.read(size + 1))
        parse(source)  # its text is read here for the first time, too
    except SourceError as error:
        return {"refused": [error.expected, error.remedy]}
    told = ("format", "sha256", "text", "pages", "set_aside", "encoding")
    return {"source": {field: getattr(source, field) for field in told}}


if __name__ == "__main__":
    main()
