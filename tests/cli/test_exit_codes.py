"""Exit codes: 0 done, 1 refused, 2 wrong usage; never a traceback unless asked for."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.programme.folders import write_programme


def ran(*words: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", "from fullpicture.cli import main; main()", *map(str, words)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def programme(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_programme(tmp_path_factory.mktemp("cli") / "programme")


def test_done_is_0(programme: Path, tmp_path: Path) -> None:
    assert ran("check", programme).returncode == 0
    assert ran("build", programme, "--to", tmp_path / "build").returncode == 0


def test_refused_is_1(programme: Path, tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "empty.csv").touch()
    assert ran("check", tmp_path / "data" / "empty.csv").returncode == 1
    refused = ran("build", programme, "--to", tmp_path / "build", "--data", tmp_path / "data")
    assert (refused.returncode, "Traceback" in refused.stderr) == (1, False)


@pytest.mark.parametrize("words", [("buld",), ("build",), ("check", "nowhere"), ("demo", "--seed", "-1")])
def test_wrong_usage_is_2(words: tuple[str, ...]) -> None:
    said = ran(*words)
    assert (said.returncode, "Traceback" in said.stderr) == (2, False)


def test_a_traceback_is_shown_where_it_is_asked_for_before_or_after_the_command(tmp_path: Path) -> None:
    for words in (("--debug", "build", tmp_path / "no"), ("build", tmp_path / "no", "--debug")):
        assert "Traceback" in ran(*words, "--to", tmp_path / "build").stderr
