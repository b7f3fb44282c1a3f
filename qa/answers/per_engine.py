"""What is worked out once for an engine and kept while it lives: parents of sections, documents by province."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar
from weakref import WeakKeyDictionary

if TYPE_CHECKING:
    from qa.engine import Engine

T = TypeVar("T")
_KEPT: WeakKeyDictionary[Engine, dict[str, object]] = WeakKeyDictionary()


def kept(engine: Engine, name: str, make: Callable[[], T]) -> T:
    """The value of this name for the engine, made when it is first asked for."""
    values = _KEPT.setdefault(engine, {})
    if name not in values:
        values[name] = make()
    return values[name]  # type: ignore[return-value]
