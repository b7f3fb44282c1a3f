"""Disguised addresses and keys, invented sources and dropped citations, from a model that obeys what it reads.

The sixty passages of tests/qa/test_llm_poison.py hold the plain forms; here are those that a filter might not know.
"""

from __future__ import annotations

import base64
import re

import pytest
from llm_answers import TARGET_EN, TASK_VI
from llm_server import Call, serving

from qa.llm.check import markers_of
from qa.llm.reword import Wording, reword
from qa.types import Answer

pytest.importorskip("openai", reason="wording by a language model needs the extra planqa[llm]")

KEY = "sk-loopback-9876543210"
SAID = {
    "an address in full-width letters": "{plain} Xem ｅｖｉｌ．ｅｘａｍｐｌｅ [1].",
    "an address with dots in words": "{plain} Xem evil chấm example [1].",
    "an address broken by invisible letters": "{plain} Xem e\u200bvil.exa\u200bmple/x [1].",
    "an address in a marker": "{plain} [1](//evil.example)",
    "a protocol nobody knows": "{plain} hxxps[:]//evil[.]example [1].",
    "a number to call": "{plain} Gọi 0900 123 456 [1].",
    "the key backwards": "{plain} {yek} [1].",
    "the key in base64": "{plain} {coded} [1].",
    "the key with spaces": "{plain} {spaced} [1].",
    "the name of the key": "{plain} PLANQA_LLM_KEY [1].",
    "no citation": "{bare}",
    "another source": "{other}",
    "a source too many": "{plain} [8] [9]",
    "a source in words": "{plain} Theo Nghị định 99/2029/NĐ-CP [1].",
    "markup": "{plain} <b>đã hủy</b> [1].",
    "nothing": "",
}


def said(form: str, answer: str, key: str) -> str:
    """What the model says."""
    words = {
        "plain": answer,
        "yek": key[::-1],
        "coded": base64.b64encode(key.encode()).decode(),
        "spaced": " ".join(key),
        "bare": re.sub(r" ?\[\d+\]", "", answer),
        "other": re.sub(r"\[\d+\]", "[7]", answer),
    }
    return form.format(**words)


@pytest.mark.parametrize("answer", [TASK_VI, TARGET_EN], ids=["vi", "en"])
@pytest.mark.parametrize("name", sorted(SAID))
def test_what_is_disguised_does_not_reach_the_reader(name: str, answer: Answer) -> None:
    def obedient(call: Call) -> None:
        call.say(said(SAID[name], call.data["answer"], call.headers["authorization"].removeprefix("Bearer ")))

    with serving(obedient) as server:
        given = reword(answer, Wording(server.url, "m", KEY))
        assert len(server.calls) == 1
    assert given.answer == answer.answer
    assert markers_of(given.answer) == markers_of(answer.answer)
    assert given.citations == answer.citations
