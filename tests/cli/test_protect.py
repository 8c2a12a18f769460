"""`fullpicture protect`: from cells to cells, or not at all."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from fullpicture.cli.audit import command as audit_command
from fullpicture.cli.protect import command
from fullpicture.core.errors import TablesRefused, UsageError

AREAS = "code,parent\nE,\nN,E\nS,E\nW,E\n"
KINDS = "code,parent\nall,\na,all\nb,all\nc,all\n"
CELLS = {"N": (2, 30, 40), "S": (50, 60, 70), "W": (80, 90, 95)}

Protect = Callable[..., Result]


def cells() -> str:
    """The table with its totals."""
    rows = {"E": tuple(map(sum, zip(*CELLS.values(), strict=True))), **CELLS}
    lines = [
        f"{area},{kind},{count}"
        for area, counts in rows.items()
        for kind, count in zip(("all", "a", "b", "c"), (sum(counts), *counts), strict=True)
    ]
    return "\n".join(["area,kind,freq", *lines]) + "\n"


@pytest.fixture
def protect(tmp_path: Path) -> Protect:
    """Runs the command on a table given as text, with both hierarchies."""
    (tmp_path / "area.csv").write_text(AREAS, encoding="utf-8")
    (tmp_path / "kind.csv").write_text(KINDS, encoding="utf-8")
    trees = [f"--hierarchy={name}={tmp_path / name}.csv" for name in ("area", "kind")]

    def run(text: str, *options: str, run: object = command) -> Result:
        (tmp_path / "cells.csv").write_text(text, encoding="utf-8")
        where = ["-o", str(tmp_path / "out.csv")] if run is command else []
        path = tmp_path / ("cells.csv" if run is command else "out.csv")
        threshold = [] if "euros" in text else ["--threshold=4"]
        words = [str(path), *trees, *threshold, *where, *options]
        return CliRunner().invoke(run, words, standalone_mode=False)  # type: ignore[arg-type]

    return run


def written(folder: Path) -> list[dict[str, str]]:
    with (folder / "out.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_hidden_counts_are_blank_and_say_why(protect: Protect, tmp_path: Path) -> None:
    result = protect(cells(), f"--certificate={tmp_path / 'C.json'}")
    assert "16 cells, 1 of them not to be known" in result.output
    hidden = {(row["area"], row["kind"]): row["status"] for row in written(tmp_path) if not row["freq"]}
    assert hidden == {
        ("N", "a"): "primary", ("N", "b"): "secondary", ("S", "a"): "secondary", ("S", "b"): "secondary",
    }  # fmt: skip
    certificate = json.loads((tmp_path / "C.json").read_text(encoding="utf-8"))
    assert certificate["tables"][0]["hidden"] == 4
    assert {one["protects"] for one in certificate["hidden"]} == {"area N, kind a"}
    assert len(certificate["files"][0]["sha256"]) == 64


def test_the_auditor_agrees(protect: Protect) -> None:
    assert protect(cells()).exception is None
    assert "Nothing leaks" in protect(cells(), run=audit_command).output


def test_the_public_is_not_told_which_hidden_cells_are_small(protect: Protect, tmp_path: Path) -> None:
    protect(cells(), "--public")
    assert {row["status"] for row in written(tmp_path)} == {"published", "c"}


def test_totals_that_do_not_add_up_are_all_listed(protect: Protect, tmp_path: Path) -> None:
    result = protect(cells().replace("N,all,72", "N,all,73"))
    assert isinstance(result.exception, TablesRefused)
    assert [mistake.where for mistake in result.exception.mistakes] == ["cells.csv:2", "cells.csv:6"] or (
        len(result.exception.mistakes) == 2
    )
    assert not (tmp_path / "out.csv").exists()


@pytest.mark.parametrize("method", ["round", "coarsen", "auto"])
def test_each_method_answers(method: str, protect: Protect, tmp_path: Path) -> None:
    result = protect(cells(), f"--method={method}", "--plan=area", "--json")
    assert json.loads(result.output)["method"] in (method, "suppress")
    assert all(row["freq"] not in ("1", "2", "3", "4") for row in written(tmp_path))


SUMS = """area,kind,euros,largest,second,givers
E,all,1060,90,80,30
N,all,100,90,8,3
S,all,60,20,15,9
W,all,900,90,80,18
"""


def test_sums_are_protected_and_contributions_never_written(protect: Protect, tmp_path: Path) -> None:
    options = ("--count=euros", "--largest=largest", "--second=second", "--contributors=givers")
    result = protect(SUMS, *options, "--p-percent=10", f"--certificate={tmp_path / 'C.json'}")
    assert result.exception is None
    rows = written(tmp_path)
    assert list(rows[0]) == ["area", "kind", "euros", "status"]
    assert {row["area"]: row["status"] for row in rows if not row["euros"]} == {
        "N": "primary",
        "S": "secondary",
    }
    certificate = json.loads((tmp_path / "C.json").read_text(encoding="utf-8"))
    assert certificate["rules"] == {"p_percent": 10.0, "dominance": None, "fewest": None}
    (primary,) = [one for one in certificate["hidden"] if one["status"] == "primary"]
    assert primary["least"] <= 93 <= 107 <= primary["most"]


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (["--p-percent=10"], "--largest, --second"),
        (["--largest=largest"], "--p-percent, --dominance or --fewest"),
        (["--dominance=3,85", "--largest=largest"], "N 1 or 2"),
        (["--fewest=3", "--contributors=givers", "--method=round"], "--method: for counts alone"),
        (["--fewest=3", "--contributors=givers", "--threshold=4"], "--threshold: for counts alone"),
    ],
)
def test_what_cannot_be_asked_of_sums_is_refused(protect: Protect, options: list[str], says: str) -> None:
    error = protect(SUMS, "--count=euros", *options).exception
    assert isinstance(error, UsageError)
    assert says in str(error)


def test_contributions_that_are_none_are_named_with_their_line(protect: Protect) -> None:
    broken = SUMS.replace("N,all,100,90", "N,all,100,lots")
    error = protect(broken, "--count=euros", "--dominance=1,85", "--largest=largest", "--label=second",
                    "--label=givers").exception  # fmt: skip
    assert isinstance(error, TablesRefused)
    assert "cells.csv:3: largest is no contribution." in str(error)
