"""What a passage gives each of several agencies to do, narrowed to the part that is asked about.

"- Phối hợp hướng dẫn kiểm kê. Trong đó:", "+ Sở Công Thương: hướng dẫn ... chợ", "+ Sở Xây dựng: hướng dẫn ... nhà
ở": the task belongs to them all, its lines to one each. What a line does not say (the deadline) it has from the task.
A paragraph of several sentences may give each of them another agency, too.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from corpus.duties import duty_of
from corpus.types import Passage, Task
from corpus.vietnamese import UPPER
from qa.answers.records_of import delegated, duty
from qa.answers.stating import Stating, Topic
from qa.answers.subjects import subject

_WITH_WHOM = re.compile(r"phối hợp\s[^.:;]{3,200}:\s+")  # "Sở Tài chính phối hợp Ban Quản lý ...: hướng dẫn ..."
_SENTENCE = re.compile(rf"(?<=[^\W\d_]{{2}}[.;])\s+(?=[{UPPER}])|\n")


def of_line(task: Task, passage: Passage, about: Sequence[Topic]) -> Task:
    """The task as the line of the passage that states most of what is asked gives it; as it is where no line does."""
    at, best, found, stating = passage.start, 0.0, task, Stating(about)
    for line in passage.text.split("\n"):
        stated = stating.share([line])
        if stated > best and (part := duty_of(line.strip())) is not None and part.lead != task.lead:
            with_whom = _WITH_WHOM.match(part.what)
            what = part.what[with_whom.end() :] if with_whom else part.what
            begins = at + line.rfind(what)
            found = replace(
                task,
                task=what,
                passage_id=passage.id,
                lead=part.lead,
                coordinating=part.coordinating,
                deadline=part.deadline or task.deadline,
                start=begins,
                end=begins + len(what),
                source=task.source if with_whom else "prose",
            )
        best = max(best, stated)
        at += len(line) + 1
    return found


def of_sentence(passage: Passage, about: Sequence[Topic]) -> Task | None:
    """The duty of the sentence that states most of what is asked, where it begins with the agency that has it."""
    if passage.kind in ("legal-basis", "recipients", "target", "result") or passage.columns:
        return None
    sentences = _SENTENCE.split(passage.text)
    if len(sentences) < 2:
        return None
    stating = Stating(about)
    stated, best = max(((stating.share([sentence]), sentence) for sentence in sentences), key=lambda pair: pair[0])
    agencies = subject(best) if stated > 0 else ()
    return delegated(duty(passage, agencies, best.strip())) if agencies else None
