"""The late index: every token of a question held against its best match, in numbers that can be checked by hand."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index import late as tokens_kept
from index import late_writer
from index.late import LateIndex, is_kept, joined
from index.late_writer import LateWriter, cuts

# Three passages of tokens along the axes of a plane: one of two tokens, one of one, one of three.
PASSAGES = [
    (np.array([[127, 0], [0, 127]], np.int8), np.array([7, 8], np.int32)),
    (np.array([[0, 127]], np.int8), np.array([8], np.int32)),
    (np.array([[-127, 0], [0, -127], [127, 0]], np.int8), np.array([5, 6, 7], np.int32)),
]
END, INSIDE = bytes(16), bytes([1] * 16)  # the first four bytes tell whether a segment ends with a passage
KEYS = [INSIDE, END, INSIDE]


@pytest.fixture
def late(tmp_path: Path) -> LateIndex:
    return written(tmp_path, KEYS)


def written(folder: Path, keys: list[bytes]) -> LateIndex:
    with LateWriter(folder, keys, 2) as writer:
        for row in (2, 0, 1):  # in any order
            writer.add(row, *PASSAGES[row])
        writer.finish()
    return LateIndex.load(folder)


def test_passages_are_read_as_they_were_written(late: LateIndex, tmp_path: Path) -> None:
    for row, (tokens, ids) in enumerate(PASSAGES):
        found_tokens, found_ids = late.passage(row)
        np.testing.assert_array_equal(found_tokens, tokens)
        np.testing.assert_array_equal(found_ids, ids)
    assert len(late.segments) == 2 and late.segment(0) == late.segment(1) != late.segment(2)
    found = sorted(path.name for path in tmp_path.rglob("*") if path.is_file())
    assert found == ["counts.npy"] * 3 + ["ids.npy"] * 2 + ["segments.json"] + ["starts.npy"] * 3 + ["tokens.npy"] * 2


def test_each_token_counts_its_best_match(late: LateIndex, monkeypatch: pytest.MonkeyPatch) -> None:
    question = np.array([[1, 0], [0, 1]], np.float32) / 127
    rows = np.array([0, 1, 2])
    for at_once in (512, 3, 1):  # all at once, one or two passages, one although it is longer
        monkeypatch.setattr(tokens_kept, "_AT_ONCE", at_once)
        # passage 0 holds both; 1 only the second; 2 the first, and for the second the best is at a right angle
        np.testing.assert_allclose(late.scores(question, np.ones(2, np.float32), rows), [1.0, 0.5, 0.5], atol=1e-6)
        found = late.scores(question, np.array([3, 1], np.float32), rows)
        np.testing.assert_allclose(found, [1.0, 0.25, 0.75], atol=1e-6)
        found = late.scores(question, np.array([0, 2], np.float32), rows)  # the first counts nothing
        np.testing.assert_allclose(found, [1.0, 1.0, 0.0], atol=1e-6)
        np.testing.assert_allclose(late.scores(question, np.zeros(2, np.float32), rows[1:]), [0.5, 0.5], atol=1e-6)
    assert late.scores(question, np.ones(2, np.float32), np.array([], np.intp)).shape == (0,)


def test_rarity_is_the_inverse_document_frequency(late: LateIndex) -> None:
    # token 7 stands in two of three passages, 5 in one, 99 in none
    wanted = np.log(4 / np.array([2.5, 1.5, 0.5]))
    np.testing.assert_allclose(late.rarity(np.array([7, 5, 99], np.int32)), wanted, rtol=1e-6)


def test_windows_of_a_passage_are_joined() -> None:
    tokens, ids = joined(PASSAGES[:2])
    assert tokens.tolist() == [[127, 0], [0, 127], [0, 127]]
    assert ids.tolist() == [7, 8, 8]


def test_an_index_of_nothing(tmp_path: Path) -> None:
    with LateWriter(tmp_path, [], 2) as writer:
        writer.finish()
    assert LateIndex.load(tmp_path).size == 0


def test_files_that_do_not_fit_are_refused(late: LateIndex, tmp_path: Path) -> None:
    np.save(tmp_path / late.segment(0) / "ids.npy", np.zeros(2, np.int32))
    with pytest.raises(ValueError, match="2 ids"):
        LateIndex.load(tmp_path).passage(0)
    np.save(tmp_path / "starts.npy", np.zeros(3, np.int64))
    with pytest.raises(ValueError, match="3 passages in segments"):
        LateIndex.load(tmp_path)


def test_a_segment_that_is_known_is_taken_over(late: LateIndex, tmp_path: Path) -> None:
    second = tmp_path / "second"

    def take(name: str) -> bool:
        if not (tmp_path / name).is_dir():
            return False
        (second / name).symlink_to(tmp_path / name)
        return True

    with LateWriter(second, [INSIDE, END, bytes([2] * 16)], 2, take) as writer:
        assert writer.wanted == {bytes([2] * 16)}
        writer.add(0, *PASSAGES[1])  # of a segment that was taken over: passed over
        writer.add(2, *PASSAGES[2])
        writer.finish()
    found = LateIndex.load(second)
    assert found.segment(0) == late.segment(0) and found.segment(2) != late.segment(2)
    np.testing.assert_array_equal(found.passage(0)[0], PASSAGES[0][0])
    assert found.rarity(np.array([7])) == late.rarity(np.array([7]))


@given(st.lists(st.integers(0, 7).map(lambda number: bytes([0, 0, 0, number] * 4)), max_size=60), st.integers(0, 60))
def test_cuts_cover_all_rows_and_one_more_passage_moves_few(keys: list[bytes], at: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(late_writer, "USUAL", 4)
        patch.setattr(late_writer, "MOST", 10**6)
        found = cuts(keys)
        assert [row for first, last in found for row in range(first, last)] == list(range(len(keys)))
        before = {tuple(keys[first:last]) for first, last in found}
        more = [*keys[:at], bytes([0, 0, 0, 1] * 4), *keys[at:]]
        assert len({tuple(more[first:last]) for first, last in cuts(more)} - before) <= 1


def test_a_segment_is_no_longer_than_the_most() -> None:
    assert cuts([INSIDE] * (late_writer.MOST + 1)) == [(0, late_writer.MOST), (late_writer.MOST, late_writer.MOST + 1)]


def test_a_big_home_keeps_no_tokens(monkeypatch: pytest.MonkeyPatch) -> None:
    assert is_kept(200_000) and not is_kept(200_001)
    monkeypatch.setenv("PLANQA_TOKENS_UP_TO", "10")
    assert is_kept(10) and not is_kept(11)
    assert not LateIndex.left_out(11).is_kept and LateIndex.left_out(11).size == 11
