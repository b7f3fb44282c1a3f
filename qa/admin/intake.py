"""The body of an upload, read piece by piece onto the disk: never whole in memory, and no further than its caps.

The form's own token comes before its files (qa/admin/pages.py writes it so); without it no file is begun.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from pathlib import Path

from python_multipart.exceptions import FormParserError
from python_multipart.multipart import MultipartParser, parse_options_header

from qa.admin.errors import TooLargeError, UploadError
from qa.admin.originals import Arriving, Kept

MAX_REQUEST = 256 * 1024**2  # bytes
MAX_FILES = 20
_MAX_FIELD, _MAX_FIELDS = 1_000, 10  # bytes, fields
PATIENCE, LONGEST = 30.0, 600.0  # seconds until the next piece, and for all of them
_AGAIN = "send the form again"
_BROKEN = "Biểu mẫu tải lên bị hỏng; hãy gửi lại."


async def receive(
    home: Path, content_type: str, pieces: AsyncIterator[bytes], check_form: Callable[[str], None]
) -> tuple[list[Kept], list[UploadError]]:
    """The files of a multipart form as originals, and why others were not taken.

    `check_form` gets the field "form" before the first file, and raises to stop everything.

    Raises:
        UploadError: no multipart form, too large, or cut off; nothing of it is kept then.
    """
    form = _Form(home, content_type, check_form)
    try:
        async with asyncio.timeout(LONGEST):
            while (piece := await _next(pieces)) is not None:
                await asyncio.to_thread(form.write, piece)
        return await asyncio.to_thread(form.finish)
    except TimeoutError:
        vietnamese = "Tải lên quá chậm và đã dừng; hãy gửi ít tệp hơn mỗi lần."
        raise UploadError("upload", "all of it in time", "send fewer files at once", vietnamese) from None
    finally:
        form.close()


async def _next(pieces: AsyncIterator[bytes]) -> bytes | None:
    async with asyncio.timeout(PATIENCE):
        return await anext(pieces, None)


class _Form:
    """A multipart form while it arrives (RFC 7578)."""

    def __init__(self, home: Path, content_type: str, check_form: Callable[[str], None]) -> None:
        kind, options = parse_options_header(content_type)
        boundary = options.get(b"boundary")
        if kind != b"multipart/form-data" or not boundary:
            raise UploadError("upload", "a multipart form", _AGAIN, _BROKEN)
        self._home, self._check = home, check_form
        self._size = self._count = self._fields = 0
        self._checked = self._ended = False
        self._header, self._value, self._disposition = bytearray(), bytearray(), b""
        self._name, self._field = b"", bytearray()
        self._file: Arriving | None = None
        self._skips = False  # the file that arrives was refused
        self._whole: list[Arriving] = []
        self._refused: list[UploadError] = []
        try:
            self._parser = MultipartParser(
                boundary,
                {
                    "on_part_begin": self._begin,
                    "on_header_field": lambda data, start, end: self._header.extend(data[start:end]),
                    "on_header_value": lambda data, start, end: self._value.extend(data[start:end]),
                    "on_header_end": self._header_end,
                    "on_headers_finished": self._headers_end,
                    "on_part_data": self._data,
                    "on_part_end": self._end,
                    "on_end": self._finished,
                },
            )
        except FormParserError:
            raise UploadError("upload", "a multipart form", _AGAIN, _BROKEN) from None

    def write(self, piece: bytes) -> None:
        """Take the next piece of the body."""
        self._size += len(piece)
        if self._size > MAX_REQUEST:
            most = MAX_REQUEST // 2**20
            vietnamese = f"Cả lần tải lên lớn hơn {most} MB; hãy gửi ít tệp hơn mỗi lần."
            raise TooLargeError("upload", f"at most {most} MB altogether", "send fewer files at once", vietnamese)
        try:
            self._parser.write(piece)
        except FormParserError:
            raise UploadError("upload", "a multipart form", _AGAIN, _BROKEN) from None

    def finish(self) -> tuple[list[Kept], list[UploadError]]:
        """The originals, and why other files were not taken."""
        if not self._ended or not self._checked:
            raise UploadError("upload", "the whole form", _AGAIN, _BROKEN)
        kept: list[Kept] = []
        while self._whole:
            kept.append(self._whole.pop(0).keep())
        return kept, self._refused

    def close(self) -> None:
        """Drop what was not kept."""
        for file in (*self._whole, self._file):
            if file:
                file.drop()

    def _begin(self) -> None:
        self._disposition, self._name = b"", b""
        self._field.clear()
        self._file, self._skips = None, False

    def _header_end(self) -> None:
        if self._header.lower() == b"content-disposition":
            self._disposition = bytes(self._value)
        self._header.clear()
        self._value.clear()

    def _headers_end(self) -> None:
        _, options = parse_options_header(self._disposition)
        self._name = options.get(b"name", b"")
        if b"filename" not in options:
            self._fields += 1
            if self._fields > _MAX_FIELDS:
                raise UploadError("upload", "the form of the page", _AGAIN, _BROKEN)
            return
        if not self._checked:
            self._check("")
        name = options[b"filename"].decode("utf-8", "replace")
        if not name:  # a form without a chosen file sends one without a name
            self._skips = True
            return
        self._count += 1
        if self._count > MAX_FILES:
            vietnamese = f"Nhiều hơn {MAX_FILES} tệp; hãy gửi ít tệp hơn mỗi lần."
            raise TooLargeError("upload", f"at most {MAX_FILES} files at once", "send fewer", vietnamese)
        try:
            self._file = Arriving(self._home, name)
        except UploadError as error:
            self._refuse(error)

    def _data(self, data: bytes, start: int, end: int) -> None:
        if self._skips:
            return
        if self._file is None:
            self._field.extend(data[start:end])
            if len(self._field) > _MAX_FIELD:
                raise UploadError("upload", "the form of the page", _AGAIN, _BROKEN)
            return
        try:
            self._file.write(data[start:end])
        except TooLargeError as error:
            self._file.drop()
            self._refuse(error)

    def _end(self) -> None:
        if self._file:
            self._whole.append(self._file)
            self._file = None
        elif self._name == b"form" and not self._skips:
            self._check(self._field.decode("utf-8", "replace"))
            self._checked = True

    def _finished(self) -> None:
        self._ended = True

    def _refuse(self, error: UploadError) -> None:
        self._file, self._skips = None, True
        self._refused.append(error)
