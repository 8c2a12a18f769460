"""Lists of which areas are most like which."""

from __future__ import annotations

from pathlib import Path

import pytest

from fullpicture.collect.neighbours import collect_neighbours
from fullpicture.collect.source import Source
from fullpicture.core.areas import Register
from fullpicture.core.errors import SourceRefused

LEVELS = ("local authority",)
COLUMNS = {"area": "code", "neighbour": "SN_{n}", "closeness": "SN_{n}P"}


def source(**columns: str) -> Source:
    headers = {name: (header,) for name, header in (columns or COLUMNS).items()}
    return Source("near", "Neighbours", "neighbours", ("near.csv",), columns=headers, base_levels=LEVELS)


def written(folder: Path, text: str) -> dict[str, Path]:
    path = folder / "near.csv"
    path.write_text(text, encoding="utf-8")
    return {"near.csv": path}


def test_rows_are_kept_or_refused_and_unknown_neighbours_are_said(tmp_path: Path) -> None:
    """886 is Kent, 887 Medway, 881 Essex, 815 North Yorkshire, whose code is now that of the authority."""
    text = (
        "code,SN_1,SN_1P,SN_2,SN_2P\n"
        "886,881,Very close ,815,Close\n"
        "887,999,Close,Kent,=HYPERLINK(1)\n"
        "886,887,Close,881,Close\n"
        "Nowhere,881,Close,,\n"
    )
    found = collect_neighbours(source(), Register.shipped(), written(tmp_path, text))
    assert [tuple(row.values())[2:] for row in found.table.to_pylist()] == [
        ("E10000016", ["E10000012", "E06000065"], ["Very close", "Close"]),
        ("E06000035", ["E10000016"], ["'=HYPERLINK(1)"]),
    ]
    assert found.rows_in == found.rows_kept + sum(found.refused.values())
    assert [(one.rule, one.row, one.column) for one in found.problems] == [
        ("NBR-001", 3, "SN_1"),
        ("DUP-001", 4, "code"),
        ("AREA-001", 5, "code"),
    ]


def test_a_list_without_the_columns_named_is_refused(tmp_path: Path) -> None:
    files = written(tmp_path, "area,SN_1\n886,881\n")
    for columns in (COLUMNS, {"area": "area", "neighbour": "SN_1"}):
        with pytest.raises(SourceRefused, match="there is no column"):
            collect_neighbours(source(**columns), Register.shipped(), files)
