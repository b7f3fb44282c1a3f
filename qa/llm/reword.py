"""Wording by a language model: optional, checked, and dropped for the plain answer whenever anything is amiss.

The model sees the question, the plain answer with its facts, and the quotes that the answer cites; nothing else of the
corpus, and no answer that the plans do not give. What it writes replaces the answer's text when `qa.llm.check` has no
objection. Citations, facts and passages stay as they are.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from importlib.util import find_spec
from urllib.parse import urlsplit

from corpus.errors import ModelError
from corpus.vietnamese import squeeze
from qa.llm.check import markers_of, objection
from qa.llm.client import NoReply, complete
from qa.llm.prompt import messages
from qa.types import Answer

KEY = "PLANQA_LLM_KEY"
LONGEST_ANSWER = 3000
"""A plain answer of more characters is a list; it is shown as it is."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Wording:
    """Which endpoint words answers; `url` ends where "/chat/completions" begins, `timeout_s` is for all of a question.

    Raises:
        ModelError: a setting that cannot be meant; the key is never shown.
    """

    url: str
    model: str
    key: str = field(default="", repr=False)
    timeout_s: float = 10.0
    max_tokens: int = 1000

    def __post_init__(self) -> None:
        if not _is_endpoint(self.url):
            shown = self.url if "@" not in self.url else "--llm-url"  # what stands before "@" is a secret
            raise ModelError(shown or "(empty)", "an http:// or https:// address without user name", "mend --llm-url")
        if not self.model.strip():
            raise ModelError("(empty)", "the name of a model of that endpoint", "mend --llm-model")
        if not (self.key.isascii() and self.key.isprintable() and " " not in self.key):
            raise ModelError(KEY, "a key of plain letters, digits and signs on one line", f"mend {KEY}")
        if not 0 < self.timeout_s <= 600:
            raise ModelError(self.timeout_s, "more than 0 and at most 600 seconds", "mend the time limit")
        if self.max_tokens < 1:
            raise ModelError(self.max_tokens, "at least 1 token", "mend the token limit")


def wording_of(url: str, model: str, environ: Mapping[str, str]) -> Wording | None:
    """The wording that the options ask for, None when they ask for none; the key comes from the environment alone.

    Raises:
        ModelError: only one of the two is given, a setting cannot be meant, or the client library is missing.
    """
    if not url and not model:
        return None
    if not url or not model:
        raise ModelError(url or model, "--llm-url and --llm-model together", "give both or neither")
    if find_spec("openai") is None:
        raise ModelError(
            "openai", "the package that talks to --llm-url", "install planqa with its extra: pip install '.[llm]'"
        )
    return Wording(url, model, environ.get(KEY, ""))


def reword(answer: Answer, wording: Wording) -> Answer:
    """The answer in the model's words, or the answer as it is; takes no longer than `wording.timeout_s`."""
    if not answer.answerable or not markers_of(answer.answer) or len(answer.answer) > LONGEST_ANSWER:
        return answer
    try:
        text = complete(messages(answer), wording).strip()
    except NoReply as reason:
        return _plain(answer, str(reason))
    if wording.key and wording.key in text:
        return _plain(answer, "the wording holds the key of the endpoint")
    if fault := objection(text, answer):
        return _plain(answer, fault)
    return replace(answer, answer=text)


def _plain(answer: Answer, reason: str) -> Answer:
    """The plain answer, with a line in the log; the reason is planqa's own words, never the model's."""
    _log.warning("plain answer kept, wording failed: %s (question: %.80s)", reason, squeeze(answer.question))
    return answer


def _is_endpoint(url: str) -> bool:
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError:
        return False
    return (
        parts.scheme in ("http", "https")
        and bool(parts.hostname)
        and parts.username is None
        and not parts.query
        and not parts.fragment
        and url.isprintable()
        and " " not in url
    )
