"""Whether a language model's wording of an answer says what the cited passages state, sentence by sentence.

The text is the model's and nothing in it is taken on trust: it is held against the quotes of the answer's citations,
and whatever cannot be found there is an objection. One objection is enough to show the plain answer instead.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from corpus.vietnamese import normalise, squeeze
from qa.answers.deadline_words import in_english
from qa.llm.agencies import named, same_agency
from qa.llm.language import is_in_language
from qa.llm.names import unknown_name
from qa.llm.pairs import mismatched, target_value
from qa.llm.roles import wrong_role
from qa.llm.support import keeps_to
from qa.llm.values import Value, read_values
from qa.types import Answer, Citation, Language

LONGEST = 1.5
"""How much longer than the plain answer its wording may be; short answers may have `ROOM` characters."""
ROOM = 400

_MARKER = re.compile(r"\[(\d{1,3})\]")
_LAST_MARKERS = re.compile(r"\s*[.!?;…]?\s*(?:\[\d{1,3}\]\s*)+[.!?;…]?$")
_END = re.compile(r"(?<=[.!?…])[\"”)]*\s+(?!\s*[\[(])|(?<=\])[.;]?\s+(?=[^\s\[])|\n+")
_ABBREVIATION = re.compile(r"(?<!\w)(?:No|TP|TX|TT|St|Art|v\.v)\.$", re.IGNORECASE)
_LINK = re.compile(
    r"://|(?<!\w)www\.|\]\(|!\[|@|<\s*/?\s*[a-z!]|&(?:#|[a-z]+;)|`|\*\*|__|javascript:|(?<!\w)mailto|[a-z\d]\.[a-z]{2,}(?![a-z])",
    re.IGNORECASE,
)
_NEGATION = re.compile(
    r"(?<!\w)(?:không|chưa|chẳng|cấm|not|no|never|none|neither|nor|cannot|without|nobody|nothing)(?!\w)|n['’]t(?!\w)",
    re.IGNORECASE,
)
_NO_NEGATION = re.compile(
    r"(?<!\w)(?:không\s+(?:gian|khí|quân|(?:dùng\s+)?tiền\s+mặt|ngừng|chỉ|những|(?:vượt\s+)?quá|dưới|thấp\s+hơn|ít\s+hơn"
    r"|muộn\s+hơn|ấn\s+định\s+ngày\s+kết\s+thúc)|hàng\s+không|no\.(?=\s)|no\s+end\s+date"
    r"|no(?:t)?\s+(?:more|less|fewer|later)\s+than|not\s+only)(?!\w)",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"“((?:[^“”]|“[^“”]*”)*)”|\"([^\"]*)\"")
_ASIDE = re.compile(r"\((?:[^()]|\([^()]*\))*\)")
_ISSUED = re.compile(r"(?<!\w)(?:ban hành|ký|số|issued|signed|dated|no\.)(?!\w)", re.IGNORECASE)


def objection(text: str, answer: Answer) -> str:
    """What speaks against a wording of the answer, "" when nothing does; names no word of the text itself."""
    if whole := _of_the_whole(text, answer):
        return whole
    citations = {citation.n: citation for citation in answer.citations}
    plain = sentences(answer.answer)
    verbatim = {squeeze(sentence) for sentence in plain}
    used: set[int] = set()
    negated: set[int] = set()
    for number, sentence in enumerate(sentences(text), 1):
        markers = markers_of(sentence)
        if not markers or not _LAST_MARKERS.search(sentence):
            return f"sentence {number} ends without a marker"
        if not markers <= citations.keys():
            return f"sentence {number} cites what is no citation of the answer"
        used |= markers
        if _negates(sentence):
            negated |= markers
        if squeeze(sentence) in verbatim:
            continue
        cited = [citations[n] for n in sorted(markers)]
        same = " ".join(_MARKER.sub(" ", s) for s in plain if markers_of(s) & markers)
        if fault := _fault(_MARKER.sub(" ", sentence), cited, same, answer):
            return f"sentence {number}: {fault}"
    if not markers_of(answer.answer) <= used:
        return "a citation of the plain answer is dropped"
    denied = {n for sentence in plain if _negates(sentence) for n in markers_of(sentence)}
    if any(_negates(_one_sentence(citations[n].quote)) for n in denied - negated):
        return "a negation of a cited passage is dropped"
    if _lost_fact(text, answer):
        return "a fact of the plain answer is dropped"
    return ""


def sentences(text: str) -> tuple[str, ...]:
    """The sentences of a text with the markers behind them; a line break ends one, too.

    >>> sentences("Sở Nội vụ. [1] Hạn: 2025 [1][2]. Theo Quyết định No. 7 [2]")
    ('Sở Nội vụ. [1]', 'Hạn: 2025 [1][2].', 'Theo Quyết định No. 7 [2]')
    """
    found, at = [], 0
    for end in _END.finditer(text):
        before = text[at : end.start()]
        if _ABBREVIATION.search(before) or before.count("“") > text[at : end.end()].count("”"):
            continue
        found.append(text[at : end.end()].strip())
        at = end.end()
    return tuple(sentence for sentence in [*found, text[at:].strip()] if sentence)


def markers_of(text: str) -> frozenset[int]:
    """The citations that a text points to."""
    return frozenset(int(n) for n in _MARKER.findall(text))


def _of_the_whole(text: str, answer: Answer) -> str:
    if not text.strip():
        return "it is empty"
    if len(text) > max(ROOM, LONGEST * len(answer.answer)):
        return "it is too long"
    if normalise(text) != text or any(unicodedata.category(c)[0] == "C" and c != "\n" for c in text):
        return "it holds invisible or odd characters"
    if any(unicodedata.category(c)[0] == "N" and not c.isascii() for c in text):
        return "it holds odd digits"
    if _LINK.search(text):
        return "it holds a link, an address or markup"
    if re.search(r"[\[\]]", _MARKER.sub("", text)):
        return "it holds brackets that are no marker"
    if not is_in_language(_MARKER.sub(" ", text), answer.language):
        return "it is not in the language of the question"
    return ""


def _fault(sentence: str, cited: Sequence[Citation], plain: str, answer: Answer) -> str:
    """What is wrong with one sentence, given its citations and the plain sentences that share them."""
    language = answer.language
    quotes = squeeze(" ".join(citation.quote for citation in cited))
    plain = squeeze(plain)
    for quoted in (squeeze(one or other) for one, other in _QUOTED.findall(sentence)):
        if quoted.rstrip(" …;.,") not in quotes and quoted not in plain:
            return "a quote does not stand in its cited passages"
    # What stands in quotes is verbatim, and what stands in brackets may be the plain answer's own: neither is reworded.
    said = _ASIDE.sub(lambda hit: " ; " if hit[0] in plain else hit[0], _QUOTED.sub(" ; ", sentence))
    values, rest = read_values(said, language)
    if not _stated(values, cited, said):
        return "a figure, date or number that its cited passages do not state"
    if mismatched(sentence, values, cited, answer.facts):
        return "a figure of another document, year or indicator"
    if _negates(said) and not (_negates(quotes) and _negates(plain)):
        return "a negation that its cited passages do not state"
    if unknown_name(rest, cited, plain, language):
        return "a name that its cited passages do not state"
    if not keeps_to(rest, answer):
        return "it says something else than the plain answer"
    if wrong_role(said, answer.facts):
        return "an agency in a role that it does not have"
    return ""


def _stated(values: Sequence[Value], cited: Sequence[Citation], sentence: str) -> bool:
    """Whether every figure stands in a quote, bounded the same; what names the document stands in its citation."""
    stated = {value for citation in cited for value in read_values(citation.quote, "vi")[0]}
    about: set[tuple[str, str]] = set()
    for citation in cited:
        found = [*read_values(citation.citation, "vi")[0], *read_values(citation.citation_en, "en")[0]]
        about |= {(value.kind, value.text) for value in found if value.kind in ("document", "unit")}
        if _ISSUED.search(sentence):  # else the day of issue would pass for a deadline
            about |= {(value.kind, value.text) for value in found if value.kind == "date"}
    return all(value in stated or (not value.bound and (value.kind, value.text) in about) for value in values)


def _negates(text: str) -> bool:
    return _NEGATION.search(_NO_NEGATION.sub(" ", text)) is not None


def _one_sentence(quote: str) -> str:
    """A quote of one sentence, "" for a longer one: of several, a wording may leave out the one that negates."""
    return "" if re.search(r"[.;]\s+\S|\n", quote.strip()) else quote


def _lost_fact(text: str, answer: Answer) -> bool:
    """Whether an agency that is responsible, the deadline or a target's value is missing that the plain answer says."""
    return bool(_said_facts(answer.answer, answer) - _said_facts(text, answer))


def _said_facts(text: str, answer: Answer) -> set[str]:
    facts, small = answer.facts, text.lower()
    values = {(value.kind, value.text) for value in read_values(_MARKER.sub(" ", text), answer.language)[0]}
    said = {agency for agency in facts.responsible if named(text, same_agency(agency))}
    deadlines = {part.strip() for part in facts.deadline.split(";") if part.strip()}
    said |= {part for part in deadlines if _deadline_said(part, small, values, answer.language)}
    return said | ({target_value(target) for target in facts.targets} & {text for _, text in values})


def _deadline_said(deadline: str, small: str, values: set[tuple[str, str]], language: Language) -> bool:
    dates = {(value.kind, value.text) for value in read_values(deadline, "vi")[0]}
    if dates:
        return dates <= values
    english = re.split(r"[,(]", in_english(deadline))[0].strip().lower() if language == "en" else ""
    return deadline.lower() in small or bool(english and english in small)
