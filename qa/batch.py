"""Many questions at once: a JSON object a line in, an answer a line out."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.errors import QuestionError
from qa.question import detect_language
from qa.types import Answer, Filters

if TYPE_CHECKING:
    from qa.engine import Engine


def read(path: Path) -> list[tuple[str, str]]:
    """Ids and questions of a batch file.

    Raises:
        QuestionError: the file cannot be read, or a line is not {"id", "question"}; names the line.
    """
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "not UTF-8 text"
        raise QuestionError(path, f"cannot be read ({reason})", "name a file with a JSON object a line") from None
    result = []
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
            result.append((str(record["id"]), str(record["question"])))
        except (ValueError, KeyError, TypeError):
            raise QuestionError(
                f"{path} line {number}", 'a JSON object with "id" and "question"', "mend the line"
            ) from None
    return result


def run(engine: Engine, questions: Sequence[tuple[str, str]], output: Path, filters: Filters) -> int:
    """Answer all questions and write one JSON object a line; the file appears when all are answered."""
    temporary = output.with_name(f".{output.name}.partial")
    try:
        with temporary.open("w", encoding="utf-8") as stream:
            for answer in _answers(engine, questions, filters):
                stream.write(json.dumps(answer.to_json(), ensure_ascii=False) + "\n")
        os.replace(temporary, output)
    except OSError as error:
        raise QuestionError(
            output, f"cannot be written ({error.strerror})", "name another file with --output"
        ) from None
    finally:
        temporary.unlink(missing_ok=True)
    return len(questions)


def _answers(engine: Engine, questions: Iterable[tuple[str, str]], filters: Filters) -> Iterable[Answer]:
    for identifier, question in questions:
        try:
            yield engine.ask(question, filters, identifier)
        except QuestionError as error:
            yield Answer(question, detect_language(question), False, 0.0, "empty_question", str(error), id=identifier)
