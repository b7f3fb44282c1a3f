"""Write requirements/*.txt and complete constraints.txt: every distribution, its version, and the SHA-256 of its files.

    make lock                          # after a dependency or a pin was changed; needs a package registry

Versions come from constraints.txt; what is not pinned there yet gets the newest version that fits, and a pin. To
upgrade a library, change its pin or delete it. Hashes are those of all files of a release, for every platform, as the
registry that is configured lists them.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CONSTRAINTS = ROOT / "constraints.txt"
FOLDER = ROOT / "requirements"
_GROUPS = {  # a file, and the extras it is for; each leaves out what is in run.txt
    "test": ("eval", "test", "llm", "mcp", "milvus"),
    "bench": ("bench",),
}
_CUDA = re.compile(r"(nvidia|cuda)-|triton$")  # what torch wants on Linux unless it is a CPU build
# torch's own CPU build, which calls itself 2.13.0+cpu and so fits `==2.13.0`. Registries do not list it. Whoever has it
# in a folder of wheels or on a mirror (pip's settings say where) is spared 4 GB of CUDA: `make` tries this one first.
_CPU = {"torch==2.13.0": ("6746dbcbeb526eb61330b76b41ff1b4eb848951103a892eeb080dfa2b264667b",)}  # CPython 3.11, x86_64
_HEAD = "# Made by `make lock` from pyproject.toml and constraints.txt, for pip install --require-hashes\n"

Blocks = dict[str, str]  # the name of a distribution, and its lines


def blocks(text: str) -> Blocks:
    """The entries of a requirements file with hashes.

    >>> blocks("# a comment\\na==1 \\\\\\n    --hash=sha256:00\\nb==2 ; x\\n")
    {'a': 'a==1 \\\\\\n    --hash=sha256:00\\n', 'b': 'b==2 ; x\\n'}
    """
    entries = re.findall(r"^[A-Za-z0-9].*\n(?:[ \t]+.*\n)*", text, re.MULTILINE)
    return {normal(re.split(r"[=\s]", entry, maxsplit=1)[0]): entry for entry in entries}


def pin(entry: str) -> str:
    """Name and version of an entry.

    >>> pin("et-xmlfile==2.0.0 ; python_version < '4' \\\\\\n    --hash=sha256:00\\n")
    'et-xmlfile==2.0.0'
    """
    return entry.split()[0]


def normal(name: str) -> str:
    """A name as registries compare it.

    >>> normal("ruamel.yaml_clib")
    'ruamel-yaml-clib'
    """
    return re.sub(r"[-_.]+", "-", name).lower()


def main() -> None:
    """Resolve every group and write what changed."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    extras = project["project"]["optional-dependencies"]
    # What builds planqa itself belongs to what runs it, so that no build fetches anything of its own.
    base = project["project"]["dependencies"] + project["build-system"]["requires"]
    every = _resolve([*base, *(line for lines in extras.values() for line in lines)])
    _complete(every)
    cpu = _CPU.get(pin(every["torch"]), ())
    build = f"{pin(every['torch'])}+cpu" + "".join(f" \\\n    --hash=sha256:{digest}" for digest in cpu) + "\n"
    _write("cpu", {"torch": build}, {"torch"} if cpu else set())
    cuda = {name for name in every if _CUDA.match(name)}
    run = set(_resolve(base)) - cuda
    _write("run", every, run)
    _write("cuda", every, cuda)
    for group, names in _GROUPS.items():
        needed = [line for name in names for line in extras[name]]
        _write(group, every, set(_resolve([*base, *needed])) - cuda - run)
    _write("audit", every, set(_resolve(extras["audit"])))


def _resolve(requirements: list[str]) -> Blocks:
    """What the requirements need on every platform, with hashes."""
    command = [sys.executable, "-m", "uv", "pip", "compile", "--quiet", "--universal", "--python-version", "3.11"]
    command += ["--generate-hashes", "--no-header", "--no-annotate", "--constraint", str(CONSTRAINTS), "-"]
    done = subprocess.run(command, input="\n".join(requirements), capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"supply/lock.py: nothing was written\n{done.stderr}")
    # Pyodide, which has a platform of its own in the markers, cannot run torch.
    found = blocks(done.stdout.replace(" ; sys_platform != 'emscripten'", ""))
    return {name: entry for name, entry in found.items() if "'emscripten'" not in entry}


def _complete(every: Blocks) -> None:
    """Pin in constraints.txt what is needed and not pinned, and drop what nothing needs any more."""
    lines = CONSTRAINTS.read_text(encoding="utf-8").splitlines()
    head = [line for line in lines if line.startswith("#")]
    spelt = {normal(line.split("==")[0]): line.split("==")[0] for line in lines if "==" in line}
    pins = [f"{spelt.get(name, name)}=={pin(entry).split('==')[1]}" for name, entry in every.items()]
    CONSTRAINTS.write_text("\n".join([*head, *sorted(pins, key=str.lower)]) + "\n", encoding="utf-8")


def _write(group: str, every: Blocks, names: set[str]) -> None:
    path = FOLDER / f"{group}.txt"
    text = _HEAD + "".join(every[name] for name in sorted(names))
    path.write_text(text, encoding="utf-8")
    print(f"{path.relative_to(ROOT)}: {len(names)} distributions")


if __name__ == "__main__":
    main()
