"""A home on disk: the sources that were ingested, and generations of what was built from them.

    home/
      CURRENT                     name of the generation that readers open
      sources/<sha256>.<format>   every ingested source, as decoded text
      generations/<name>/         segments/, vectors.faiss, late/, ... with a manifest of sizes and hashes
      work/                       what a build that was interrupted had encoded (index/blocks.py)
      .lock, .writer              who writes (index/writer.py)

A build writes a whole generation beside the others and then switches CURRENT in one rename, so a reader sees the old
corpus or the new one, never a mixture. The generation before stays until the next build: when the current one is found
damaged, it is refused, and the one before is served and says so.
"""

from __future__ import annotations

from pathlib import Path

from corpus.errors import HomeError
from index import checked, stores
from index.damage import REBUILD, damaged
from index.generation import ABOUT, Generation, read_about, read_record
from index.types import Encoder
from index.writer import writing

__all__ = ["check_encoder", "is_filled", "is_outdated", "open_home", "writing"]

FORMAT = 3
"""Counts up whenever a home of the version before cannot be read, or would be built otherwise from the same sources."""

CURRENT, GENERATIONS, SOURCES = "CURRENT", "generations", "sources"


def is_filled(home: Path) -> bool:
    """Whether the folder holds a built corpus (of any version), be it damaged.

    Raises:
        HomeError: the folder may not be read.
    """
    try:
        return (home / CURRENT).is_file() or bool(generations(home))
    except OSError as error:
        raise HomeError(home, f"cannot be read ({error.strerror or error})", "check its permissions") from error


def generations(home: Path) -> list[Path]:
    """The folders of all generations, the one that was written last first."""
    parent = home / GENERATIONS
    found = [folder for folder in parent.iterdir() if not folder.name.startswith(".")] if parent.is_dir() else []
    return sorted((f for f in found if f.is_dir()), key=lambda f: (f.stat().st_mtime_ns, f.name), reverse=True)


def open_home(home: Path, to_search: bool = False) -> Generation:
    """Open the current generation, or, when it is damaged, the one before, which then says so (`degraded`).

    What is opened `to_search` has its vectors where it left them, also when that is a Milvus; otherwise none is asked.

    Raises:
        HomeError: no home there, one of another version, or no generation is whole; a Milvus cannot be reached.
    """
    if not is_filled(home):
        raise HomeError(home, "not a planqa home", "run `planqa ingest PATH... --home DIR` to make one")
    current, wrong = current_of(home)
    if current:
        wrong = checked.damage(current) or (stores.damage(current) if to_search else "")
        if not wrong:
            return _opened(home, current, "")
    for folder in generations(home):
        if folder != current and _is_substitute(folder, current, to_search):
            degraded = f"{home}: the corpus built last is damaged ({wrong}), another one is served; {REBUILD}"
            return _opened(home, folder, degraded)
    raise damaged(current or home / CURRENT, ValueError(wrong))


def current_of(home: Path, strict: bool = False) -> tuple[Path | None, str]:
    """The folder that CURRENT names, or why it names none; when `strict`, a disk that fails is an OSError."""
    try:
        name = (home / CURRENT).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        if strict and isinstance(error, OSError) and not isinstance(error, FileNotFoundError):
            raise
        return None, f"{CURRENT} cannot be read: {getattr(error, 'strerror', None) or 'not text'}"
    folder = home / GENERATIONS / name
    return (folder, "") if name.isalnum() and folder.is_dir() else (None, f"{CURRENT} names no generation")


def in_order(home: Path, strict: bool = False) -> list[Path]:
    """All generations, the current one first, then the one that was written last."""
    current, _ = current_of(home, strict)
    return sorted(generations(home), key=lambda folder: folder != current)


def _opened(home: Path, folder: Path, degraded: str) -> Generation:
    try:
        format = read_record(folder)["format"]
    except (OSError, ValueError, KeyError) as error:
        raise damaged(folder / ABOUT, error) from error
    if format != FORMAT:
        raise HomeError(home, f"built by a planqa of home format {format}, this one has format {FORMAT}", REBUILD)
    return Generation(folder, read_about(folder), degraded)


def _is_substitute(folder: Path, damaged_one: Path | None, to_search: bool) -> bool:
    """Whether a generation is whole and one that the reader of the damaged one could read."""
    try:
        if checked.damage(folder) or (to_search and stores.damage(folder)):
            return False
        record = read_record(folder)
        if record["format"] != FORMAT:
            return False
    except (OSError, ValueError, KeyError, HomeError):
        return False
    if damaged_one is None:
        return True
    try:
        checked.require(damaged_one, [ABOUT])
        return bool(read_record(damaged_one)["encoder"] == record["encoder"])
    except (OSError, ValueError, KeyError):  # nobody knows; whoever searches compares encoders anyway
        return True


def is_outdated(home: Path, encoder: Encoder) -> bool:
    """Whether a home holds just the shipped plans, in another format or as another version of its model reads them."""
    current, _ = current_of(home)
    if current is None:
        return False
    try:
        record = read_record(current)
        name = str(record["encoder"])
        another = name != encoder.name and name.partition("@")[0] == encoder.name.partition("@")[0]
        return bool(record["shipped"]) and (int(record["format"]) != FORMAT or another)
    except (OSError, ValueError, KeyError, TypeError):
        return False


def check_encoder(generation: Generation, encoder: Encoder, home: Path) -> None:
    """Raise HomeError when the home was built with another encoder than the one that would read it."""
    if generation.about.encoder != encoder.name:
        raise HomeError(
            home,
            f"built with the encoder {generation.about.encoder}, not with {encoder.name}",
            f"{REBUILD}, or set PLANQA_MODEL to the encoder it was built with",
        )
