from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from fullpicture.core.figure import FIGURE_COLUMNS
from fullpicture.publish.files import META_COLUMNS, write_data
from tests.publish.editions import crimes, edition, figure, table, unsupported


@pytest.fixture
def written(tmp_path: Path) -> Path:
    write_data(edition(), tmp_path)
    return tmp_path


def rows_of(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def test_figures_are_exact_and_in_the_order_of_indicator_area_and_period(written: Path) -> None:
    header, *rows = rows_of(written / "figures.csv")
    assert header == list(FIGURE_COLUMNS)
    assert [row[1:2] + row[4:5] + row[6:15] for row in rows] == [
        ["E92000001", "2025", "", "", "0.30000000000000004", "0", "1", "", "", "%", "u"],
        ["E92000001", "2025", "age|sex", "10-15|female", "1e-07", "", "", "", "", "%", ""],
        ["E23000028", "2025", "", "", "40", "", "", "40", "100", "%", ""],
        ["E23000032", "2024", "", "", "12.5", "10.25", "15", "25", "200", "%", ""],
        ["E23000032", "2025", "", "", "", "", "", "", "", "%", "c"],
        ["E23000028", "2025", "", "", "0", "", "", "", "", "count", ""],
        ["E23000032", "2025", "", "", "1234567", "", "", "", "", "count", ""],
    ]


def test_each_indicator_and_each_area_has_a_file_with_its_rows_of_all_figures(written: Path) -> None:
    header, *rows = rows_of(written / "figures.csv")
    parts = {path.stem: rows_of(path) for path in (*written.glob("indicators/*"), *written.glob("areas/*"))}
    assert {part[0][0] for part in parts.values()} == {"indicator"}
    assert parts["crimes_recorded"] == [header, *(row for row in rows if row[0] == "crimes_recorded")]
    assert parts["E23000032"] == [header, *(row for row in rows if row[1] == "E23000032")]
    assert sorted(parts) == sorted({row[0] for row in rows} | {row[1] for row in rows})


def test_csv_is_rfc_4180_in_utf_8_without_a_byte_order_mark(tmp_path: Path) -> None:
    odd = figure("E23000032", "2025", 1.0, area_name='Ynys "Môn", north')
    write_data(edition(table("odd", [odd])), tmp_path)
    content = (tmp_path / "figures.csv").read_bytes()
    assert content.startswith(b"indicator,area_code,")
    assert content.count(b"\r\n") == content.count(b"\n") == 2
    assert ',"Ynys ""Môn"", north",'.encode() in content


def test_meta_describes_every_column_but_place_and_time(written: Path) -> None:
    header, *rows = rows_of(written / "figures.meta.csv")
    assert header == list(META_COLUMNS)
    fixed = {"area_code", "area_name", "area_level", "period", "period_kind"}
    assert [row[0] for row in rows] == [name for name in FIGURE_COLUMNS if name not in fixed]
    assert {row[1] for row in rows} == {"Filter", "Indicator"}


def test_indicators_say_what_they_are_and_where_they_come_from(written: Path) -> None:
    first, second = json.loads((written / "indicators.json").read_text(encoding="utf-8"))
    assert (first["id"], second["id"]) == ("unsupported_of_closed_pct", "crimes_recorded")
    assert (first["unit"], first["decimals"], first["next_update"]) == ("%", 1, "June 2026")
    assert list(first) == sorted(first)
    assert first["source"] == [
        {
            "caveat": "One force changed its system in 2024.",
            "files": [{"name": "returns.csv", "sha256": "0" * 64}],
            "id": "returns",
            "licence": "Open Government Licence v3.0",
            "published": True,
            "publisher": "Invented Office",
            "title": "Returns of invented forces",
            "url": "https://example.org/returns",
        }
    ]


def test_coverage_and_remarks_go_with_the_figures(written: Path) -> None:
    assert rows_of(written / "coverage.csv")[1:] == [
        ["unsupported_of_closed_pct", "reporting", "2025", "2", "1", "E23000028"],
        ["crimes_recorded", "reporting", "2025", "2", "1", "E23000028"],
    ]
    assert rows_of(written / "remarks.csv") == [
        ["id", "remark"],
        ["unsupported_of_closed_pct/E23000032/reporting:2024//", "Kent's figure stands on three quarters."],
    ]


def test_same_tables_give_the_same_bytes_whatever_the_order_of_their_rows(tmp_path: Path) -> None:
    turned = unsupported()
    turned = type(turned)(turned.description, turned.figures.take([4, 3, 2, 1, 0]), turned.coverage)
    write_data(edition(), tmp_path / "once")
    write_data(edition(turned, crimes()), tmp_path / "again")
    files = sorted(path.relative_to(tmp_path / "once") for path in (tmp_path / "once").rglob("*.*"))
    assert len(files) == 10
    for name in files:
        assert (tmp_path / "once" / name).read_bytes() == (tmp_path / "again" / name).read_bytes()
