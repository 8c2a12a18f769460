"""`fullpicture withdrawal` and `fullpicture stats` give what the functions give, for any file."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pyarrow.parquet
import pytest
from click.testing import CliRunner, Result

from fullpicture import cause_specific_cox, cumulative_incidence, gray_test
from fullpicture.cli.stats import command as stats
from fullpicture.cli.withdrawal import command as withdrawal
from fullpicture.core.errors import FullPictureError, UsageError
from tests.analyse.statistics.reference import HERE, counts, data

MICE = HERE / "data" / "mice.csv"
PLACED = ["--days", "days", "--outcome", "outcome", "--censored", "0"]


def ran(command: object, *words: str | Path) -> Result:
    return CliRunner().invoke(command, list(map(str, words)), catch_exceptions=False)  # type: ignore[arg-type]


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def test_curves_are_written_at_full_precision(tmp_path: Path) -> None:
    said = ran(withdrawal, MICE, "--by", "environment", *PLACED, "-o", tmp_path / "out.csv")
    found = rows((tmp_path / "out.csv").read_text(encoding="utf-8"))
    expected = cumulative_incidence(counts("mice")).to_pylist()
    assert list(found[0]) == [
        "environment",
        "outcome",
        "day",
        "n_risk",
        "n_events",
        "estimate",
        "se",
        "lower",
        "upper",
    ]
    assert len(found) == len(expected)
    for ours, theirs in zip(found, expected, strict=True):
        assert ours["environment"] == theirs["environment"]
        assert all(float(ours[name]) == theirs[name] for name in list(ours)[1:])
    assert said.stderr == "181 rows = 181 kept + 0 refused\n"


def test_horizons_and_the_other_standard_error(tmp_path: Path) -> None:
    pyarrow.parquet.write_table(data("invented"), tmp_path / "cases.parquet")
    said = ran(
        withdrawal, tmp_path / "cases.parquet", "--by", "force,sex", *PLACED, "--at", "30,10", "--se", "aalen"
    )
    expected = cumulative_incidence(counts("invented", ["force", "sex"]), at=[10, 30], se="aalen").to_pylist()
    assert [float(row["se"]) for row in rows(said.stdout)] == [row["se"] for row in expected]


def test_labels_stay_as_they_are_and_none_is_a_formula(tmp_path: Path) -> None:
    (tmp_path / "cases.csv").write_text(
        "code,a,b,why\n007,2024-01-01,2024-01-03,16\n=1,2024-01-01,,\n-1,x,,\n"
    )
    said = ran(
        withdrawal, tmp_path / "cases.csv", "--by", "code", "--start", "a", "--end", "b", "--outcome", "why"
    )
    assert [row["code"] for row in rows(said.stdout)] == ["007", "'=1"]
    assert "3 rows = 2 kept + 1 refused\n  1: no date (YYYY-MM-DD)\n" in said.stderr


def test_wrong_calls_and_files_are_refused_in_words(tmp_path: Path) -> None:
    (tmp_path / "bad.csv").write_bytes(b"a,b\n\xff\xfe,1\n" * 3)
    for words, error, message in (
        ([MICE, *PLACED, "--at", "soon"], UsageError, "no whole days"),
        ([MICE, *PLACED, "--by", "region"], UsageError, "no column region"),
        ([tmp_path / "none.csv", *PLACED], FullPictureError, "no such file"),
        (
            [tmp_path / "bad.csv", "--days", "a", "--outcome", "b"],
            FullPictureError,
            "Save it as CSV in UTF-8",
        ),
    ):
        with pytest.raises(error, match=message):
            ran(withdrawal, *words)


def test_tests_and_models_from_the_shell() -> None:
    invented = HERE / "data" / "invented.csv"
    gray = rows(ran(stats, "gray", invented, *PLACED, "--group", "force", "--of", "1").stdout)
    assert float(gray[0]["statistic"]) == gray_test(counts("invented"), 1, "force")["statistic"][0].as_py()
    cox = rows(
        ran(
            stats, "cox", invented, *PLACED, "--of", "2", "--formula", "force + age", "--ties", "efron"
        ).stdout
    )
    expected = cause_specific_cox(counts("invented", ["force", "age"]), 2, "force + age", "efron")
    assert [float(row["coefficient"]) for row in cox] == expected["coefficient"].to_pylist()
    fine = rows(ran(stats, "fine-gray", invented, *PLACED, "--of", "2", "--formula", "force").stdout)
    assert [row["level"] for row in fine] == ["Essex", "Kent", "Mercia"]
    with pytest.raises(UsageError, match="There are 1, 2, 3"):
        ran(stats, "fine-gray", invented, *PLACED, "--of", "9", "--formula", "force")


def test_rates_funnels_and_charts_from_the_shell(tmp_path: Path) -> None:
    file = tmp_path / "table.csv"
    file.write_text("force,events,population,standard\na,20,1000,5\nb,50,1000,5\n")
    assert [row["value"] for row in rows(ran(stats, "rate", file).stdout)] == ["20", "50"]
    value = rows(ran(stats, "dsr", file, "--per", "1000").stdout)[0]["value"]
    assert float(value) == pytest.approx(35)
    assert rows(ran(stats, "funnel", file, "--limits", "0.95").stdout)[1]["signal"] == "above 95%"
    file.write_text("date,value\n2024-01-01,3\n2024-02-01,4\n2024-03-01,5\n")
    chart = rows(ran(stats, "xmr", file, "--rebase", "2024-03-01", "a new form").stdout)
    assert [row["rebased"] for row in chart] == ["", "", "a new form"]
    with pytest.raises(UsageError, match="no levels"):
        ran(stats, "funnel", file, "--limits", "most")


def test_days_may_be_written_as_people_write_them_and_are_never_guessed(tmp_path: Path) -> None:
    path = tmp_path / "cases.csv"
    path.write_text(
        "force,first,last,outcome\nKent,4/5/2024,09/05/2024 10:30,16\nKent,04/05/2024,,\nKent,2024-05-04,,\n"
        "Kent,04/13/2024,,\n",
        encoding="utf-8",
    )
    placed = ["--start", "first", "--end", "last", "--outcome", "outcome", "--as-of", "2024-05-31"]
    said = ran(withdrawal, path, *placed, "--at", "5", "--date-order", "dmy")
    assert [(row["n_events"], row["n_risk"]) for row in rows(said.stdout)] == [("1", "2")]
    assert said.stderr == "4 rows = 2 kept + 2 refused\n  2: no date (DD/MM/YYYY)\n"
    american = ran(withdrawal, path, *placed, "--at", "5", "--date-order", "mdy")
    assert "1: after the day the data were drawn" in american.stderr


def test_a_file_of_which_no_row_can_be_followed_is_refused_with_what_to_check(tmp_path: Path) -> None:
    path = tmp_path / "cases.csv"
    placed = ["--start", "first", "--end", "last", "--outcome", "outcome"]
    path.write_text("first,last,outcome\n04/05/2024,,\n", encoding="utf-8")
    with pytest.raises(FullPictureError, match=r"no row of it can be followed.*--date-order"):
        ran(withdrawal, path, *placed)
    path.write_text("first,last,outcome\n", encoding="utf-8")
    with pytest.raises(FullPictureError, match="no rows in it"):
        ran(withdrawal, path, *placed)
