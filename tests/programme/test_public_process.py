"""The public edition comes from a process that can open nothing internal; no byte tells a hidden count."""

from __future__ import annotations

import csv
import re
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from fullpicture.core.errors import PublicationBroken
from fullpicture.programme import public_process
from fullpicture.programme.build import build
from tests.programme.folders import PROGRAMME, write_programme

TRIES = """
import os, shutil, subprocess, sys
from pathlib import Path
secret, own = Path(sys.argv[1]), Path(sys.argv[2])
import pyarrow as pa
from fullpicture.programme.fence import fence
held = fence([secret.parent], own)
ways = {
    "open": lambda: open(secret).read(),
    "low": lambda: os.open(secret, os.O_RDONLY),
    "up and down": lambda: open(own / ".." / secret.parent.name / secret.name).read(),
    "bytes": lambda: open(os.fsencode(secret)).read(),
    "list": lambda: os.listdir(secret.parent),
    "walk": lambda: next(os.scandir(secret.parent)),
    "copy": lambda: shutil.copy(secret, own / "copy"),
    "move": lambda: os.rename(secret, own / "moved"),
    "write": lambda: open(secret.parent / "more", "w"),
    "another process": lambda: subprocess.run(["cat", str(secret)], check=True, capture_output=True),
    "shell": lambda: os.system("true"),
}
if held:
    ways["a library in C"] = lambda: pa.OSFile(str(secret)).read()
    ways["a link"] = lambda: (os.link(secret, own / "link"), open(own / "link").read())
for name, way in ways.items():
    try:
        way()
        print("opened:", name)
    except OSError:
        pass
(own / "fine").write_text("fine")
print("done", len(ways))
"""


def test_whatever_it_tries_it_cannot_open_what_is_internal(tmp_path: Path) -> None:
    inside, own = tmp_path / "internal", tmp_path / "public"
    inside.mkdir()
    own.mkdir()
    (inside / "figures.csv").write_text("secret", encoding="utf-8")
    command = [sys.executable, "-c", TRIES, str(inside / "figures.csv"), str(own)]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    assert result.stderr == ""
    assert "opened" not in result.stdout
    assert int(result.stdout.split("done ")[1]) >= 11
    assert (own / "fine").read_text(encoding="utf-8") == "fine"
    assert sorted(path.name for path in inside.iterdir()) == ["figures.csv"]


# Counts that no page holds by chance: those of up to 60,000 are small here, the others are millions.
RARE = {
    "Kent": (41957, 3000011),
    "Surrey": (2000003, 4000037),
    "Sussex": (5000011, 52361),
    "Hampshire": (6000011, 7000003),
}


def rare_csv() -> str:
    rows = ["Year,Quarter,Force,Group,n"]
    for year, more in (("2023/24", 0), ("2024/25", 1234)):
        for quarter in (1, 2, 3, 4):
            for force, (theft, robbery) in RARE.items():
                rows += [
                    f"{year},{quarter},{force},Theft,{theft + more + 7 * quarter}",
                    f"{year},{quarter},{force},Robbery,{robbery + more + 11 * quarter}",
                ]
    return "\n".join(rows) + "\n"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("rare")
    programme = PROGRAMME.replace("headlines", "threshold = 60000\nheadlines")
    build(write_programme(folder / "programme", programme=programme, crime=rare_csv()), folder / "build")
    return folder / "build"


def test_no_public_byte_holds_a_hidden_value(built: Path) -> None:
    hidden = list(hidden_numbers(built))
    assert len(hidden) > 30
    texts = dict(contents(built / "public"))
    assert {path.split(".")[-1] for path in texts} >= {"html", "csv", "json", "xlsx", "ods", "css"}
    for path, text in texts.items():
        for number in hidden:
            assert not re.search(rf"(?<!\d){number}(?!\d)", text), (path, number)
    internal = dict(contents(built / "internal"))
    assert all(any(number in text for text in internal.values()) for number in hidden)


def hidden_numbers(built: Path) -> Iterator[str]:
    """Each hidden figure's numbers as a file, and as a reader, would see them."""
    rows = []
    for edition in ("internal", "public"):
        with (built / edition / "figures.csv").open(encoding="utf-8", newline="") as file:
            rows.append(list(csv.DictReader(file)))
    shown = {row[name] for row in rows[1] for name in ("value", "numerator", "denominator")}
    for inside, public in zip(*rows, strict=True):
        if public["absence"] == "c":
            assert not any(public[name] for name in ("value", "lower", "upper", "numerator", "denominator"))
            numbers = {inside[name] for name in ("value", "numerator", "denominator")} - shown
            whole = {
                number for number in numbers if number and float(number).is_integer() and len(number) > 4
            }
            yield from whole
            yield from (number for number in numbers if "." in number and len(number) > 9)


def contents(edition: Path) -> Iterator[tuple[str, str]]:
    """The text of every file, with thousands joined; of a workbook that of every part in it."""
    for path in edition.rglob("*"):
        if path.suffix in (".xlsx", ".ods"):
            with zipfile.ZipFile(path) as book:
                text = " ".join(book.read(name).decode("utf-8", "replace") for name in book.namelist())
        elif path.is_file():
            text = path.read_text(encoding="utf-8", errors="replace")
        else:
            continue
        yield path.name, re.sub(r"(?<=\d),(?=\d{3})", "", text)


def test_a_build_whose_public_process_fails_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(public_process, "_START", "import sys; sys.exit('it broke')")
    programme = PROGRAMME.replace("headlines", "threshold = 60000\nheadlines")
    folder = write_programme(tmp_path / "programme", programme=programme, crime=rare_csv())
    with pytest.raises(PublicationBroken, match="it broke"):
        build(folder, tmp_path / "build")
    assert not (tmp_path / "build").exists()
