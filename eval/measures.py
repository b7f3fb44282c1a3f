"""Retrieval measures, computed by ir-measures (which asks pytrec_eval, the code of trec_eval).

- nDCG@10: gain of the first ten, rank r discounted by log2(r + 1), over that of the best possible ten; gain is the
  grade, as trec_eval has it (Järvelin & Kekäläinen 2002).
- MRR@10: 1 / rank of the first relevant document, 0 below rank ten (Voorhees 1999).
- R@k: share of the relevant documents that stand among the first k.
- MAP: precision at the rank of each relevant document, 0 for one not found, averaged (Buckley & Voorhees 2000).
- hit@k: 1 when one of the first k is relevant.

A document is relevant from grade 1 on; a grade below 0 counts as 0. Every query of the qrels counts: one that the run
lacks scores 0, so that a system cannot raise its mean by failing.

Worked example: of two relevant documents a (grade 1) and b (grade 1), a run has x, a, y, b. DCG = 1/log2(3) +
1/log2(5) = 0.6309 + 0.4307; the best possible is 1 + 0.6309; nDCG@10 = 1.0616 / 1.6309 = 0.6509. MRR@10 = 1/2,
R@1 = 0, R@5 = 1, MAP = (1/2 + 2/4) / 2 = 0.5, hit@1 = 0.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from eval.types import Qrels, Run

MEASURES = ("nDCG@10", "MRR@10", "R@1", "R@5", "R@10", "R@100", "MAP", "hit@1", "hit@5")
_THEIRS = {"MRR@10": "RR@10", "MAP": "AP", "hit@1": "Success@1", "hit@5": "Success@5"}

PerQuery = dict[str, dict[str, float]]
"""Values by measure and query id."""


def per_query(qrels: Qrels, run: Run, measures: Sequence[str] = MEASURES) -> PerQuery:
    """The value of each measure for each query of the qrels, queries in the order of the qrels."""
    import ir_measures

    grades = {query: {document: max(0, grade) for document, grade in found.items()} for query, found in qrels.items()}
    asked = {query: run[query] for query in grades if run.get(query)}
    parsed = {name: ir_measures.parse_measure(_THEIRS.get(name, name)) for name in measures}
    values: PerQuery = {name: dict.fromkeys(grades, 0.0) for name in measures}
    ours = {str(measure): name for name, measure in parsed.items()}
    if asked:
        for value in ir_measures.iter_calc(list(parsed.values()), grades, asked):
            values[ours[str(value.measure)]][value.query_id] = float(value.value)
    return values


def mean(values: Mapping[str, float]) -> float:
    """The mean over all queries; 0 where there are none."""
    return sum(values.values()) / len(values) if values else 0.0
