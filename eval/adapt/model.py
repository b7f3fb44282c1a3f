"""The encoder while it is trained: low-rank changes of its weights, and the score of a passage in one formula.

Low-rank adaptation (Hu et al. 2021, "LoRA"): a weight W of shape (outputs, inputs) stays as it is, and `up @ down` is
added to it, with `down` of shape (rank, inputs) and `up` of shape (outputs, rank), which begins at zero. Questions and
passages have changes of their own. It is computed in bfloat16, which is what planqa itself reads in.
"""

from __future__ import annotations

import copy
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from eval.adapt.pairs import Held, Pair
from index.encoder import SentenceTransformerEncoder, prompt_of
from index.search import DENSE_SPREAD, LATE_SPREAD
from index.space import Cone, Space
from index.types import Vectors

SCALE = 2.0
CHANGED = (
    "attention.self.query", "attention.self.value", "attention.output.dense", "intermediate.dense", "output.dense",
)  # fmt: skip
QUESTION_RANK, QUESTION_FROM = 8, 0
PASSAGE_RANK, PASSAGE_FROM = 16, 4
"""Rank of the changes, and the first layer that has some: of passages, the lower ones read words and stay."""
QUESTION_WINDOW, PASSAGE_WINDOW = 128, 512  # tokens that are read
_AT_ONCE = 16  # texts, of like length
_LEVELS = 127.0
_NEVER = -9.0  # below any cosine

Place = tuple[Held, int]
"""A passage: its home, and its row there."""
Read = tuple[Tensor, Tensor]
"""A text in the space: its vector, shape (d,) or (windows, d), and its tokens, shape (tokens, m)."""


class Changed(nn.Module):  # type: ignore[misc]
    """A linear module with a low-rank change of its weight."""

    def __init__(self, base: Any, rank: int) -> None:
        super().__init__()
        self.base = base
        self.down = nn.Parameter(torch.randn(rank, base.in_features) * 0.02)
        self.up = nn.Parameter(torch.zeros(base.out_features, rank))

    def forward(self, inputs: Tensor) -> Tensor:
        """What the module gives with the change in its weight: one large product costs less than three."""
        weight: Tensor = self.base.weight
        changed = weight + (SCALE * (self.up @ self.down)).to(weight.dtype)
        return nn.functional.linear(inputs, changed, self.base.bias)

    def parts(self) -> tuple[Vectors, Vectors]:
        """Down and up, with the scale in the latter."""
        return self.down.detach().numpy(), SCALE * self.up.detach().numpy()


class Side:
    """How one kind of text is read: its prompt, and layers with changes of their own over the same weights."""

    def __init__(self, model: Any, layers: Any, prompts: tuple[str, ...], rank: int, first: int, window: int) -> None:
        self.layers, self.window = layers, window
        self._tokenizer, self._prompt = model.tokenizer, prompt_of(model, prompts)
        one, other = (self._tokenizer(self._prompt + text)["input_ids"] for text in ("a", "0"))
        self.front = next(place for place, (a, b) in enumerate(zip(one, other, strict=False)) if a != b)
        self.changes: dict[str, Changed] = {}
        for number, layer in enumerate(layers.layer):
            for path in CHANGED if number >= first else ():
                parent, _, name = path.rpartition(".")
                holder = layer.get_submodule(parent)
                change = self.changes[f"layer.{number}.{path}"] = Changed(getattr(holder, name), rank)
                setattr(holder, name, change)

    def ids(self, text: str) -> list[int]:
        """The tokens of a text with its prompt."""
        found: list[int] = self._tokenizer(self._prompt + text, truncation=True, max_length=self.window)["input_ids"]
        return found

    def weights(self) -> list[nn.Parameter]:
        """What is trained."""
        return [part for change in self.changes.values() for part in (change.down, change.up)]

    def parts(self) -> dict[str, tuple[Vectors, Vectors]]:
        """What `index.adapter.pack` takes."""
        return {name: change.parts() for name, change in self.changes.items()}


class Trainee:
    """The encoder's transformer with the changes, and how it ranks the candidates of a question.

    Passages are compared as they were last read: those of a batch with gradients, the others as they were before.
    """

    def __init__(self, encoder: SentenceTransformerEncoder, space: Space) -> None:
        model: Any = encoder.load()
        self._transformer: Any = model[0].auto_model
        self._transformer.bfloat16()
        self._transformer.set_attn_implementation("eager")  # its gradients cost a tenth of those of the fused one
        self._transformer.train(False)
        for parameter in self._transformer.parameters():
            parameter.requires_grad = False
        own = self._transformer.encoder
        shared = {id(parameter): parameter for parameter in self._transformer.parameters()}
        other = copy.deepcopy(own, shared)
        self.questions = Side(model, own, ("query",), QUESTION_RANK, QUESTION_FROM, QUESTION_WINDOW)
        self.passages = Side(model, other, ("passage", "document"), PASSAGE_RANK, PASSAGE_FROM, PASSAGE_WINDOW)
        self._pad, self._special = model.tokenizer.pad_token_id, frozenset(model.tokenizer.all_special_ids)
        self._space, self._last = space, dict[tuple[int, int], Read]()

    def read_questions(self, batch: Sequence[Pair]) -> list[Read]:
        """The questions of a batch in the space."""
        states = self._states(self.questions, [pair.query.dense for pair in batch])
        return [
            self._in_space(self.questions, *state, self._space.texts.questions, self._space.tokens.questions, pair)
            for pair, state in zip(batch, states, strict=True)
        ]

    def read_passages(self, places: Iterable[Place]) -> dict[tuple[int, int], Read]:
        """Some passages in the space, by home and row; one of several windows stays as it was."""
        single = [(held, row) for held, row in places if len(held.windows[row]) == 1]
        states = self._states(self.passages, [held.windows[row][0] for held, row in single])
        fresh = {}
        for (held, row), state in zip(single, states, strict=True):
            vector, tokens = self._in_space(self.passages, *state, None, None, None)
            fresh[id(held), row] = vector[None, :], tokens
        return fresh

    def keep(self, fresh: Mapping[tuple[int, int], Read]) -> None:
        """Compare with these from now on, where they are not read again."""
        self._last.update(
            {place: (vector.detach(), tokens.detach().half()) for place, (vector, tokens) in fresh.items()}
        )

    def scores(self, pair: Pair, question: Read, fresh: Mapping[tuple[int, int], Read]) -> Tensor:
        """The fused scores of a question's candidates, as `index.search` works them out."""
        vector, tokens = question
        held = [self._held(pair.held, int(row), fresh) for row in pair.rows]
        cosine = _best(torch.cat([vectors for vectors, _ in held]) @ vector, [len(vectors) for vectors, _ in held])
        rarity = torch.tensor(pair.rarity[: len(tokens)])
        shares = rarity / rarity.sum() if float(rarity.sum()) > 0 else torch.full((len(tokens),), 1 / len(tokens))
        seen = pair.looked_at | pair.right
        compared = [own for (_, own), is_seen in zip(held, seen, strict=True) if is_seen]
        found = _best(torch.cat(compared).float() @ tokens.T, [len(own) for own in compared]) @ shares
        looked_at = torch.tensor(pair.looked_at[seen])
        least = found[looked_at].min() if bool(looked_at.any()) else found.min()
        late = least.expand(len(seen)).masked_scatter(torch.tensor(seen), found)
        weights = pair.query.weights
        return torch.tensor(pair.fixed) + weights.dense * cosine / DENSE_SPREAD + weights.late * late / LATE_SPREAD

    def _held(self, held: Held, row: int, fresh: Mapping[tuple[int, int], Read]) -> Read:
        place = id(held), row
        if place in fresh:
            return fresh[place]
        if place not in self._last:
            tokens, _ = held.indexes.late.passage(row)
            self._last[place] = torch.tensor(held.indexes.dense.windows(row)), torch.tensor(tokens).half() / _LEVELS
        vectors, own = self._last[place]
        return vectors, own.float()

    def _states(self, side: Side, texts: Sequence[str]) -> list[tuple[Tensor, list[int]]]:
        """The last layer's vector of each token, and the tokens, of each text."""
        read = [side.ids(text) for text in texts]
        order = sorted(range(len(read)), key=lambda place: len(read[place]))
        found: dict[int, tuple[Tensor, list[int]]] = {}
        own, self._transformer.encoder = self._transformer.encoder, side.layers
        for start in range(0, len(order), _AT_ONCE):
            places = order[start : start + _AT_ONCE]
            longest = len(read[places[-1]])
            ids = torch.tensor([read[place] + [self._pad] * (longest - len(read[place])) for place in places])
            mask = torch.tensor([[1] * len(read[place]) + [0] * (longest - len(read[place])) for place in places])
            states = self._transformer(input_ids=ids, attention_mask=mask).last_hidden_state.float()
            for place, state in zip(places, states, strict=True):
                found[place] = state[: len(read[place])], read[place]
        self._transformer.encoder = own
        return [found[place] for place in range(len(read))]

    def _in_space(
        self,
        side: Side,
        states: Tensor,
        ids: Sequence[int],
        of_texts: Mapping[str, Vectors] | None,
        of_tokens: Mapping[str, Vectors] | None,
        pair: Pair | None,
    ) -> Read:
        """What `Space.question` and `Space.passage` give, through which gradients pass."""
        texts, tokens = self._space.texts, self._space.tokens
        language = pair.query.language if pair else ""
        text_mean = of_texts[language] if of_texts else texts.mean
        token_mean = of_tokens[language] if of_tokens else tokens.mean
        vector = _without_shared(texts, _unit(states.mean(0)), text_mean)
        own = [place for place in range(side.front, len(ids)) if ids[place] not in self._special]
        turned = _without_shared(tokens, _unit(states[own]), token_mean) @ torch.tensor(self._space.axes)
        return vector, _unit(turned)


def _best(values: Tensor, lengths: Sequence[int]) -> Tensor:
    """The greatest of the rows that belong to each of the runs of such lengths, shape (runs, ...)."""
    number = torch.repeat_interleave(torch.arange(len(lengths)), torch.tensor(lengths))
    index = number.view(-1, *[1] * (values.dim() - 1)).expand_as(values)
    empty = torch.full((len(lengths), *values.shape[1:]), _NEVER, dtype=values.dtype)
    return empty.scatter_reduce(0, index, values, "amax")


def _unit(vectors: Tensor) -> Tensor:
    return vectors / (vectors.norm(dim=-1, keepdim=True) + 1e-9)


def _without_shared(cone: Cone, vectors: Tensor, mean: NDArray[Any]) -> Tensor:
    """What `Cone` takes away from vectors."""
    moved, shared = vectors - torch.tensor(mean), torch.tensor(cone.shared)
    return _unit(moved - (moved @ shared) @ shared.T)
