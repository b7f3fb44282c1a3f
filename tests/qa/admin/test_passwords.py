"""The administrator's password: what is taken, how it is kept, who is locked out, when a session ends."""

from __future__ import annotations

import json
import stat
from pathlib import Path

import pytest

from corpus.errors import HomeError
from qa.admin import passwords
from qa.admin.errors import AccessError, LockedError, LoginError
from qa.admin.lockout import MOST_ADDRESSES, Attempts
from qa.admin.passwords import PasswordError, matches, set_password, stored
from qa.admin.sessions import Sessions, check_form, form_token

GOOD = "lúa chín vàng đồng"


class Clock:
    """A clock that a test turns."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.mark.parametrize(
    ("password", "said"),
    [
        ("ngắn", "at least 12 characters, not 4"),
        ("", "at least 12 characters, not 0"),
        ("a" * 1025, "at most 1,024"),
        ("aaaaaaaaaaaaaa", "5 different"),
        ("abababababab", "5 different"),
        ("password1234", "tries first"),
        ("Matkhau123456", "tries first"),
        ("abcdefghijklmn", "tries first"),
        ("planqa-admin", "tries first"),
        ("administrator1", "tries first"),
        ("987654321098", "tries first"),
        ("qwerty123456", "tries first"),
        ("một hai\x00ba bốn", "printable"),
    ],
)
def test_what_everybody_tries_is_refused(password: str, said: str) -> None:
    with pytest.raises(PasswordError, match=said) as error:
        passwords.check(password)
    assert password not in str(error.value) or not password, "a message never shows a password"
    assert "\n" not in str(error.value)


def test_how_it_is_kept(tmp_path: Path) -> None:
    assert stored(tmp_path) is None
    set_password(tmp_path, GOOD)
    file = tmp_path / "admin.json"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    record = json.loads(file.read_text())
    assert record["scheme"] == "scrypt" and record["n"] >= 2**15 and record["r"] == 8 and record["p"] == 3
    assert len(bytes.fromhex(record["salt"])) == 16 and len(bytes.fromhex(record["hash"])) == 32
    assert GOOD not in file.read_text(encoding="utf-8") and [path.name for path in tmp_path.iterdir()] == ["admin.json"]
    known = stored(tmp_path)
    assert known and matches(known, GOOD) and not matches(known, GOOD.upper()) and not matches(known, "")
    set_password(tmp_path, GOOD)
    again = stored(tmp_path)
    assert again and again.key != known.key, "another salt: whoever is logged in has to log in again"


def test_an_accent_typed_in_two_keystrokes_is_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import unicodedata

    set_password(tmp_path, unicodedata.normalize("NFC", GOOD))
    known = stored(tmp_path)
    assert known and matches(known, unicodedata.normalize("NFD", GOOD))


@pytest.mark.parametrize(
    "spoilt",
    ["", "[]", "{}", '{"scheme": "plain"}', '{"scheme":"scrypt","n":1073741824,"r":8,"p":1,"salt":"00","hash":"00"}'],
)
def test_a_damaged_file_lets_nobody_in(spoilt: str, tmp_path: Path) -> None:
    (tmp_path / "admin.json").write_text(spoilt)
    with pytest.raises(HomeError, match="set the password anew"):
        stored(tmp_path)


def test_five_failures_a_minute_from_one_address() -> None:
    clock = Clock()
    attempts = Attempts(clock)
    for _ in range(5):
        attempts.begin("192.0.2.7")
        clock.now += 1
    with pytest.raises(LockedError, match="come back in 55 seconds") as error:
        attempts.begin("192.0.2.7")
    assert (error.value.retry, error.value.status) == (55, 429) and "55 giây" in error.value.vietnamese
    attempts.begin("192.0.2.8")
    clock.now += 55
    attempts.begin("192.0.2.7")


def test_twenty_failures_a_minute_from_anywhere() -> None:
    clock = Clock()
    attempts = Attempts(clock)
    for number in range(20):
        attempts.begin(f"192.0.2.{number}")
    with pytest.raises(LockedError, match="come back in 60 seconds"):
        attempts.begin("198.51.100.1")
    clock.now += 61
    attempts.begin("198.51.100.1")


def test_a_right_password_is_no_failure() -> None:
    attempts = Attempts(Clock())
    for _ in range(50):
        attempts.begin("192.0.2.7")
        attempts.succeed("192.0.2.7")


def test_one_network_of_ipv6_is_one_address() -> None:
    attempts = Attempts(Clock())
    for number in range(5):
        attempts.begin(f"2001:db8::{number:x}")
    with pytest.raises(LockedError):
        attempts.begin("2001:db8::ffff")
    attempts.begin("2001:db8:0:1::1")


def test_memory_is_bounded() -> None:
    clock = Clock()
    attempts = Attempts(clock)
    for number in range(MOST_ADDRESSES + 500):
        attempts.begin(f"10.{number >> 16}.{number >> 8 & 255}.{number & 255}")
        clock.now += 4
    assert len(attempts._by_address) <= MOST_ADDRESSES and len(attempts._all) <= 20


def test_a_session_ends_when_it_is_idle_or_old_or_closed_or_the_password_changed() -> None:
    clock = Clock()
    sessions = Sessions(clock)
    token = sessions.open("first", "192.0.2.7")
    assert len(token) == 43, "256 bits in base64"
    assert token.encode() not in repr(sessions._known).encode(), "only its hash is kept"
    for _ in range(16):
        clock.now += 29 * 60
        if clock.now - 1000 > 8 * 3600:
            break
        assert sessions.require(token, "first").address == "192.0.2.7"
    clock.now = 1000 + 8 * 3600 + 1
    with pytest.raises(LoginError):
        sessions.require(token, "first")
    idle = sessions.open("first", "")
    clock.now += 30 * 60 + 1
    with pytest.raises(LoginError):
        sessions.require(idle, "first")
    changed = sessions.open("first", "")
    with pytest.raises(LoginError):
        sessions.require(changed, "second")
    with pytest.raises(LoginError):
        sessions.require(changed, "first")
    closed = sessions.open("first", "")
    sessions.close(closed)
    for nothing in (closed, "", "x" * 10_000, "\ud800"):
        with pytest.raises(LoginError):
            sessions.require(nothing, "first")


def test_a_form_belongs_to_its_session() -> None:
    sessions = Sessions()
    one, other = sessions.open("p", ""), sessions.open("p", "")
    check_form(one, form_token(one))
    for sent in (form_token(other), "", one, "\ud800", form_token(one)[:-1]):
        with pytest.raises(AccessError):
            check_form(one, sent)
