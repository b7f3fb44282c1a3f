"""What paragraphs and runs inherit from their styles: numbering and capitals."""

from __future__ import annotations

from dataclasses import dataclass

from corpus.formats.markup import Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"  # ISO/IEC 29500 strict
_MAX_CHAIN = 20


@dataclass(frozen=True, slots=True)
class Style:
    """A style's own settings; None where it says nothing."""

    based_on: str = ""
    num_id: str | None = None
    level: int | None = None
    caps: bool | None = None
    font: str = ""


class Styles:
    """The styles of a document by id."""

    def __init__(self, root: Element | None = None) -> None:
        self._styles: dict[str, Style] = {}
        self.default = ""  # id of the default paragraph style
        self.font = ""  # that text has unless it says otherwise
        if root is None:
            return
        default = root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr")
        self.font = font_of(default)
        for style in root.iter(f"{W}style"):
            name = style.get(f"{W}styleId") or ""
            based_on = value(style.find(f"{W}basedOn"))
            num_id, level = numbering_of(style.find(f"{W}pPr"))
            run = style.find(f"{W}rPr")
            self._styles[name] = Style(based_on, num_id, level, flag(run, "caps"), font_of(run))
            if style.get(f"{W}type") == "paragraph" and style.get(f"{W}default") in ("1", "true", "on"):
                self.default = name

    def chain(self, name: str) -> list[Style]:
        """The style and what it is based on, nearest first."""
        chain: list[Style] = []
        while (style := self._styles.get(name)) and len(chain) < _MAX_CHAIN:
            chain.append(style)
            name = style.based_on
        return chain


def value(element: Element | None) -> str:
    """The w:val of an element, "" when there is none."""
    return (element.get(f"{W}val") or "") if element is not None else ""


def flag(properties: Element | None, name: str) -> bool | None:
    """An on/off property, None when it is not set (ECMA-376 part 1, 17.17.4 ST_OnOff)."""
    found = properties.find(f"{W}{name}") if properties is not None else None
    return None if found is None else value(found) not in ("0", "false", "off")


def font_of(properties: Element | None) -> str:
    """The font of run properties, "" when they name none."""
    fonts = properties.find(f"{W}rFonts") if properties is not None else None
    return (fonts.get(f"{W}ascii") or fonts.get(f"{W}hAnsi") or "") if fonts is not None else ""


def numbering_of(properties: Element | None) -> tuple[str | None, int | None]:
    """Numbering id and level of paragraph properties, None where they are not set."""
    found = properties.find(f"{W}numPr") if properties is not None else None
    if found is None:
        return None, None
    level = found.find(f"{W}ilvl")
    number = found.find(f"{W}numId")
    return (value(number) if number is not None else None), (integer(value(level)) if level is not None else None)


def integer(text: str, default: int = 0) -> int:
    """A small whole number, or the default."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 7 else default


def transitional(data: bytes) -> bytes:
    """The part with the namespace of strict documents as that of transitional ones, which everything here names."""
    return data.replace(_STRICT[1:-1].encode(), W[1:-1].encode()) if _STRICT[1:-1].encode() in data[:8192] else data
