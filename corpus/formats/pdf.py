"""PDF: text by its place on the page, tables by their ruled lines, scans by recognition."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from corpus.formats import ocr
from corpus.formats.draft import Reading, Refused
from corpus.formats.pdf_join import join
from corpus.formats.pdf_layout import LaidPage, from_json, lay_out
from corpus.limits import MAX_OCR_PAGES, PDF_SECONDS, PDF_SECONDS_PER_MEGABYTE

_PACKAGES = Path(__file__).resolve().parents[2]  # the folder that holds the package "corpus"


def read_pdf(data: bytes) -> Reading:
    """The text of a PDF and the pages it stands on; pages that are pictures are recognised.

    Raises:
        Refused: encrypted, damaged, too large, or a scan that cannot be recognised here.
    """
    answer = _json(_work(data, "text"))
    pages = [from_json(page) for page in answer["pages"]]
    scans = [page for page in pages if page.scan]
    if scans:
        missing = ocr.missing()
        if not missing:
            pages = _recognise(data, pages, len(scans))
        elif 2 * len(scans) > len(pages) or not any(page.items for page in pages):
            raise Refused(f"a scan ({len(scans)} of {len(pages)} pages are pictures), and {missing[0]}", missing[1])
    reading = join(pages)
    if not reading.text.strip():
        raise Refused("no text on its pages", "give a PDF with text, or a clearer scan")
    return reading


def _recognise(data: bytes, pages: list[LaidPage], scans: int) -> list[LaidPage]:
    if scans > MAX_OCR_PAGES:
        raise Refused(f"a scan of {scans:,} pages; at most {MAX_OCR_PAGES} can be recognised", "split the file")
    result: list[LaidPage] = []
    for page in pages:
        if page.scan:
            picture = _work(data, "render", str(page.number))
            if not picture.startswith(b"P5 "):
                _json(picture)
            page = lay_out(ocr.recognise(picture, page.number))
        result.append(page)
    return result


def _work(data: bytes, *command: str) -> bytes:
    """The worker's answer; see `corpus.formats.pdf_worker`."""
    seconds = PDF_SECONDS + PDF_SECONDS_PER_MEGABYTE * len(data) // 2**20
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(_PACKAGES), *_path()])}
    program = [sys.executable, "-P", "-W", "ignore", "-m", "corpus.formats.pdf_worker", *command]
    try:
        done = subprocess.run(program, input=data, capture_output=True, timeout=seconds, env=environment, check=False)
    except subprocess.TimeoutExpired:
        raise Refused(f"not read within {seconds} seconds (a damaged PDF?)", "print it to a new PDF") from None
    except OSError as error:
        raise Refused(f"its reader could not be started ({error.strerror})", "free memory and try again") from None
    if done.returncode or not done.stdout:
        raise Refused("a damaged PDF (its reader failed, or ran out of memory)", "print it to a new PDF")
    return done.stdout


def _path() -> list[str]:
    given = os.environ.get("PYTHONPATH")
    return [given] if given else []


def _json(answer: bytes) -> dict[str, Any]:
    value: dict[str, Any] = json.loads(answer)
    if "refused" in value:
        raise Refused(*value["refused"])
    return value
