"""Where in a saved page the document is: told by what official documents say, not by any portal's class names."""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.formats.markup import Element
from corpus.vietnamese import squeeze

# What only the document itself says (Decree 30/2020/NĐ-CP, appendix I: national header, legal bases, recipients).
_SIGNS = re.compile(
    r"CỘNG\s+H[OÒ][AÀ]\s+XÃ\s+HỘI|Độc\s+lập\s*[-–]\s*Tự\s+do|^\s*Căn\s+cứ\s|^\s*Điều\s+\d+\s*[.:]|Nơi\s+nhận\s*:|^\s*PHỤ\s+LỤC"
    r"|^\s*[IVX]+\.\s",
    re.MULTILINE,
)
_PROPERTY = re.compile(
    r"^(Số(?: ký)? hiệu|Số/Ký hiệu|Loại văn bản|Nơi ban hành|Cơ quan ban hành|Người ký|Ngày ban hành|Ngày ký"
    r"|Ngày hiệu lực)\s*:?\s*(.*)$"
)
_NAMES = {"Số ký hiệu": "Số hiệu", "Số/Ký hiệu": "Số hiệu", "Ngày ký": "Ngày ban hành"}  # as `corpus.clean` knows them
_INLINE = frozenset(("p", "li", "span", "a", "b", "strong", "font", "em", "i", "u"))
_KEPT_SIGNS, _MOST_TEXT = 0.9, 0.8
_MANY_SIGNS = 4  # then the signs are believed, though comments on the page may be longer than the document
_KEPT_TEXT = {False: 0.5, True: 0.15}


def main_content(root: Element, dropped: frozenset[str]) -> tuple[Element, int]:
    """The innermost element that holds the document, and how many signs of one the page shows.

    It holds nine tenths of the signs, and most of the text that is no link.
    """
    body = root if root.tag == "body" else next(root.iter("body"), root)
    measures: dict[Element, tuple[int, int]] = {}
    _measure(body, dropped, measures)
    current = body
    while True:
        signs, text = measures[current]
        children = [child for child in current if child in measures]
        best = max(children, key=lambda child: measures[child], default=None)
        if best is None or best.tag in _INLINE:
            return _whole(current), measures[body][0]
        best_signs, best_text = measures[best]
        if signs:
            inside = best_signs >= _KEPT_SIGNS * signs and best_text >= _KEPT_TEXT[signs >= _MANY_SIGNS] * text
        else:
            best = max(children, key=lambda child: measures[child][1])
            inside = measures[best][1] >= _MOST_TEXT * text
        if not inside:
            return _whole(current), measures[body][0]
        current = best


def _whole(element: Element) -> Element:
    """The table of a row or a group of rows, which mean nothing alone."""
    while element.tag in ("tr", "tbody", "thead", "tfoot") and (parent := element.getparent()) is not None:
        element = parent
    return element


def property_lines(root: Element, main: Element, dropped: frozenset[str]) -> list[str]:
    """What the portal says about the document outside its text: "Số hiệu: | 12/KH-UBND |", a line each."""
    lines: dict[str, str] = {}
    inside = set(main.iter())
    name = ""
    for element in root.iter("td", "th", "li", "dt", "dd", "p", "div", "span", "b", "strong", "label"):
        if element in inside or len(element) > 3 or element.tag in dropped:
            continue
        text = squeeze("".join(str(piece) for piece in element.itertext()))
        if not text or len(text) > 200:
            continue
        if found := _PROPERTY.match(text):
            name = _NAMES.get(found[1], found[1])
            if found[2]:
                lines.setdefault(name, found[2])
                name = ""
        elif name:
            lines.setdefault(name, text)
            name = ""
    return [f"{name}: | {value} |" for name, value in lines.items()]


def _measure(top: Element, dropped: frozenset[str], measures: dict[Element, tuple[int, int]]) -> None:
    """Signs and characters outside links, of each element, children before parents."""
    order = list(_kept(top, dropped))
    for element in reversed(order):
        signs = text = 0
        for child in element:
            child_signs, child_text = measures.get(child, (0, 0))
            signs, text = signs + child_signs, text + child_text
            tail = child.tail or ""
            signs, text = signs + len(_SIGNS.findall(tail)), text + len(tail.strip())
        own = element.text or ""
        if element.tag != "a":
            signs, text = signs + len(_SIGNS.findall(own)), text + len(own.strip())
        else:
            signs = text = 0
        measures[element] = (signs, text)


def _kept(top: Element, dropped: frozenset[str]) -> Iterator[Element]:
    stack = [top]
    while stack:
        element = stack.pop()
        if isinstance(element.tag, str) and element.tag not in dropped:
            yield element
            stack.extend(reversed(element))
