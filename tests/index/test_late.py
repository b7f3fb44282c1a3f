"""The late index: every token of a question held against its best match, in numbers that can be checked by hand."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from index.late import LateIndex, LateWriter, joined

# Three passages of tokens along the axes of a plane: one of two tokens, one of one, one of three.
PASSAGES = [
    (np.array([[127, 0], [0, 127]], np.int8), np.array([7, 8], np.int32)),
    (np.array([[0, 127]], np.int8), np.array([8], np.int32)),
    (np.array([[-127, 0], [0, -127], [127, 0]], np.int8), np.array([5, 6, 7], np.int32)),
]


@pytest.fixture
def late(tmp_path: Path) -> LateIndex:
    with LateWriter(tmp_path, 3, 2) as writer:
        for row in (2, 0, 1):  # in any order
            writer.add(row, *PASSAGES[row])
        writer.finish()
    return LateIndex.load(tmp_path)


def test_passages_are_read_as_they_were_written(late: LateIndex, tmp_path: Path) -> None:
    for row, (tokens, ids) in enumerate(PASSAGES):
        found_tokens, found_ids = late.passage(row)
        np.testing.assert_array_equal(found_tokens, tokens)
        np.testing.assert_array_equal(found_ids, ids)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["counts.json", "ids.npy", "starts.npy", "tokens.npy"]


def test_each_token_counts_its_best_match(late: LateIndex) -> None:
    question = np.array([[1, 0], [0, 1]], np.float32) / 127
    rows = np.array([0, 1, 2])
    # passage 0 holds both; 1 only the second; 2 the first, and for the second the best is at a right angle
    np.testing.assert_allclose(late.scores(question, np.ones(2, np.float32), rows), [1.0, 0.5, 0.5], atol=1e-6)
    np.testing.assert_allclose(late.scores(question, np.array([3, 1], np.float32), rows), [1.0, 0.25, 0.75], atol=1e-6)
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
    with LateWriter(tmp_path, 0, 2) as writer:
        writer.finish()
    assert LateIndex.load(tmp_path).size == 0


def test_files_that_do_not_fit_are_refused(late: LateIndex, tmp_path: Path) -> None:
    np.save(tmp_path / "ids.npy", np.zeros(2, np.int32))
    with pytest.raises(ValueError, match="2 ids"):
        LateIndex.load(tmp_path)
