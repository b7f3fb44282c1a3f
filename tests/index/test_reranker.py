"""The reranker over a tiny cross-encoder made here: it says yes the more, the more of a pair is the word "soc"."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from corpus.errors import ModelError
from index.reranker import CrossEncoderReranker, Reranker, load_reranker

ROOT = Path(__file__).parents[2]
COMMIT = "0123456789abcdef0123456789abcdef01234567"
WORDS = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "soc", "a", "b", "c", "##s"]
WINDOW = 16
TEXTS = ["a b c", "soc", "a soc", "b c a b c soc a b", "c as", ""] * 7
REMEDY = "; set PLANQA_RERANKER to another model, or to nothing to search without"


def make_tiny(folder: Path, labels: int = 1) -> Path:
    """Save a cross-encoder of 16 dimensions and one layer whose weights are set by hand.

    Dimensions 0 and 1 are +1 and -1 for "soc", 2 and 3 for every other word; 4 and 5 are +1 and -1 in the question, so
    that, lengths being made equal, "soc" counts for less there. Attention takes the average of dimension 0 over the
    pair, and the last label is 3 tanh of it; the other labels are 0.
    """
    import torch
    from tokenizers import Tokenizer, models, pre_tokenizers, processors
    from transformers import BertConfig, BertForSequenceClassification, PreTrainedTokenizerFast

    config = BertConfig(
        vocab_size=len(WORDS),
        hidden_size=16,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=16,
        max_position_embeddings=WINDOW,
        num_labels=labels,
    )
    model: Any = BertForSequenceClassification(config)
    layer = model.bert.encoder.layer[0]
    with torch.no_grad():
        for name, values in model.named_parameters():
            values.fill_(1.0 if name.endswith("LayerNorm.weight") else 0.0)
        words = model.bert.embeddings.word_embeddings.weight
        words[:, 2], words[:, 3] = 1, -1
        words[WORDS.index("soc"), :4] = torch.tensor([1.0, -1, 0, 0])
        model.bert.embeddings.token_type_embeddings.weight[0, 4:6] = torch.tensor([1.0, -1])
        layer.attention.self.value.weight[:2, :2] = torch.eye(2)
        layer.attention.output.dense.weight[:2, :2] = torch.eye(2)
        model.bert.pooler.dense.weight[0, 0] = 1
        model.classifier.weight[-1, 0] = 3
    model.save_pretrained(folder)

    splitter = Tokenizer(models.WordPiece({word: n for n, word in enumerate(WORDS)}, unk_token="[UNK]"))
    splitter.pre_tokenizer = pre_tokenizers.Whitespace()
    splitter.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]",
        pair="[CLS] $A [SEP] $B:1 [SEP]:1",
        special_tokens=[(word, WORDS.index(word)) for word in ("[CLS]", "[SEP]")],
    )
    options: dict[str, Any] = {f"{name}_token": f"[{name.upper()}]" for name in ("pad", "unk", "cls", "sep")}
    options["model_input_names"] = ["input_ids", "token_type_ids", "attention_mask"]  # the second: question or text
    PreTrainedTokenizerFast(tokenizer_object=splitter, **options).save_pretrained(folder)
    return folder


@pytest.fixture(scope="module")
def tiny_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_tiny(tmp_path_factory.mktemp("models") / "tiny")


@pytest.fixture(scope="module")
def tiny(tiny_folder: Path) -> CrossEncoderReranker:
    return load_reranker(str(tiny_folder))


def test_the_word_makes_the_score(tiny: CrossEncoderReranker) -> None:
    reranker: Reranker = tiny
    scores = reranker.scores("a", ["b c", "soc b", "soc soc", "b soc", "c b"])
    assert scores.dtype == np.float32 and scores.shape == (5,)
    none, one, both = scores[:3]
    assert none == 0.5  # the sigmoid of 0
    assert 0.5 < one < both < 1
    assert scores[3:] == pytest.approx([one, none], abs=1e-6)


def test_question_and_text_have_their_places(tiny: CrossEncoderReranker) -> None:
    in_text, in_question, in_neither = (
        tiny.scores(*pair)[0] for pair in [("a", ["soc"]), ("soc", ["a"]), ("a", ["a"])]
    )
    assert in_text > in_question > in_neither == 0.5


def test_scores_are_the_sigmoid_of_what_the_model_says(tiny: CrossEncoderReranker, tiny_folder: Path) -> None:
    import torch
    from transformers import AutoModelForSequenceClassification, AutoTokenizer

    tokenizer: Any = AutoTokenizer.from_pretrained(tiny_folder)
    model: Any = AutoModelForSequenceClassification.from_pretrained(tiny_folder)
    with torch.inference_mode():
        logits = model(**tokenizer("a soc", "b soc", return_tensors="pt")).logits
    assert logits.shape == (1, 1)
    assert tiny.scores("a soc", ["b soc"])[0] == pytest.approx(float(torch.sigmoid(logits)), abs=1e-6)


def test_a_score_is_the_same_alone_in_a_batch_and_in_any_order(tiny: CrossEncoderReranker) -> None:
    scores = tiny.scores("a soc", TEXTS)
    assert scores.shape == (42,) and scores.min() >= 0 and scores.max() <= 1
    assert np.array_equal(tiny.scores("a soc", TEXTS), scores)
    assert tiny.scores("a soc", TEXTS[::-1]) == pytest.approx(scores[::-1], abs=1e-5)
    alone = np.concatenate([tiny.scores("a soc", [text]) for text in TEXTS[:6]])
    assert alone == pytest.approx(scores[:6], abs=1e-5)


def test_two_labels_are_no_and_yes(tiny: CrossEncoderReranker, tmp_path: Path) -> None:
    two = load_reranker(str(make_tiny(tmp_path / "two", labels=2)))  # 0 for no: the same share of yes as with one label
    assert two.scores("a", ["b", "soc"]) == pytest.approx(tiny.scores("a", ["b", "soc"]), abs=1e-6)
    assert two.scores("a", ["soc"]) == pytest.approx(tiny.scores("a", ["soc"]), abs=1e-6)


@pytest.mark.parametrize("function", ["torch.nn.Identity", "torch.nn.Sigmoid", "foreign.Function"])
def test_the_scale_is_ours_whatever_the_model_asks_for(
    tiny: CrossEncoderReranker, tiny_folder: Path, tmp_path: Path, function: str
) -> None:
    shutil.copytree(tiny_folder, tmp_path / "tiny")
    path = tmp_path / "tiny" / "config.json"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("{", f'{{"sbert_ce_default_activation_function": "{function}",', 1), encoding="utf-8")
    other = load_reranker(str(tmp_path / "tiny"))
    assert np.array_equal(other.scores("a", ["soc", "b"]), tiny.scores("a", ["soc", "b"]))


def test_a_text_longer_than_the_window_is_cut(tiny: CrossEncoderReranker) -> None:
    # [CLS] a [SEP] and the last [SEP] leave 12 of 16 tokens for the text
    inside, last, outside = tiny.scores("a", ["soc " + "b " * 40, "b " * 11 + "soc", "b " * 12 + "soc"])
    assert inside == pytest.approx(last, abs=1e-6) and inside > outside == 0.5
    assert tiny.scores("a " * 40, ["soc"])[0] > 0.5  # of a question that is too long the end is cut, not the text


def test_no_texts_no_scores_and_no_model() -> None:
    scores = load_reranker("/none/at/all").scores("a", [])
    assert scores.shape == (0,) and scores.dtype == np.float32


def test_threads_may_share_a_reranker(tiny_folder: Path, tiny: CrossEncoderReranker) -> None:
    fresh = load_reranker(str(tiny_folder))  # loaded by whichever thread comes first
    expected = tiny.scores("a", TEXTS)
    with ThreadPoolExecutor(4) as pool:
        for scores in pool.map(lambda _: fresh.scores("a", TEXTS), range(8)):
            assert scores == pytest.approx(expected, abs=1e-6)


def test_the_name_tells_weights_apart(tiny: CrossEncoderReranker, tiny_folder: Path, tmp_path: Path) -> None:
    assert tiny.name.startswith("tiny@") and len(tiny.name) == len("tiny@") + 12
    shutil.copytree(tiny_folder, tmp_path / "tiny")
    assert load_reranker(str(tmp_path / "tiny")).name == tiny.name
    assert load_reranker(str(make_tiny(tmp_path / "other" / "tiny", labels=2))).name != tiny.name


def test_a_folder_makes_no_connection_no_noise_and_no_early_imports(tiny_folder: Path) -> None:
    code = f"""
import socket, sys
def refuse(*arguments, **options):
    print("network:", arguments)
    raise OSError("no network")
socket.getaddrinfo = socket.socket.connect = refuse
from index.reranker import load_reranker
reranker = load_reranker({str(tiny_folder)!r})
assert reranker.name.startswith("tiny@") and reranker.scores("a", []).shape == (0,)
assert not {{"torch", "sentence_transformers", "transformers", "tokenizers", "huggingface_hub"}} & set(sys.modules)
assert reranker.scores("a", ["soc", "b " * 40]).shape == (2,)
"""
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=300)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


@pytest.mark.parametrize("model", ["./none", "/none/at/all", "~/none", "a/b/c", "C:\\models\\reranker"])
def test_a_path_that_leads_nowhere(model: str) -> None:
    with pytest.raises(ModelError) as caught:
        load_reranker(model).scores("a", ["b"])
    assert str(caught.value) == f"{model}: expected the folder or hub name of a cross-encoder{REMEDY}"


def test_nothing_is_no_reranker() -> None:
    with pytest.raises(ModelError, match="PLANQA_RERANKER: expected the folder or hub name of a cross-encoder; set"):
        _ = load_reranker("").name


def test_a_folder_without_a_model(tmp_path: Path) -> None:
    with pytest.raises(ModelError) as caught:
        _ = load_reranker(str(tmp_path)).name
    assert str(caught.value).endswith(f": expected the folder or hub name of a cross-encoder{REMEDY}")


def _garble(file: str) -> Callable[[Path], object]:
    return lambda folder: (folder / file).write_text("{ not what it\nshould be", encoding="utf-8")


def _without_padding(folder: Path) -> None:
    for path in folder.glob("*.json"):
        path.write_text(path.read_text(encoding="utf-8").replace('"pad_token"', '"no_token"'), encoding="utf-8")


@pytest.mark.parametrize("breaks", [_garble("config.json"), _garble("model.safetensors"), _without_padding])
def test_a_broken_folder_is_one_line(tiny_folder: Path, tmp_path: Path, breaks: Callable[[Path], object]) -> None:
    shutil.copytree(tiny_folder, tmp_path / "broken")
    breaks(tmp_path / "broken")
    with pytest.raises(ModelError) as caught:
        load_reranker(str(tmp_path / "broken")).load()
    message = str(caught.value)
    assert "broken: expected the folder or hub name of a cross-encoder (" in message and "\n" not in message
    assert message.endswith(REMEDY)


def test_an_encoder_is_no_cross_encoder(tiny_folder: Path, tmp_path: Path) -> None:
    from transformers import BertModel

    shutil.copytree(tiny_folder, tmp_path / "bare")
    encoder: Any = BertModel.from_pretrained(tiny_folder)
    encoder.save_pretrained(tmp_path / "bare")
    with pytest.raises(ModelError, match=r"bare: expected the .* of a cross-encoder, which BertModel is not; set"):
        load_reranker(str(tmp_path / "bare")).scores("a", ["b"])


def test_three_labels_are_refused(tmp_path: Path) -> None:
    reranker = load_reranker(str(make_tiny(tmp_path / "three", labels=3)))
    with pytest.raises(ModelError, match="three: expected a cross-encoder of one label, or of two, not 3; set"):
        reranker.scores("a", ["b"])


def test_a_model_may_not_bring_code(tiny_folder: Path, tmp_path: Path) -> None:
    shutil.copytree(tiny_folder, tmp_path / "foreign")
    path = tmp_path / "foreign" / "config.json"
    own = '"auto_map": {"AutoConfig": "foreign.Foreign", "AutoModelForSequenceClassification": "foreign.Foreign"},'
    text = path.read_text(encoding="utf-8").replace('"model_type": "bert"', '"model_type": "foreign"')
    path.write_text(text.replace("{", "{" + own, 1), encoding="utf-8")
    (tmp_path / "foreign" / "foreign.py").write_text("raise SystemExit('ran')", encoding="utf-8")
    with pytest.raises(ModelError, match="foreign: expected the folder or hub name of a cross-encoder"):
        load_reranker(str(tmp_path / "foreign")).load()


def test_a_hub_name_is_loaded_from_the_hubs_cache(
    tiny: CrossEncoderReranker, tiny_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SENTENCE_TRANSFORMERS_HOME", str(tmp_path))
    monkeypatch.setenv("HF_ENDPOINT", "http://127.0.0.1:9")
    monkeypatch.setattr("socket.getaddrinfo", _no_network)
    repository = tmp_path / "models--cross-encoder--tiny"
    shutil.copytree(tiny_folder, repository / "snapshots" / COMMIT)
    (repository / "refs").mkdir()
    (repository / "refs" / "main").write_text(COMMIT, encoding="ascii")
    reranker = load_reranker("tiny")
    assert reranker.name == "cross-encoder/tiny@0123456789ab"
    assert np.array_equal(reranker.scores("a", ["soc", "b"]), tiny.scores("a", ["soc", "b"]))


@pytest.mark.parametrize(("model", "asked"), [("org/none", "org/none"), ("none", "cross-encoder/none")])
def test_a_hub_name_that_cannot_be_fetched(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, model: str, asked: str
) -> None:
    monkeypatch.setenv("SENTENCE_TRANSFORMERS_HOME", str(tmp_path))
    monkeypatch.setattr("socket.getaddrinfo", _no_network)
    with pytest.raises(
        ModelError, match=rf"^{asked}: expected the folder or hub name of a cross-encoder \(\w+.*\); set"
    ):
        load_reranker(model).scores("a", ["b"])


def _no_network(*_: object, **__: object) -> None:
    raise OSError("no network")


def test_a_missing_library_names_the_command(tiny_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "sentence_transformers", None)
    with pytest.raises(ModelError, match=r"sentence_transformers: expected an installed package .*; run: make install"):
        load_reranker(str(tiny_folder)).load()
