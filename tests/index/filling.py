"""Run apart, on a small disk of its own: a home is changed while the disk has ever more room left.

    python tests/index/filling.py FOLDER OUTSIDE        prints "N times no room, M times enough"

What the disk is not to hold goes to OUTSIDE. Each change runs in a forked process, for a full disk can end one (SIGBUS)
where files are mapped.
"""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

from fakes import HashEncoder
from killing import check
from making import SAMPLES, build, building, plan

from corpus.errors import HomeError
from qa import homes

STEP = 40 * 1024
DIMENSION = 256  # so that tokens fill more than a page


def main(folder: Path, outside: Path) -> None:
    building.default_samples = lambda: SAMPLES  # type: ignore[assignment]
    file = outside / "8.txt"
    file.write_bytes(plan(8, "Chợ phiên mở vào cuối tuần. " * 90))
    build(outside / "before", HashEncoder(dimension=DIMENSION), plan(7))
    failed = enough = 0
    while enough < 3:
        home = folder / "home"
        shutil.rmtree(home, ignore_errors=True)
        (folder / "ballast").unlink(missing_ok=True)
        shutil.copytree(outside / "before", home)
        room = shutil.disk_usage(folder).free - failed * STEP
        assert room > 0, "more room than there is was not enough"
        (folder / "ballast").write_bytes(bytes(room))
        code = ended(home, file)
        assert code in (0, 1), f"ended with {code} after {failed} steps"
        (folder / "ballast").unlink()
        new = check(home, ["7/KH-UBND"], ["7/KH-UBND", "8/KH-UBND"])
        assert new or code, "said it was done"
        failed, enough = failed + code, enough + (not code)
    print(f"{failed} times no room, {enough} times enough")


def ended(home: Path, file: Path) -> int:
    """0 when a forked process added the file, 1 when it was told in one line that the disk is full."""
    child = os.fork()
    if child == 0:
        code = 2
        try:
            homes.ingest(home, [file], HashEncoder(dimension=DIMENSION))
            code = 0
        except HomeError as error:
            told = str(error)
            code = 1 if "No space left" in told and "make room there" in told and "\n" not in told else 3
            if code == 3:
                print(told, file=sys.stderr)
        finally:
            sys.stderr.flush()
            os._exit(code)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
