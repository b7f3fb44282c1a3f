"""docs/operating.md and the unit beside it speak of what there is: options, settings, metrics, files."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest
import typer

from qa.cli import app

ROOT = Path(__file__).parent.parent
UNIT = ROOT / "docs" / "planqa.service"
PAGE = (ROOT / "docs" / "operating.md").read_text(encoding="utf-8")
README = (ROOT / "README.md").read_text(encoding="utf-8")
SOURCE = "\n".join(path.read_text(encoding="utf-8") for room in ("index", "qa") for path in (ROOT / room).rglob("*.py"))


def test_the_unit_starts_planqa_with_options_that_it_has() -> None:
    [start] = re.findall(r"^ExecStart=(.+)$", UNIT.read_text(encoding="utf-8"), re.MULTILINE)
    program, command, *options = shlex.split(start)
    assert program.endswith("/.venv/bin/planqa")
    commands = typer.main.get_group(app).commands
    settings = commands[command].make_context(command, options).params
    assert settings["public_host"] and settings["trusted_proxy"] and settings["log"] == "json"
    assert settings["host"] == "127.0.0.1"


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="no systemd here")
def test_systemd_understands_the_unit(tmp_path: Path) -> None:
    text = UNIT.read_text(encoding="utf-8").replace("/opt/planqa/.venv/bin/planqa", str(shutil.which("true")))
    unit = tmp_path / UNIT.name
    unit.write_text(text, encoding="utf-8")
    command = ["systemd-analyze", "verify", "--man=no", "--recursive-errors=no", str(unit)]
    done = subprocess.run(command, capture_output=True, text=True)
    assert UNIT.name not in done.stderr, done.stderr  # of other units of this machine it may say what it likes


def test_every_metric_that_is_watched_is_told() -> None:
    watched = set(re.findall(r"`(planqa_[a-z_]+)", PAGE))
    assert len(watched) > 6
    for name in watched:
        assert f'"{name.removesuffix("_total")}"' in SOURCE, name


@pytest.mark.parametrize("page", ["README.md", "docs/operating.md"])
def test_every_setting_and_option_is_there(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    for name in set(re.findall(r"\bPLANQA_[A-Z_]*[A-Z]\b", text)) - {"PLANQA_NAME"}:
        assert name in SOURCE, name
    for line in re.findall(r"^ +planqa (\w+)(.*)$", text, re.MULTILINE):
        assert re.search(rf"def {line[0]}\(|name=\"{line[0]}\"|\"{line[0]}\"", SOURCE), line


@pytest.mark.parametrize("page", [*sorted(ROOT.glob("docs/*.md")), ROOT / "README.md"], ids=lambda page: page.name)
def test_every_link_leads_somewhere(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    anchors = {
        re.sub(r"[^\w -]", "", title.lower()).replace(" ", "-") for title in re.findall(r"^#+ (.+)$", text, re.M)
    }
    for link in re.findall(r"\]\(([^)\s]+)\)", text):
        path, _, anchor = link.partition("#")
        if "://" in link:
            continue
        assert (page.parent / path).exists() if path else anchor in anchors, link


def test_the_readme_begins_with_two_commands() -> None:
    commands = re.findall(r"^    (make \w+|planqa \w+)", README, re.MULTILINE)
    assert commands[:2] == ["make run", "make test"]
    assert len(README.split("## ")[0].splitlines()) < 40
