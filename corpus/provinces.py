"""Provinces by today's and former names, from `data/provinces.json` (which names its legal source)."""

from __future__ import annotations

import json
import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources

from corpus.vietnamese import fold, has_diacritics, squeeze

CENTRAL = "Trung ương"


@dataclass(frozen=True, slots=True)
class Province:
    """A province as named in plans; `today` is the province that its territory belongs to now."""

    name: str
    today: str
    kind: str  # "tỉnh" or "thành phố", of the province of today
    aliases: tuple[str, ...]


@cache
def provinces() -> tuple[Province, ...]:
    """Every province of today and every former one (63 before 1 July 2025), once each."""
    data = json.loads(resources.files("corpus").joinpath("data/provinces.json").read_text(encoding="utf-8"))
    aliases: dict[str, list[str]] = data["aliases"]
    result: list[Province] = []
    for entry in data["provinces"]:
        for name in dict.fromkeys([entry["name"], *entry["formed_from"]]):
            result.append(Province(name, entry["name"], entry["kind"], tuple(aliases.get(name, ()))))
    return tuple(result)


# Everyday words, folded, that begin or end where a province's name could be read: "công nghệ | an", "nam | định kỳ".
_WORDS_ACROSS = frozenset(
    "cong nghe,van nghe,nghe nghiep,an toan,an ninh,an sinh,an cu,an uong,danh gia,tham gia,quoc gia,tri gia,gia dinh,"
    "lai suat,viet nam,hang nam,moi nam,dinh ky,dinh huong,dinh muc,dinh danh,dinh luong,binh quan,binh dang,binh on,"
    "binh duong,binh chon,trung binh,hoa binh,nang cao,bang nhau,bang voi,bang cach,phat thanh,am thanh,hoa don,"
    "hoa chat,so hoa,dong bo,dong thoi,dong gop,vinh du,giang day,giang vien,noi dung,noi vu,tien trinh".split(",")
)


@cache
def _patterns() -> tuple[tuple[Province, re.Pattern[str], re.Pattern[str]], ...]:
    result = []
    for province in provinces():
        names = [province.name, *province.aliases]
        exact = "|".join(_flexible(name) for name in names)
        plain = "|".join(_flexible(fold(name)) for name in names)
        result.append((province, re.compile(rf"(?<!\w)(?:{exact})(?!\w)"), re.compile(rf"(?<!\w)(?:{plain})(?!\w)")))
    return tuple(result)


def _flexible(name: str) -> str:
    return r"[\s-]+".join(re.escape(part) for part in re.split(r"[\s-]+", name))


def find_provinces(text: str, folded: bool = False) -> tuple[Province, ...]:
    """The provinces that the text names, in the order of their names' first places.

    With `folded`, names are found without diacritics and in any case ("tra vinh"), as people type them; a name with
    other marks ("đánh giá lại"), or one that two other words make up ("công nghệ an toàn"), is none.

    >>> [p.name for p in find_provinces("kế hoạch của tỉnh Trà Vinh")]
    ['Trà Vinh']
    >>> [p.name for p in find_provinces("danh gia lai cong nghe an toan o nghe an", folded=True)]
    ['Nghệ An']
    """
    shown = fold(text) if folded else squeeze(text)
    hits: list[tuple[int, int, Province]] = []
    for province, exact, plain in _patterns():
        for found in (plain if folded else exact).finditer(shown):
            if not folded or _is_name(text, shown, found, province):
                hits.append((found.start(), -(found.end() - found.start()), province))
                break
    hits.sort(key=lambda hit: hit[:2])
    result: list[Province] = []
    covered = -1
    for start, minus, province in hits:
        if start >= covered:
            result.append(province)
            covered = start - minus
    return tuple(result)


def _is_name(text: str, shown: str, found: re.Match[str], province: Province) -> bool:
    """Whether what matched a name's folded form is that name, and not a stretch of other words."""
    written = text[found.start() : found.end()] if len(text) == len(shown) else found[0]
    if has_diacritics(written) and not any(_alike(written, name) for name in (province.name, *province.aliases)):
        return False
    parts = re.findall(r"\w+", written)
    if len(parts) < 2 or (all(part[0].isupper() for part in parts) and not text.isupper()):
        return True
    before = re.search(r"(\w+)[\s-]+$", shown[: found.start()])
    after = re.match(r"[\s-]+(\w+)", shown[found.end() :])
    first, last = fold(parts[0]), fold(parts[-1])
    pairs = {f"{before[1]} {first}" if before else "", f"{last} {after[1]}" if after else ""}
    return not pairs & _WORDS_ACROSS


def _alike(written: str, name: str) -> bool:
    """Whether two names have the same letters and marks; the mark may stand on either vowel ("hoà", "hòa")."""

    def marks(text: str) -> tuple[str, list[str]]:
        decomposed = unicodedata.normalize("NFD", text.lower())
        return fold(text), sorted(c for c in decomposed if unicodedata.combining(c))

    return marks(re.sub(r"[\s-]+", " ", written)) == marks(re.sub(r"[\s-]+", " ", name))


@lru_cache(maxsize=4096)
def province_of(name: str) -> Province | None:
    """The province of this name or alias, accents and case aside."""
    wanted = fold(squeeze(re.sub(r"^(tỉnh|thành phố|tp\.?)\s+", "", name.strip(), flags=re.IGNORECASE)))
    for province in provinces():
        if wanted in {fold(province.name), *(fold(alias) for alias in province.aliases)}:
            return province
    return None


def today_of(name: str) -> str:
    """The province that a province's territory belongs to now; the name itself when it is not known.

    >>> today_of("Trà Vinh"), today_of("Sơn La")
    ('Vĩnh Long', 'Sơn La')
    """
    province = province_of(name)
    return province.today if province else name


def belongs_to(own: str, asked: str) -> bool:
    """Whether a province is the one that is asked for, or belongs today to the one of that name.

    >>> belongs_to("Trà Vinh", "tra vinh"), belongs_to("Trà Vinh", "Vĩnh Long"), belongs_to("Vĩnh Long", "Trà Vinh")
    (True, True, False)
    """
    if fold(own) == fold(asked):
        return True
    one, other = province_of(own), province_of(asked)
    return bool(one and other and (one == other or other.name == other.today == one.today))
