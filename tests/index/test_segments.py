"""Segments: cut by the documents themselves, shared by links, and read part by part."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import pytest
from fakes import HashEncoder
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from making import SAMPLES, build, few_samples, numbers, plan
from test_incremental import STEP, change, same

from corpus import collect
from corpus.collect import read_documents
from corpus.errors import HomeError
from corpus.source import decode
from corpus.types import Document
from index import build as building
from index import checked, reuse, segments
from index.generation import Generation
from index.home import open_home
from index.segments import cuts
from qa import homes

IDS = st.lists(st.tuples(st.text("abcxyz-0123", min_size=1, max_size=8), st.integers(0, 40)), max_size=60)


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Segments of a document or two."""
    monkeypatch.setattr(segments, "LEAST", 3)
    monkeypatch.setattr(segments, "USUAL", 6)


@settings(max_examples=100, deadline=None, derandomize=True)
@given(IDS, st.text("abc", min_size=1, max_size=3), st.integers(0, 40))
def test_a_document_more_moves_only_the_cuts_beside_it(found: list[tuple[str, int]], name: str, size: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(segments, "LEAST", 30)
        patch.setattr(segments, "USUAL", 60)
        before, after = sorted(dict(found).items()), sorted({**dict(found), name: size}.items())
        one, other = pieces(before), pieces(after)
        assert [document for piece in other for document in piece] == after
        assert all(sum(size for _, size in piece) >= 30 for piece in other[:-1])
        shared = [piece for piece in one if piece in other]
        place = next((at for at, piece in enumerate(one) if piece[-1][0] >= name), max(0, len(one) - 1))
        assert one[:place] == other[:place]  # cuts before it stand where they stood
        if len(shared) > place:
            assert one[place - len(shared) :] == shared[place:]  # and once two cuts agree, all that follow do


def pieces(documents: list[tuple[str, int]]) -> list[tuple[tuple[str, int], ...]]:
    ends = list(cuts([name for name, _ in documents], [size for _, size in documents]))
    return [tuple(documents[first:last]) for first, last in zip([0, *ends], ends, strict=False)]


def parsed(*plans: bytes) -> tuple[Document, ...]:
    documents, errors = read_documents([decode(f"plan-{i}.txt", "txt", data) for i, data in enumerate(plans)], {})
    assert not errors
    return documents


@pytest.mark.usefixtures(few_samples.__name__, small.__name__)
def test_what_is_read_part_by_part_is_what_was_built(tmp_path: Path) -> None:
    plans = [plan(number, f"Có {number} chợ phiên mở vào cuối tuần.") for number in range(1, 7)]
    expected = parsed(*plans)
    build(tmp_path, HashEncoder(), *plans)
    opened = open_home(tmp_path)
    assert len(opened.about.segments) > 1
    assert opened.documents == expected and opened.documents[0] == expected[0] and expected[0] == opened.documents[0]
    assert opened.documents[0] != expected[1] and hash(opened.documents[0]) == hash(open_home(tmp_path).documents[0])
    for found, wanted in zip(opened.documents, expected, strict=True):
        assert found.counts == wanted.counts and found.all_tasks == wanted.all_tasks
        assert (found.text, found.sections, found.targets) == (wanted.text, wanted.sections, wanted.targets)
    passages = [passage for document in expected for passage in document.passages]
    assert list(opened.passages) == passages == [opened.passages[row] for row in range(len(passages))]
    assert opened.passages[-1] == passages[-1] and tuple(opened.passages[3:5]) == tuple(passages[3:5])
    assert list(opened.texts) == [passage.text for passage in passages] == list(opened.texts[:])
    for row in (len(passages), -len(passages) - 1):
        with pytest.raises(IndexError):
            opened.passages[row]
    assert opened.columns.kinds.among(["target"]).tolist() == [passage.kind == "target" for passage in passages]
    assert opened.columns.stating(["2024"]).tolist() == [
        "2024" in " ".join([passage.text, *passage.headings[-2:]]) for passage in passages
    ]


@settings(
    max_examples=60 if os.environ.get("PLANQA_SOAK") else 8,
    deadline=None,
    derandomize=True,
    phases=[Phase.explicit, Phase.generate],
)
@given(st.lists(STEP, min_size=2, max_size=6))
def test_any_sequence_of_changes_gives_the_segments_of_a_build_from_nothing(
    steps: list[tuple],  # type: ignore[type-arg]
) -> None:
    with pytest.MonkeyPatch.context() as patch, tempfile.TemporaryDirectory() as place:
        patch.setattr(building, "default_samples", lambda: SAMPLES)
        patch.setattr(segments, "LEAST", 3)
        patch.setattr(segments, "USUAL", 6)
        plans, home = Path(place, "plans"), Path(place, "home")
        plans.mkdir()
        for step in steps:
            change(plans, home, step)
        if any(plans.iterdir()):
            same(open_home(home), homes.ingest(Path(place, "anew"), [plans], HashEncoder()).generation)


def many(folder: Path, last: int) -> Path:
    folder.mkdir(exist_ok=True)
    for number in range(1, last + 1):
        (folder / f"{number}.txt").write_bytes(plan(number, f"Có {number} chợ phiên mở vào cuối tuần."))
    return folder


def places(generation: Generation) -> dict[str, int]:
    """Where the files of segments lie on the disk, by name."""
    found = generation.folder.glob("segments/**/*")
    return {path.relative_to(generation.folder).as_posix(): path.stat().st_ino for path in found if path.is_file()}


@pytest.mark.usefixtures(few_samples.__name__, small.__name__)
def test_a_home_that_grew_links_to_what_it_had_and_hashes_none_of_it_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checked, "_SETTLED", -1)
    home, encoder = tmp_path / "home", HashEncoder()
    first = homes.ingest(home, [many(tmp_path / "plans", 6)], encoder).generation
    read: list[str] = []
    hashed = checked._sha256
    monkeypatch.setattr(checked, "_sha256", lambda path: (read.append(str(path)), hashed(path))[1])
    second = homes.ingest(home, [many(tmp_path / "plans", 7)], encoder).generation
    shared = [name for name, place in places(first).items() if places(second).get(name) == place]
    assert shared and len(places(second)) > len(shared)
    of_words = [name for name in shared if name.endswith(("postings.npy", "terms.npz", "words.json"))]
    assert of_words and not [path for path in read if path.endswith(tuple(of_words))]
    third = homes.ingest(home, [many(tmp_path / "plans", 8)], encoder).generation
    assert not first.folder.exists() or first is not None
    read.clear()
    assert open_home(home).folder == third.folder and checked.damage(second.folder) == "" and read == []
    file = third.folder / next(name for name in shared if (third.folder / name).exists())
    file.write_bytes(file.read_bytes()[:-1] + b"x")
    with pytest.raises(HomeError, match=r"SHA-256 differs"):  # the one before shares the file
        open_home(home)
    assert numbers(homes.ingest(home, [], encoder).generation) == [f"{number}/KH-UBND" for number in range(1, 9)]


@pytest.mark.usefixtures(few_samples.__name__)
def test_a_disk_without_links_gets_copies(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object) -> None:
        raise OSError("no links here")

    monkeypatch.setattr(segments, "LEAST", 3)
    monkeypatch.setattr(segments, "USUAL", 6)
    monkeypatch.setattr(os, "link", refused)
    home = tmp_path / "home"
    for last in (6, 7):
        homes.ingest(home, [many(tmp_path / "plans", last)], HashEncoder())
    grown, anew = open_home(home), homes.ingest(tmp_path / "anew", [tmp_path / "plans"], HashEncoder()).generation
    same(grown, anew)


@pytest.mark.usefixtures(few_samples.__name__)
def test_only_new_sources_are_read_until_the_parser_changes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []
    parse = collect.parse
    monkeypatch.setattr(collect, "parse", lambda source, origin: (read.append(source.name), parse(source, origin))[1])
    home, plans = tmp_path / "home", many(tmp_path / "plans", 3)
    homes.ingest(home, [plans], HashEncoder())
    read.clear()
    (plans / "2.txt").write_bytes(plan(2, "Chợ đêm mở thứ bảy hằng tuần."))
    homes.ingest(home, [plans], HashEncoder())
    assert read == ["2.txt"]
    read.clear()
    homes.remove(home, "ha-giang-2024-1-kh-ubnd", HashEncoder())
    assert read == [] and numbers(open_home(home)) == ["2/KH-UBND", "3/KH-UBND"]
    monkeypatch.setattr(reuse, "parser_version", lambda: "another")
    homes.ingest(home, [], HashEncoder())
    assert read == ["2.txt", "3.txt"]
