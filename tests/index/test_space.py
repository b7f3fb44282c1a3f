"""The space that vectors are compared in: what texts share is taken away, the same for every home."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pytest

sys.path.insert(0, str(Path(__file__).parent))

from fakes import HashEncoder

from index.samples import Samples, default_samples, fit_space
from index.space import Cone, Space, unit
from index.types import Reading


def readings(count: int, seed: int, dimension: int = 32) -> list[Reading]:
    random = np.random.default_rng(seed)
    cone = np.full(dimension, 5.0, np.float32)  # all of them point nearly the same way
    result = []
    for _ in range(count):
        vectors = unit((cone + random.standard_normal((4, dimension))).astype(np.float32))
        result.append(Reading(vectors[0], vectors[1:], np.arange(3, dtype=np.int32)))
    return result


def test_texts_that_all_look_alike_are_told_apart() -> None:
    texts = readings(200, 0)
    space = Space.fit(texts, {"vi": readings(50, 1)})
    before = np.mean([a.vector @ b.vector for a, b in zip(texts, texts[1:], strict=False)])
    after = np.mean([space.passage(a.vector) @ space.passage(b.vector) for a, b in zip(texts, texts[1:], strict=False)])
    assert before > 0.9
    assert abs(after) < 0.1


def test_a_question_is_centred_with_its_language() -> None:
    passages = np.eye(32, dtype=np.float32)
    cone = Cone.fit(passages, {"vi": passages[:1], "en": passages[1:2]})
    question = unit(passages[0] + passages[2])[None, :]
    assert not np.allclose(cone.of_question(question, "vi"), cone.of_question(question, "en"))
    # an unknown language takes the mean of both
    both = Cone(cone.mean, {"": (passages[0] + passages[1]) / 2}, cone.shared)
    np.testing.assert_allclose(cone.of_question(question, "fr"), both.of_question(question, ""), atol=1e-6)


def test_tokens_keep_their_angles_as_bytes() -> None:
    texts = readings(200, 0)
    space = Space.fit(texts, {"vi": readings(50, 1)})
    stored = space.passage_tokens(texts[0].tokens)
    assert stored.dtype == np.int8
    asked = space.question_tokens(texts[0].tokens, "")
    exact = unit(space.tokens.passages(texts[0].tokens) @ space.axes)
    np.testing.assert_allclose(stored / 127, exact, atol=0.5 / 127 + 1e-6)
    assert asked.shape == stored.shape


def test_a_space_is_read_as_it_was_written(tmp_path: Path) -> None:
    space = Space.fit(readings(40, 0), {"vi": readings(5, 1), "en": readings(5, 2)})
    space.save(tmp_path / "space.npz")
    again = Space.load(tmp_path / "space.npz")
    np.testing.assert_array_equal(again.axes, space.axes)
    for cone, other in ((again.texts, space.texts), (again.tokens, space.tokens)):
        np.testing.assert_array_equal(cone.mean, other.mean)
        np.testing.assert_array_equal(cone.shared, other.shared)
        assert cone.questions.keys() == other.questions.keys()
        for language, mean in cone.questions.items():
            np.testing.assert_array_equal(mean, other.questions[language])


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"junk"])
def test_another_file_is_no_space(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "space.npz").write_bytes(content)
    with pytest.raises(Exception) as caught:
        Space.load(tmp_path / "space.npz")
    assert type(caught.value).__name__ in ("EOFError", "BadZipFile", "ValueError", "UnpicklingError")


def test_the_samples_are_many_and_in_both_languages() -> None:
    samples = default_samples()
    assert len(samples.passages) > 100
    assert {language: len(asked) for language, asked in samples.questions.items()} == {"vi": 60, "en": 60}


def test_the_fingerprint_follows_passages_and_encoder() -> None:
    one = Samples(("a", "b"), {})
    assert one.fingerprint("x") == Samples(("a", "b"), {"vi": ("c",)}).fingerprint("x")
    assert len({one.fingerprint("x"), one.fingerprint("y"), Samples(("ab",), {}).fingerprint("x")}) == 3


def test_a_space_is_the_same_whenever_it_is_fitted() -> None:
    samples = Samples(("một hai", "ba bốn năm", "sáu"), {"vi": ("hai ba",)})
    one, other = (fit_space(HashEncoder(), samples) for _ in range(2))
    np.testing.assert_array_equal(one.axes, other.axes)
    np.testing.assert_array_equal(one.texts.mean, other.texts.mean)
