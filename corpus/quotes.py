"""Words that a document quotes from another one: their numbers are not its own.

A decision that amends another quotes the amended text, “2. ...”, often over several paragraphs. The numbers inside
belong to the other document, so these paragraphs are read as plain ones.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.blocks import Block

_INTRODUCES = re.compile(r"(như sau|sau đây|thành)\s*:?\s*[“\"]")
_CLOSES = re.compile(r"[”\"]\s*[.;,]?\s*(?:/\.)?$")
MAX_QUOTED = 80


def quoted_blocks(blocks: Sequence[Block]) -> frozenset[int]:
    """Indices of the paragraphs that stand inside a quotation begun before them, or that open one.

    A quotation whose end is not found within 80 paragraphs is none: the source lost a mark.
    """
    inside: set[int] = set()
    index = 0
    while index < len(blocks):
        text = blocks[index].text
        opens = text[:1] in '“"' or _INTRODUCES.search(text)
        if blocks[index].row is not None or not opens or _depth(text) <= 0:
            index += 1
            continue
        end = _end(blocks, index)
        if end > index:
            inside.update(range(index + 1, end + 1))
            index = end
        index += 1
    return frozenset(inside)


def _end(blocks: Sequence[Block], start: int) -> int:
    depth = _depth(blocks[start].text)
    for index in range(start + 1, min(len(blocks), start + MAX_QUOTED)):
        block = blocks[index]
        if block.row is not None or block.begins_table:
            return start
        depth += _depth(block.text)
        if depth <= 0 and _CLOSES.search(block.text):
            return index
        if depth <= 0:
            return start
    return start


def _depth(text: str) -> int:
    """Quotations opened less those closed; a straight mark opens and closes in turn."""
    straight = text.count('"') % 2
    if straight and _CLOSES.search(text) and not text.startswith('"') and "“" not in text:
        straight = -1
    return text.count("“") - text.count("”") + straight
