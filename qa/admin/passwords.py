"""The administrator's password: as scrypt in the home's admin.json, readable for its owner only.

>>> import tempfile
>>> with tempfile.TemporaryDirectory() as home:
...     set_password(Path(home), "lúa chín vàng đồng")
...     known = stored(Path(home))
>>> known is not None and matches(known, "lúa chín vàng đồng"), known is not None and matches(known, "lua chin vang")
(True, False)
"""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import secrets
import unicodedata
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from corpus.errors import HomeError, PlanqaError
from index import atomic

FILE = "admin.json"
SHORTEST, LONGEST = 12, 1024  # characters
_FEWEST = 5  # different characters
COST = {"n": 2**15, "r": 8, "p": 3}  # 32 MB, a quarter of a second; what OWASP recommends for scrypt
_MOST_MEMORY = 256 * 1024**2
_OBVIOUS = (
    "password passw0rd matkhau administrator admin quantri planqa qwerty asdfgh abcdef letmein welcome iloveyou"
    " 123456 654321 111111 000000 vietnam ubnd hanoi"
).split()


class PasswordError(PlanqaError):
    """A password that is too easy to guess."""


@dataclass(frozen=True, slots=True)
class Password:
    """What is kept of a password; `key` tells two of them apart, and is no secret."""

    n: int
    r: int
    p: int
    salt: bytes
    hash: bytes

    @property
    def key(self) -> str:
        """Changes whenever a password is set, be it the same."""
        return hashlib.sha256(self.salt + self.hash).hexdigest()


def set_password(home: Path, password: str) -> None:
    """Keep a password, in place of the one before; all sessions of that one end.

    Raises:
        PasswordError: it is too short or too easy. HomeError: the home cannot be written.
    """
    check(password)
    salt = secrets.token_bytes(16)
    record = {
        "scheme": "scrypt",
        **COST,
        "salt": salt.hex(),
        "hash": _hash(password, salt, COST["n"], COST["r"], COST["p"]).hex(),
        "set": datetime.now(UTC).isoformat(timespec="seconds"),
    }
    try:
        home.mkdir(parents=True, exist_ok=True)
        atomic.replace(home / FILE, json.dumps(record).encode())  # made by mkstemp: mode 0600
        os.chmod(home / FILE, 0o600)
    except OSError as error:
        said = f"cannot be written ({error.strerror or error})"
        raise HomeError(home / FILE, said, "check that you may write there") from error


def check(password: str) -> None:
    """Pass a password that is not easily guessed.

    Raises:
        PasswordError: too short, too long, of few different characters, or one of the obvious ones.
    """
    known, hidden = unicodedata.normalize("NFC", password), "the password"
    if len(known) < SHORTEST:
        raise PasswordError(
            hidden, f"at least {SHORTEST} characters, not {len(known)}", "take a few words that do not belong together"
        )
    if len(known) > LONGEST:
        raise PasswordError(hidden, f"at most {LONGEST:,} characters", "shorten it")
    if any(unicodedata.category(character).startswith("C") for character in known):
        raise PasswordError(hidden, "printable characters", "type it again")
    if len(set(known)) < _FEWEST:
        raise PasswordError(hidden, f"at least {_FEWEST} different characters", "take a few words")
    rest = known.lower()
    for obvious in _OBVIOUS:
        rest = rest.replace(obvious, "")
    if len(rest) < SHORTEST // 2 or _is_run(known):
        raise PasswordError(
            hidden, "not one that everybody tries first", "take a few words that do not belong together"
        )


def stored(home: Path) -> Password | None:
    """The password that is set, None when there is none.

    Raises:
        HomeError: the file cannot be read, or is none of ours.
    """
    try:
        record = json.loads((home / FILE).read_text(encoding="utf-8"))
        n, r, p = (int(record[name]) for name in ("n", "r", "p"))
        salt, kept = bytes.fromhex(record["salt"]), bytes.fromhex(record["hash"])
        if record["scheme"] != "scrypt" or not salt or len(kept) != 32 or 128 * n * r > _MOST_MEMORY // 2 or p > 16:
            raise ValueError("another scheme")
        return Password(n, r, p, salt, kept)
    except FileNotFoundError:
        return None
    except (OSError, ValueError, LookupError, TypeError) as error:
        remedy = "set the password anew: planqa admin set-password"
        raise HomeError(home / FILE, f"damaged ({type(error).__name__})", remedy) from error


def matches(known: Password, password: str) -> bool:
    """Whether this is the password; takes as long for a wrong one."""
    if len(password) > LONGEST:
        return False
    return hmac.compare_digest(_hash(password, known.salt, known.n, known.r, known.p), known.hash)


def _hash(password: str, salt: bytes, n: int, r: int, p: int) -> bytes:
    text = unicodedata.normalize("NFC", password).encode("utf-8", "surrogatepass")
    return hashlib.scrypt(text, salt=salt, n=n, r=r, p=p, maxmem=_MOST_MEMORY, dklen=32)


def _is_run(password: str) -> bool:
    """Whether most characters follow the one before, up or down: "abcdefghijkl", "210987654321"."""
    steps = [ord(second) - ord(first) for first, second in zip(password, password[1:], strict=False)]
    return sum(step in (-1, 0, 1) for step in steps) > 0.7 * len(steps)
