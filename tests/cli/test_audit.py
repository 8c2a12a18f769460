"""`fullpicture audit` on published files: what it finds, what it says, and how it ends."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from fullpicture.cli.audit import command

AREAS = "code,parent\nE,\nN,E\nS,E\nn1,N\nn2,N\ns1,S\ns2,S\n"
KINDS = "code,parent\nall,\na,all\nb,all\n"
SAFE = """area,kind,freq
E,all,60
E,a,30
E,b,30
N,all,30
N,a,c
N,b,c
S,all,30
S,a,c
S,b,c
"""

Audit = Callable[..., Result]


@pytest.fixture
def audited(tmp_path: Path) -> Audit:
    """Runs the command on files given as text, with both hierarchies."""
    (tmp_path / "area.csv").write_text(AREAS, encoding="utf-8")
    (tmp_path / "kind.csv").write_text(KINDS, encoding="utf-8")

    def run(*options: str, **files: str) -> Result:
        paths = [tmp_path / f"{name}.csv" for name in files]
        for path, text in zip(paths, files.values(), strict=True):
            path.write_text(text, encoding="utf-8")
        trees = [f"--hierarchy={name}={tmp_path / name}.csv" for name in ("area", "kind")]
        return CliRunner().invoke(command, [*map(str, paths), *trees, *options], standalone_mode=False)

    return run


def test_a_safe_table_leaks_nothing(audited: Audit) -> None:
    result = audited(table=SAFE)
    assert result.return_value == 0
    assert "9 cells, 4 of them hidden" in result.output
    assert "Nothing leaks." in result.output


def test_a_cell_that_one_subtraction_gives_away_is_named_without_its_value(audited: Audit) -> None:
    leaky = SAFE.replace("S,a,c", "S,a,27").replace("S,all,30", "S,all,31").replace("E,all,60", "E,all,61")
    result = audited(table=leaky.replace("E,b,30", "E,b,31"))
    assert result.return_value == 1
    assert "area S, kind b: can be worked out [leak]" in result.output
    assert "4" not in result.output.split("area S, kind b")[1].splitlines()[0]
    assert "(4 to 4)" in audited("--show", table=leaky.replace("E,b,30", "E,b,31")).output


def test_two_publications_each_safe_alone_give_a_cell_away_together(audited: Audit) -> None:
    other = "area,kind,freq\nN,a,26\nn1,a,20\nn2,a,6\n"
    assert audited(table=SAFE).return_value == 0
    assert audited(table=other).return_value == 0
    result = audited("--json", table=SAFE, other=other)
    found = {one["cell"] for one in json.loads(result.output)["findings"] if one["is_leak"]}
    assert result.return_value == 1
    assert found == {"area N, kind b", "area S, kind a"}


def test_in_range_mode_an_interval_narrower_than_the_small_counts_is_a_leak(audited: Audit) -> None:
    tight = SAFE.replace("N,all,30", "N,all,5").replace("S,all,30", "S,all,55")
    assert audited("--threshold=9", table=tight).return_value == 0
    result = audited("--threshold=9", "--mode=range", table=tight)
    assert result.return_value == 1
    assert "area N, kind a: does not reach all of 1 to the threshold [leak]" in result.output
    assert audited("--threshold=4", "--mode=range", table=tight).return_value == 0


def test_hidden_zeros_leave_room(audited: Audit) -> None:
    two = "area,kind,freq\nN,all,2\nN,a,*\nN,b,*\n"
    assert audited("--hidden=*", table=two).return_value == 1
    assert audited("--hidden=*", "--zeros=hidden", table=two).return_value == 0


def test_only_primary_cells_may_not_be_known_where_a_file_says_which_they_are(audited: Audit) -> None:
    marked = "area,kind,freq,status\nN,all,12,published\nN,a,7,published\nN,b,,secondary\n"
    result = audited(table=marked.replace("published", "published"))
    assert result.return_value == 1
    own = marked + "S,all,9,published\nS,a,,primary\nS,b,,primary\n"
    result = audited(table=own)
    assert result.return_value == 0
    assert "area N, kind b" not in result.output


def test_totals_that_do_not_add_up_are_named(audited: Audit) -> None:
    result = audited(table=SAFE.replace("E,a,30", "E,a,31"))
    assert "area E, kind all" in str(result.exception)
