"""A meta file beside a data file is held against it."""

from __future__ import annotations

from pathlib import Path

from fullpicture.collect.education_meta import meta_problems

HEADERS = [
    "row",
    "time_period",
    "time_identifier",
    "geographic_level",
    "country_code",
    "la_name",
    "sex",
    "rate",
]


def _problems(folder: Path, meta: str | None) -> list[tuple[str, int | None, str]]:
    path = folder / "rates.csv"
    if meta is not None:
        (folder / "rates.meta.csv").write_text(meta, encoding="utf-8")
    return [(one.rule, one.row, one.what) for one in meta_problems(path, "x/rates.csv", HEADERS)]


def test_a_meta_file_that_describes_the_data_has_no_problem(tmp_path: Path) -> None:
    assert _problems(tmp_path, "col_name,col_type,label\nsex,Filter,Sex\nrate,Indicator,Rate\n") == []
    assert _problems(tmp_path / "nowhere", None) == []


def test_columns_on_one_side_only_are_said_with_their_line(tmp_path: Path) -> None:
    assert _problems(tmp_path, "col_name,col_type\nrate,Number\nage,Filter\n") == [
        ("META-001", 2, "this is neither Filter nor Indicator."),
        ("META-002", 3, 'the data have no column "age".'),
        ("META-003", 1, 'the column "sex" of the data is not described.'),
    ]


def test_what_is_no_meta_file_is_said(tmp_path: Path) -> None:
    assert _problems(tmp_path, "a,b\n1,2\n") == [("META-001", 1, "there is no column col_name or col_type.")]
