"""Where a home keeps its vectors when that is not in its own files: which Milvus, with which index.

What a home was told stands in the `choice` of its generations, as text: `milvus:auto:http://milvus.example:19530`. No
secret is part of it: users, passwords and keys come from the environment (index/milvus.py).
"""

from __future__ import annotations

import json
import secrets
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from corpus.errors import HomeError
from index import atomic

MILVUS = "milvus"
INDEXES = ("auto", "flat", "hnsw", "ivf", "autoindex")
"""What Milvus may build; auto: by size (`fitting`), autoindex: whatever that Milvus thinks best."""
URI_SETTING, TOKEN_SETTING = "PLANQA_MILVUS_URI", "PLANQA_MILVUS_TOKEN"
HOME_ID = ".milvus"
FLAT_UP_TO = 20_000
"""Windows up to which Milvus compares every vector: exact, and takes it a few milliseconds."""
_SCHEMES = ("http", "https", "tcp", "unix")
_EXAMPLE = "http://HOST:19530, https://HOST:443/DATABASE, or a file that ends in .db"


@dataclass(frozen=True, slots=True)
class Remote:
    """A Milvus by its address, and the index that is built there."""

    uri: str
    index: str = "auto"

    def __str__(self) -> str:
        return f"{MILVUS}:{self.index}:{self.uri}"


def remote(uri: str, index: str = "auto") -> Remote:
    """The address as a home remembers it; a file by its whole path.

    >>> str(remote("http://milvus.example:19530"))
    'milvus:auto:http://milvus.example:19530'

    Raises:
        HomeError: no address, one that holds a password, or an index that Milvus does not have.
    """
    if index not in INDEXES:
        raise HomeError(index, f"an index of {', '.join(INDEXES)} was expected for Milvus", "mend --index")
    if not uri:
        raise HomeError("--store milvus", "an address of Milvus is missing", f"add --milvus-uri or set {URI_SETTING}")
    parts = urlsplit(uri)
    if "@" in parts.netloc:
        shown = parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl()
        raise HomeError(
            shown, "an address with a user or password, which would be stored", f"put them into {TOKEN_SETTING}"
        )
    if parts.scheme in _SCHEMES and (parts.netloc or parts.scheme == "unix"):
        return Remote(uri.rstrip("/"), index)
    if not is_file(uri):
        raise HomeError(uri, "not an address of Milvus", f"give {_EXAMPLE}")
    path = Path(uri).expanduser().resolve()
    if not path.parent.is_dir():
        raise HomeError(path, "its folder does not exist", "make the folder, or name another file with --milvus-uri")
    return Remote(str(path), index)


def is_file(uri: str) -> bool:
    """Whether the address is a file of milvus-lite."""
    return "://" not in uri and uri.endswith(".db")


def remote_of(choice: str) -> Remote | None:
    """What a choice says about Milvus; None when the vectors are in the home's own files.

    >>> remote_of("milvus:hnsw:http://milvus.example:19530")
    Remote(uri='http://milvus.example:19530', index='hnsw')
    >>> remote_of("flat") is None
    True
    """
    store, _, rest = choice.partition(":")
    if store != MILVUS or not rest:
        return None
    index, _, uri = rest.partition(":")
    return Remote(uri, index)


def fitting(index: str, windows: int) -> str:
    """The index for so many windows where the choice was left to planqa.

    >>> fitting("auto", 1000), fitting("auto", 1_000_000), fitting("ivf", 1000)
    ('flat', 'hnsw', 'ivf')
    """
    if index != "auto":
        return index
    return "flat" if windows <= FLAT_UP_TO else "hnsw"


def home_id(home: Path) -> str:
    """What the collections of this home are named with, and of no other home; kept in the home when it is first asked.

    A copy of a home, or one that was moved, gets a new one: it must not drop the collections of the home it came from.
    """
    place, file = str(home.resolve()), home / HOME_ID
    try:
        record = json.loads(file.read_text(encoding="utf-8"))
        if record["path"] == place and str(record["id"]).isalnum():
            return str(record["id"])
    except (OSError, ValueError, LookupError, TypeError):
        pass
    fresh = secrets.token_hex(5)
    atomic.replace(file, json.dumps({"id": fresh, "path": place}).encode())
    return fresh
