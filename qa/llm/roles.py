"""Whether a sentence gives an agency the role that the plan gives it: who leads is not who coordinates."""

from __future__ import annotations

import re
from typing import Literal

from qa.llm.agencies import same_agency
from qa.types import Facts

Role = Literal["lead", "coordinate", "direct"]

_WORDS: tuple[tuple[Role, str], ...] = (
    ("coordinate", r"phối hợp|coordinat\w+|co-?operat\w+|collaborat\w+|support(?:s|ed|ing)?|together with"),
    ("direct", r"chỉ đạo|direct(?:s|ed|ing|ion)?|steer\w*|overse\w+|supervis\w+"),
    (
        "lead",
        r"chịu trách nhiệm|chủ trì|phụ trách|đầu mối|thực hiện|giao|responsib\w+|leads?|leading|led|in charge|assigned"
        r"|implement\w*|carr(?:y|ies|ied) out",
    ),
)
_ROLE = re.compile("|".join(rf"(?P<{role}>(?<!\w)(?:{words})(?!\w))" for role, words in _WORDS), re.IGNORECASE)
_TOKEN = re.compile(rf"⟦(?P<roles>[a-z ]*)⟧|{_ROLE.pattern}", re.IGNORECASE)


def wrong_role(sentence: str, facts: Facts) -> bool:
    """Whether an agency of the facts stands by the words of a role that it does not have there.

    The words in front of an agency tell its role, those behind it where none stand in front.

    >>> facts = Facts(responsible=("Sở Nội vụ",), coordinating=("Sở Tài chính",))
    >>> wrong_role("Sở Nội vụ chủ trì, phối hợp với Sở Tài chính", facts)
    False
    >>> wrong_role("Sở Tài chính chủ trì, phối hợp với Sở Nội vụ", facts)
    True
    """
    marked = _marked(sentence, facts)
    before = ""
    waiting: list[list[str]] = []
    for token in _TOKEN.finditer(marked):
        roles = token["roles"]
        if roles is None:
            before = str(token.lastgroup)
            if any(before not in held for held in waiting):
                return True
            waiting = []
        elif before:
            if before not in roles.split():
                return True
        else:
            waiting.append(roles.split())
    return False


def _marked(sentence: str, facts: Facts) -> str:
    """The sentence with each agency of the facts as the roles that it has, longest names first."""
    roles: dict[str, list[str]] = {}
    groups: tuple[tuple[Role, tuple[str, ...]], ...] = (
        ("lead", facts.responsible),
        ("coordinate", facts.coordinating),
        ("direct", facts.directing),
    )
    for role, agencies in groups:
        for agency in agencies:
            for name in same_agency(agency):
                roles.setdefault(name, []).append(role)
    for name in sorted(roles, key=len, reverse=True):
        sentence = re.sub(
            rf"(?<![\w⟦]){re.escape(name)}(?![\w⟧])", f"⟦{' '.join(roles[name])}⟧", sentence, flags=re.IGNORECASE
        )
    return sentence
