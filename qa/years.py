"""The years that a question names: "2025", and counted from them, "five years later", "năm năm sau đó"."""

from __future__ import annotations

import re

YEAR = re.compile(r"(?<!\d)(20[0-4]\d)(?![\d/])")
_COUNTS = {
    **{word: n for n, word in enumerate("one two three four five six seven eight nine ten".split(), 1)},
    **{word: n for n, word in enumerate("mot hai ba bon nam sau bay tam chin muoi".split(), 1)},
}
_COUNT = rf"(\d{{1,2}}|{'|'.join(_COUNTS)})"
_LATER = re.compile(
    rf"\b{_COUNT} (?:years? (?:later|on|afterwards?|after that)|nam (?:sau do|sau nua|tiep theo|nua))\b"
    rf"|\bsau do {_COUNT} nam\b"
)


def years_asked(folded: str) -> tuple[str, ...]:
    """The years of a text without marks, in their order; one counted on from another stands last.

    >>> years_asked("what do they hope for in 2025, and what five years later?")
    ('2025', '2030')
    """
    named = list(dict.fromkeys(YEAR.findall(folded)))
    if named and (later := _LATER.search(folded)):
        count = later[1] or later[2]
        year = int(named[-1]) + (int(count) if count.isdecimal() else _COUNTS[count])
        named.append(str(year))
    return tuple(dict.fromkeys(named))
