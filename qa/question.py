"""What a question asks for: language, province, document, years, and whether it wants who, when or how much."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from corpus.errors import QuestionError
from corpus.provinces import Province, find_provinces
from corpus.vietnamese import fold, has_diacritics, normalise, squeeze
from qa.agencies import named_agencies
from qa.types import Language

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
_WANTED = {
    "signer": "ai ky|nguoi ky|ky ban hanh|do ai ky|who signed|signed by|signatory|signer",
    "issued": (
        "ngay ban hanh|ban hanh (khi nao|ngay nao|hom nao)|(date|day) of issue"
        "|when (was|were) .{0,60}\\b(issued|signed|adopted|approved)"
    ),
    "legal_basis": "can cu|co so phap ly|(luat|nghi quyet|nghi dinh) nao|legal bas[ie]s|based on|cited?",
    "coordinating": r"phoi hop|coordinat\w+|cooperat\w+|supporting (agenc|unit)\w*|works? with",
    "directing": r"chi dao|directs?|directing|steers?|oversees?|supervis\w+",
    "who": (
        "ai|(co quan|don vi|so|ban|nganh|doanh nghiep|to chuc) nao|so gi|chiu trach nhiem|chu tri|phu trach|dau moi"
        "|co quan thuc hien|giao cho|who|whom|responsible|in charge|leads?|led|leading"
        r"|which (agency|agencies|departments?|units?|office|body|organi[sz]ation\w*|authorit\w+)"
    ),
    "when": (
        "khi nao|bao gio|luc nao|thoi han|han chot|han cuoi|han hoan thanh|thoi gian (hoan thanh|thuc hien)"
        "|(den|truoc) (ngay|thang|nam) nao|(thang|nam|ngay|quy) may|nam nao"
        "|deadlines?|by when|when|due|time ?(frame|line|limit)|how long|what date"
    ),
    "how_much": (
        "bao nhieu|may phan tram|phan tram|ty le|ti le|muc tieu|chi tieu|how (much|many)"
        "|what (percentage|percent|share|proportion|rate)|percentage|percent|targets?|goals?|proportion"
    ),
}
_WANTS = {name: re.compile(rf"\b({words})\b{'|%' if name == 'how_much' else ''}") for name, words in _WANTED.items()}
_NUMBER = re.compile(r"\b\d{1,5}(?:/\d{4})?/[A-Za-zĐđ]{2,5}(?:-[A-Za-zĐđ]{2,8})+\b")
_YEAR = re.compile(r"(?<!\d)(20[0-4]\d)(?![\d/])")


@dataclass(frozen=True, slots=True)
class Question:
    """A question as understood; `text` is normalised, `folded` its form without marks."""

    text: str
    folded: str
    language: Language
    diacritics: bool
    provinces: tuple[Province, ...]
    documents: tuple[str, ...]
    years: tuple[str, ...]
    wants: frozenset[str]
    agencies: tuple[str, ...] = ()  # known agencies it names, in small letters


def understand(text: str) -> Question:
    """Read a question.

    Raises:
        QuestionError: empty, or longer than 2,000 characters.
    """
    clean = squeeze("".join(c for c in normalise(text) if unicodedata.category(c) not in ("Cc", "Cf") or c in "\n\t"))
    if not clean:
        raise QuestionError("(empty)", "a question in Vietnamese or English", "type a question")
    if len(clean) > MAX_CHARACTERS:
        raise QuestionError(
            f"{clean[:40]}... ({len(clean):,} characters)",
            f"at most {MAX_CHARACTERS:,} characters",
            "ask one short question",
        )
    folded = fold(clean)
    wants = {name for name, pattern in _WANTS.items() if pattern.search(folded)}
    if wants & {"signer", "issued"}:
        wants -= {"who", "when"}
    return Question(
        text=clean,
        folded=folded,
        language=detect_language(clean),
        diacritics=has_diacritics(clean),
        provinces=find_provinces(clean, folded=True),
        documents=tuple(dict.fromkeys(number.upper() for number in _NUMBER.findall(clean))),
        years=tuple(dict.fromkeys(_YEAR.findall(_NUMBER.sub(" ", clean)))),
        wants=frozenset(wants),
        agencies=named_agencies(clean, has_diacritics(clean)),
    )


def detect_language(text: str) -> Language:
    """Vietnamese or English, from marks and small words; Vietnamese when nothing tells.

    >>> detect_language("who is responsible for SOC by when?"), detect_language("soc tra vinh ai lo")
    ('en', 'vi')
    """
    words = re.findall(r"[a-z]+", fold(_without_names(text)))
    english = sum(word in _ENGLISH for word in words)
    vietnamese = sum(word in _VIETNAMESE for word in words)
    if english >= 2 and english > vietnamese:
        return "en"
    if has_diacritics(_without_names(text)):
        return "vi"
    return "en" if english > vietnamese else "vi"


def _without_names(text: str) -> str:
    """The text without capitalised Vietnamese names, which stand in English questions, too."""
    return re.sub(r"\b[A-ZĐÀ-Ỹ][a-zđà-ỹ]*(?=[\s,.?!]|$)", lambda m: " " if has_diacritics(m[0]) else m[0], text)


def is_other_language(text: str) -> bool:
    """Whether the question is mostly in a script that neither Vietnamese nor English uses.

    >>> is_other_language("谁负责SOC"), is_other_language("ai lo SOC?")
    (True, False)
    """
    letters = [character for character in text if character.isalpha()]
    foreign = sum("LATIN" not in unicodedata.name(character, "") for character in letters)
    return bool(letters) and foreign > 0.3 * len(letters)
