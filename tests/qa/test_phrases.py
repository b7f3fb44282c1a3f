"""Every word of the page stands in both languages, and the scripts ask for none that is missing."""

from __future__ import annotations

import re
from dataclasses import fields
from importlib.resources import files

import pytest

from qa.page.labels import EN, VI
from qa.page.phrases import WORDS, words

SCRIPTS = [path for path in files("qa").joinpath("assets").iterdir() if path.name.endswith(".js")]


def test_both_languages_say_everything() -> None:
    assert all(vietnamese and english for vietnamese, english in WORDS.values())
    assert set(words("vi")) == set(words("en")) == set(WORDS)
    for field in fields(VI):
        assert getattr(VI, field.name) and getattr(EN, field.name), field.name


@pytest.mark.parametrize("field", [field.name for field in fields(VI)])
def test_what_is_filled_in_is_the_same_in_both(field: str) -> None:
    if field != "comparators":
        assert sorted(re.findall(r"\{\w+\}", getattr(VI, field))) == sorted(re.findall(r"\{\w+\}", getattr(EN, field)))


def test_scripts_ask_only_for_words_that_there_are() -> None:
    said = {name for path in SCRIPTS for name in re.findall(r'planqa\.say\("(\w+)"', path.read_text("utf-8"))}
    assert {"title", "busy", "lost", "copied"} - said == {"copied"}  # chosen between two, in a way of its own
    assert said <= set(WORDS)
    composed = {f"{kind}_{group}" for kind in ("asked", "filter") for group in ("province", "document", "year")}
    assert composed | {"asked_wants", "asked_follow", "filter_kind"} <= set(WORDS)


def test_no_script_reads_text_as_html_but_the_servers() -> None:
    assigned = [line for path in SCRIPTS for line in path.read_text("utf-8").splitlines() if "innerHTML" in line]
    assert all(re.search(r"= (form|html|result\.html|begun\.\w+);", line) for line in assigned), assigned
