"""A mask over passages as a filter that a vector database understands: kinds of passages, and ranges of windows.

Passages lie in the order of their documents, and documents in that of their ids, which begin with the province: what a
filter on provinces, documents or years lets through is a few long ranges. A filter on kinds of passages cuts those to
pieces, so kinds that nothing is allowed of are named apart, and ranges run on over passages of such kinds.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

MOST = 128
"""How many ranges are sent; of more, the nearest ones are joined, and what comes too much is dropped by the caller."""


@dataclass(frozen=True, slots=True)
class Filter:
    """A filter on the fields `window` and `kind`."""

    expression: str  # "" lets everything through
    exact: bool  # False: it lets through more than the mask


def filter_of(
    allowed: NDArray[np.bool_],
    kinds: NDArray[np.integer],
    names: Sequence[str],
    starts: NDArray[np.int64],
    total: int,
    most: int = MOST,
) -> Filter:
    """The filter for a mask of shape (passages,), at least one of them allowed.

    `kinds`, of shape (passages,), are places in `names`; `starts` tells at which of the `total` windows each begins.

    >>> kinds, starts = np.array([0, 1, 0, 0]), np.arange(4)
    >>> filter_of(np.array([True, False, True, False]), kinds, ["task", "text"], starts, 4).expression
    'kind in ["task"] and window < 3'
    >>> filter_of(np.array([False, False, True, True]), kinds, ["task", "text"], starts, 4).expression
    'kind in ["task"] and window >= 2'
    """
    held = np.zeros(len(names), bool)
    held[kinds[allowed]] = True
    counted = np.flatnonzero(held[kinds])  # passages of the kinds that something is allowed of
    wanted = np.concatenate([[0], allowed[counted].astype(np.int8), [0]])
    turns = np.flatnonzero(np.diff(wanted))
    firsts, lasts = counted[turns[0::2]], counted[turns[1::2] - 1]
    ends = np.append(starts, total)
    begins, stops = starts[firsts].astype(np.int64), ends[lasts + 1].astype(np.int64)
    exact = len(begins) <= most
    if not exact:
        gaps = begins[1:] - stops[:-1]
        kept = np.sort(np.argsort(-gaps, kind="stable")[: most - 1])  # the widest gaps stay
        begins, stops = begins[np.concatenate([[0], kept + 1])], stops[np.concatenate([kept, [len(stops) - 1]])]
    if counted[0] == firsts[0]:
        begins[0] = 0  # nothing of these kinds lies before
    if counted[-1] == lasts[-1]:
        stops[-1] = total
    spans = [_span(begin, stop, total) for begin, stop in zip(begins.tolist(), stops.tolist(), strict=True)]
    within = "" if spans == [""] else " or ".join(f"({span})" if len(spans) > 1 else span for span in spans)
    of_kinds = "" if held[np.unique(kinds)].all() else f"kind in [{_quoted(names, held)}]"
    if of_kinds and within:
        within = f"({within})" if len(spans) > 1 else within
    return Filter(" and ".join(part for part in (of_kinds, within) if part), exact)


def _span(begin: int, stop: int, total: int) -> str:
    parts = [f"window >= {begin}"] if begin else []
    return " and ".join(parts + ([f"window < {stop}"] if stop < total else []))


def _quoted(names: Sequence[str], held: NDArray[np.bool_]) -> str:
    return ", ".join(f'"{name}"' for name, is_held in zip(names, held, strict=True) if is_held)
