"""What a question asks for: language, province, document, years, and whether it wants who, when or how much."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from corpus.districts import find_districts
from corpus.errors import QuestionError
from corpus.provinces import Province, belongs_to, find_provinces, province_of, provinces
from corpus.types import Document
from corpus.vietnamese import LOWER, UPPER, fold, has_diacritics, normalise, squeeze
from qa.agencies import Mention, mentions
from qa.typed import spelt_out
from qa.types import Language
from qa.wants import wanted
from qa.years import YEAR, years_asked

MAX_CHARACTERS = 2000

_ENGLISH = frozenset(
    "who what when which where why how the is are was were of by for to and in on at with must should will shall "
    "does do did has have many much percentage percent share target deadline responsible responsibility lead "
    "leads leading province provinces department plan plans people from under between any there this that need "
    "needs between about charge main goal goals service services digital".split()
)
_VIETNAMESE = frozenset(
    "ai gi nao bao nhieu khi cua la co duoc cho den nam phan tram cac nhung mot va thi hay tinh huyen xa dan "
    "nguoi thoi han muc tieu chi tieu so co quan don vi chu tri phoi hop trach nhiem nhiem vu ke hoach quyet dinh "
    "lam viec nhu the sao trong ngoai tren duoi lo ky ngay thang chuyen doi".split()
)
_NUMBER = re.compile(r"\b\d{1,5}(?:/\d{4})?/[A-Za-zĐđ]{2,5}(?:-[A-Za-zĐđ]{2,8})+\b")
_SHORT_NUMBER = re.compile(
    r"(?<!\w)(?:quyet dinh|qd|ke hoach|kh|chuong trinh|nghi quyet|de an|van ban|plan|decision|document|resolution)"
    r"\s+(?:so\s+|no\.?\s+|number\s+)?(\d{1,5})(?![\d/%.,]\d|\d|\s*%)"
)
_ADDED = re.compile(
    r"(?<!\w)(tinh (ca|luon)|co ca|ca moc|ca nam|luon moc|neu co|ghi luon|ke ca|including|also|as well|too"
    r"|if any)(?!\w)"
)
_AFTER = re.compile(r"(?<!\w)(?:tinh|thanh pho|tp|o|tai|cua|in|of|for|province|plan)\s+")
_ALIKE = 86.0
"""How alike, of 100, a misspelt province must be to its name; "Tra Vihn" is 88."""


@dataclass(frozen=True, slots=True)
class Question:
    """A question as understood; `text` is normalised and spelt out, `folded` its form without marks."""

    text: str
    folded: str
    language: Language
    diacritics: bool
    provinces: tuple[Province, ...]
    documents: tuple[str, ...]
    years: tuple[str, ...]
    wants: frozenset[str]
    agencies: tuple[str, ...] = ()  # known agencies it names, in small letters
    named: tuple[Mention, ...] = ()  # the same as they stand in `text`
    short_numbers: tuple[str, ...] = ()  # documents by their number alone: "2043" of "QĐ 2043"
    typed: str = ""  # as it was typed, before short forms were spelt out
    districts: tuple[str, ...] = ()  # districts it names, where it names no province

    @property
    def years_added(self) -> bool:
        """Whether the years are asked for beside the others: "có cả mốc 2030", "also for 2030"."""
        return bool(self.years and _ADDED.search(self.folded))


_UNSEEN = ("Cc", "Cf", "Cs")  # control and format characters, and halves of pairs, which no encoder takes


def understand(text: str) -> Question:
    """Read a question.

    Raises:
        QuestionError: empty, or longer than 2,000 characters.
    """
    clean = squeeze("".join(c for c in normalise(text) if unicodedata.category(c) not in _UNSEEN or c in "\n\t"))
    if not clean:
        raise QuestionError("(empty)", "a question in Vietnamese or English", "type a question")
    if len(clean) > MAX_CHARACTERS:
        raise QuestionError(
            f"{clean[:40]}... ({len(clean):,} characters)",
            f"at most {MAX_CHARACTERS:,} characters",
            "ask one short question",
        )
    typed, language = clean, detect_language(clean)
    if language == "vi":
        clean = spelt_out(clean)[:MAX_CHARACTERS]
    folded, marked = fold(clean), has_diacritics(clean)
    named = mentions(clean, marked or language == "en")
    placed = find_provinces(clean, folded=True)
    districts = () if placed else find_districts(clean)
    around = tuple(dict.fromkeys(province for _, province in districts))
    short = tuple(dict.fromkeys(_SHORT_NUMBER.findall(_NUMBER.sub(" ", folded))))
    dated = _NUMBER.sub(" ", _SHORT_NUMBER.sub(lambda found: " " * len(found[0]), folded))
    return Question(
        text=clean,
        folded=folded,
        language=language,
        diacritics=marked,
        provinces=placed or around or _misspelt_provinces(folded),
        documents=tuple(dict.fromkeys(number.upper() for number in _NUMBER.findall(clean))),
        years=years_asked(dated),
        wants=wanted(clean, language, marked),
        agencies=tuple(dict.fromkeys(mention.name for mention in named)),
        named=named,
        short_numbers=tuple(number for number in short if not YEAR.fullmatch(number) or number > "2035"),
        typed=typed,
        districts=tuple(name for name, _ in districts),
    )


def resolved(asked: Question, documents: Iterable[Document]) -> Question:
    """The question with documents that it names by number alone ("kế hoạch 55") or without marks named in full.

    Of a former province that no document is of, the one that it is part of today is meant, if there are any of that.
    """
    documents = tuple(documents)
    asked = replace(asked, provinces=_held(asked.provinces, documents))
    numbers = [document.meta.number for document in documents]
    typed = {fold(number) for number in asked.documents}
    meant = [n.upper() for n in numbers if n.split("/")[0] in asked.short_numbers or fold(n) in typed]
    others = [n for n in asked.documents if fold(n) not in {fold(one) for one in meant}]
    return replace(asked, documents=tuple(dict.fromkeys((*meant, *others)))) if meant else asked


def in_words_of(asked: Question, documents: Iterable[Document]) -> Question:
    """The question with provinces under the names that its documents have for them: "Trà Vinh", now in Vĩnh Long."""
    if not asked.provinces:
        return asked
    own = sorted({document.meta.province for document in documents})
    text, named = asked.text, list[Province]()
    for province in asked.provinces:
        former = [place for one in own if belongs_to(one, province.name) and (place := province_of(one))]
        if province.name in own or not former:
            named.append(province)
            continue
        named += former
        for name in (province.name, *province.aliases):
            if (without := cut(text, name)) != text:
                text = f"{without} {' '.join(place.name for place in former)}"
    return asked if text == asked.text else replace(asked, text=squeeze(text), provinces=tuple(named))


def cut(text: str, name: str) -> str:
    """The text without a name, however its marks are typed.

    >>> cut("SOC o tra vinh", "Trà Vinh").split()
    ['SOC', 'o']
    """
    pattern = r"[\s-]+".join(re.escape(part) for part in fold(name).split())
    result, at = [], 0
    for hit in re.finditer(rf"(?<!\w){pattern}(?!\w)", fold(text)):  # folding keeps lengths of composed letters
        result.append(text[at : hit.start()])
        at = hit.end()
    return " ".join([*result, text[at:]])


def _held(named: Iterable[Province], documents: Sequence[Document]) -> tuple[Province, ...]:
    own = {document.meta.province for document in documents}
    result = []
    for province in named:
        today = province_of(province.today)
        is_left_out = not any(belongs_to(one, province.name) for one in own)
        result.append(today if today and is_left_out and today.name in own else province)
    return tuple(dict.fromkeys(result))


def _misspelt_provinces(folded: str) -> tuple[Province, ...]:
    """A province typed with a letter wrong, where the words in front of it say that a place follows."""
    from rapidfuzz import fuzz, process

    names = {fold(name): province for province in provinces() for name in (province.name, *province.aliases)}
    names = {name: province for name, province in names.items() if len(name) > 5}
    for before in _AFTER.finditer(folded):
        following = re.findall(r"[a-z]+", folded[before.end() : before.end() + 30])
        if following[:2] == ["thanh", "pho"]:  # "của thành phố ...", which is like "Thanh Hóa"
            continue
        for count in (2, 3, 1):
            match = process.extractOne(
                " ".join(following[:count]), names.keys(), scorer=fuzz.ratio, score_cutoff=_ALIKE
            )
            if match and len(following) >= count:
                return (names[match[0]],)
    return ()


def detect_language(text: str) -> Language:
    """Vietnamese or English, from marks and small words; Vietnamese when nothing tells.

    >>> detect_language("who is responsible for SOC by when?"), detect_language("soc tra vinh ai lo")
    ('en', 'vi')
    """
    text = _NUMBER.sub(" ", text)  # "2043/QĐ-UBND" is written so in English, too
    if not has_diacritics(_without_names(text)) and _is_foreign(text):
        return "en"
    words = re.findall(r"[a-z]+", fold(_without_names(text)))
    english = sum(word in _ENGLISH for word in words)
    vietnamese = sum(word in _VIETNAMESE for word in words)
    if english >= 2 and english > vietnamese:
        return "en"
    if has_diacritics(_without_names(text)):
        return "vi"
    return "en" if english > vietnamese else "vi"


_SYLLABLE = re.compile(
    r"(?:ngh|ng|nh|ch|gh|gi|kh|ph|qu|th|tr|[bcdghklmnprstvx])?"
    r"(?:[iy]e|u[aoey]|uy[ea]?|o[aeo]|[aeiouy])[aioeuy]?(?:ng|nh|ch|[cmnpt])?"
)


def _is_foreign(text: str) -> bool:
    """Whether most of the words, names aside, are no syllables of Vietnamese typed without marks.

    >>> _is_foreign("cashless pension payments by when"), _is_foreign("nop ho so online o tra vinh")
    (True, False)
    """
    said = re.findall(r"(?<![\w/])[a-z]{2,}(?![\w/])", text)
    foreign = sum(not _SYLLABLE.fullmatch(word) for word in said)
    return foreign > len(said) / 2 and (foreign >= 2 or foreign == len(said))


def _without_names(text: str) -> str:
    """The text without capitalised Vietnamese names, which stand in English questions, too."""
    return re.sub(rf"\b[{UPPER}][{LOWER}]*(?=[\s,.?!]|$)", lambda m: " " if has_diacritics(m[0]) else m[0], text)


def is_other_language(text: str) -> bool:
    """Whether the question is mostly in a script that neither Vietnamese nor English uses.

    >>> is_other_language("谁负责SOC"), is_other_language("ai lo SOC?")
    (True, False)
    """
    letters = [character for character in text if character.isalpha()]
    foreign = sum("LATIN" not in unicodedata.name(character, "") for character in letters)
    return bool(letters) and foreign > 0.3 * len(letters)
