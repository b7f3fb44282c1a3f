"""The encoder while it is trained: low-rank changes beside its weights, and the score of a passage in one formula.

Low-rank adaptation (Hu et al. 2021, "LoRA"): a weight W of shape (outputs, inputs) stays as it is, and `up @ down` is
added to what it gives, with `down` of shape (rank, inputs) and `up` of shape (outputs, rank), which begins at zero.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from eval.adapt.pairs import Pair
from index.encoder import SentenceTransformerEncoder, prompt_of
from index.search import DENSE_SPREAD, LATE_SPREAD
from index.space import Cone, Space
from index.types import Vectors

RANK, SCALE, DROPOUT = 8, 2.0, 0.1
CHANGED = (
    "attention.self.query", "attention.self.value", "attention.output.dense", "intermediate.dense", "output.dense",
)  # fmt: skip
WINDOW = 128  # tokens of a question that are read
_LEVELS = 127.0
_NEVER = -9.0  # below any cosine


class Changed(nn.Module):  # type: ignore[misc]
    """A linear module with a low-rank change beside it."""

    def __init__(self, base: Any) -> None:
        super().__init__()
        self.base = base
        self.down = nn.Parameter(torch.randn(RANK, base.in_features) * 0.02)
        self.up = nn.Parameter(torch.zeros(base.out_features, RANK))
        self.dropout = nn.Dropout(DROPOUT)

    def forward(self, inputs: Tensor) -> Tensor:
        """What the module gives, and its change."""
        change: Tensor = self.dropout(inputs) @ self.down.T @ self.up.T
        return self.base(inputs) + SCALE * change

    def parts(self) -> tuple[Vectors, Vectors]:
        """Down and up, with the scale in the latter."""
        return self.down.detach().numpy(), SCALE * self.up.detach().numpy()


class Trainee:
    """The encoder's transformer with the changes, and how it ranks the candidates of a question."""

    def __init__(self, encoder: SentenceTransformerEncoder, space: Space) -> None:
        model: Any = encoder.load()
        self.transformer: Any = model[0].auto_model
        self._tokenizer, self._space = model.tokenizer, space
        self._prompt = prompt_of(model, ("query",))
        self._special = frozenset(model.tokenizer.all_special_ids)
        one, other = (self._tokenizer(self._prompt + text)["input_ids"] for text in ("a", "0"))
        self._front = next(place for place, (a, b) in enumerate(zip(one, other, strict=False)) if a != b)
        for parameter in self.transformer.parameters():
            parameter.requires_grad = False
        self.changes = dict(self._changed())

    def _changed(self) -> list[tuple[str, Changed]]:
        found = []
        for number, layer in enumerate(self.transformer.encoder.layer):
            for path in CHANGED:
                parent, _, name = path.rpartition(".")
                holder = layer.get_submodule(parent)
                change = Changed(getattr(holder, name))
                setattr(holder, name, change)
                found.append((f"layer.{number}.{path}", change))
        return found

    def scores(self, batch: Sequence[Pair]) -> list[Tensor]:
        """The fused scores of each question's candidates, as `index.search` works them out."""
        read = [
            self._tokenizer(self._prompt + pair.query.dense, truncation=True, max_length=WINDOW)["input_ids"]
            for pair in batch
        ]
        longest = max(map(len, read))
        ids = torch.tensor([found + [self._tokenizer.pad_token_id] * (longest - len(found)) for found in read])
        mask = torch.tensor([[1] * len(found) + [0] * (longest - len(found)) for found in read])
        states = self.transformer(input_ids=ids, attention_mask=mask).last_hidden_state
        return [self._score(pair, found, state) for pair, found, state in zip(batch, read, states, strict=True)]

    def _score(self, pair: Pair, ids: Sequence[int], states: Tensor) -> Tensor:
        language = pair.query.language
        vector = _unit(states[: len(ids)].mean(0, keepdim=True))
        question = _without_shared(self._space.texts, vector, language)[0]
        own = [place for place in range(self._front, len(ids)) if ids[place] not in self._special]
        tokens = _without_shared(self._space.tokens, _unit(states[own]), language) @ torch.tensor(self._space.axes)
        windows = [pair.indexes.dense.windows(int(row)) for row in pair.rows]
        cosine = _best(torch.tensor(np.concatenate(windows)) @ question, windows)
        rarity = torch.tensor(pair.rarity[: len(own)])
        shares = rarity / rarity.sum() if float(rarity.sum()) > 0 else torch.full((len(own),), 1 / len(own))
        seen = pair.looked_at | pair.right
        held = [pair.indexes.late.passage(int(row))[0] for row in pair.rows[seen]]
        found = _best(torch.tensor(np.concatenate(held)).float() @ (_unit(tokens) / _LEVELS).T, held) @ shares
        looked_at = torch.tensor(pair.looked_at[seen])
        least = found[looked_at].min() if bool(looked_at.any()) else found.min()
        late = least.expand(len(seen)).masked_scatter(torch.tensor(seen), found)
        weights = pair.query.weights
        return torch.tensor(pair.fixed) + weights.dense * cosine / DENSE_SPREAD + weights.late * late / LATE_SPREAD


def _best(values: Tensor, runs: Sequence[NDArray[Any]]) -> Tensor:
    """The greatest of the rows that belong to each of the runs, shape (runs, ...)."""
    number = torch.repeat_interleave(torch.arange(len(runs)), torch.tensor([len(run) for run in runs]))
    index = number.view(-1, *[1] * (values.dim() - 1)).expand_as(values)
    empty = torch.full((len(runs), *values.shape[1:]), _NEVER, dtype=values.dtype)
    return empty.scatter_reduce(0, index, values, "amax")


def _unit(vectors: Tensor) -> Tensor:
    return vectors / (vectors.norm(dim=-1, keepdim=True) + 1e-9)


def _without_shared(cone: Cone, vectors: Tensor, language: str) -> Tensor:
    """`Cone.of_question`, through which gradients pass."""
    moved = vectors - torch.tensor(cone.questions[language])
    shared = torch.tensor(cone.shared)
    return _unit(moved - (moved @ shared) @ shared.T)
