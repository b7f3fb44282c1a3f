"""Communes, towns and villages that the plans name: a question about one is about the province whose plan names it.

No list is kept: a pair of neighbouring syllables is a place where every passage that holds it writes it with capitals
and one has "xã", "thị trấn", ... in front of it, or of the list that it stands in; and where all are of one province.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from corpus.provinces import province_of
from corpus.vietnamese import fold, has_diacritics, words
from index.lexical import FOLDED, MARKED
from index.postings import PAIR
from qa.question import Question

if TYPE_CHECKING:
    from qa.engine import Engine

MOST = 40
"""Passages that hold a name of a small place, at most; what stands in more is no such name."""
_UNIT = re.compile(
    r"\b(?:[Xx]ã|[Pp]hường|[Tt]hị trấn|[Đđ]ặc khu|[Hh]uyện|[Tt]hị xã|[Tt]hôn|[Bb]ản|[Ll]àng|[Ấấ]p)\b[^.]{0,60}$"
)


def placed(asked: Question, engine: Engine) -> Question:
    """The question with the province of the place that it names; as it is where it names a province or a document."""
    if asked.provinces or asked.documents or asked.short_numbers:
        return asked
    is_marked = has_diacritics(asked.text) and asked.language == "vi"
    tokens = words(asked.text if is_marked else fold(asked.text))
    pairs = [f"{a}{PAIR}{b}" for a, b in zip(tokens, tokens[1:], strict=False) if a.isalpha() and b.isalpha()]
    form = MARKED if is_marked else FOLDED
    lexical = engine.generation.lexical
    held = lexical.frequencies(pairs, form).tolist()
    found = set[str]()
    for pair, often in zip(pairs, held, strict=True):
        if 0 < often <= MOST:
            found |= _provinces(engine, pair.split(PAIR), lexical.rows(pair, form).tolist(), is_marked)
    known = province_of(found.pop()) if len(found) == 1 else None
    return replace(asked, provinces=(known,)) if known else asked


def _provinces(engine: Engine, name: list[str], rows: Iterable[int], is_marked: bool) -> set[str]:
    """The one province whose plans name a place so, in a set; an empty set for what is no place, or stands in two."""
    provinces, is_place = set[str](), False
    for row in rows:
        passage = engine.generation.passages[row]
        document = engine.by_id[passage.document_id]
        for text in (passage.text, *passage.headings, document.meta.title):
            shown = text if is_marked else fold(text)
            for at in re.finditer(rf"(?<!\w){name[0]}\s+{name[1]}(?!\w)", shown, re.IGNORECASE):
                written = text[at.start() : at.end()].split()
                if len(shown) != len(text) or not all(word[:1].isupper() for word in written):
                    return set()
                is_place = is_place or bool(_UNIT.search(text[: at.start()]))
        provinces.add(document.meta.province)
    return provinces if is_place and len(provinces) == 1 else set()
