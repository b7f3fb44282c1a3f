"""Editions are joined as if every document were held against every other."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.editions import SAME_TEXT, merge_editions, similarity
from corpus.types import Document, Edition, Metadata
from corpus.vietnamese import fold

TEXTS = [" ".join(f"{name}{at}" for at in range(20)) for name in "ab"] + ["chợ phiên"]
META = st.builds(
    Metadata,
    number=st.sampled_from(["", "1/KH-UBND", "1/kh-ubnd", "2/KH-UBND"]),
    kind=st.sampled_from(["", "Kế hoạch"]),
    province=st.sampled_from(["", "Hà Giang", "Sơn La"]),
    date=st.sampled_from(["", "2024-04-05"]),
)
PARSED = st.builds(
    lambda meta, text, name, warnings: Document(
        id=name, meta=meta, editions=(), text=text, sections=(), passages=(), warnings=("w",) * warnings
    ),
    META,
    st.sampled_from(TEXTS),
    st.sampled_from(["x", "y"]),
    st.integers(0, 1),
)


@settings(max_examples=200, deadline=None, derandomize=True)
@given(st.lists(PARSED, max_size=8))
def test_joined_as_if_each_were_held_against_each(parsed: list[Document]) -> None:
    documents = [replace(d, editions=(Edition("", f"{at}", "txt", len(d.text)),)) for at, d in enumerate(parsed)]
    groups: list[list[Document]] = []
    for document in sorted(documents, key=preference):
        home = next((group for group in groups if same(group[0], document)), None)
        if home is None:
            groups.append([document])
        else:
            home.append(document)
    expected = {tuple(d.editions[0].sha256 for d in group): group[0].text for group in groups}
    merged = merge_editions(documents)
    assert {tuple(edition.sha256 for edition in d.editions): d.text for d in merged} == expected
    assert len({d.id for d in merged}) == len(merged) and [d.id for d in merged] == sorted(d.id for d in merged)


def preference(document: Document) -> tuple[int, int, int, str]:
    meta = document.meta
    missing = sum(not value for value in (meta.number, meta.date, meta.kind, meta.province, meta.title, meta.signer))
    return missing, len(document.warnings), -len(document.text), document.editions[0].sha256


def same(one: Document, other: Document) -> bool:
    a, b = one.meta, other.meta
    fields = ((a.number, b.number), (a.date, b.date), (a.province, b.province), (a.kind, b.kind))
    apart = any(left and right and fold(left) != fold(right) for left, right in fields)
    return not apart and similarity(one.text, other.text) >= SAME_TEXT
