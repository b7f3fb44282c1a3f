"""A short name for the weights in a folder, the same on every machine and at every start."""

from __future__ import annotations

import hashlib
from pathlib import Path

_KINDS = {".json", ".txt", ".model", ".safetensors", ".bin"}  # what decides about vectors; not README.md or pictures
_WHOLE = 1 << 20  # bytes up to which a file is hashed from end to end
_SAMPLES, _SAMPLE = 256, 4096  # pieces of a larger one, and the bytes of each


def fingerprint(folder: Path) -> str:
    """Twelve hexadecimal digits of a hash over names, sizes and contents of a model's files.

    Of a file over 1 MiB only evenly spaced pieces are read, 1 MiB together: training moves every weight, so that two
    models that differ have different pieces, and the gigabytes of a large model need not be read for its name.
    """
    digest = hashlib.sha256()
    for path in sorted(path for path in folder.rglob("*") if path.suffix in _KINDS and path.is_file()):
        size = path.stat().st_size
        digest.update(f"{path.relative_to(folder).as_posix()}\0{size}\0".encode())
        with path.open("rb") as file:
            if size <= _WHOLE:
                digest.update(file.read())
            else:
                for sample in range(_SAMPLES):
                    file.seek((size - _SAMPLE) * sample // (_SAMPLES - 1))
                    digest.update(file.read(_SAMPLE))
    return digest.hexdigest()[:12]
