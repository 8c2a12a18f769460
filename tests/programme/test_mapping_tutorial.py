"""The tutorial on mapping a return is run as a new user would: command by command, in an empty folder."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

DOCS = Path(__file__).resolve().parents[2] / "docs"
PAGE = (DOCS / "mapping-a-return.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```(sh|python)\n(.*?)```", PAGE, re.DOTALL)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where a new user stands: the delivered files, and `fullpicture` on the path."""
    for path in (DOCS / "returns").iterdir():
        shutil.copy(path, tmp_path)
    program = tmp_path / "bin" / "fullpicture"
    program.parent.mkdir()
    program.write_text(
        f"#!/bin/sh\nexec {sys.executable} -c 'from fullpicture.cli import main; main()' \"$@\"\n"
    )
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{program.parent}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_tutorial_ends_in_a_clean_load(folder: Path) -> None:
    said = ""
    for language, block in BLOCKS:
        if language == "python":
            exec(compile(block, "mapping-a-return.md", "exec"), {})
            continue
        for line in block.splitlines():
            done = subprocess.run(line, shell=True, capture_output=True, text=True)
            expected = re.search(r"# exit code (\d)$", line)
            assert done.returncode == (int(expected[1]) if expected else 0), f"{line}\n{done.stderr}"
            said = done.stdout
    assert "120 rows in = 120 kept + 0 refused" in said
    assert "NO MAPPING" not in said
    assert "CHECK:" in (folder / "programme" / "sources" / "kent.toml").read_text(encoding="utf-8")
    assert (folder / "kent_2024.csv.check.xlsx").exists()
