"""Training questions: none is about a passage of `test`, and training brings right passages nearer."""

from __future__ import annotations

import pytest

from corpus.collect import collect, read_documents, shipped_plans
from eval.adapt.questions import general_texts, other_questions, rows_of, training_questions, unseen_rows
from eval.judge import squash
from eval.questions import data_file, read


@pytest.fixture(scope="module")
def shipped() -> tuple[list[str], list[str]]:
    plans = collect([shipped_plans()])
    documents, _ = read_documents(plans.sources, plans.origins)
    placed = [(document.meta.number, passage) for document in documents for passage in document.passages]
    return [squash(passage.text) for _, passage in placed], [number for number, _ in placed]


def test_no_question_is_about_a_passage_of_test(shipped: tuple[list[str], list[str]]) -> None:
    texts, numbers = shipped
    unseen = unseen_rows(texts, numbers)
    assert unseen
    quotes = {(question.document, question.quote) for question in training_questions()}
    for document, quote in quotes:
        right = rows_of(quote, document, texts, numbers)
        assert right, quote
        assert not right & unseen, quote


def test_no_question_is_one_of_the_benchmark() -> None:
    asked = {squash(question.question).lower() for question in (*training_questions(), *other_questions())}
    for split in ("dev", "test"):
        assert not asked & {squash(question.question).lower() for question in read(data_file(split))}


def test_questions_are_told_apart() -> None:
    found = (*training_questions(), *other_questions())
    assert len({question.id for question in found}) == len({question.question for question in found}) == len(found)


def test_other_questions_are_about_no_shipped_document() -> None:
    plans = collect([shipped_plans()])
    shipped = {document.id for document in read_documents(plans.sources, plans.origins)[0]}
    about = {question.passage.partition(".")[0] for question in other_questions()}
    assert len(about) == 75
    assert not about & shipped


def test_general_texts_have_questions_of_their_own() -> None:
    texts = general_texts()
    asked = [question for text in texts for question in text.questions]
    assert len({text.id for text in texts}) == len({squash(text.text) for text in texts}) == len(texts)
    assert len(asked) == len(set(asked)) and min(len(text.questions) for text in texts) >= 4
    plans = {squash(question.question) for question in (*training_questions(), *other_questions())}
    assert not plans & set(map(squash, asked))
