"""No command on texts opens a connection, and nothing of a text, a name or a span is printed."""

from __future__ import annotations

import socket
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from fullpicture.cli import build, redact, themes, transcripts
from tests.programme.voices import write_rows, write_voices

pytest.importorskip("sklearn")

RARE = ("Zyxquill", "07700 900456", "zq77@example.org", "vermilionpatch")


@pytest.fixture(autouse=True)
def _no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def forbidden(*_: Any, **__: Any) -> Any:
        raise AssertionError("something opens a connection")

    monkeypatch.setattr(socket, "socket", forbidden)
    for name in ("create_connection", "getaddrinfo", "gethostbyname", "socketpair"):
        monkeypatch.setattr(socket, name, forbidden)


def _answers(folder: Path) -> Path:
    said = ("Zyxquill waited hours", "call 07700 900456, so kind", "zq77@example.org vermilionpatch", "hours")
    usual = ("we waited hours", "so kind of them", "a kind letter", "hours on the telephone")
    texts = [*said, *(usual[at % 4] for at in range(36))]
    rows = [(at, f"{text} {at}", ("Waiting", "", "Kind")[at % 3]) for at, text in enumerate(texts)]
    return write_rows(folder / "answers.csv", ("id", "text", "themes"), rows)


def _asked(command: str, folder: Path) -> tuple[Any, list[str]]:
    file, out = str(_answers(folder)), str(folder / "out.csv")
    book = folder / "book.csv"
    book.write_text("theme,description\nWaiting,waited for hours\nKind,kind people\n", encoding="utf-8")
    (folder / "talk.txt").write_text("Interviewer: Well?\nAda Zyxquill: vermilionpatch.\n", encoding="utf-8")
    columns = ["--id", "id", "--text", "text", "-o", out]
    return {
        "discover": (themes.command, ["discover", file, *columns]),
        "assign": (themes.command, ["assign", file, *columns, "--codebook", str(book)]),
        "learn": (themes.command, ["assign", file, *columns, "--codebook", str(book), "--labelled", file]),
        "agree": (themes.command, ["agree", file, file]),
        "redact": (redact.command, [file, *columns]),
        "mask": (redact.command, [file, *columns, "--masked"]),
        "transcripts": (
            transcripts.command,
            [str(folder / "talk.txt"), "-o", out, "--key", str(folder / "key.csv")],
        ),
    }[command]


@pytest.mark.parametrize("command", ["discover", "assign", "learn", "agree", "redact", "mask", "transcripts"])
def test_a_command_opens_no_connection_and_prints_nothing_of_a_text(command: str, tmp_path: Path) -> None:
    function, words = _asked(command, tmp_path)
    done = CliRunner().invoke(function, words, catch_exceptions=False)
    assert done.exit_code == 0
    assert not any(rare.lower() in done.output.lower() for rare in RARE)


def test_a_build_of_themes_opens_no_connection(tmp_path: Path) -> None:
    folder = write_voices(tmp_path / "programme")
    done = CliRunner().invoke(build.command, [str(folder), "--to", str(tmp_path / "build")])
    assert done.exit_code == 0, done.output
    assert (tmp_path / "build" / "public" / "figures.csv").is_file()
