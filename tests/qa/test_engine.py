"""The engine's masks, weights and counts, held against what the passages say one by one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from fakes import HashEncoder

from corpus.collect import collect, read_documents, shipped_plans
from corpus.errors import QuestionError
from corpus.provinces import belongs_to
from corpus.types import Document, Passage
from corpus.vietnamese import fold, words
from index.build import write_home
from index.context import lexical_text
from index.generation import ABOUT
from index.home import open_home
from index.marks import Marks
from qa.by_document import ByDocument
from qa.engine import Engine
from qa.exact import named_exactly, plain, states_exactly
from qa.question import understand
from qa.types import NO_FILTERS, Filters


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    home, encoder = tmp_path_factory.mktemp("engine") / "home", HashEncoder()
    plans = collect([shipped_plans()])
    documents, _ = read_documents(plans.sources, plans.origins)
    write_home(home, documents, plans.sources, encoder)
    yield Engine(open_home(home), lambda: encoder, home)


@pytest.fixture(scope="module")
def pairs(engine: Engine) -> list[tuple[Document, Passage]]:
    return [(document, passage) for document in engine.documents() for passage in document.passages]


@pytest.mark.parametrize(
    "filters",
    [
        NO_FILTERS,
        Filters(provinces=("Sơn La",)),
        Filters(provinces=("Sơn La", "Vĩnh Long"), kinds=("task", "target")),
        Filters(documents=("2043/qd-ubnd",)),
        Filters(years=("2022",), kinds=("other",)),
    ],
)
def test_a_mask_lets_through_what_passes_the_filters(
    engine: Engine, pairs: list[tuple[Document, Passage]], filters: Filters
) -> None:
    wanted = [
        (not filters.provinces or any(belongs_to(d.meta.province, name) for name in filters.provinces))
        and (not filters.documents or fold(d.meta.number) in filters.documents)
        and (not filters.years or d.meta.year in filters.years)
        and (not filters.kinds or p.kind in filters.kinds)
        for d, p in pairs
    ]
    assert any(wanted)
    for _ in range(2):  # also when it is remembered
        assert engine.selection.mask(filters).tolist() == wanted


@pytest.mark.parametrize(
    ("question", "number"),
    [
        ("Ai lo SOC theo Quyết định 2043/QĐ-UBND?", "2043/QĐ-UBND"),
        ("Ai lo SOC của Sơn La?", "292/KH-UBND"),
        ("Ai lo SOC của Cà Mau theo 1/QĐ-X?", ""),
    ],
)
def test_what_a_question_names_restricts_it(
    engine: Engine, pairs: list[tuple[Document, Passage]], question: str, number: str
) -> None:
    implied = engine.selection.implied(understand(question), NO_FILTERS)
    assert implied.tolist() == [not number or d.meta.number == number for d, _ in pairs]
    assert engine.selection.implied(understand(question), Filters(("Sơn La",), (number,))).all()


@pytest.mark.parametrize(
    "question",
    [
        "Quyết định 749/QĐ-TTg nêu gì?", "quyet dinh 749/qd-ttg", "đạt 80% dân số?", "ngày 19/11/2024",
        'ở đâu có "chuyển đổi số"?', 'ở đâu có "chuyen doi so" và 100%?', '"không đâu có câu này"', "năm 2025 và 2030",
    ],
)  # fmt: skip
def test_what_is_named_to_the_letter_is_found_wherever_it_stands(
    engine: Engine, pairs: list[tuple[Document, Passage]], question: str
) -> None:
    asked = understand(question)
    named = named_exactly(asked.text)
    texts = [plain(" ".join([p.text, *p.headings])) for _, p in pairs]
    stated = np.array([[states_exactly(forms, text, fold(text)) for forms in named] for text in texts], bool)
    evidence = engine.prior.evidence(asked)
    if named:
        expected = stated.all(axis=1) if stated.all(axis=1).any() else stated.any(axis=1)
        assert evidence["exact"].tolist() == expected.tolist()
    else:
        years = [any(year in " ".join([p.text, *p.headings[-2:]]) for year in asked.years) for _, p in pairs]
        assert evidence["year"].tolist() == years


def test_words_are_counted_over_all_passages(engine: Engine, pairs: list[tuple[Document, Passage]]) -> None:
    found = [words(lexical_text(document, passage)) for document, passage in pairs]
    holding = Counter(word for text in found for word in set(text))
    beside = Counter(pair for text in found for pair in {f"{a} {b}" for a, b in zip(text, text[1:], strict=False)})
    for word in [*list(holding)[::37], "xyzzy"]:
        assert engine.vocabulary.holds(word, False) == bool(holding[word])
        assert engine.vocabulary.rarity(word) == pytest.approx(np.log((len(pairs) + 1) / (holding[word] + 0.5)))
    for pair in list(beside)[::101]:
        assert engine.vocabulary.rarity(pair) == pytest.approx(np.log((len(pairs) + 1) / (beside[pair] + 0.5)))
    assert engine.vocabulary.knows("CHUYỂN") and engine.vocabulary.knows("chuyen") and not engine.vocabulary.knows("x9")


def test_marks_are_those_of_the_texts(engine: Engine, pairs: list[tuple[Document, Passage]]) -> None:
    marks = Marks.of([lexical_text(document, passage) for document, passage in pairs])
    for _, passage in pairs[::40]:
        typed = fold(passage.text[:80])
        assert engine.marks.restore(typed) == marks.restore(typed)


def test_records_and_sections_by_their_ids(engine: Engine) -> None:
    documents = engine.documents()
    tasks = {t.section_id: t for d in documents for t in (*d.duties, *d.tasks)}
    assert dict(engine.tasks) == tasks and len(engine.tasks) == len(tasks)
    assert all(engine.parents[s.id] == s.parent for d in documents for s in d.sections)
    assert {t.passage_id for d in documents for t in d.targets} == set(engine.targets)
    for gone in ("", "nothing", "nothing.dieu-1", f"{documents[0].id}.nothing"):
        assert gone not in engine.tasks and engine.targets.get(gone) is None
    framing = {s.id for d in documents for s in d.sections if s.kind in ("dau", "ky", "thuoc-tinh")}
    passages = engine.generation.passages
    assert engine.framing.tolist() == [passage.section_id in framing for passage in passages]


def test_documents_are_read_once_by_id(engine: Engine) -> None:
    read: list[str] = []
    held_by = ByDocument(engine.by_id, lambda d: (read.append(d.id), {f"{d.id}.a": 1})[1])
    first = engine.documents()[0].id
    assert held_by[f"{first}.a"] == held_by[f"{first}.a"] == 1 and read == [first]
    assert list(held_by) == [f"{document.id}.a" for document in engine.documents()]


def test_filters_that_name_nothing_are_told(engine: Engine) -> None:
    with pytest.raises(QuestionError, match="no document of the corpus passes"):
        engine.selection.mask(Filters(provinces=("Cà Mau",)))
    with pytest.raises(QuestionError, match="mend --kind"):
        engine.selection.mask(Filters(kinds=("poem",)))


def test_a_document_that_is_cited_is_known_by_its_number(engine: Engine) -> None:
    assert engine.cites("749/QĐ-TTg") and engine.cites("749/qd-ttg") and not engine.cites("74999/QĐ-TTg")


@pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="the system does not list open files")
def test_an_engine_that_answered_lets_go_of_its_generation_with_the_last_reference(engine: Engine) -> None:
    home, encoder = engine.generation.folder.parents[1], HashEncoder()
    about = engine.generation.folder / ABOUT
    other = Engine(open_home(home), lambda: encoder, home)
    other.warm_up()
    other.search("ai lo SOC cua son la theo 292/KH-UBND", Filters(kinds=("task",)))
    assert other.generation.folder / ABOUT == about
    del other
    handles = [link for link in Path("/proc/self/fd").iterdir() if link.exists() and link.resolve() == about.resolve()]
    assert len(handles) == 1  # that of the fixture
