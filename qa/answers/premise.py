"""What a question takes for granted, held against the plans: an agency in charge, a signer, a date of issue.

"Sao Gia Lai giao SOC cho công an?" takes for granted that it did. Where the passage that is nearest names another
agency, there is no answer, and what is said instead is what the plan does state.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.types import Document
from corpus.vietnamese import LOWER, UPPER, fold
from qa.agencies import is_particular
from qa.answers.candidates import Candidate
from qa.answers.choosing import chances
from qa.question import Question
from qa.tables.agency_match import AgencyMatcher

NEAR = 0.15
"""Share of the best passage's chance from which a passage that names the agency is taken instead."""
_SURNAMES = frozenset(
    "nguyen tran le pham hoang huynh phan vu vo dang bui do ho ngo duong ly dinh truong lam doan mai to ha cao thai"
    " ta chau quach luong luu trinh dao phung vuong kieu tang quan la on han nghiem chu giap van thach son kim danh"
    " lo tong ca quang cam deo hoa giang sung vang lau thao trang mua a y h ro siu ksor nay kpa rcom dieu k nong hua"
    " be ma sam".split()
)
"""The first words of names of persons, of the Kinh and of other peoples; "Phó Chủ tịch" and "Sở Nội vụ" are none."""
_PERSON = re.compile(rf"(?<!\w)(?:[{UPPER}][{LOWER}]+\s+){{1,3}}[{UPPER}][{LOWER}]+(?!\w)")
_TITLE = re.compile(
    r"(?<!\w)(?:(?:vice|deputy) |phó )?(?:chair(?:man|woman|person)?|director|secretary|chủ tịch|giám đốc|bí thư|ông|bà"
    r"|đồng chí|mr|mrs|ms|who|which|whom|what|did|does|was|is|ai|vị|sao|why|how|có|do)(?!\w)\.?",
    re.IGNORECASE,
)
"""What stands in front of a name and is none of it."""
_CAME_OUT = re.compile(r"\b(ban hanh|ra doi|ky|came out|issued|signed|adopted|approved)\b")


def with_agency(asked: Question, found: Sequence[Candidate]) -> list[Candidate]:
    """The candidates with those first that name the agency the question names; [] when no near one does."""
    named = [name for name in asked.agencies if is_particular(name)]
    if not named or not found:
        return list(found)
    matchers = [AgencyMatcher(name) for name in named]
    odds = chances(found)
    naming = [
        c for c, p in zip(found, odds, strict=True) if p >= NEAR * odds[0] and any(_names(c, m) for m in matchers)
    ]
    if not naming:
        return []
    return [*naming, *(c for c in found if c not in naming)]


def _names(candidate: Candidate, matcher: AgencyMatcher) -> bool:
    meta = candidate.document.meta
    task = candidate.task
    listed = (*task.lead, *task.coordinating, *task.directing) if task else ()
    if any(matcher.matches(name, meta.province, meta.date) for name in listed):
        return True
    shown = "; ".join([candidate.passage.text, *candidate.passage.headings])
    return any(matcher.matches(part, meta.province, meta.date) for part in re.split(r"[:;,.\n|()]", shown)) or _inside(
        matcher, shown, meta.province, meta.date
    )


def _inside(matcher: AgencyMatcher, text: str, province: str, issued: str) -> bool:
    """Whether an agency stands inside running text: names are held from every word that begins one."""
    heads = re.finditer(r"(?<!\w)(Sở|Công an|Thanh tra|Cục|Kho bạc|Bảo hiểm|Ngân hàng|Hội|Liên|Ban|Văn phòng)\s", text)
    return any(matcher.matches(text[head.start() : head.start() + 80], province, issued) for head in heads)


def other_signer(asked: Question, document: Document) -> bool:
    """Whether a question about a signature names a person who did not sign."""
    if "signer" not in asked.wants or not document.meta.signer:
        return False
    places = {fold(province.name) for province in asked.provinces}
    people = [fold(name) for name in _PERSON.findall(_TITLE.sub(", ", asked.text))]
    people = [name for name in people if not any(place in name or name in place for place in places)]
    signer = fold(document.meta.signer)
    people = [name for name in people if name.split()[0] in _SURNAMES]
    return (
        bool(people)
        and not any(name in signer or signer in name for name in people if len(name.split()) > 1)
        and any(len(name.split()) > 1 and fold(document.meta.title).find(name) < 0 for name in people)
    )


def other_date(asked: Question, document: Document) -> bool:
    """Whether a question takes for granted that a document it names came out in another year."""
    return bool(
        asked.documents
        and len(asked.years) >= 1
        and _CAME_OUT.search(asked.folded)
        and document.meta.date
        and "why" in asked.wants
        and document.meta.year not in asked.years
    )
