"""Windows hold all words, and a passage is as near as its nearest window."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from index.vectors import FlatIndex
from index.windows import LONGEST, longest_for, windows


@settings(deadline=None)
@given(st.lists(st.text("abc", min_size=1, max_size=9), min_size=1, max_size=900))
def test_windows_hold_all_words_in_order(words: list[str]) -> None:
    parts = windows(" ".join(words))
    assert " ".join(parts).split() == words
    assert max(map(len, parts)) <= LONGEST


def test_what_is_put_in_front_stands_in_every_window() -> None:
    parts = windows("một hai " * 300, longest_for(128), "Trà Vinh: ")
    assert len(parts) > 2
    assert all(part.startswith("Trà Vinh: ") and len(part) <= longest_for(128) for part in parts)


def test_a_text_without_white_space_stays_whole() -> None:
    assert windows("x" * 5000) == ["x" * 5000]


def test_a_passage_is_as_near_as_its_nearest_window(tmp_path: Path) -> None:
    # passage 0 has windows 0 and 1, passage 1 has window 2; the question is along the first axis
    vectors = np.array([[0, 1], [1, 0], [0.6, 0.8]], np.float32)
    index = FlatIndex.build(vectors, [0, 2])
    index.save(tmp_path / "vectors.faiss")
    for held in (index, FlatIndex.load(tmp_path / "vectors.faiss")):
        assert held.shape == (2, 2)
        np.testing.assert_allclose(held.cosines(np.array([1, 0], np.float32), np.array([0, 1])), [1.0, 0.6])
        assert [len(held.windows(row)) for row in (0, 1)] == [2, 1]
