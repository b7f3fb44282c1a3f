"""A DOCX file's ZIP package, opened with care: which parts it has, and their bytes within limits."""

from __future__ import annotations

import posixpath
import zipfile
import zlib
from io import BytesIO

from corpus.formats.draft import Refused
from corpus.formats.markup import parse_xml
from corpus.limits import MAX_PACKAGE_BYTES, MAX_PART_BYTES, MAX_PARTS, MAX_RATIO, RATIO_BYTES

_RELATIONS = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_OTHERS = (
    ("xl/workbook.xml", "an Excel workbook", "save the document as .docx or .pdf"),
    ("ppt/presentation.xml", "a PowerPoint presentation", "save the document as .docx or .pdf"),
    ("content.xml", "an OpenDocument file", "save it as .docx"),
    ("META-INF/container.xml", "an e-book (EPUB)", "save it as .docx or .pdf"),
)
_DAMAGED = "get the file again"


class Package:
    """The parts of a WordprocessingML package (ECMA-376 part 2).

    Raises:
        Refused: damaged, encrypted, a ZIP bomb, or no Word document.
    """

    def __init__(self, data: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(BytesIO(data))
            entries = self._zip.infolist()
        except (zipfile.BadZipFile, ValueError, OverflowError, NotImplementedError, OSError):
            raise Refused("a damaged ZIP package (truncated?)", _DAMAGED) from None
        _check(entries)
        self._names = {entry.filename for entry in entries}
        self.document = self._main_part()

    def has(self, name: str) -> bool:
        """Whether the package has a part of this name."""
        return name in self._names

    def read(self, name: str) -> bytes:
        """The bytes of a part.

        Raises:
            Refused: missing, damaged, or too large.
        """
        try:
            with self._zip.open(name) as stream:
                data = stream.read(MAX_PART_BYTES + 1)  # what the directory declares may be a lie
        except KeyError:
            raise Refused(f"the package has no {name}", _DAMAGED) from None
        except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, RuntimeError, OSError, NotImplementedError):
            raise Refused(f"{name} cannot be unpacked (a damaged file?)", _DAMAGED) from None
        if len(data) > MAX_PART_BYTES:
            raise Refused(f"{name} unpacks to more than {MAX_PART_BYTES:,} bytes", "split the document")
        return data

    def related(self, ending: str) -> str:
        """Name of the part that the document relates to by a type with this ending ("/styles"), or ""."""
        folder, file = posixpath.split(self.document)
        return self._relation(f"{folder}/_rels/{file}.rels", ending, folder)

    def _main_part(self) -> str:
        name = self._relation("_rels/.rels", "/officeDocument", "")
        for other, kind, remedy in _OTHERS:
            if other in (name, *self._names) and not name.startswith("word/"):
                raise Refused(kind, remedy)
        if not name or name not in self._names:
            name = "word/document.xml"
        if name not in self._names:
            raise Refused("a ZIP archive without a Word document", "unpack it and give the documents inside")
        return name

    def _relation(self, part: str, ending: str, folder: str) -> str:
        if part not in self._names:
            return ""
        for relation in parse_xml(self.read(part), part).iter(_RELATIONS):
            if (relation.get("Type") or "").endswith(ending) and relation.get("TargetMode") != "External":
                target = relation.get("Target") or ""
                return posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
        return ""


def _check(entries: list[zipfile.ZipInfo]) -> None:
    if len(entries) > MAX_PARTS:
        raise Refused(f"a package of {len(entries):,} files; at most {MAX_PARTS:,} expected (a ZIP bomb?)", _DAMAGED)
    if sum(entry.file_size for entry in entries) > MAX_PACKAGE_BYTES:
        raise Refused(f"unpacks to more than {MAX_PACKAGE_BYTES:,} bytes (a ZIP bomb?)", "make its pictures smaller")
    for entry in entries:
        if entry.file_size > RATIO_BYTES and entry.file_size > MAX_RATIO * max(1, entry.compress_size):
            raise Refused(f"{entry.filename} is packed more than {MAX_RATIO} times smaller (a ZIP bomb?)", _DAMAGED)
        if entry.flag_bits & 1:
            raise Refused("locked with a password (an encrypted ZIP package)", "save it without a password")
