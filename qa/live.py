"""An engine that follows its home: what was ingested meanwhile is served without a restart, and no question is lost.

    live = Live(engine, home)         # wherever an engine is wanted; a thread looks at CURRENT once a second
    live.ask("Ai lo SOC?")            # answered from one corpus, the one that was current when it was asked

When CURRENT names another generation, it is opened and warmed up beside the one that is served, and takes its place
when it is ready. Questions that run go on with the engine they began with, which is let go of after the last of them.
A generation that cannot be opened changes nothing but `degraded`.
"""

from __future__ import annotations

import logging
import threading
import weakref
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Any, TypeVar, cast

from corpus.errors import PlanqaError
from index.home import CURRENT, open_home

if TYPE_CHECKING:
    from qa.engine import Engine

log = logging.getLogger(__name__)
EVERY = 1.0  # seconds between two looks at CURRENT
RETRY = 15.0  # seconds until a generation that could not be opened is tried again
_Stamp = tuple[int, int, int]
T = TypeVar("T")


class Live:
    """The engine of the moment; every attribute of an `Engine` is that of the one that is served now."""

    def __init__(self, engine: Engine, home: Path, every: float = EVERY) -> None:
        """Follow a home with an engine that was opened over it; `every` 0 looks only when `refresh` is called."""
        self._engine, self._home = engine, home
        self._opening = threading.Lock()
        self._trouble = ""
        self._seen: _Stamp | None = None  # of CURRENT when it named what is served
        self._again = 0.0
        if every:
            threading.Thread(target=_follow, args=(weakref.ref(self), every), daemon=True, name="planqa-live").start()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._engine, name)

    def steady(self) -> Engine:
        """The engine that is served now, for several calls that must see one corpus."""
        return self._engine

    @property
    def degraded(self) -> str:
        """One line on why what is served is not the corpus that was built last; "" when it is."""
        return self._trouble or self._engine.generation.degraded

    def refresh(self, wait: bool = False) -> bool:
        """Serve the generation that CURRENT names, if it is another one now; whether the engine was exchanged.

        When another thread is at it, nothing is done, but that thread is waited for if `wait`.
        """
        if not self._opening.acquire(blocking=wait):
            return False
        try:
            stamp = _stamp(self._home / CURRENT)
            if stamp == self._seen or monotonic() < self._again:
                return False
            return self._open(stamp)
        finally:
            self._opening.release()

    def _open(self, stamp: _Stamp | None) -> bool:
        try:
            generation = open_home(self._home, to_search=True)
            if generation.degraded and not self._engine.generation.degraded:
                self._fail(generation.degraded)  # what is served is no worse than what is left on the disk
                return False
            fresh = generation.folder != self._engine.generation.folder
            if fresh:
                engine = self._engine.beside(generation)
                engine.warm_up()
                self._engine = engine
        except PlanqaError as error:
            self._fail(str(error))
            return False
        except Exception as error:  # a home that another version wrote may break anything: what is served stays
            log.exception("the corpus built last cannot be opened")
            self._fail(f"{self._home}: the corpus built last cannot be opened ({type(error).__name__})")
            return False
        self._seen, self._trouble = stamp, ""
        return fresh

    def _fail(self, said: str) -> None:
        if said != self._trouble:
            log.warning("%s", said)
        self._trouble, self._again = said, monotonic() + RETRY


def steady(engine: T) -> T:
    """An engine that does not change under several calls: the one of the moment of a `Live`, any other as it is."""
    own = getattr(engine, "steady", None)
    return cast(T, own()) if own else engine


def _follow(reference: weakref.ref[Live], every: float) -> None:
    """Refresh a `Live` for as long as somebody has it."""
    wait = threading.Event()
    while not wait.wait(every):
        live = reference()
        if live is None:
            return
        live.refresh()
        del live


def _stamp(file: Path) -> _Stamp | None:
    """What changes when a file is replaced; None when it is not there."""
    try:
        status = file.stat()
    except OSError:
        return None
    return status.st_mtime_ns, status.st_ino, status.st_size
