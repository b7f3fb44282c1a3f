"""A home whose vectors are in Milvus: built, grown, moved, damaged, pruned as one whose vectors are in its files."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from fakes import HashEncoder
from making import build, few_samples, numbers, plan
from milvus_files import database, hurried
from typer.testing import CliRunner

from corpus.errors import HomeError
from index import build as building
from index.build import write_home
from index.generation import Generation
from index.home import open_home
from index.milvus import Cluster
from index.remote import remote
from index.search import search
from index.types import Query, Weights
from index.verify import verify_home
from qa import homes

pytestmark = pytest.mark.usefixtures(few_samples.__name__, hurried.__name__)
__all__ = ["database"]
SECRET = "root:never-to-be-seen"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    """Three plans in files."""
    named = [tmp_path / f"{number}.txt" for number in (7, 8, 9)]
    for number, file in enumerate(named, 7):
        file.write_bytes(plan(number, f"Có {number * 3} chợ phiên mở vào ngày {number} hằng tháng."))
    return named


def ingest(home: Path, paths: list[Path], encoder: HashEncoder | None = None, index: str = "") -> Generation:
    done = homes.ingest(home, paths, encoder or HashEncoder(), index=index)
    assert done.left_out == ()
    return done.generation


def collections(database: str) -> list[str]:
    return [name.rpartition("_")[2] for name in Cluster(database).names("planqa_")]


def test_a_home_in_milvus_finds_what_one_in_faiss_finds(
    home: Path, tmp_path: Path, files: list[Path], database: str
) -> None:
    there = ingest(home, files, index=str(remote(database)))
    here = ingest(tmp_path / "faiss", files)
    assert (there.about.choice, there.about.index) == (f"milvus:auto:{database}", f"milvus:flat:{database}")
    assert there.about.recall_at_10 == 1 and there.dense.shape == here.dense.shape == (there.about.passages, 16)
    opened, encoder = open_home(home, to_search=True), HashEncoder()
    assert numbers(opened) == numbers(here) == ["7/KH-UBND", "8/KH-UBND", "9/KH-UBND"]
    query = Query("chợ phiên mở vào ngày 8", "chợ phiên", Weights(dense=1, late=0.5, lexical=0.5))
    for allowed in (None, np.arange(len(opened.passages)) % 2 == 0):
        found, wanted = (search(query, encoder, which.indexes, allowed, 5) for which in (opened, here))
        assert [hit.row for hit in found] == [hit.row for hit in wanted]
        assert [hit.score for hit in found] == pytest.approx([hit.score for hit in wanted], abs=1e-6)


def test_adding_a_document_encodes_only_that_and_the_store_is_remembered(
    home: Path, files: list[Path], database: str
) -> None:
    encoder = HashEncoder()
    first = ingest(home, files[:2], encoder, str(remote(database, "hnsw")))
    before = len(encoder.encoded)
    second = ingest(home, files, encoder)
    assert second.about.index == f"milvus:hnsw:{database}"
    assert 0 < len(encoder.encoded) - before < before
    assert sorted(collections(database)) == sorted([first.folder.name, second.folder.name])
    assert open_home(home, to_search=True).dense.shape == (second.about.passages, 16)


def test_moving_between_stores_encodes_nothing(home: Path, files: list[Path], database: str) -> None:
    encoder = HashEncoder()
    here = ingest(home, files, encoder)
    encoder.encoded.clear()
    there = ingest(home, [], encoder, str(remote(database)))
    assert encoder.encoded == [] and collections(database) == [there.folder.name]
    Cluster(database).drop(f"planqa_{json.loads((home / '.milvus').read_text())['id']}_{there.folder.name}")
    back = ingest(home, [], encoder, "auto")  # without the collection: the vectors are here
    assert encoder.encoded == [] and back.about.index == here.about.index and back.folder == here.folder
    for row in range(len(back.passages)):
        np.testing.assert_array_equal(back.dense.windows(row), there.vectors.windows(row))


def test_collections_go_with_their_generations(home: Path, files: list[Path], database: str) -> None:
    first = ingest(home, files[:1], index=str(remote(database)))
    reader = open_home(home)
    second = ingest(home, files[:2])
    third = ingest(home, files)
    assert sorted(collections(database)) == sorted(g.folder.name for g in (first, second, third))  # one is being read
    name = first.folder.name
    del first, reader
    ingest(home, files[1:2])
    assert name not in collections(database)
    assert sorted(collections(database)) == sorted(f.name for f in (home / "generations").iterdir() if f.name.isalnum())
    del second, third  # they are held, too
    ingest(home, files[:1], index="flat")
    assert len(collections(database)) == 1  # of the generation that stands in when the new one is damaged
    homes.remove(home, open_home(home).documents[0].id, HashEncoder())
    assert collections(database) == []


def test_two_homes_share_a_milvus(home: Path, tmp_path: Path, files: list[Path], database: str) -> None:
    choice = str(remote(database))
    for place in (home, tmp_path / "other"):
        ingest(place, files[:1], index=choice)
    assert len(collections(database)) == 2 and len(set(collections(database))) == 1
    for paths in (files[:2], files, files[1:]):
        ingest(tmp_path / "other", paths)
    assert open_home(home, to_search=True).degraded == "" and len(collections(database)) == 3


def test_a_copy_that_is_written_to_leaves_the_original_alone(
    home: Path, tmp_path: Path, files: list[Path], database: str
) -> None:
    ingest(home, files[:1], index=str(remote(database)))
    shutil.copytree(home, tmp_path / "copy")
    assert open_home(tmp_path / "copy", to_search=True).degraded == ""
    for paths in (files[:2], files, files[1:]):
        ingest(tmp_path / "copy", paths)
    assert open_home(home, to_search=True).degraded == ""


def test_a_lost_collection_is_told_the_one_before_served_and_ingest_fills_it_again(
    home: Path, files: list[Path], database: str
) -> None:
    encoder = HashEncoder()
    ingest(home, files[:1], encoder, str(remote(database)))
    current = ingest(home, files, encoder)
    cluster = Cluster(database)
    cluster.drop(next(name for name in cluster.names("planqa_") if name.endswith(current.folder.name)))
    served = open_home(home, to_search=True)
    assert numbers(served) == ["7/KH-UBND"] and "\n" not in served.degraded
    assert "the corpus built last is damaged (the collection planqa_" in served.degraded
    assert "is missing), another one is served; run `planqa ingest --home" in served.degraded
    assert numbers(open_home(home)) == ["7/KH-UBND", "8/KH-UBND", "9/KH-UBND"]  # to list documents is no search
    with pytest.raises(HomeError, match=r"milvus.json: the home is damaged .the collection planqa_.* is missing."):
        _ = open_home(home).dense
    assert "the corpus built last is damaged (the collection" in verify_home(home)[0]
    encoder.encoded.clear()
    ingest(home, [], encoder)
    assert encoder.encoded == [] and open_home(home, to_search=True).degraded == "" and verify_home(home) == ()


def test_a_failing_milvus_leaves_the_old_corpus(
    home: Path, files: list[Path], database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = ingest(home, files[:1], index=str(remote(database)))

    def full(self: Cluster, name: str, rows: object) -> None:
        raise HomeError(self.uri, "Milvus says: quota exceeded", "see the log of that Milvus")

    with monkeypatch.context() as broken:
        broken.setattr(Cluster, "insert", full)
        with pytest.raises(HomeError, match="quota exceeded"):
            ingest(home, files)
    assert open_home(home, to_search=True).folder == old.folder and collections(database) == [old.folder.name]
    encoder = HashEncoder()
    ingest(home, files, encoder)
    assert encoder.encoded == []  # what was encoded before the failure was kept


@pytest.mark.skipif(os.environ.get("PLANQA_SOAK") != "1", reason="a process of its own is killed: PLANQA_SOAK=1")
def test_what_a_killed_build_left_is_filled_again_or_dropped(home: Path, files: list[Path], database: str) -> None:
    choice = str(remote(database))
    code = f"""
import os, sys
sys.path[:0] = {[str(Path(__file__).parent), str(Path(building.__file__).parents[1])]!r}
from making import SAMPLES, building
from fakes import HashEncoder
from index.milvus import Cluster
from qa import homes
from pathlib import Path
building.default_samples = lambda: SAMPLES
Cluster.finish = lambda *_: os._exit(9)
homes.ingest(Path({str(home)!r}), [Path({str(files[0])!r})], HashEncoder(), index={choice!r})
"""
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, timeout=120).returncode == 9
    left = collections(database)
    assert len(left) == 1
    with pytest.raises(HomeError, match="not a planqa home"):
        open_home(home)
    ingest(home, files[1:], index=choice)  # another corpus than the killed one
    assert left[0] not in collections(database) and len(collections(database)) == 1


def test_the_token_is_nowhere(
    home: Path, files: list[Path], database: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setenv("PLANQA_MILVUS_TOKEN", SECRET)
    with caplog.at_level("DEBUG"):
        ingest(home, files, index=str(remote(database)))
        open_home(home, to_search=True)
    written = b"".join(path.read_bytes() for path in home.rglob("*") if path.is_file())
    assert b"never-to-be-seen" not in written and database.encode() in written
    assert "never-to-be-seen" not in caplog.text


def test_an_unreachable_milvus_is_told_and_lists_still_work(home: Path, files: list[Path], database: str) -> None:
    generation = ingest(home, files, index=str(remote(database)))
    about = generation.folder / "milvus.json"
    gone = about.read_text(encoding="utf-8").replace(database, "http://127.0.0.1:9")
    about.write_text(gone, encoding="utf-8")
    reseal(generation.folder)
    assert numbers(open_home(home)) == ["7/KH-UBND", "8/KH-UBND", "9/KH-UBND"]
    with pytest.raises(HomeError, match=r"http://127.0.0.1:9: no Milvus answers there; start it"):
        open_home(home, to_search=True)


def reseal(folder: Path) -> None:
    """As if the files had been written as they are now."""
    import hashlib

    manifest = folder / "planqa-manifest.json"
    known = json.loads(manifest.read_text(encoding="utf-8"))
    for name, sealed in known["files"].items():
        data = (folder / name).read_bytes()
        sealed.update(bytes=len(data), sha256=hashlib.sha256(data).hexdigest())
    manifest.write_text(json.dumps(known, indent=2) + "\n", encoding="utf-8")


def test_the_commands_take_and_remember_the_store(
    home: Path, files: list[Path], database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from qa import cli, options

    for module in (cli, options):
        monkeypatch.setattr(module, "load_encoder", HashEncoder)
    monkeypatch.delenv("PLANQA_MILVUS_URI", raising=False)

    def run(*arguments: str) -> str:
        result = CliRunner().invoke(cli.app, [*arguments, "--home", str(home)])
        if isinstance(result.exception, HomeError):
            return str(result.exception)
        assert result.exit_code == 0, result.output
        return result.output

    named = [str(file) for file in files[:2]]
    assert "--store milvus: an address of Milvus is missing" in run("ingest", *named, "--store", "milvus")
    assert "weaviate: faiss or milvus was expected; mend --store" in run("ingest", *named, "--store", "weaviate")
    assert "2 documents" in run("ingest", *named, "--store", "milvus", "--milvus-uri", database)
    assert "8/KH-UBND" in run("search", "chợ phiên mở vào ngày 8", "--json")
    run("ingest", str(files[2]))
    assert open_home(home).about.choice == f"milvus:auto:{database}"
    run("ingest", "--index", "hnsw")
    assert open_home(home).about.index == f"milvus:hnsw:{database}"
    run("ingest", "--store", "faiss")
    assert open_home(home).about.choice == "auto"
    monkeypatch.setenv("PLANQA_MILVUS_URI", database)
    run("ingest")
    assert open_home(home).about.choice == "auto"  # the address alone moves nothing
    run("ingest", "--store", "milvus")
    assert open_home(home).about.choice == f"milvus:auto:{database}"


def test_pymilvus_is_imported_only_by_homes_that_use_it(home: Path, files: list[Path]) -> None:
    ingest(home, files[:1])
    code = f"""
import sys
sys.path[:0] = {[str(Path(__file__).parent), str(Path(building.__file__).parents[1])]!r}
from pathlib import Path
from fakes import HashEncoder
from index.home import open_home
from index.verify import verify_home
from qa import cli, homes, options
home = Path({str(home)!r})
open_home(home, to_search=True).indexes, verify_home(home)
homes.ingest(home, [], HashEncoder())
print([name for name in ("pymilvus", "milvus_lite", "grpc", "pandas") if name in sys.modules])
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=120)
    assert done.stdout.strip() == "[]", done.stderr
    assert not (home / ".milvus").exists() and os.environ.get("PLANQA_MILVUS_TOKEN") is None


def test_a_generation_is_written_without_a_choice_of_its_own(home: Path, database: str) -> None:
    build(home, HashEncoder(), plan(7))
    about = open_home(home).about
    assert about.choice == "auto" and not (open_home(home).folder / "milvus.json").exists()
    with pytest.raises(HomeError, match="an index of"):
        write_home(home, (), (), HashEncoder(), index="milvus")
