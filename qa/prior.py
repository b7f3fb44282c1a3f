"""What speaks for a passage whatever its words are: what it states to the letter, its kind, its place, its years.

A passage that states what the question names to the letter (numbers of documents, dates, quoted phrases) comes
forward. A question about who does what prefers tasks, one about how much prefers targets to last year's results; legal
bases, recipients and headings step back unless they are asked for. A passage of another year than the one asked for
steps back. All of it shifts ranks; nothing is left out.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from corpus.types import Passage
from corpus.vietnamese import fold, has_diacritics
from index.columns import Columns
from index.lexical import FOLDED, MARKED, LexicalIndex
from qa.exact import named_exactly, plain, states_exactly
from qa.question import Question

Bools = NDArray[np.bool_]
KINDS = ("target", "task", "assignment", "result", "legal-basis", "recipients", "budget", "other")
_RUN = re.compile(r"[^\W_]+")
_WHO = frozenset({"who", "coordinating", "directing", "when"})
_HEAD, _FOOT = frozenset({"dau", "thuoc-tinh"}), frozenset({"ky"})

WEIGHTS: Mapping[str, float] = {
    "task, who": 0.11, "assignment, who": 0.05, "target, who": -0.02,
    "target, how much": 0.08, "result, how much": 0.0,
    "target": 0.02, "task": -0.05, "assignment": -0.03, "result": -0.03,
    "legal basis": 0.0, "legal basis, asked": 0.03, "recipients": -0.03, "budget, asked": 0.05,
    "foot, signer": 0.2, "head, issued": 0.1, "head": -0.03,
    "year": 0.1, "other year": -0.08, "exact": 0.15,
}  # fmt: skip
"""Added to a fused score of about 0 to 1; fitted to the `dev` questions of eval/."""


class Prior:
    """Kinds, places and years of all passages, as masks; passages are read only for what is named to the letter."""

    def __init__(self, columns: Columns, lexical: LexicalIndex, passages: Sequence[Passage]) -> None:
        self._columns, self._lexical, self._passages = columns, lexical, passages
        self._kinds = {kind: columns.kinds.among([kind]) for kind in KINDS}
        self._head, self._foot = columns.places.among(_HEAD), columns.places.among(_FOOT)

    def of(self, asked: Question) -> NDArray[np.float32]:
        """What speaks for (more than 0) or against each passage, shape (passages,)."""
        total = np.zeros(len(self._passages), np.float32)
        for name, mask in self.evidence(asked).items():
            total += np.float32(WEIGHTS[name]) * mask
        return total

    def evidence(self, asked: Question) -> dict[str, Bools]:
        """The passages that each weight counts for, by its name."""
        kind, wants = self._kinds, asked.wants
        found = {"recipients": kind["recipients"]}
        if wants & _WHO:
            found |= {f"{name}, who": kind[name] for name in ("task", "assignment", "target")}
        elif "how_much" in wants:
            found |= {f"{name}, how much": kind[name] for name in ("target", "result")}
        else:
            found |= {name: kind[name] for name in ("target", "task", "assignment", "result")}
        found["legal basis, asked" if "legal_basis" in wants else "legal basis"] = kind["legal-basis"]
        if "budget" in wants:
            found["budget, asked"] = kind["budget"]
        if wants & {"signer", "issued"}:
            found |= {"foot, signer": self._foot} if "signer" in wants else {}
            found |= {"head, issued": self._head} if "issued" in wants else {}
        else:
            found["head"] = self._head | self._foot
        if asked.years:
            stated = self._columns.stating(asked.years)
            found |= {"year": stated, "other year": self._columns.dated & ~stated}
        if named := named_exactly(asked.text):
            found["exact"] = self._stating(named)
        return found

    def _stating(self, named: tuple[tuple[str, ...], ...]) -> Bools:
        """The passages that state all that is named to the letter; those that state any of it where none states all."""
        stated = np.zeros((len(self._passages), len(named)), bool)
        candidates = [{row for form in forms for row in self._candidates(form)} for forms in named]
        for row in sorted(set().union(*candidates)):
            passage = self._passages[row]
            text = plain(" ".join([passage.text, *passage.headings]))
            folded = fold(text)
            for at, forms in enumerate(named):
                stated[row, at] = row in candidates[at] and states_exactly(forms, text, folded)
        return np.asarray(stated.all(axis=1) if stated.all(axis=1).any() else stated.any(axis=1))

    def names(self, number: str) -> bool:
        """Whether a passage or its headings hold a document's number, marks aside."""
        form = fold(number)
        found = (self._passages[row] for row in self._candidates(form))
        return any(form in fold(" ".join([passage.text, *passage.headings])) for passage in found)

    def _candidates(self, form: str) -> list[int]:
        """The passages whose words hold all letters and digits of a form; no other can state it."""
        runs = _RUN.findall(form)
        return list(map(int, self._lexical.holding(runs, MARKED if has_diacritics(form) else FOLDED)))
