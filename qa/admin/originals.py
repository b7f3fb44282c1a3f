"""Uploaded files as they came, kept read-only: home/uploads/<sha256>.<suffix>, the same bytes once.

A file arrives under a hidden name beside them, is hashed while it is written, and is renamed when it is whole.
"""

from __future__ import annotations

import hashlib
import os
import re
import secrets
import shutil
import stat
import time
import unicodedata
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path, PureWindowsPath

from corpus.limits import MAX_BYTES
from corpus.source import SUFFIXES
from qa.admin.errors import BusyError, TooLargeError, UploadError
from qa.admin.log import FOLDER

LEAST_FREE = 1024**3  # bytes that an upload leaves on the disk
_LONGEST = 120  # characters of a name
_DAY = 86_400.0
_UNSAFE = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f]+')


@dataclass(frozen=True, slots=True)
class Kept:
    """An original: what its owner calls it, where it lies; `is_new` when these bytes were not there before."""

    name: str
    path: Path
    sha256: str
    size: int
    is_new: bool


def clean_name(sent: str) -> str:
    """A file's name without folders, control or direction characters, of a length that any system takes.

    >>> clean_name("C:\\\\Users\\\\x\\\\Kế hoạch.pdf"), clean_name("../../etc/passwd"), clean_name("\\u202e\\x00.txt")
    ('Kế hoạch.pdf', 'passwd', 'upload.txt')
    """
    name = unicodedata.normalize("NFC", PureWindowsPath(sent.replace("\x00", "")).name)
    name = "".join(c for c in name if unicodedata.category(c) not in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"))
    name = " ".join(_UNSAFE.sub("_", name).split()).strip(". ") if name.strip(".") else ""
    if name.lower().lstrip(".") in {suffix.lstrip(".") for suffix in SUFFIXES}:  # only a suffix was left
        name = f"upload.{name.lower().lstrip('.')}"
    stem, dot, suffix = name.rpartition(".")
    if dot and len(suffix) <= 10:
        return f"{stem[: _LONGEST - len(suffix) - 1].strip() or 'upload'}.{suffix}"
    return name[:_LONGEST].strip() or "upload"


class Arriving:
    """One file while it arrives: `write` its pieces, then `keep` or `drop` it.

    Raises:
        UploadError: of a kind that is not read; TooLargeError, BusyError: it does not fit.
    """

    def __init__(self, home: Path, sent_name: str) -> None:
        self.name, self.size = clean_name(sent_name), 0
        self._suffix = Path(self.name).suffix.lower()
        if self._suffix not in SUFFIXES:
            kinds = " ".join(sorted(SUFFIXES))
            vietnamese = f"{self.name}: không đọc được loại tệp này; chỉ nhận {kinds}."
            raise UploadError(self.name, f"one of the kinds that can be read: {kinds}", "save it as one", vietnamese)
        self._folder = home / FOLDER
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        if shutil.disk_usage(self._folder).free < LEAST_FREE + MAX_BYTES:
            vietnamese = "Đĩa của máy chủ gần đầy; hãy báo người vận hành."
            raise BusyError(self.name, "more room on the disk", "tell whoever runs this server", vietnamese)
        self._path = self._folder / f".{secrets.token_hex(8)}.partial"
        self._hash, self._stream = hashlib.sha256(), self._path.open("xb")

    def write(self, piece: bytes) -> None:
        """Add what came next."""
        self.size += len(piece)
        if self.size > MAX_BYTES:
            most = MAX_BYTES // 2**20
            vietnamese = f"{self.name}: lớn hơn {most} MB; hãy chia nhỏ tệp."
            raise TooLargeError(self.name, f"a file of at most {most} MB", "split the file", vietnamese)
        self._hash.update(piece)
        self._stream.write(piece)

    def keep(self) -> Kept:
        """Make it one of the originals, read-only."""
        self._stream.flush()
        os.fsync(self._stream.fileno())
        self._stream.close()
        digest = self._hash.hexdigest()
        path = self._folder / f"{digest}{self._suffix}"
        is_new = not path.exists()
        if is_new:
            os.chmod(self._path, 0o444)
            os.replace(self._path, path)
        else:
            self.drop()
        return Kept(self.name, path, digest, self.size, is_new)

    def drop(self) -> None:
        """Forget it."""
        self._stream.close()
        self._path.unlink(missing_ok=True)


def forget(kept: Kept) -> None:
    """Delete an original that was refused, if this upload brought it."""
    if kept.is_new:
        kept.path.unlink(missing_ok=True)


def sweep(home: Path) -> None:
    """Drop what uploads left that were cut off by the end of a server."""
    for leftover in (home / FOLDER).glob(".*.partial"):
        with suppress(OSError):
            status = leftover.stat()
            if stat.S_ISREG(status.st_mode) and status.st_mtime < time.time() - _DAY:
                leftover.unlink()
