"""Files read in a process of their own: the same source as in this one, and no way out for who took it over."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent / "formats"))

import made_up_plan as plan

from corpus import sandbox
from corpus.errors import SourceError
from corpus.formats import ocr
from corpus.sandbox import Limits, read_apart
from corpus.source import read_source

ROOT = Path(__file__).parents[2]
LIMITS = {"seconds": 1, "memory": 2**30, "written": 2**20, "files": 64, "processes": 32}
linux = pytest.mark.skipif(sys.platform != "linux", reason="the walls of other systems are fewer")


@pytest.mark.parametrize("name", ["plan.txt", "plan.html", "plan.docx", "plan.pdf"])
def test_the_source_is_the_same_as_read_here(name: str, tmp_path: Path) -> None:
    files = {"plan.txt": plan.as_text().encode(), "plan.html": plan.as_html(), "plan.docx": plan.as_docx()}
    (tmp_path / name).write_bytes(files.get(name) or plan.as_pdf())
    source = read_apart(tmp_path / name)
    assert source == read_source(tmp_path / name)
    assert source.format == name.removeprefix("plan.") and plan.DUTY in " ".join(source.text.split())


@pytest.mark.skipif(ocr.missing() is not None, reason="no tesseract with Vietnamese data")
def test_a_scan_is_recognised_behind_the_walls(tmp_path: Path) -> None:
    from test_scans import FONT, scan

    if FONT is None:
        pytest.skip("no DejaVuSans.ttf")
    (tmp_path / "scan.pdf").write_bytes(scan())
    assert "Phát triển thư viện số tỉnh An Giang" in " ".join(read_apart(tmp_path / "scan.pdf").text.split())


def test_a_file_is_called_as_its_owner_calls_it(tmp_path: Path) -> None:
    (tmp_path / "0123.bin").write_bytes(plan.as_docx())
    source = read_apart(tmp_path / "0123.bin", "Kế hoạch.docx")
    assert (source.name, source.format) == ("Kế hoạch.docx", "docx")
    assert source.path == os.path.realpath(tmp_path / "0123.bin")


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "the file is empty"),
        (b"PK\x05\x06" + bytes(18), "ZIP archive"),
        ("Tôi đi chợ mua rau, mua cá và mua hoa quả về nhà nấu cơm. ".encode() * 9, "official document"),
    ],
)
def test_what_cannot_be_read_is_told_as_here(data: bytes, said: str, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(data)
    with pytest.raises(SourceError, match=said) as error:
        read_apart(tmp_path / "a.txt")
    assert str(error.value).startswith("a.txt: ") and "\n" not in str(error.value)


def test_a_file_that_is_not_there_or_too_large(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="No such file"):
        read_apart(tmp_path / "gone.txt")
    with (tmp_path / "huge.pdf").open("wb") as stream:
        stream.truncate(65 * 2**20)
    with pytest.raises(SourceError, match="at most 67,108,864"):
        read_apart(tmp_path / "huge.pdf")


def _state(status: Path) -> str:
    """The state of a process that still runs, "" when it has ended."""
    try:
        return status.read_text().split()[2].replace("Z", "")
    except (FileNotFoundError, ProcessLookupError):
        return ""


def test_what_takes_too_long_is_ended_with_all_it_started(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    child = _child(
        tmp_path,
        monkeypatch,
        f"import subprocess; p = subprocess.Popen(['sleep', '60']); open({str(tmp_path / 'pid')!r}, 'w')"
        ".write(str(p.pid)); p.wait()",
    )
    begun = time.monotonic()
    with pytest.raises(SourceError, match="not read within 4 seconds"):
        read_apart(child, limits=Limits(seconds=4.0, seconds_per_megabyte=0))
    assert time.monotonic() - begun < 20
    number = int((tmp_path / "pid").read_text())
    status = Path(f"/proc/{number}/stat")
    last = time.monotonic() + 10  # a killed process is seen until the kernel has ended it
    while (state := _state(status)) and time.monotonic() < last:
        time.sleep(0.05)
    assert not state


@pytest.mark.parametrize(
    ("script", "said"),
    [
        ("import os\nwhile True: os.write(1, b'x' * 65536)", "larger than 100,000 bytes"),
        ("", "its reader failed"),
        ("raise SystemExit(3)", "its reader failed"),
        ("import os; os.kill(os.getpid(), 9)", "ended by the system"),
        ("import os, signal; os.kill(os.getpid(), signal.SIGXCPU)", "processor time"),
        ("print('no JSON')", "no answer that can be read"),
        ("print('[1, 2]')", "no answer that can be read"),
        ("print('[' * 90000)", "no answer that can be read"),
        ("print('{\"refused\": [1, 2]}')", "no answer that can be read"),
        ('print(\'{"refused": ["too odd", "mend it"]}\')', "too odd; mend it"),
    ],
)
def test_an_answer_that_is_none(script: str, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = _child(tmp_path, monkeypatch, script)
    with pytest.raises(SourceError, match=said) as error:
        read_apart(file, limits=Limits(output=100_000))
    assert "\n" not in str(error.value)


GOOD = {"format": "txt", "sha256": "", "text": "một\nhai", "pages": [[1, 1]], "set_aside": [], "encoding": ""}


@pytest.mark.parametrize(
    "spoilt",
    [
        {"sha256": "0" * 64},
        {"format": "exe"},
        {"text": 7},
        {"text": "\ud800"},
        {"text": ["một"]},
        {"pages": [[1]]},
        {"pages": [[0, 1]]},
        {"pages": [[1, True]]},
        {"pages": [[99, 1]]},
        {"set_aside": [["x" * 200, "y"]]},
        {"encoding": "x" * 99},
    ],
)
def test_an_answer_is_not_believed(spoilt: dict[str, object], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import hashlib

    good = {**GOOD, "sha256": hashlib.sha256(b"x").hexdigest()}
    file = _child(tmp_path, monkeypatch, f"print({json.dumps({'source': good})!r})")
    assert read_apart(file).text == "một\nhai"
    file = _child(tmp_path, monkeypatch, f"print({json.dumps({'source': {**good, **spoilt}})!r})")
    with pytest.raises(SourceError, match="no answer that can be read"):
        read_apart(file)


def test_no_key_and_no_setting_goes_along(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLANQA_LLM_KEY", "secret")
    file = _child(
        tmp_path,
        monkeypatch,
        "import json, os; print(json.dumps({'refused': [' '.join(sorted(os.environ)), os.getcwd()]}))",
    )
    with pytest.raises(SourceError) as error:
        read_apart(file)
    assert "PLANQA" not in str(error.value) and "TMPDIR" in str(error.value)
    folder = Path(error.value.remedy)
    assert folder.name.startswith("planqa-") and not folder.exists(), "it had a folder of its own, gone now"


def _child(folder: Path, monkeypatch: pytest.MonkeyPatch, script: str) -> Path:
    """A file to read, and a script that stands in for who reads it."""
    (folder / "child.py").write_text(script, encoding="utf-8")
    (folder / "a.txt").write_bytes(b"x")
    monkeypatch.setattr(sandbox, "_CHILD", folder / "child.py")
    return folder / "a.txt"


def confined(script: str, folder: Path, **limits: float) -> tuple[list[str], str, int]:
    """The walls that hold, and what a script prints that runs behind them, and how it ends."""
    (folder / "own").mkdir(exist_ok=True)
    given = {**LIMITS, **limits}
    head = f"""
        import ctypes, os, sys
        sys.path.insert(0, {str(ROOT)!r})
        from corpus.sandbox_confine import confine
        held = confine({given!r}, {str(folder / "own")!r}, [], {str(ROOT)!r})
        print(*held, sep=",", flush=True)
        libc = ctypes.CDLL(None, use_errno=True)
    """
    code = textwrap.dedent(head) + textwrap.dedent(script)
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=30)
    held, _, rest = done.stdout.partition("\n")
    return held.split(","), rest.strip() or done.stderr[-300:], done.returncode


@linux
def test_no_network_by_any_door(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
        script = f"""
            import socket
            for make in (socket.AF_INET, socket.AF_INET6, socket.AF_UNIX, socket.AF_NETLINK):
                print(libc.socket(int(make), 1, 0) < 0)
            try:
                socket.create_connection(("127.0.0.1", {port}), 2)
            except OSError as error:
                print(type(error).__name__)
            try:
                socket.getaddrinfo("example.org", 80)
            except OSError as error:
                print(type(error).__name__)
        """
        held, said, _ = confined(script, tmp_path)
    if "system calls" not in held:
        pytest.skip("no seccomp here")
    assert said.split() == ["True"] * 4 + ["PermissionError"] * 2


@linux
def test_the_audit_hook_alone_refuses_python(tmp_path: Path) -> None:
    script = """
        import sys, socket
        from corpus.sandbox_confine import _refuse
        sys.addaudithook(_refuse)
        try:
            socket.create_connection(("127.0.0.1", 9), 2)
        except PermissionError as error:
            print(error)
    """
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(script)], cwd=ROOT, capture_output=True, text=True, timeout=30
    )
    assert "a reader of files has no network" in done.stdout


@linux
def test_files_of_others_are_out_of_reach(tmp_path: Path) -> None:
    secret = tmp_path / "admin.json"
    secret.write_text("secret")
    script = f"""
        import os
        for path, mode in (({str(secret)!r}, "r"), ({str(secret)!r}, "a"), ({str(tmp_path / "new")!r}, "w"),
                           ("/etc/passwd", "r"), ("/var/tmp/new", "w"), ({str(ROOT / "README.md")!r}, "r")):
            try:
                open(path, mode)
                print("open")
            except PermissionError:
                print("no")
        open({str(tmp_path / "own" / "mine")!r}, "w").write("x")
        print("own")
    """
    held, said, _ = confined(script, tmp_path)
    if "files" not in held:
        pytest.skip("no Landlock here")
    assert said.split() == ["no"] * 6 + ["own"]
    assert secret.read_text() == "secret"


@linux
def test_others_are_not_signalled_or_looked_into(tmp_path: Path) -> None:
    script = f"""
        import os
        try:
            os.kill({os.getpid()}, 0)
            print("reached")
        except (ProcessLookupError, PermissionError):
            print("out of reach")
        print(libc.ptrace(16, {os.getpid()}, 0, 0), libc.setsid(), libc.unshare(0x10000000))
    """
    held, said, _ = confined(script, tmp_path)
    if not {"namespaces", "system calls"} <= set(held):
        pytest.skip("no namespaces or seccomp here")
    assert said == "out of reach\n-1 -1 -1"


@linux
def test_memory_time_and_files_are_limited(tmp_path: Path) -> None:
    held, said, _ = confined("try:\n    bytearray(2**31)\nexcept MemoryError:\n    print('no memory')", tmp_path)
    assert "limits" in held and said == "no memory"
    begun = time.monotonic()
    assert confined("while True: pass", tmp_path)[2] in (128 + 24, -24, 128 + 9, -9)
    assert time.monotonic() - begun < 30
    script = f"""
        try:
            with open({str(tmp_path / "own" / "big")!r}, "wb") as file:
                file.write(bytes(2**21))
        except OSError as error:
            print(error.errno)
    """
    assert confined(script, tmp_path)[1] == "27"  # EFBIG
    script = "try:\n    kept = [open('/dev/null') for _ in range(99)]\nexcept OSError as error:\n    print(error.errno)"
    assert confined(script, tmp_path)[1] == "24"  # EMFILE


@linux
@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may start any number of processes")
def test_processes_are_limited(tmp_path: Path) -> None:
    script = """
        import os, time
        children = []
        try:
            for _ in range(60):
                child = os.fork()
                if not child:
                    time.sleep(9)
                    os._exit(0)
                children.append(child)
            print("any number")
        except BlockingIOError:
            print(len(children) < 40)
        for child in children:
            os.kill(child, 9)
    """
    held, said, _ = confined(script, tmp_path)
    if "namespaces" not in held:
        pytest.skip("no namespaces here")
    assert said == "True"
