"""Homes as commands use them: filled with the shipped plans when missing, changed by ingest and remove."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus.collect import collect, read_documents, shipped_plans
from corpus.errors import HomeError, PlanqaError, QuestionError, SourceError
from corpus.source import Source
from index.build import write_home
from index.generation import Generation
from index.home import FORMAT, is_filled, open_home, stored_format, stored_sources, writing
from index.types import Encoder, Progress

PATIENCE = 900.0  # seconds that a command waits while another one fills the home it needs


@dataclass(frozen=True, slots=True)
class Ingested:
    """What an ingest did: how many sources were new, changed or known, and what was left out and why."""

    generation: Generation
    new: int
    changed: int
    unchanged: int
    left_out: tuple[PlanqaError, ...]


def default_home() -> Path:
    """PLANQA_HOME, or planqa's folder in the user's data directory."""
    import platformdirs

    return Path(os.environ.get("PLANQA_HOME") or Path(platformdirs.user_data_dir("planqa", appauthor=False)) / "home")


def ready(home: Path, encoder: Encoder, progress: Progress | None = None, renew: bool = False) -> Generation:
    """The home opened; a missing one is filled with the shipped plans first.

    With `renew`, a home of another version that holds just the shipped plans is built anew instead of being refused.

    Raises:
        HomeError: it cannot be read, or is of another version.
    """
    if is_filled(home) and not (renew and _is_outdated(home)):
        return open_home(home)
    if home.is_dir() and not is_filled(home) and _is_foreign(home):
        raise HomeError(
            home, "a folder with other files in it, not a planqa home", "name a new or empty folder with --home"
        )
    with writing(home, PATIENCE):
        if is_filled(home) and not (renew and _is_outdated(home)):  # another command filled it meanwhile
            return open_home(home)
        plans = collect([shipped_plans()])
        documents, _ = read_documents(plans.sources, plans.origins)
        return write_home(home, documents, plans.sources, encoder, progress, shipped=True)


def ingest(home: Path, paths: Sequence[Path], encoder: Encoder, progress: Progress | None = None) -> Ingested:
    """Add or refresh files and folders; without paths, build the home anew from the sources it keeps.

    Raises:
        SourceError: a path that cannot be read, or nothing under the paths is an official document.
        HomeError: the home cannot be written, or another process writes to it.
    """
    given = collect(paths)
    if home.is_dir() and not is_filled(home) and _is_foreign(home):
        raise HomeError(
            home, "a folder with other files in it, not a planqa home", "name a new or empty folder with --home"
        )
    if paths and not given.sources:
        raise (
            given.left_out[0]
            if given.left_out
            else SourceError(
                paths[0],
                "no document files under it",
                "give files of official documents (text, HTML, DOCX, PDF)",
            )
        )
    if not paths and not is_filled(home):
        raise HomeError(home, "not a planqa home", "name files or folders to start one")
    with writing(home):
        kept, origins = stored_sources(home)
        sources, new, changed = _joined(kept, given.sources)
        documents, errors = read_documents(sources, {**origins, **given.origins})
        unreadable = {str(error.value) for error in errors}
        readable = [source for source in sources if source.name not in unreadable]
        if not documents:
            raise errors[0] if errors else SourceError(home, "no document is left", "ingest other files")
        generation = write_home(home, documents, readable, encoder, progress)
    return Ingested(generation, new, changed, len(given.sources) - new - changed, (*given.left_out, *errors))


def remove(home: Path, document_id: str, encoder: Encoder) -> Generation:
    """Take a document with all its editions out of the home.

    Raises:
        QuestionError: no document of this id, or the only one left.
    """
    with writing(home):
        generation = open_home(home)
        document = next((d for d in generation.documents if d.id == document_id), None)
        if document is None:
            raise QuestionError(document_id, "no document of this id", "see `planqa documents` for the ids")
        gone = {edition.sha256 for edition in document.editions}
        kept, origins = stored_sources(home)
        sources = [source for source in kept if source.sha256 not in gone]
        documents, _ = read_documents(sources, origins)
        if not documents:
            raise QuestionError(document_id, "the only document of this home", "delete the folder instead")
        return write_home(home, documents, sources, encoder)


def _joined(kept: Sequence[Source], given: Sequence[Source]) -> tuple[list[Source], int, int]:
    """Kept and given sources together; a given one replaces what was read from the same path before."""
    known = {source.sha256 for source in kept}
    places = {source.path for source in kept if source.path}
    fresh = [source for source in given if source.sha256 not in known]
    changed = {source.path for source in fresh if source.path in places}
    result = [source for source in kept if source.path not in changed]
    return [*result, *fresh], len(fresh) - len(changed), len(changed)


def _is_outdated(home: Path) -> bool:
    format, shipped = stored_format(home)
    return shipped and format != FORMAT


def _foreign(home: Path) -> HomeError:
    return HomeError(home, "a folder of other files, not a planqa home", "name a new or empty folder with --home")


def _is_foreign(home: Path) -> bool:
    """Whether a folder holds what planqa did not put there."""
    own = {"sources", "generations", "CURRENT", ".lock"}
    try:
        return any(entry.name not in own and not entry.name.startswith(".CURRENT") for entry in home.iterdir())
    except OSError:
        return False
