"""BEIR folders: what is read, and a clear error with file and line for what cannot be."""

from __future__ import annotations

from pathlib import Path

import pytest
from eval_fakes import CORPUS, QRELS, QUERIES, beir

from eval.datasets import BeirFolder, QrelsFile, first_of_each
from eval.errors import DataError
from eval.types import Hit, Item


def test_a_folder_is_read(tmp_path: Path) -> None:
    data = BeirFolder(beir(tmp_path / "small"))
    assert data.name == "small"
    assert next(iter(data.items())) == Item("d1", "Sở", "chữ ký số cho công dân")
    assert data.qrels() == {"q1": {"d1": 2, "d3": -1}, "q2": {"d2": 1}}
    assert data.queries() == {"q1": "chữ ký số", "q2": "điện thoại"}  # q3 is not judged


def test_windows_line_ends_and_byte_order_marks_are_no_mistakes(tmp_path: Path) -> None:
    plain = BeirFolder(beir(tmp_path / "plain"))
    windows = [("\ufeff" + text).replace("\n", "\r\n") for text in (CORPUS, QUERIES, QRELS)]
    other = BeirFolder(beir(tmp_path / "windows", *windows))
    assert list(other.items()) == list(plain.items())
    assert (other.queries(), other.qrels()) == (plain.queries(), plain.qrels())


def test_the_hash_follows_every_file(tmp_path: Path) -> None:
    hashes = {BeirFolder(beir(tmp_path / "a")).sha256(), BeirFolder(beir(tmp_path / "b")).sha256()}
    assert len(hashes) == 1
    for changed in ({"corpus": CORPUS + "\n"}, {"queries": QUERIES + "\n"}, {"qrels": QRELS + "\n"}):
        hashes.add(BeirFolder(beir(tmp_path / "a", **changed)).sha256())
    assert len(hashes) == 4


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"corpus": CORPUS + "{broken\n"}, "corpus.jsonl line 4: expected a JSON object"),
        ({"corpus": CORPUS + "[1]\n"}, "corpus.jsonl line 4: expected a JSON object"),
        ({"corpus": CORPUS + '{"text": "x"}\n'}, 'corpus.jsonl line 4: None: expected "_id"'),
        (
            {"corpus": CORPUS + '{"_id": "d 4", "text": "x"}\n'},
            'line 4: d 4: expected "_id", a text without white space',
        ),
        ({"corpus": CORPUS + '{"_id": "d4"}\n'}, 'corpus.jsonl line 4: d4: expected "text"'),
        ({"corpus": CORPUS + '{"_id": "d4", "text": " "}\n'}, "corpus.jsonl line 4: d4: expected a title or a text"),
        ({"corpus": CORPUS + '{"_id": "d1", "text": "x"}\n'}, "corpus.jsonl line 4: d1: expected each id once"),
        ({"queries": QUERIES + '{"_id": "q4", "text": ""}\n'}, "queries.jsonl line 4: q4: expected a query"),
        ({"queries": QUERIES + '{"_id": "q1", "text": "x"}\n'}, "queries.jsonl line 4: q1: expected each id once"),
        ({"qrels": "q1\td1\t1\n"}, "test.tsv line 1: q1 d1 1: expected the header"),
        ({"qrels": QRELS + "q1 d2 1\n"}, "test.tsv line 5: expected 3 columns"),
        ({"qrels": QRELS + "q9\td1\t1\n"}, "test.tsv line 5: q9: expected an id of queries.jsonl"),
        ({"qrels": QRELS + "q1\td9\t1\n"}, "test.tsv line 5: d9: expected an id of corpus.jsonl"),
        ({"qrels": QRELS + "q1\td1\t1\n"}, "test.tsv line 5: q1 d1: expected each document once"),
        ({"qrels": QRELS + "q1\td2\tyes\n"}, "test.tsv line 5: yes: expected a whole number"),
        ({"qrels": QRELS.splitlines()[0]}, "expected judgements, got none"),
    ],
)
def test_mistakes_are_told_with_file_and_line(tmp_path: Path, changed: dict[str, str], told: str) -> None:
    data = BeirFolder(beir(tmp_path, **changed))
    with pytest.raises(DataError) as caught:
        data.qrels()
    message = str(caught.value)
    assert "\n" not in message
    assert " ".join(told.split()) in message.replace(str(tmp_path), "") or told in message


def test_bytes_that_are_no_text_are_told_with_their_line(tmp_path: Path) -> None:
    folder = beir(tmp_path)
    (folder / "queries.jsonl").write_bytes(QUERIES.encode() + b"\xff\xfe\n")
    with pytest.raises(DataError, match=r"queries\.jsonl line 4: expected UTF-8"):
        BeirFolder(folder).queries()


def test_a_folder_that_lacks_a_file_is_refused(tmp_path: Path) -> None:
    (beir(tmp_path) / "qrels" / "test.tsv").unlink()
    with pytest.raises(DataError, match=r"test\.tsv: no such file"):
        BeirFolder(tmp_path)


def test_the_corpus_is_streamed(tmp_path: Path) -> None:
    items = BeirFolder(beir(tmp_path, corpus=CORPUS + "{broken\n")).items()
    assert [next(items).id for _ in range(3)] == ["d1", "d2", "d3"]  # before the broken line is reached


def test_an_item_counts_where_it_stands_best() -> None:
    hits = [Hit("a", 0.9, ""), Hit("b", 0.8, ""), Hit("a", 0.7, ""), Hit("c", 0.8, "")]
    assert first_of_each(hits, 3) == {"a": 0.9, "b": 0.8, "c": 0.79999}
    assert list(first_of_each(hits, 2)) == ["a", "b"]


def test_qrels_alone_can_score_but_not_run(tmp_path: Path) -> None:
    (tmp_path / "x.qrels").write_text("q1 0 d1 1\n", encoding="utf-8")
    data = QrelsFile(tmp_path / "x.qrels")
    assert data.qrels() == {"q1": {"d1": 1}}
    with pytest.raises(DataError, match="can only score runs"):
        data.items()
