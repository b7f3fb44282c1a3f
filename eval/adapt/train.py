"""Trains what the bundled encoder knows of questions: `python -m eval.adapt.train [--plans FOLDER] [--output FILE]`.

Half an hour on 2 cores. FOLDER holds the other documents that questions are about (`data/train_other.jsonl`; province,
year and number of a document stand in the ids of its passages); without it, and for those that it does not hold, it is
trained on what there is, and says how much that is. Each question is held against its candidates in its home, and the
weights are moved so that the passage that answers it comes first (softmax over fused scores, cross-entropy). Without
--output the file that planqa reads is written; its SHA-256, which is printed, then belongs into `index/adapter.py`.
Homes are built with the encoder as it is without any change, in float32.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import random
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

import torch

from eval.adapt.model import Trainee
from eval.adapt.pairs import Pair, pairs
from eval.adapt.questions import other_questions, training_questions
from index import adapter
from index.encoder import DTYPE_SETTING, load_encoder
from qa import homes
from qa.engine import Engine

EPOCHS, BATCH, RATE, DECAY = 3, 8, 3e-4, 0.05
WARM_UP = 10
"""Steps over which the rate grows to RATE; from there it falls to 0 in a line."""
SHARPNESS = 14.0
"""What scores are multiplied by before the softmax: a lead of 0.1 makes a passage four times as likely."""
SEED = 20241119


def main() -> int:
    """Train and write the file."""
    parser = argparse.ArgumentParser(prog="python -m eval.adapt.train", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--plans", type=Path)
    parser.add_argument("--epochs", type=int, default=EPOCHS)
    parser.add_argument("--output", type=Path, default=Path(adapter.__file__).parent / adapter.FILE)
    given = parser.parse_args()
    os.environ[DTYPE_SETTING] = "float32"
    encoder = load_encoder("", adapted=False)
    with tempfile.TemporaryDirectory() as folder:
        home, others = Path(folder) / "home", Path(folder) / "others"
        engine = Engine(homes.ready(home, encoder), lambda: encoder, home)
        made = pairs(engine, encoder, training_questions())
        if given.plans:
            of_others = Engine(homes.ingest(others, [given.plans], encoder).generation, lambda: encoder, others)
            made += pairs(of_others, encoder, other_questions())
        print(f"{len(made)} of {len(training_questions()) + len(other_questions())} questions", file=sys.stderr)
        trainee = train(Trainee(encoder, engine.generation.indexes.space), made, given.epochs)
    content = adapter.pack({name: change.parts() for name, change in trainee.changes.items()})
    given.output.write_bytes(content)
    print(f"{given.output}: {len(content):,} bytes, SHA-256 {hashlib.sha256(content).hexdigest()}")
    return 0


def train(trainee: Trainee, made: Sequence[Pair], epochs: int) -> Trainee:
    """The trainee after so many rounds through all pairs; AdamW (Loshchilov & Hutter 2019)."""
    torch.manual_seed(SEED)
    order, shuffle = list(made), random.Random(SEED)
    weights = [part for change in trainee.changes.values() for part in (change.down, change.up)]
    optimizer = torch.optim.AdamW(weights, lr=RATE, weight_decay=DECAY)
    steps = epochs * ((len(order) + BATCH - 1) // BATCH)
    step = 0
    trainee.transformer.train()
    for epoch in range(epochs):
        shuffle.shuffle(order)
        total = 0.0
        for start in range(0, len(order), BATCH):
            batch = order[start : start + BATCH]
            for group in optimizer.param_groups:
                group["lr"] = RATE * min(1.0, (step + 1) / WARM_UP) * (1 - step / steps)
            loss = torch.stack([_loss(pair, scores) for pair, scores in zip(batch, trainee.scores(batch), strict=True)])
            optimizer.zero_grad()
            loss.mean().backward()
            torch.nn.utils.clip_grad_norm_(weights, 1.0)
            optimizer.step()
            step += 1
            total += float(loss.detach().sum())
        print(f"round {epoch + 1} of {epochs}: loss {total / len(order):.3f}", file=sys.stderr, flush=True)
    trainee.transformer.train(False)
    return trainee


def _loss(pair: Pair, scores: torch.Tensor) -> torch.Tensor:
    """How unlikely the right ones are: -log of the sum of their shares."""
    sharp = SHARPNESS * scores
    return torch.logsumexp(sharp, 0) - torch.logsumexp(sharp[torch.tensor(pair.right)], 0)


if __name__ == "__main__":
    sys.exit(main())
