"""Whether a sentence joins what belongs together: a target's value with its year, its indicator and its document."""

from __future__ import annotations

from collections.abc import Sequence

from corpus.vietnamese import squeeze
from qa.llm.values import Value, read_values
from qa.types import Citation, Facts, TargetFact


def mismatched(sentence: str, values: Sequence[Value], cited: Sequence[Citation], facts: Facts) -> bool:
    """Whether a sentence mixes documents, or gives a target's value another target's year or indicator.

    Where the cited passages state the values of several targets, the sentence has to name the indicator in the plan's
    own words: which value a paraphrase means cannot be told.
    """
    if len({citation.document_id for citation in cited}) > 1:
        return True
    provinces = {citation.province for citation in cited}
    targets = [(target, target_value(target)) for target in facts.targets if target.province in provinces]
    said = {value.text for value in values}
    stated = {value.text for citation in cited for value in read_values(citation.quote, "vi")[0]}
    years = {target.year for target, _ in targets if target.year} & said
    small = squeeze(sentence).lower()
    for value in {value for _, value in targets if value} & said:
        own = [target for target, known in targets if known == value]
        if any(all(target.year not in ("", year) for target in own) for year in years):
            return True
        rivals = {known for _, known in targets if known != value} & stated
        if rivals and not any(squeeze(target.indicator).lower() in small for target in own):
            return True
    return False


def target_value(target: TargetFact) -> str:
    """A target's value in the form of `read_values`, "" when it is no number.

    >>> target_value(TargetFact("", "", "", ">", "1250", "tỷ đồng", "2025", ""))
    '1250000000000'
    """
    found, _ = read_values(f"{target.value} {target.unit}", "en")
    return found[0].text if found else ""
