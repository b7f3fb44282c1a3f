"""The form under an answer that takes the reader's opinion of it: right, wrong or incomplete, and a note."""

from __future__ import annotations

import json
from html import escape

from qa.page.phrases import NOTE, OPINION, SUBMIT, VERDICTS, pick
from qa.types import Answer, Language


def opinion_html(answer: Answer, language: Language) -> str:
    """The form as escaped HTML; what it is about goes along as JSON, in the words of `POST /api/feedback`."""
    about = {
        "question": answer.question,
        "answerable": answer.answerable,
        "answer": answer.answer,
        "passage_ids": list(dict.fromkeys(citation.passage_id for citation in answer.citations)),
    }
    buttons = "".join(
        f'<button type="button" class="pq-verdict" data-verdict="{verdict}" aria-pressed="false">'
        f"{pick(words, language)}</button>"
        for verdict, words in VERDICTS.items()
    )
    name = pick(OPINION, language)
    return (
        f'<form class="pq-opinion" data-about="{escape(json.dumps(about, ensure_ascii=False))}">'
        f'<div role="group" aria-label="{name}"><span aria-hidden="true">{name}:</span>{buttons}</div>'
        f'<div class="pq-note-box" hidden><label>{pick(NOTE, language)}'
        f'<textarea name="note" rows="2" maxlength="2000"></textarea></label>'
        f'<button type="submit">{pick(SUBMIT, language)}</button></div><p role="status"></p></form>'
    )
