"""Vectors in one collection of a Milvus: the nearest as FAISS finds them, filters, what is refused, and how."""

from __future__ import annotations

import sys
from concurrent import futures
from pathlib import Path
from socket import socket
from time import monotonic

import numpy as np
import pytest
from milvus_files import database, hurried, some_labels, some_vectors

from corpus.errors import HomeError
from index import milvus, milvus_fill
from index.milvus import Cluster
from index.milvus_fill import write
from index.milvus_store import MilvusIndex, Record, damage, open_store, verify
from index.remote import fitting, home_id, remote, remote_of
from index.space import unit
from index.types import Vectors
from index.vectors import FlatIndex

COLLECTION = "planqa_test_1"
PASSAGES = 900
pytestmark = pytest.mark.usefixtures(hurried.__name__)
__all__ = ["database"]


def counts() -> np.ndarray:
    """Passages of one, two and three windows."""
    return np.arange(PASSAGES) % 3 + 1


def filled(folder: Path, uri: str, index: str = "auto") -> tuple[MilvusIndex, FlatIndex, Vectors]:
    folder.mkdir(exist_ok=True)
    starts = np.cumsum(counts()) - counts()
    vectors = some_vectors(int(counts().sum()))
    store = write(folder, vectors, starts, some_labels(PASSAGES), remote(uri, index), COLLECTION)
    return store, FlatIndex.build(vectors, starts), vectors


@pytest.mark.parametrize("index", ["flat", "hnsw", "ivf"])
def test_the_nearest_are_those_of_faiss(tmp_path: Path, database: str, index: str) -> None:
    store, flat, vectors = filled(tmp_path / "g", database, index)
    assert store.shape == flat.shape == (PASSAGES, 16)
    rows, kinds = np.arange(PASSAGES), np.array([label.kind for label in some_labels(PASSAGES)])
    masks = [None, rows >= 300, kinds == "task", (kinds == "task") & (rows < 890), rows % 7 != 0, rows % 100 == 0]
    for allowed in masks:
        shares = []
        for question in unit(vectors[::130] + 0.05):
            found, cosines = store.nearest(question, 10, allowed)
            wanted, _ = flat.nearest(question, 10, allowed)
            shares.append(np.isin(found, wanted).mean())
            np.testing.assert_allclose(cosines, flat.cosines(question, found), atol=1e-6)
            assert len(found) == len(wanted) and (np.diff(cosines) <= 0).all()
            assert allowed is None or allowed[found].all()
        assert np.mean(shares) == 1 if index == "flat" else np.mean(shares) >= 0.97


def test_filters_reach_milvus(tmp_path: Path, database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    store, _, vectors = filled(tmp_path / "g", database)
    asked: list[tuple[str, int]] = []
    search = Cluster.search

    def recorded(self: Cluster, name: str, question: Vectors, count: int, expression: str, *rest: object) -> object:
        asked.append((expression, count))
        return search(self, name, question, count, expression, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(Cluster, "search", recorded)
    rows = np.arange(PASSAGES)
    store.nearest(vectors[0], 10)
    store.nearest(vectors[0], 10, rows < 600)
    store.nearest(vectors[0], 5, rows % 3 != 0)
    store.nearest(vectors[0], 5, rows < 500)  # fewer than are compared here
    assert asked[:3] == [("", 20), ("window < 1200", 20), ('kind in ["task"]', 10)]
    assert {expression for expression, _ in asked[3:]} <= {"", "window < 1200", 'kind in ["task"]'}


def test_more_is_asked_for_until_there_are_enough_passages(tmp_path: Path, database: str) -> None:
    vectors = np.tile(some_vectors(1), (1400, 1))  # one passage of 700 equal windows, and 700 others that lie apart
    vectors[700:] = some_vectors(700)
    starts = np.concatenate([[0], np.arange(700, 1400)])
    (tmp_path / "g").mkdir()
    store = write(tmp_path / "g", vectors, starts, some_labels(701), remote(database), COLLECTION)
    found, cosines = store.nearest(vectors[0], 600)
    wanted, _ = FlatIndex.build(vectors, starts).nearest(vectors[0], 600)
    np.testing.assert_array_equal(np.sort(found), np.sort(wanted))
    assert found[0] in (0, 1) and cosines[0] == pytest.approx(1)


def test_all_that_are_allowed_come_when_they_are_few(tmp_path: Path, database: str) -> None:
    store, flat, vectors = filled(tmp_path / "g", database, "ivf")
    allowed = np.arange(PASSAGES) % 90 == 0
    found, _ = store.nearest(-vectors[0], 50, allowed)
    assert sorted(found.tolist()) == np.flatnonzero(allowed).tolist()
    everything, _ = store.nearest(vectors[0], PASSAGES)
    np.testing.assert_array_equal(everything, flat.nearest(vectors[0], PASSAGES)[0])
    assert store.nearest(vectors[0], 10, np.zeros(PASSAGES, bool))[0].size == 0


def test_what_lies_in_milvus_can_be_read_and_filtered_there(tmp_path: Path, database: str) -> None:
    store, flat, vectors = filled(tmp_path / "g", database)
    found = store.cluster._client.query(
        COLLECTION,
        filter='province == "B" and kind == "target" and row < 460',
        output_fields=["window", "row", "document", "year"],
    )
    assert [(r["window"], r["row"], r["document"], r["year"]) for r in found] == [
        (900, 450, "doc-045", "2024"),
        (906, 453, "doc-045", "2024"),
        (912, 456, "doc-045", "2024"),
        (918, 459, "doc-045", "2024"),
    ]
    np.testing.assert_array_equal(store.windows(455), vectors[909:912])
    assert store.windows(455).shape == (3, 16)
    np.testing.assert_array_equal(store.windows(455), flat.windows(455))


def test_a_filled_collection_is_taken_as_it_is(tmp_path: Path, database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    filled(tmp_path / "g", database)
    monkeypatch.setattr(Cluster, "insert", lambda *_: pytest.fail("filled again"))
    filled(tmp_path / "g", database)
    assert open_store(tmp_path / "g").shape == (PASSAGES, 16)


def spoilt(cluster: Cluster, record: Record, how: str) -> None:
    client, name = cluster._client, record.collection
    if how == "missing":
        client.drop_collection(name)
    elif how == "fewer":
        client.delete(name, ids=[5])
    elif how == "dimension":
        cluster.create(name, 8, record.fingerprint)
    elif how == "fingerprint":
        cluster.create(name, record.dimension, "other")
    elif how == "incomplete":
        cluster.create(name, record.dimension, record.fingerprint)
    else:
        row = client.query(name, ids=[0], output_fields=["*"])[0]
        client.upsert(name, [{**row, "vector": [1.0] + [0.0] * 15}])


@pytest.mark.parametrize(
    ("how", "said"),
    [
        ("missing", r"the collection planqa_test_1 at .*vectors\.db is missing"),
        ("fewer", "holds 1799 vectors, 1800 were written"),
        ("dimension", "has 8 dimensions, 16 were written"),
        ("fingerprint", "holds vectors of another corpus or encoder"),
        ("incomplete", "is incomplete"),
        ("vector", "has another vector 0 than was written"),
    ],
)
def test_another_collection_than_was_filled_is_refused_and_filled_again(
    tmp_path: Path, database: str, how: str, said: str
) -> None:
    store, _, _ = filled(tmp_path / "g", database)
    spoilt(store.cluster, store.record, how)
    with pytest.raises(ValueError, match=said) as caught:
        open_store(tmp_path / "g")
    assert damage(tmp_path / "g") == str(caught.value) and "\n" not in str(caught.value)
    filled(tmp_path / "g", database)
    assert damage(tmp_path / "g") == "" == verify(tmp_path / "g")


def test_verify_compares_every_vector(tmp_path: Path, database: str) -> None:
    store, _, _ = filled(tmp_path / "g", database)
    row = store.cluster._client.query(COLLECTION, ids=[7], output_fields=["*"])[0]
    store.cluster._client.upsert(COLLECTION, [{**row, "vector": [1.0] + [0.0] * 15}])
    assert damage(tmp_path / "g") == ""  # not among those that opening compares
    assert verify(tmp_path / "g") == "the collection planqa_test_1 has another vector 7 than was written"


def test_a_failure_midway_leaves_no_collection(tmp_path: Path, database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(milvus_fill, "_BATCH", 500)
    insert, done = Cluster.insert, []

    def failing(self: Cluster, name: str, rows: list[dict[str, object]]) -> None:
        done.append(len(rows))
        if len(done) == 3:
            raise KeyboardInterrupt
        insert(self, name, rows)

    monkeypatch.setattr(Cluster, "insert", failing)
    with pytest.raises(KeyboardInterrupt):
        filled(tmp_path / "g", database)
    assert done == [500, 500, 500] and Cluster(database).names("planqa_") == []


def test_only_the_collections_of_a_home_are_swept(tmp_path: Path, database: str) -> None:
    cluster = Cluster(database)
    for name in ("planqa_a_1", "planqa_a_2", "planqa_b_1", "others"):
        cluster.create(name, 4, "")
    assert milvus_fill.sweep(database, "planqa_a_", lambda name: name == "2") == ["planqa_a_1"]
    assert cluster.names("") == ["others", "planqa_a_2", "planqa_b_1"]


@pytest.mark.parametrize(
    ("uri", "index", "said"),
    [
        ("", "auto", r"an address of Milvus is missing; add --milvus-uri or set PLANQA_MILVUS_URI"),
        ("http://root:secret@host:19530", "auto", "http://host:19530: an address with a user or password"),
        ("milvus.example", "auto", "milvus.example: not an address of Milvus; give http://HOST:19530"),
        ("ftp://milvus.example", "auto", "not an address of Milvus"),
        ("/nowhere/at/all/x.db", "auto", "its folder does not exist"),
        ("http://host:19530", "pq", "pq: an index of auto, flat, hnsw, ivf, autoindex was expected"),
    ],
)
def test_addresses_that_cannot_be_used_are_told(uri: str, index: str, said: str) -> None:
    with pytest.raises(HomeError, match=said) as caught:
        remote(uri, index)
    assert "secret" not in str(caught.value)


def test_addresses_are_remembered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for uri, kept in (("x.db", str(tmp_path / "x.db")), ("https://host:443/plans/", "https://host:443/plans")):
        assert remote_of(str(remote(uri, "ivf"))) == remote(kept, "ivf") == remote(uri, "ivf")
    assert fitting("auto", 20_000) == "flat" and fitting("auto", 20_001) == "hnsw"


def test_a_home_has_a_name_of_its_own_and_a_copy_another(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
    first = home_id(tmp_path / "a")
    assert home_id(tmp_path / "a") == first and first.isalnum()
    (tmp_path / "b" / ".milvus").write_bytes((tmp_path / "a" / ".milvus").read_bytes())
    assert home_id(tmp_path / "b") != first
    (tmp_path / "a" / ".milvus").write_text("{", encoding="utf-8")
    assert home_id(tmp_path / "a") != first


def free_port() -> int:
    with socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


def test_nobody_there_is_told_soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(milvus, "_CONNECT", 1.0)
    begun = monotonic()
    with pytest.raises(HomeError, match=r"http://127.0.0.1:\d+: no Milvus answers there; start it or mend the way"):
        Cluster(f"http://127.0.0.1:{free_port()}")
    with socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        with pytest.raises(HomeError, match="no Milvus answers there"):
            Cluster(f"http://127.0.0.1:{silent.getsockname()[1]}")
    assert monotonic() - begun < 8


def test_a_server_that_goes_away_is_told(tmp_path: Path, database: str) -> None:
    from milvus_lite.server_manager import server_manager_instance

    store, _, vectors = filled(tmp_path / "g", database)
    server_manager_instance.release_server(database)
    with pytest.raises(HomeError, match="no Milvus answers there") as caught:
        store.nearest(vectors[0], 10)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("token", "shown"), [("root:hidden", "the token of PLANQA_MILVUS_TOKEN"), ("", "a visit without a")]
)
def test_a_refused_token_is_told_and_not_shown(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], token: str, shown: str
) -> None:
    import grpc
    from pymilvus.grpc_gen import milvus_pb2_grpc

    class Refusing(milvus_pb2_grpc.MilvusServiceServicer):  # type: ignore[misc]
        def Connect(self, request: object, context: grpc.ServicerContext) -> None:
            context.abort(grpc.StatusCode.UNAUTHENTICATED, f"auth check failure, please check {token} is correct")

    monkeypatch.setenv("PLANQA_MILVUS_TOKEN", token)
    server = grpc.server(futures.ThreadPoolExecutor(1))
    milvus_pb2_grpc.add_MilvusServiceServicer_to_server(Refusing(), server)
    port = server.add_insecure_port("127.0.0.1:0")
    server.start()
    try:
        with pytest.raises(HomeError, match=f"Milvus refuses {shown}") as caught:
            Cluster(f"http://127.0.0.1:{port}")
    finally:
        server.stop(None)
    told = str(caught.value) + "".join(capfd.readouterr())
    assert "set PLANQA_MILVUS_TOKEN to USER:PASSWORD" in told and "hidden" not in told and "\n" not in told


def test_a_file_that_another_process_has_open_is_told(
    tmp_path: Path, database: str, capfd: pytest.CaptureFixture[str]
) -> None:
    import fcntl

    Path(database).mkdir()
    with (Path(database) / "LOCK").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with pytest.raises(HomeError, match="another process has it open") as caught:
            Cluster(database)
    assert "a file serves one process at a time" in str(caught.value) and capfd.readouterr() == ("", "")


def test_missing_libraries_are_told(monkeypatch: pytest.MonkeyPatch, database: str) -> None:
    with monkeypatch.context() as without:
        without.setattr(milvus, "find_spec", lambda name: None)
        with pytest.raises(
            HomeError, match="milvus-lite, which keeps a Milvus in a file, is not installed or not offered"
        ):
            Cluster(database)
    monkeypatch.setitem(sys.modules, "pymilvus", None)
    with pytest.raises(HomeError, match=r"pymilvus is not installed; install planqa\[milvus\]"):
        Cluster("http://127.0.0.1:1")


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("PLANQA_MILVUS_SHARDS", "many", "PLANQA_MILVUS_SHARDS=many: a whole number from 1 up was expected"),
        ("PLANQA_MILVUS_CA", "/nowhere/ca.pem", "/nowhere/ca.pem: the certificate file is missing"),
    ],
)
def test_settings_that_cannot_be_are_told(
    tmp_path: Path, database: str, monkeypatch: pytest.MonkeyPatch, name: str, value: str, said: str
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(HomeError, match=said):
        filled(tmp_path / "g", database)


def test_a_file_is_opened_again_after_its_process_ended(tmp_path: Path, database: str) -> None:
    from milvus_lite.server_manager import server_manager_instance

    store, flat, vectors = filled(tmp_path / "g", database, "hnsw")
    store.cluster.close()
    server_manager_instance.release_server(database)
    again = open_store(tmp_path / "g")
    rows = np.arange(PASSAGES) >= 200
    np.testing.assert_array_equal(again.nearest(vectors[9], 3, rows)[0], flat.nearest(vectors[9], 3, rows)[0])


def test_what_somebody_has_loaded_is_not_loaded_again(
    tmp_path: Path, database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    store, _, _ = filled(tmp_path / "g", database)
    client = type(store.cluster._client)
    monkeypatch.setattr(client, "load_collection", lambda *_, **__: pytest.fail("loaded again"))
    assert open_store(tmp_path / "g").shape == (PASSAGES, 16)
