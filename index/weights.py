"""What has to be true of a model's files before its weights are read: no pickles, and the hashes that were recorded.

    pickled(["config.json", "pytorch_model.bin"])     # "pytorch_model.bin"
    pickled(["model.safetensors", "pytorch_model.bin"])   # "", for the first is the one that is read
    compare(folder)                                   # against its SHA256SUMS, if it has one

A pickle is a program that rebuilds objects, and can do anything else as well. torch reads weights with an unpickler
that knows few objects, which has been got around before; safetensors has nothing to get around.
"""

from __future__ import annotations

import fnmatch
import hashlib
import os
from collections.abc import Iterable
from pathlib import Path, PurePosixPath

from corpus.errors import ModelError

PICKLE_SETTING = "PLANQA_PICKLE"
SUMS = "SHA256SUMS"
_PICKLES = ("pytorch_model*.bin", "adapter_model*.bin")  # what the libraries look for when there is nothing better
_SAFE = ".safetensors"


def pickled(names: Iterable[str]) -> str:
    """The first file that weights would be unpickled from, "" if none would: one without safetensors beside it.

    >>> pickled(["model.safetensors", "2_Dense/config.json", "2_Dense/pytorch_model.bin"])
    '2_Dense/pytorch_model.bin'
    """
    paths = sorted(map(PurePosixPath, names))
    safe = {path.parent for path in paths if path.suffix == _SAFE}
    for path in paths:
        if path.parent not in safe and any(fnmatch.fnmatchcase(path.name, pattern) for pattern in _PICKLES):
            return str(path)
    return ""


def allows_pickles() -> bool:
    """Whether PLANQA_PICKLE is 1."""
    return os.environ.get(PICKLE_SETTING) == "1"


def refuse_pickles(model: str, names: Iterable[str]) -> None:
    """Raise ModelError when a model's weights would be unpickled and nobody has allowed it."""
    if found := "" if allows_pickles() else pickled(names):
        remedy = f"save the model as safetensors, or set {PICKLE_SETTING}=1 if you trust whoever made it"
        raise ModelError(model, f"expected weights as safetensors, not pickled ones ({found})", remedy)


def files(folder: Path) -> list[str]:
    """Names of all files under a folder, as they stand in SHA256SUMS."""
    return [path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()]


def compare(folder: Path) -> None:
    """Hash what the SHA256SUMS of a folder lists (as `sha256sum` writes it); without that file, nothing.

    Raises:
        ModelError: a file differs or is missing, or weights are not listed.
    """
    sums = folder / SUMS
    if not sums.is_file():
        return
    remedy = f"save the model there again, or write {SUMS} anew if the change is yours"
    try:
        # A line: 64 digits, a space, a space or (binary) an asterisk, the name.
        listed = {line[66:].removeprefix("./"): line[:64].lower() for line in sums.read_text("utf-8").splitlines()}
        for name, digest in listed.items():
            with (folder / name).open("rb") as file:
                if hashlib.file_digest(file, "sha256").hexdigest() != digest:
                    raise ModelError(folder / name, f"its SHA-256 is not the one in {SUMS}", remedy)
    except (OSError, UnicodeDecodeError) as error:
        raise ModelError(folder, f"{SUMS} cannot be followed ({error})", remedy) from error
    weights = {name for name in files(folder) if name.endswith(_SAFE) or pickled([name])}
    if unlisted := sorted(weights - listed.keys()):
        raise ModelError(folder / unlisted[0], f"not listed in {SUMS}", remedy)
