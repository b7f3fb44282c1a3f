"""Districts as they were until 30 June 2025, from `data/districts.json`: a name that only one province had tells it.

Units of one name in a province ("thị xã Kỳ Anh", "huyện Kỳ Anh") stand there once; numbered ones ("Quận 1") do not.
Taking a word for a district would send a question to the wrong province, so a doubtful name is none.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from types import MappingProxyType

from corpus.district_words import is_named
from corpus.provinces import Province, provinces
from corpus.vietnamese import fold, has_diacritics


@dataclass(frozen=True, slots=True)
class _Form:
    """A way to write a name: "Phan Rang" of "Phan Rang - Tháp Chàm"."""

    form: str
    name: str
    province: Province


@cache
def _table() -> Mapping[str, tuple[str, ...]]:
    text = resources.files("corpus").joinpath("data/districts.json").read_text(encoding="utf-8")
    return MappingProxyType({province: tuple(names) for province, names in json.loads(text).items()})


@cache
def district_provinces() -> Mapping[str, str]:
    """The province, as it was named then, of each district whose name no province and no other province's district has.

    >>> district_provinces()["Mộc Châu"], "Châu Thành" in district_provinces(), "Sơn La" in district_provinces()
    ('Sơn La', False, False)
    """
    owners: dict[str, set[str]] = {}
    for province, names in _table().items():
        for name in names:
            owners.setdefault(name, set()).add(province)
    taken = {name for province in provinces() for name in (province.name, *province.aliases)}
    return MappingProxyType({name: min(of) for name, of in owners.items() if len(of) == 1 and name not in taken})


def find_districts(text: str, folded: bool = True) -> tuple[tuple[str, Province], ...]:
    """The unambiguous districts that the text names, each with the province it belonged to, in the text's order.

    With `folded`, names are found without diacritics and in any case ("moc chau"), as people type them. What shares
    words with a province's name is none, unless it is the longer of the two ("Điện Biên Đông"); nor is a commune, a
    street or a person. A name of one syllable is one only after "huyện", "thị xã", "district" and the like.

    >>> [(name, province.name) for name, province in find_districts("Huyện Mộc Châu và tp Vinh làm gì?")]
    [('Mộc Châu', 'Sơn La'), ('Vinh', 'Nghệ An')]
    >>> find_districts("huyen la gi, can duoc thong nhat voi van ban nao o chau thanh")
    ()
    """
    shown = unicodedata.normalize("NFC", text)
    plain = fold(shown)
    if len(plain) != len(shown):  # letters of other scripts: read without marks
        shown = plain
    places = [(start, end) for start, end, _ in _readings(_province_forms(), shown, plain)]
    found: dict[str, Province] = {}
    last = 0
    for start, end, forms in _readings(_district_forms(), shown, plain):
        one = forms[0]
        if start < last or len({form.province for form in forms}) > 1 or one.name not in district_provinces():
            continue
        if not folded and not (shown[start].isupper() and _alike(shown[start:end], one.form)):
            continue
        if any(first < end and start < stop and not _within((first, stop), (start, end)) for first, stop in places):
            continue
        if is_named(_without(shown, places, start), _without(plain, places, start), start, end, one.name):
            found.setdefault(one.name, one.province)
            last = end
    return tuple(found.items())


def _within(inner: tuple[int, int], outer: tuple[int, int]) -> bool:
    return outer[0] <= inner[0] and inner[1] <= outer[1] and inner != outer


def _without(text: str, spans: list[tuple[int, int]], before: int) -> str:
    """The text with commas for the spans that end before a place: a province's name begins no longer name."""
    for start, end in spans:
        if end <= before:
            text = text[:start] + "," * (end - start) + text[end:]
    return text


@cache
def _province_forms() -> tuple[re.Pattern[str], Mapping[str, tuple[_Form, ...]]]:
    return _by_key(_Form(form, place.name, place) for place in provinces() for form in (place.name, *place.aliases))


@cache
def _district_forms() -> tuple[re.Pattern[str], Mapping[str, tuple[_Form, ...]]]:
    owners = {province.name: province for province in provinces()}
    return _by_key(
        _Form(form, name, owners[owner])
        for owner, names in _table().items()
        for name in names
        for form in dict.fromkeys([name, *name.split(" - ")])
    )


def _by_key(forms: Iterable[_Form]) -> tuple[re.Pattern[str], Mapping[str, tuple[_Form, ...]]]:
    """A pattern of the folded forms, the longest first, and what each of them stands for."""
    result: dict[str, tuple[_Form, ...]] = {}
    for form in forms:
        result[_key(form.form)] = (*result.get(_key(form.form), ()), form)
    longest = sorted(result, key=len, reverse=True)
    names = "|".join(r"[\s–-]+".join("['’]?".join(part) for part in key.split()) for key in longest)
    return re.compile(rf"(?<!\w)(?=({names})(?!\w))"), MappingProxyType(result)


def _readings(
    known: tuple[re.Pattern[str], Mapping[str, tuple[_Form, ...]]], shown: str, plain: str
) -> Iterator[tuple[int, int, tuple[_Form, ...]]]:
    """Where names may stand, and for what: words without marks for any name of these letters, others for what they say.

    Places may overlap: "quận Ba Đình" has the letters of "Quản Bạ".
    """
    pattern, forms = known
    for match in pattern.finditer(plain):
        start, end = match.span(1)
        written = shown[start:end]
        entries = forms[_key(written)]
        if has_diacritics(written):
            entries = tuple(entry for entry in entries if _alike(written, entry.form))
        if entries:
            yield start, end, entries


def _key(name: str) -> str:
    return " ".join(re.findall(r"\w+", re.sub("['’]", "", fold(name))))


def _alike(written: str, name: str) -> bool:
    """Whether two names have the same marks syllable by syllable, on whichever vowel ("Hoà", "Hòa").

    Names of the Central Highlands are spelt in several ways ("Đắk Tô", "Đăk Tô"): syllables in k are let pass.

    >>> _alike("hoà vang", "Hòa Vang"), _alike("Đăk Tô", "Đắk Tô"), _alike("cần được", "Cần Đước")
    (True, True, False)
    """

    def marks(text: str) -> list[list[str]]:
        parts = re.findall(r"\w+", re.sub("['’]", "", text.lower()))
        spelt = [unicodedata.normalize("NFD", part.replace("đ", "d\u0335")) for part in parts]
        return [[] if part.endswith("k") else sorted(c for c in part if unicodedata.combining(c)) for part in spelt]

    return marks(written) == marks(name)
