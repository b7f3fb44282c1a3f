"""Numbers and bullets of automatic lists, as they are printed."""

from __future__ import annotations

_PRINTED_BULLETS = frozenset("-–—+*")
_ROMAN = ((100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))


def bullet(text: str) -> str:
    """A bullet as typed on a keyboard; symbol fonts' private characters are dashes.

    >>> bullet("+"), bullet("\\uf0b7")
    ('+', '-')
    """
    mark = text.strip()
    return mark if mark in _PRINTED_BULLETS and mark else "-"


def show(number: int, format: str) -> str:
    """A number in one of Word's formats (17.18.59 ST_NumberFormat); those that Vietnamese texts don't use as digits.

    >>> show(4, "lowerLetter"), show(28, "upperLetter"), show(9, "upperRoman"), show(7, "decimalZero")
    ('d', 'BB', 'IX', '07')
    """
    if format in ("lowerLetter", "upperLetter") and 0 < number <= 780:
        letter = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)
        return letter if format == "lowerLetter" else letter.upper()
    if format in ("lowerRoman", "upperRoman") and 0 < number < 400:
        return roman(number) if format == "lowerRoman" else roman(number).upper()
    if format == "none":
        return ""
    return f"{number:02d}" if format == "decimalZero" else str(number)


def roman(number: int) -> str:
    """A number below 400 as a Roman numeral in small letters."""
    label = ""
    for value, letters in _ROMAN:
        while number >= value:
            label, number = label + letters, number - value
    return label
