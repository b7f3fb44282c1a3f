"""Trains what the bundled encoder knows of plans and of questions to them: `python -m eval.adapt.train --plans FOLDER`.

An hour and a half on 2 cores that compute in bfloat16. FOLDER holds the other documents that questions are about
(`data/train_other.jsonl`; province, year and number of a document stand in the ids of its passages); without it, and
for those that it does not hold, it is trained on what there is, and says how much that is. Each question is held
against its candidates in its home, and the weights are moved so that the passage that answers it comes first (softmax
over fused scores, cross-entropy): first those that questions are read with alone, then both. Then a batch has questions
about few documents, and reads the passages that answer them and the strongest of the wrong ones; the other candidates
are compared as they were last read. At last texts of all kinds (`data/train_general.jsonl`) are read beside plans, so
that what was learned of plans takes nothing from other collections. Without --output the files that planqa reads are
written; their SHA-256, which are printed, then belong into `index/adapter.py`. Homes are built with the encoder as it
is without any change.
"""

from __future__ import annotations

import argparse
import hashlib
import random
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch

from eval.adapt.model import Place, Read, Trainee
from eval.adapt.pairs import Pair, pairs, text_pairs
from eval.adapt.questions import general_texts, other_questions, training_questions
from index import adapter
from index.encoder import load_encoder
from index.types import Vectors
from qa import homes
from qa.engine import Engine

DECAY, WARM_UP = 0.01, 15
"""Decay of weights, and the steps over which the rates grow."""


@dataclass(frozen=True, slots=True)
class Stage:
    """Rounds through all questions, questions of a batch, and rates; passages are not read where theirs is 0.

    The rates fall in a line, until a share of them is `left` at the end.
    """

    rounds: int
    batch: int
    of_questions: float
    of_passages: float
    left: float


FIRST, SECOND = Stage(2, 8, 3e-4, 0.0, 0.0), Stage(1, 48, 1.5e-4, 3e-4, 0.5)
"""A second round of the second stage, with the rates falling to 0, was better for no set of questions."""
THIRD, OF_PLANS = Stage(1, 48, 0.7e-4, 1.5e-4, 0.1), 2500
"""The stage in which general texts are read, too, and how many questions about plans are asked beside theirs."""
SHARE = 0.7
"""How far weights go on the way that the later stages moved them: all the way, they suit the documents of the training
better and others less (Wortsman et al. 2022, "Robust fine-tuning of zero-shot models")."""
OF_ONE_DOCUMENT = 16
"""Questions of a batch that are about the same document: their passages are each other's likeliest mistakes."""
PASSAGES = 96
"""Passages that are read for a batch."""
RIGHT, WRONG, AMONG = 2, 3, 10
"""Of each question: the passages that answer it, at most; wrong ones, the last of them drawn from the best so many."""
SHARPNESS = 14.0
"""What scores are multiplied by before the softmax: a lead of 0.1 makes a passage four times as likely."""
SEED = 20241119

Parts = Mapping[str, tuple[Vectors, Vectors]]
"""Down and up of each module that is changed."""


def main() -> int:
    """Train and write the files."""
    parser = argparse.ArgumentParser(prog="python -m eval.adapt.train", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--plans", type=Path)
    parser.add_argument("--output", type=Path, default=Path(adapter.__file__).parent)
    given = parser.parse_args()
    encoder = load_encoder("", adapted=False)
    with tempfile.TemporaryDirectory() as folder:
        home, others = Path(folder) / "home", Path(folder) / "others"
        engine = Engine(homes.ready(home, encoder), lambda: encoder, home)
        made = pairs(engine, encoder, training_questions())
        if given.plans:
            of_others = Engine(homes.ingest(others, [given.plans], encoder).generation, lambda: encoder, others)
            made += pairs(of_others, encoder, other_questions())
        general = text_pairs(Path(folder) / "texts", encoder, general_texts())
        print(f"{len(made)} of {len(training_questions()) + len(other_questions())} questions", file=sys.stderr)
        torch.manual_seed(SEED)
        trainee, chance = Trainee(encoder, engine.generation.indexes.space), random.Random(SEED)
        train(trainee, made, FIRST, chance)
        questions, passages = trainee.questions.parts(), trainee.passages.parts()
        train(trainee, made, SECOND, chance)
        train(trainee, [*general, *chance.sample(made, min(OF_PLANS, len(made)))], THIRD, chance)
    learned = {
        adapter.QUESTIONS: between(questions, trainee.questions.parts(), SHARE),
        adapter.PASSAGES: between(passages, trainee.passages.parts(), SHARE),
    }
    for name, parts in learned.items():
        content, path = adapter.pack(parts), given.output / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        print(f"{path}: {len(content):,} bytes, SHA-256 {hashlib.sha256(content).hexdigest()}")
    return 0


def train(trainee: Trainee, made: Sequence[Pair], stage: Stage, chance: random.Random) -> None:
    """Move the trainee's weights by the rounds of a stage; AdamW (Loshchilov & Hutter 2019)."""
    sides = [(trainee.questions, stage.of_questions), (trainee.passages, stage.of_passages)]
    groups: list[dict[str, Any]] = [
        {"params": side.weights(), "lr": rate, "full": rate} for side, rate in sides if rate
    ]
    optimizer = torch.optim.AdamW(groups, weight_decay=DECAY)
    every = [weight for group in groups for weight in group["params"]]
    steps = stage.rounds * ((len(made) + stage.batch - 1) // stage.batch)
    step = 0
    for done in range(stage.rounds):
        total = 0.0
        for batch in _batches(made, stage.batch, chance):
            for group in optimizer.param_groups:
                group["lr"] = group["full"] * min(1.0, (step + 1) / WARM_UP) * (1 - (1 - stage.left) * step / steps)
            questions = trainee.read_questions(batch)
            fresh = trainee.read_passages(_chosen(trainee, batch, questions, chance)) if stage.of_passages else {}
            scored = [trainee.scores(pair, read, fresh) for pair, read in zip(batch, questions, strict=True)]
            loss = torch.stack([_loss(pair, scores) for pair, scores in zip(batch, scored, strict=True)])
            optimizer.zero_grad()
            loss.mean().backward()
            torch.nn.utils.clip_grad_norm_(every, 1.0)
            optimizer.step()
            trainee.keep(fresh)
            step += 1
            total += float(loss.detach().sum())
        print(f"round {done + 1} of {stage.rounds}: loss {total / len(made):.3f}", file=sys.stderr, flush=True)


def between(before: Parts, after: Parts, share: float) -> Parts:
    """Changes that lie between two, a share of the way from the first to the second, as one change of both ranks.

    >>> one = {"a": (np.array([[1.0]]), np.array([[2.0]]))}
    >>> down, up = between(one, {"a": (np.array([[3.0]]), np.array([[4.0]]))}, 0.5)["a"]
    >>> (up @ down).tolist()  # 2 before, 12 after
    [[7.0]]
    """
    result = {}
    for name, (down, up) in after.items():
        first_down, first_up = before[name]
        if first_up.any():
            result[name] = np.concatenate([first_down, down]), np.concatenate([(1 - share) * first_up, share * up], 1)
        else:
            result[name] = down, share * up
    return result


def _batches(made: Sequence[Pair], size: int, chance: random.Random) -> Iterator[list[Pair]]:
    """All pairs in an order of chance, with some about the same document side by side."""
    about: dict[str, list[Pair]] = {}
    for pair in made:
        about.setdefault(pair.document, []).append(pair)
    parts = []
    for found in about.values():
        chance.shuffle(found)
        parts += [found[start : start + OF_ONE_DOCUMENT] for start in range(0, len(found), OF_ONE_DOCUMENT)]
    chance.shuffle(parts)
    order = [pair for part in parts for pair in part]
    for start in range(0, len(order), size):
        yield order[start : start + size]


def _chosen(trainee: Trainee, batch: Sequence[Pair], questions: Sequence[Read], chance: random.Random) -> list[Place]:
    """The passages that are read for a batch: the right ones, then the strongest wrong ones, each once."""
    wanted: list[list[Place]] = [[] for _ in range(RIGHT + WRONG)]
    for pair, (vector, tokens) in zip(batch, questions, strict=True):
        with torch.no_grad():
            scores = trainee.scores(pair, (vector.detach(), tokens.detach()), {})
        order = torch.argsort(scores, descending=True).tolist()
        wrong = [place for place in order if not pair.right[place]]
        late = wrong[WRONG - 1 : AMONG]
        taken = [*wrong[: WRONG - 1], *chance.sample(late, min(1, len(late)))]
        right = [place for place in range(len(pair.rows)) if pair.right[place]][:RIGHT]
        for turn, place in [*enumerate(right), *enumerate(taken, RIGHT)]:
            wanted[turn].append((pair.held, int(pair.rows[place])))
    places = {(id(held), row): (held, row) for turn in wanted for held, row in turn}
    return list(places.values())[:PASSAGES]


def _loss(pair: Pair, scores: torch.Tensor) -> torch.Tensor:
    """How unlikely the right ones are: -log of the sum of their shares."""
    sharp = SHARPNESS * scores
    return torch.logsumexp(sharp, 0) - torch.logsumexp(sharp[torch.tensor(pair.right)], 0)


if __name__ == "__main__":
    sys.exit(main())
