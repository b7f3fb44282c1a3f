"""A Milvus: one machine, a cluster, or a file (milvus-lite), as far as planqa uses it.

The only file that imports pymilvus, which takes a second or two: nothing here is called unless a home keeps its vectors
there. Whatever goes wrong comes as one line that names the address; the token is in none of them, and in no file.
Every wait ends.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from importlib.util import find_spec
from math import isqrt
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from corpus.errors import HomeError
from index.remote import TOKEN_SETTING, is_file
from index.types import Vectors

CA_SETTING = "PLANQA_MILVUS_CA"
SHARDS_SETTING, REPLICAS_SETTING = "PLANQA_MILVUS_SHARDS", "PLANQA_MILVUS_REPLICAS"
MOST = 16_384
"""How many hits Milvus gives in one search, and how many rows in one query."""
NOTE = "planqa"
_CONNECT, _SEARCH, _INSERT = 10.0, 20.0, 120.0  # seconds to wait at most
_BUILD, _BUILD_PER_WINDOW = 600.0, 1e-3
_NO_PINGS = {"grpc.keepalive_time_ms": 600_000, "grpc.keepalive_permit_without_calls": 0}
"""For a file: its server, in this very process, takes pymilvus's pings every ten seconds for an attack."""
_FIELDS = {"row": "INT64", "document": "VARCHAR", "kind": "VARCHAR", "province": "VARCHAR", "year": "VARCHAR"}
_LONGEST = {"document": 512, "kind": 64, "province": 256, "year": 16}  # bytes
_INDEXES: dict[str, tuple[str, dict[str, int]]] = {
    "flat": ("FLAT", {}),
    "hnsw": ("HNSW", {"M": 16, "efConstruction": 200}),
    "ivf": ("IVF_FLAT", {}),  # with as many cells as `_cells` says
    "autoindex": ("AUTOINDEX", {}),
}


class Cluster:
    """A connection to a Milvus."""

    def __init__(self, uri: str) -> None:
        """Connect.

        Raises:
            HomeError: pymilvus is missing, nothing answers there, or the token is refused.
        """
        self.uri = uri
        library = _library(uri)
        options: dict[str, Any] = {"server_pem_path": _certificate()} if os.environ.get(CA_SETTING) else {}
        if is_file(uri):
            options["grpc_options"] = _NO_PINGS
        with self._told():
            self._client = library.MilvusClient(uri, token=_token(), timeout=_CONNECT, **options)
        self._library = library

    def create(self, name: str, dimension: int, note: str) -> None:
        """Make an empty collection, in place of one of that name; `note` is kept with it (see `note`)."""
        types = self._library.DataType
        with self._told():
            self._client.drop_collection(name, timeout=_INSERT)
            schema = self._client.create_schema(auto_id=False, enable_dynamic_field=False, description=note)
            schema.add_field("window", types.INT64, is_primary=True)
            for field, kind in _FIELDS.items():
                limits = {"max_length": _LONGEST[field]} if kind == "VARCHAR" else {}
                schema.add_field(field, getattr(types, kind), **limits)
            schema.add_field("vector", types.FLOAT_VECTOR, dim=dimension)
            self._client.create_collection(
                name,
                schema=schema,
                num_shards=_number(SHARDS_SETTING),
                consistency_level="Bounded",
                properties={NOTE: note},
                timeout=_INSERT,
            )

    def insert(self, name: str, rows: list[dict[str, Any]]) -> None:
        """Add windows: `window`, `row`, `document`, `kind`, `province`, `year`, `vector`."""
        for row in rows:
            for field, most in _LONGEST.items():
                row[field] = row[field].encode()[:most].decode(errors="ignore")
        with self._told():
            self._client.insert(name, rows, timeout=_INSERT)

    def finish(self, name: str, index: str, windows: int) -> None:
        """Have Milvus store what was added, index it and load it."""
        kind, settings = _INDEXES[index]
        if index == "ivf":
            settings = {"nlist": _cells(windows)}
        wait = _BUILD + windows * _BUILD_PER_WINDOW
        with self._told():
            self._client.flush(name, timeout=wait)
            wanted = self._client.prepare_index_params()
            wanted.add_index("vector", index_type=kind, metric_type="IP", params=settings)
            self._client.create_index(name, wanted, timeout=wait)
        self.load(name, wait)

    def load(self, name: str, wait: float = _BUILD) -> None:
        """Have Milvus hold a collection ready for searches; one that somebody has loaded is left as it is."""
        with self._told():
            if str(self._client.get_load_state(name, timeout=_SEARCH)["state"]) != "Loaded":
                replicas = _number(REPLICAS_SETTING)
                self._client.load_collection(name, replica_number=replicas, timeout=wait)

    def note(self, name: str) -> tuple[str, int] | None:
        """What was noted when the collection was made, and its dimension; None when there is no such collection."""
        with self._told():
            if not self._client.has_collection(name, timeout=_SEARCH):
                return None
            found = self._client.describe_collection(name, timeout=_SEARCH)
        sizes = [f["params"].get("dim", 0) for f in found["fields"] if f["name"] == "vector"]
        noted = found.get("properties", {}).get(NOTE) or found.get("description", "")
        return str(noted), int(sizes[0]) if sizes else 0

    def is_indexed(self, name: str) -> bool:
        """Whether the vectors of a collection were indexed, which is done after the last was added."""
        with self._told():
            return bool(self._client.list_indexes(name, "vector", timeout=_SEARCH))

    def count(self, name: str) -> int:
        """How many windows the collection holds, all that were added among them."""
        with self._told():
            found = self._client.query(name, output_fields=["count(*)"], consistency_level="Strong", timeout=_SEARCH)
        return int(found[0]["count(*)"])

    def vectors(self, name: str, windows: Sequence[int]) -> dict[int, Vectors]:
        """The vectors of at most `MOST` windows."""
        with self._told():
            found = self._client.query(name, ids=list(windows), output_fields=["window", "vector"], timeout=_SEARCH)
        return {int(row["window"]): np.asarray(row["vector"], np.float32) for row in found}

    def search(
        self, name: str, question: Vectors, count: int, expression: str, index: str, windows: int
    ) -> NDArray[np.int64]:
        """The nearest windows, at most `count` <= `MOST` of them, best first."""
        with self._told():
            found = self._client.search(
                name,
                data=[question.tolist()],
                limit=count,
                filter=expression,
                output_fields=["window"],
                anns_field="vector",
                search_params={"metric_type": "IP", "params": _effort(index, count, windows)},
                timeout=_SEARCH,
            )
        return np.array([hit["window"] for hit in found[0]], np.int64)

    def names(self, front: str) -> list[str]:
        """The collections whose names begin so."""
        with self._told():
            return sorted(name for name in self._client.list_collections(timeout=_SEARCH) if name.startswith(front))

    def drop(self, name: str) -> None:
        """Delete a collection; one that is not there is no error."""
        with self._told():
            self._client.drop_collection(name, timeout=_INSERT)

    def close(self) -> None:
        """End the connection."""
        self._client.close()

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Errors of Milvus in one line."""
        import grpc
        from pymilvus.exceptions import MilvusException

        try:
            yield
        except (MilvusException, grpc.RpcError, grpc.FutureTimeoutError) as error:
            raise _refusal(self.uri, error) from None


def _library(uri: str) -> Any:
    """The module pymilvus, which logs what it raises as well: only the latter is wanted."""
    try:
        import pymilvus
    except ImportError:
        raise HomeError(uri, "pymilvus is not installed", "install planqa[milvus]") from None
    for name in ("pymilvus", "milvus_lite", "grpc"):
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)
    if is_file(uri) and find_spec("milvus_lite") is None:
        raise HomeError(
            uri,
            "milvus-lite, which keeps a Milvus in a file, is not installed or not offered for this system",
            "install milvus-lite, or give the address of a Milvus server",
        )
    return pymilvus


def _refusal(uri: str, error: Exception) -> HomeError:
    """The line for what Milvus or the way there said."""
    cause = error.__cause__ if hasattr(error.__cause__, "code") else error
    code = getattr(cause, "code", None)
    status = str(getattr(code() if callable(code) else code, "name", ""))
    details = getattr(cause, "details", None)
    said = " ".join(str((details() if callable(details) else "") or getattr(error, "message", "") or error).split())
    if token := _token():
        said = said.replace(token, "***")
    if status in ("UNAUTHENTICATED", "PERMISSION_DENIED") or any(
        words in said for words in ("auth check failure", "missing authorization", "PrivilegeNotAuthenticated")
    ):
        given = f"the token of {TOKEN_SETTING}" if token else "a visit without a token"
        return HomeError(
            uri, f"Milvus refuses {given} ({said[:160]})", f"set {TOKEN_SETTING} to USER:PASSWORD or an API key"
        )
    if "Open local milvus failed" in said:
        return HomeError(
            uri,
            "the file cannot be opened as a Milvus: another process has it open, or something else wrote it",
            "end that process (a file serves one process at a time), or give the address of a Milvus server",
        )
    if status in ("UNAVAILABLE", "DEADLINE_EXCEEDED") or "Fail connecting" in said or "Retry timeout" in said:
        return HomeError(
            uri,
            "no Milvus answers there",
            "start it or mend the way there; `planqa ingest --store faiss`, or milvus with another --milvus-uri, moves",
        )
    return HomeError(uri, f"Milvus says: {said[:200]}", "see the log of that Milvus")


def _token() -> str:
    return os.environ.get(TOKEN_SETTING, "")


def _certificate() -> str:
    """The file with the certificate of a server, or of who signed it, that the system does not know."""
    path = Path(os.environ[CA_SETTING])
    if not path.is_file():
        raise HomeError(path, "the certificate file is missing", f"mend or unset {CA_SETTING}")
    return str(path)


def _number(setting: str) -> int:
    """A setting that is a number from 1 up."""
    text = os.environ.get(setting) or "1"
    if not text.isdecimal() or int(text) < 1:
        raise HomeError(f"{setting}={text}", "a whole number from 1 up was expected", "mend or unset it")
    return int(text)


def _cells(windows: int) -> int:
    """Cells of an IVF index, about four times the root of what it holds."""
    return max(1, min(65_536, 4 * isqrt(windows)))


def _effort(index: str, count: int, windows: int) -> Mapping[str, int]:
    """How hard a search looks: enough for a recall@10 of 0.99 on text embeddings."""
    if index == "hnsw":
        return {"ef": max(256, 2 * count)}
    if index == "ivf":
        return {"nprobe": max(64, _cells(windows) // 4)}
    return {}
