"""Text of scanned pages, through the program `tesseract` with its Vietnamese data."""

from __future__ import annotations

import csv
import os
import shutil
import subprocess
from dataclasses import replace
from functools import cache
from io import StringIO
from statistics import median

from corpus.formats.draft import Refused
from corpus.formats.pdf_page import Page, Rule, Word
from corpus.formats.raster import straighten
from corpus.limits import OCR_SECONDS

_INSTALL = "install it (Debian, Ubuntu: apt-get install tesseract-ocr tesseract-ocr-vie), or give a PDF with text"
_DOT = 72 / 300  # points
_LEAST_SURE_PAGE = 50  # median of its words; below, the page is a photo, not text
_LEAST_SURE = 20  # of 100; below, it is dirt or a stamp
_STRAY = frozenset("|_-—–[](){}~'`.,:;\\/=")


@cache
def missing() -> tuple[str, str] | None:
    """None when pages can be recognised here, else what is missing and what to install."""
    if not shutil.which("tesseract"):
        return "the program tesseract is not installed", _INSTALL
    try:
        listed = subprocess.run(["tesseract", "--list-langs"], capture_output=True, text=True, timeout=20, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return "the program tesseract does not run", _INSTALL
    if "vie" not in (listed.stdout + listed.stderr).split():
        return "tesseract has no Vietnamese data", _INSTALL
    return None


def recognise(picture: bytes, number: int) -> Page:
    """The words and ruled lines of a grey picture (PGM, 300 dots an inch).

    Raises:
        Refused: tesseract failed, or took longer than `OCR_SECONDS`.
    """
    width, height = (int(part) for part in picture.split(b"\n", 1)[0].split()[1:3])
    rules, cleaned = straighten(picture, width, height)
    # One thread: faster in sum than several, which wait for one another. Page segmentation 11 finds words anywhere;
    # their order is found here (of 1,401 words of a test it lost 34; 3, the automatic one, lost 47).
    program = ["tesseract", "stdin", "stdout", *"-l vie --dpi 300 --psm 11 -c tessedit_create_tsv=1".split()]
    environment = {**os.environ, "OMP_THREAD_LIMIT": "1"}
    try:
        done = subprocess.run(
            program, input=cleaned, capture_output=True, timeout=OCR_SECONDS, env=environment, check=False
        )
    except subprocess.TimeoutExpired:
        raise Refused(f"page {number} was not recognised within {OCR_SECONDS} seconds", "scan it again") from None
    except OSError as error:
        raise Refused(f"tesseract could not be started ({error.strerror})", _INSTALL) from None
    if done.returncode:
        raise Refused(f"page {number} could not be recognised (tesseract failed)", "scan it again")
    words = _words(done.stdout.decode("utf-8", "replace"))
    lines = (Rule(*(dots * _DOT for dots in line)) for line in rules)
    return Page(number, width * _DOT, height * _DOT, tuple(words), tuple(lines))


def _words(table: str) -> list[Word]:
    """Words of tesseract's TSV output (level 5), each with the height of its line (level 4)."""
    words: list[Word] = []
    line: list[Word] = []
    sures: list[float] = []
    top, bottom = 0.0, 0.0
    for row in csv.DictReader(StringIO(table), delimiter="\t", quoting=csv.QUOTE_NONE):
        text = (row.get("text") or "").strip()
        try:
            left, upper, wide, high = (int(row[name] or 0) * _DOT for name in ("left", "top", "width", "height"))
            sure = float(row["conf"] or -1)
        except (ValueError, KeyError, TypeError):
            continue
        if row["level"] == "4":
            words.extend(_recased(line))
            line = []
            top, bottom = upper, upper + high
        elif row["level"] == "5" and text and sure >= _LEAST_SURE and not (set(text) <= _STRAY and text not in "-–"):
            # The line's own height makes words with and without descenders stand level, unless the line leans.
            level = bottom - top < 2.2 * high or len(text) < 3
            sures.append(sure)
            line.append(Word(text, left, top if level else upper, left + wide, bottom if level else upper + high))
    if sures and median(sures) < _LEAST_SURE_PAGE:
        return []
    return [*words, *_recased(line)]


def _recased(line: list[Word]) -> list[Word]:
    """Words with capitals put right that differ from small letters in size only: "kinh tẾ", "SỞ Y tế"."""
    small = sum(character.islower() for word in line for character in word.text)
    large = sum(character.isupper() for word in line for character in word.text)
    return [replace(word, text=_lowered(word.text, small > large)) for word in line]


def _lowered(text: str, running: bool) -> str:
    """Marked capitals behind a small letter as small letters; in running text also behind one capital alone.

    >>> _lowered("tẾ", True), _lowered("SỞ,", True), _lowered("SỞ", False), _lowered("QĐ-UBND", True)
    ('tế', 'Sở,', 'SỞ', 'QĐ-UBND')
    """
    letters = "".join(filter(str.isalpha, text))
    marked = len(letters) > 1 and all(not c.isascii() and c not in "ĐƯ" for c in letters[1:] if c.isupper())
    if not marked or not (letters[0].islower() or (running and len(letters) == 2)):
        return text
    return text[0] + text[1:].lower()
