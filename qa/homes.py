"""Homes as commands use them: filled with the shipped plans when missing, changed by ingest and remove."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import monotonic

from corpus.collect import collect, read_documents, shipped_plans
from corpus.errors import HomeError, PlanqaError, QuestionError, SourceError
from corpus.source import Source, read_source
from index.build import write_home
from index.generation import Generation
from index.home import is_filled, is_outdated, open_home, writing
from index.reuse import read_before
from index.sources import lost, stored_sources
from index.types import Encoder, Progress

QUICK = 1.0  # seconds of reading that are not worth a progress bar
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


def ready(
    home: Path, encoder: Encoder, progress: Progress | None = None, renew: bool = False, to_search: bool = False
) -> Generation:
    """The home opened; a missing one is filled with the shipped plans first.

    With `renew`, a home of another version that holds just the shipped plans is built anew instead of being refused (as
    is one that another version of the same model reads);
    with `to_search`, a Milvus that keeps its vectors is asked whether it has them.

    Raises:
        HomeError: it cannot be read, or is of another version.
    """
    if is_filled(home) and not (renew and is_outdated(home, encoder)):
        return open_home(home, to_search)
    _refuse_foreign(home)
    with writing(home, PATIENCE):
        if is_filled(home) and not (renew and is_outdated(home, encoder)):  # another command filled it meanwhile
            return open_home(home, to_search)
        plans = collect([shipped_plans()])
        documents, _ = read_documents(plans.sources, plans.origins)
        with _resumable():
            return write_home(home, documents, plans.sources, encoder, progress, shipped=True)


def ingest(
    home: Path,
    paths: Sequence[Path],
    encoder: Encoder,
    progress: Progress | None = None,
    read: Callable[[Path], Source] = read_source,
    index: str = "",
) -> Ingested:
    """Add or refresh files and folders; without paths, build the home anew from the sources it keeps.

    `read` reads one file: `corpus.sandbox.read_apart` for files that a stranger may have made. `index` says where
    vectors are kept and how they are searched (`index.stores.choice_of`); without it that stays as it is.

    Raises:
        SourceError: a path that cannot be read, or nothing under the paths is an official document.
        HomeError: the home cannot be written, or another process writes to it.
    """
    given = collect(paths, read)
    _refuse_foreign(home)
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
        missing = lost(home)
        kept, origins = stored_sources(home, {name for s in given.sources for name in (s.sha256, s.path)})
        sources, new, changed = _joined(kept, given.sources)
        origins = {**origins, **given.origins}
        documents, errors = read_documents(sources, origins, read_before(home, sources, origins), _told(progress))
        unreadable = {str(error.value) for error in errors}
        readable = [source for source in sources if source.name not in unreadable]
        if not documents:
            raise errors[0] if errors else SourceError(home, "no document is left", "ingest other files")
        with _resumable():
            generation = write_home(home, documents, readable, encoder, progress, index=index)
    told = [HomeError(home, missing, "ingest those files again")] if missing else []
    return Ingested(generation, new, changed, len(given.sources) - new - changed, (*told, *given.left_out, *errors))


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
        documents, _ = read_documents(sources, origins, read_before(home, sources, origins))
        if not documents:
            raise QuestionError(document_id, "the only document of this home", "delete the folder instead")
        return write_home(home, documents, sources, encoder)


def _told(progress: Progress | None) -> Callable[[int, int], object] | None:
    """Tells how many documents are read, once that has taken a while."""
    begun = monotonic()

    def tell(done: int, total: int) -> None:
        if progress and monotonic() - begun > QUICK:
            progress("read documents", done, total)

    return tell


@contextmanager
def _resumable() -> Iterator[None]:
    """Ctrl-C while a home is written says what became of the work."""
    try:
        yield
    except KeyboardInterrupt:
        raise KeyboardInterrupt(
            "the home is as it was; what was encoded is kept, and the same command goes on from there"
        ) from None


def _joined(kept: Sequence[Source], given: Sequence[Source]) -> tuple[list[Source], int, int]:
    """Kept and given sources together, and how many are new and how many changed.

    A given source replaces what was read from the same path before, also when another file has the same content.
    """
    known = {source.sha256: source for source in kept}
    before = {source.path: source.sha256 for source in kept if source.path}
    fresh = {source.sha256 for source in given}
    changed = {s.path for s in given if before.get(s.path, s.sha256) != s.sha256}
    result = [s for s in kept if s.path not in changed and s.sha256 not in fresh]
    new = sum(s.sha256 not in known and s.path not in changed for s in given)
    return [*result, *given], new, len(changed)


def _refuse_foreign(home: Path) -> None:
    """Raise HomeError for a folder that is no home and holds what planqa did not put there."""
    own = {"sources", "generations", "work", "CURRENT", ".lock", ".writer", ".milvus"}
    own |= {f"feedback.sqlite{end}" for end in ("", "-wal", "-shm")} | {"admin.json", "uploads"}
    if is_filled(home) or not home.is_dir():
        return
    try:
        if all(entry.name in own or entry.name.endswith(".partial") for entry in home.iterdir()):
            return
    except OSError as error:
        raise HomeError(home, f"cannot be read ({error.strerror or error})", "check its permissions") from error
    raise HomeError(home, "a folder of other files, not a planqa home", "name a new or empty folder with --home")
