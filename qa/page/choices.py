"""The filters of the page: what can be chosen, and which of the values that a browser sent are among it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html import escape
from typing import Any

from corpus.provinces import province_of, today_of
from corpus.types import Document
from corpus.vietnamese import fold
from qa.page.labels import shown_date
from qa.page.phrases import ANY, DOCUMENT, FILTERS, ISSUED, KIND, KINDS, PROVINCE, pick
from qa.types import Filters, Language

GROUPS = ("province", "document", "year", "kind")
Choices = dict[str, dict[str, str]]
"""For each group of `GROUPS` the values that can be chosen, with how each is shown."""


def choices(documents: Iterable[Document], language: Language) -> Choices:
    """What the documents can be filtered by; provinces by the names in the documents and by those of today."""
    known = tuple(documents)
    own = {document.meta.province for document in known if document.meta.province}
    names = sorted(own | {today_of(name) for name in own}, key=fold)
    years = sorted({document.meta.year for document in known if document.meta.year}, reverse=True)
    kinds = sorted({passage.kind for document in known for passage in document.passages} & set(KINDS))
    return {
        "province": {name: name for name in names},
        "document": {document.id: _name(document, language) for document in known},
        "year": {year: year for year in years},
        "kind": {kind: pick(KINDS[kind], language) for kind in KINDS if kind in kinds},
    }


def _name(document: Document, language: Language) -> str:
    meta = document.meta
    parts = (" ".join((meta.kind, meta.number)).strip() or document.id, meta.province, shown_date(meta.date, language))
    return " · ".join(part for part in parts if part)


def chosen(known: Choices, documents: Iterable[Document], sent: object) -> dict[str, list[str]]:
    """The values that a browser sent, in the page's own spelling; what cannot be chosen is left out."""
    given: Mapping[str, Any] = sent if isinstance(sent, dict) else {}
    numbers: dict[str, list[str]] = {}
    for document in documents:
        numbers.setdefault(fold(document.meta.number), []).append(document.id)
    result: dict[str, list[str]] = {group: [] for group in GROUPS}
    for group in GROUPS:
        values = given.get(group)
        for value in values[:20] if isinstance(values, list) else []:
            found = _meant(group, str(value), known, numbers)
            result[group] += [one for one in found if one not in result[group]]
    return result


def _meant(group: str, value: str, known: Choices, numbers: Mapping[str, list[str]]) -> list[str]:
    if value in known[group]:
        return [value]
    if group == "document":
        return numbers.get(fold(value.strip()), []) if value.strip() else []
    if group == "province" and (province := province_of(value)) and province.name in known["province"]:
        return [province.name]
    return []


def filters(values: Mapping[str, list[str]]) -> Filters:
    """The chosen values as the engine takes them."""
    return Filters(*(tuple(values[group]) for group in GROUPS))


def form_html(known: Choices, language: Language) -> str:
    """The folded form that adds a filter: one select for each group."""
    names = dict(zip(GROUPS, (PROVINCE, DOCUMENT, ISSUED, KIND), strict=True))
    selects = "".join(
        f'<label><span>{pick(names[group], language)}</span><select data-filter="{group}">'
        f'<option value="">{pick(ANY, language)}</option>'
        + "".join(f'<option value="{escape(value)}">{escape(shown)}</option>' for value, shown in values.items())
        + "</select></label>"
        for group, values in known.items()
        if values
    )
    return f'<details><summary>{pick(FILTERS, language)}</summary><div class="pq-selects">{selects}</div></details>'
