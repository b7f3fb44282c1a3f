"""Why a passage was found, in words: how near its meaning is among those found, and which words it shares.

Cosines of one encoder crowd together (0.78 to 0.91 for most questions), so that a place among the passages found says
more than the figure; the figure stands beside it in brackets.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape

from corpus.vietnamese import fold, has_diacritics
from qa.page.labels import labels
from qa.types import Found, Language

MAX_PHRASES = 8
_WORD = re.compile(r"\w+")


def why_html(found: Found, all_found: Sequence[Found], language: Language) -> str:
    """A folded list of reasons for one of the passages found; "" when it carries no scores."""
    if not found.dense and not found.lexical:
        return ""
    words = labels(language)
    near = 1 + sum(other.dense > found.dense for other in all_found)
    closest = words.nearness_best if near == 1 else words.nearness
    reasons = [closest.format(place=near, count=len(all_found), score=_figure(found.dense, 2, language))]
    phrases = shared_phrases(found.text, found.terms)
    if phrases:
        place = 1 + sum(other.lexical > found.lexical for other in all_found)
        shared = words.words_best if place == 1 else words.words_shared
        terms = ", ".join(f"“{phrase}”" for phrase in phrases)
        reasons.append(shared.format(place=place, score=_figure(found.lexical, 1, language), terms=terms))
    else:
        reasons.append(words.words_none)
    items = "".join(f"<li>{escape(reason)}</li>" for reason in reasons)
    return f'<details class="pq-why"><summary>{words.why}</summary><ul>{items}</ul></details>'


def shared_phrases(text: str, terms: Sequence[str]) -> list[str]:
    """The terms as they stand in the text, neighbours joined; a syllable that a longer phrase holds is not repeated.

    >>> shared_phrases("Cơ quan thực hiện: Sở Y tế. Thời hạn: quý I", ("cơ", "quan", "hạn", "thời", "y"))
    ['Cơ quan', 'Thời hạn', 'Y']
    """
    wanted = {term.casefold() for term in terms}
    plain = {term for term in wanted if not has_diacritics(term)}
    runs: list[list[re.Match[str]]] = []
    for match in _WORD.finditer(text):
        word = match[0].casefold()
        if word not in wanted and fold(word) not in plain:
            continue
        last = runs[-1][-1] if runs else None
        if last is not None and text[last.end() : match.start()].isspace():
            runs[-1].append(match)
        else:
            runs.append([match])
    phrases: dict[str, str] = {}
    for run in runs:
        phrases.setdefault(" ".join(m[0].casefold() for m in run), " ".join(m[0] for m in run))
    longest = sorted(phrases, key=lambda key: -len(key.split()))
    kept: list[str] = []
    for key in longest:
        if not any(f" {key} " in f" {other} " for other in kept):
            kept.append(key)
    return [phrases[key] for key in kept[:MAX_PHRASES]]


def _figure(value: float, digits: int, language: Language) -> str:
    """A score with its decimal mark."""
    shown = f"{value:.{digits}f}"
    return shown.replace(".", ",") if language == "vi" else shown
