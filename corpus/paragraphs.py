"""Lines in, paragraphs out: hard wraps joined, bullets split from their text joined again.

Sources wrap their lines at some width (first lines of a paragraph often earlier), so a line end says little. A new
paragraph is recognised by its marker, by a blank line, or because the next word would still have fitted in the line.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.clean import Line, is_kind_line
from corpus.markers import Marker, is_bare, marker
from corpus.vietnamese import UPPER, fold

_TERMINAL = (".", ";", ":", "!", "?", "…", "./.", ".”", '."', ";”")
_OPENERS = re.compile(
    r"^(Căn cứ |Theo đề nghị|Xét đề nghị|Xét Tờ trình|Thực hiện |Nơi nhận\s*:|TM\.|T/M|KT\.|TL\."
    r"|TUQ\.|\((?:Kèm|Ban hành|Đính)\s)"
)
_SIGNING = re.compile(r"^(tm\.|t/m|kt\.|tl\.|tuq\.|chu tich$|pho chu tich|giam doc|pho giam doc|chanh van phong)")
_AUTHORITY = re.compile(r"^(chu tich )?(uy ban nhan dan|hoi dong nhan dan) (tinh|thanh pho)|^thu tuong chinh phu$")
# Words that cannot end a heading: the line goes on, whatever letter the next one starts with.
_HANGING = frozenset(
    "và của các tại theo số về cho từ đến với là trong trên do bởi để những một sở bộ ban cục hội tỉnh huyện xã thành"
    " khoản điều mục điểm nghị tờ ủy nhân ngày tháng năm phường thị trấn trường cơ đề kế quyết".split()
)
MAX_PARAGRAPH = 20_000


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Joined text and the source line it starts in; `spaced` tells that a blank line or a cell's edge precedes it."""

    text: str
    line: int
    spaced: bool = False


@dataclass(frozen=True, slots=True)
class Layout:
    """How a source wraps: the width of full lines and of first lines; 0 when it does not wrap."""

    width: int
    first: int


def measure(lines: Sequence[Line]) -> Layout:
    """The wrap width of a source, from the lengths of its lines."""
    lengths = sorted(len(line.text) for line in lines if line.text and "|" not in line.text)
    if not lengths or lengths[int(len(lengths) * 0.97)] > 200:
        return Layout(0, 0)
    width = lengths[int(len(lengths) * 0.95)]
    firsts = sorted(
        len(line.text)
        for line, following in zip(lines, lines[1:], strict=False)
        if following.text[:1].islower() and marker(line.text)
    )
    return Layout(width, firsts[int(len(firsts) * 0.95)] if firsts else width)


def paragraphs(lines: Sequence[Line], layout: Layout) -> list[Paragraph]:
    """Join hard-wrapped lines into paragraphs; blank lines part them unless a sentence runs on."""
    result: list[Paragraph] = []
    current: list[str] = []
    first = 0
    blank = spaced = False
    previous = ""
    last_numbers: dict[str, int] = {}

    def flush() -> None:
        if current:
            joined = " ".join(current)
            result.append(Paragraph(joined, first, spaced))
            if (found := marker(joined)) and found.ordinal:
                last_numbers[found.kind] = found.ordinal
            current.clear()

    for line in lines:
        if not line.text:
            blank = True
            continue
        so_far = " ".join(current)
        if current and not _breaks(so_far, previous, line.text, blank, len(current) == 1, layout, last_numbers):
            current.append(line.text)
        else:
            flush()
            spaced, first = blank, line.number
            current.append(line.text)
        previous, blank = line.text, False
    flush()
    return result


def _breaks(
    so_far: str, previous: str, text: str, blank: bool, one_line: bool, layout: Layout, last: dict[str, int]
) -> bool:
    """Whether `text` begins a new paragraph behind `so_far`, whose last line is `previous`."""
    if is_bare(so_far) and not blank:
        return False
    if len(so_far) > MAX_PARAGRAPH:
        return True
    ended = so_far.endswith(_TERMINAL)
    if is_bare(text):
        return blank or ended or so_far.endswith(")") or len(text) < 4 or so_far.upper() == so_far
    if text[:1] in '“"' and so_far.endswith(":"):
        return True  # words quoted from another document
    found = marker(text)
    if found:
        return _marker_breaks(found, so_far, text, ended, blank, last)
    if is_kind_line(text) or is_kind_line(so_far) or _signs(text) or _signs(so_far):
        return True
    if _AUTHORITY.match(fold(text)) and text.upper() == text and so_far.upper() != so_far:
        return True
    if _OPENERS.match(text) and (blank or ended or so_far.upper() == so_far or not layout.width):
        return True
    upper_before, upper_now = so_far.upper() == so_far, text.upper() == text
    if upper_before and upper_now and re.search(rf"[{UPPER}]", text):
        return blank or bool(_AUTHORITY.match(fold(text)))
    starts_low = text[:1].islower() or text[:1] in ",;:.)%"
    if blank:
        return not (starts_low and not ended)
    if starts_low:
        return False
    if not layout.width:
        return not (so_far.count("(") > so_far.count(")") and len(text) < 80)
    if one_line and so_far.endswith((".", ";")) and text[:1].isupper() and len(previous) < 0.8 * layout.width:
        return True
    margin, limit = (4, layout.first) if one_line else (1, layout.width)
    fits = len(previous) + 1 + len(text.split(" ", 1)[0]) <= limit - margin
    if upper_before != upper_now and upper_before and len(so_far) > 3:
        return fits or bool(marker(so_far)) or ended
    if not text[:1].isupper() and text[:1] not in '“"(':
        return ended and fits
    if ended:
        return fits or previous.endswith(("./.",))
    hanging = so_far.rsplit(" ", 1)[-1].lower() in _HANGING or len(so_far.split()) < 3
    return fits and not hanging


def _signs(text: str) -> bool:
    """Whether a line is a role in a signature block, rather than a sentence that begins with one."""
    return bool(_SIGNING.match(fold(text[:40]))) and (text.upper() == text or len(text) < 40)


def _marker_breaks(found: Marker, so_far: str, text: str, ended: bool, blank: bool, last: dict[str, int]) -> bool:
    """Whether a line that opens with a marker is a new item, or the wrapped rest of a sentence."""
    heading = so_far.upper() == so_far or len(so_far) < 60
    if found.kind in ("gach", "cong"):
        if re.match(r"^[-–—]\s?\d{4}\b", text) and re.search(r"\d{4}$", so_far):
            return False  # "giai đoạn 2026" / "- 2030"
        return ended or blank or not found.rest[:1].islower()
    if blank or ended or heading:
        return True
    expected = last.get(found.kind, 0) + 1
    return found.ordinal in (1, expected)
