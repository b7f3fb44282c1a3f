"""Vietnamese as it is typed on a phone, spelt out: "bn ng dc" is "bao nhiêu người được".

`data/typed.json` holds such forms, which people can edit; only what stands for one thing is in it, and a form in
capitals ("BN") is left alone, since it may be a name or an abbreviation of office.
"""

from __future__ import annotations

import json
import re
from functools import cache
from importlib import resources

from corpus.vietnamese import fold, has_diacritics

_WORD = re.compile(r"(?<![\w/.&-])[^\W\d_]+(?![\w/&-])")


@cache
def _forms() -> dict[str, str]:
    text = resources.files("qa").joinpath("data/typed.json").read_text(encoding="utf-8")
    forms: dict[str, str] = json.loads(text)
    return forms


def spelt_out(text: str) -> str:
    """A Vietnamese text with its typed short forms in full, without marks where it has none.

    >>> spelt_out("bn ng dc hỗ trợ"), spelt_out("bn ng dc ho tro"), spelt_out("Sở KH&CN ko làm")
    ('bao nhiêu người được hỗ trợ', 'bao nhieu nguoi duoc ho tro', 'Sở KH&CN không làm')
    """
    marked = has_diacritics(text)

    def full(word: re.Match[str]) -> str:
        found = _forms().get(word[0])
        if found is None:
            return word[0]
        return found if marked else fold(found)

    return _WORD.sub(full, text)
