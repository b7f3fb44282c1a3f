"""The closing words of a plan, which belong to the plan and not to the last agency it names."""

from __future__ import annotations

import re

from corpus.blocks import Block
from corpus.duties import CLOSING, agency_of_heading, duty_of
from corpus.markers import RANKS
from corpus.tree import Builder
from corpus.vietnamese import fold

_WHOLE = re.compile(r"^Trên đây là\b")
_BEHIND = re.compile(r"^(noi nhan|tm\.|t/m|kt\.|tl\.|tuq\.|chu tich|phu luc|bieu)")


def close_for_ending(b: Builder, text: str, following: Block | None) -> None:
    """Leave the sections that closing words do not belong to.

    "Trên đây là Kế hoạch ..." speaks of the whole text. "Trong quá trình thực hiện, nếu có vướng mắc ..." and "Yêu cầu
    các sở ..." end the part on who does what: as the last paragraph, they are no duty of the agency before them.
    """
    if not CLOSING.match(text):
        return
    if _WHOLE.match(text):
        b.close_to(RANKS["phan"])
    elif following is None or _BEHIND.match(fold(following.text)) or CLOSING.match(following.text):
        for depth, node in enumerate(b.stack):
            own = node.block.text if node.block else ""
            if own and (agency_of_heading(node.heading or own) or duty_of(own)):
                del b.stack[depth:]
                return
