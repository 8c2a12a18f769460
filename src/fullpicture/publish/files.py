"""The data files of an edition: figures, what their columns and indicators mean, coverage and remarks."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa

from fullpicture.core.figure import FIGURE_COLUMNS, FIGURE_SCHEMA, cells_of
from fullpicture.core.table import COVERAGE_SCHEMA, Description, SourceNote
from fullpicture.publish.order import in_order
from fullpicture.publish.publication import Publication

META_COLUMNS = (
    "col_name", "col_type", "label", "indicator_grouping", "indicator_unit", "indicator_dp", "filter_hint",
    "filter_grouping_column",
)  # fmt: skip
"""Columns of `figures.meta.csv`: those of a meta file in Explore Education Statistics."""

_META_ROWS = (
    ("indicator", "Filter", "Indicator", "", "", "", "What each is: indicators.json", ""),
    ("breakdown", "Filter", "Breakdown", "", "", "", "Empty for totals; names joined by |", ""),
    ("category", "Filter", "Category", "", "", "", "Empty for totals; names joined by |", "breakdown"),
    ("value", "Indicator", "Value, in the figure's unit", "Value", "", "", "", ""),
    ("lower", "Indicator", "Lower limit of the interval", "Interval", "", "", "", ""),
    ("upper", "Indicator", "Upper limit of the interval", "Interval", "", "", "", ""),
    ("numerator", "Indicator", "Numerator", "Counts", "", "", "", ""),
    ("denominator", "Indicator", "Denominator", "Counts", "", "", "", ""),
    ("unit", "Filter", "Unit", "", "", "", "What the value is measured in", ""),
    ("absence", "Filter", "Why there is no value", "", "", "",
     "c suppressed; u low reliability; x not available; low rounds to zero; z not applicable", ""),
    ("note", "Filter", "Marks that go with the value", "", "", "",
     "p provisional; r revised; b break in series; approx from rounded counts", ""),
    ("source", "Filter", "Source", "", "", "", "What each is: indicators.json", ""),
)  # fmt: skip
"""The columns of `figures.csv` that a meta file describes: filters and indicators. Those of place and time
(`area_...`, `period...`) are left out: in Explore Education Statistics, no meta file describes them.
Units and decimals are empty because they change from row to row; the file keeps full precision."""


def write_data(publication: Publication, folder: Path) -> None:
    """Writes `figures.csv`, `figures.meta.csv`, `indicators.json`, `coverage.csv` and `remarks.csv`.

    Also `comparisons.csv`, `comparators.csv` and `joint.csv`, where there is something to compare. Beside
    each indicator's and each area's page goes a file with that one's figures. CSV is RFC 4180 (lines end in
    CRLF) in UTF-8; what the columns hold: design/contracts.md, "Figures", and docs/comparison.md.
    """
    folder.mkdir(parents=True, exist_ok=True)
    figures = _joined([in_order(table.figures) for table in publication.tables], FIGURE_SCHEMA)
    coverage = _joined([_by_period(table.coverage) for table in publication.tables], COVERAGE_SCHEMA)
    described = [_described(table.description) for table in publication.tables]
    _write_figures(figures, folder)
    _write_csv(folder / "figures.meta.csv", META_COLUMNS, _META_ROWS)
    _write_csv(folder / "coverage.csv", COVERAGE_SCHEMA.names, _rows(coverage))
    _write_csv(folder / "remarks.csv", ("id", "remark"), _remarks(figures))
    compared = publication.comparisons
    beside = (compared.facts, compared.comparators, publication.joint.rows)
    for name, table in zip(("comparisons", "comparators", "joint"), beside, strict=True):
        if table.num_rows:
            _write_csv(folder / f"{name}.csv", table.schema.names, _rows(table))
    text = json.dumps(described, indent=2, sort_keys=True, ensure_ascii=False)
    (folder / "indicators.json").write_text(text + "\n", encoding="utf-8", newline="\n")


def _write_figures(figures: pa.Table, folder: Path) -> None:
    """All figures, those of each indicator and those of each area, from lines that are made once."""
    lines = lines_of(_rows(figures.select(FIGURE_COLUMNS)))
    parts: dict[str, list[str]] = {"figures": lines}
    for line, indicator, area in zip(
        lines, figures["indicator"].to_pylist(), figures["area_code"].to_pylist(), strict=True
    ):
        parts.setdefault(f"indicators/{indicator}", []).append(line)
        parts.setdefault(f"areas/{area}", []).append(line)
    header = lines_of([FIGURE_COLUMNS])
    for name, part in parts.items():
        path = folder / f"{name}.csv"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("".join(header + part), encoding="utf-8", newline="")


def lines_of(rows: Iterable[Sequence[Any]]) -> list[str]:
    """Rows as lines of CSV, each with its end.

    Examples:
        >>> lines_of([("Kent", 1, None), ("Barking, Dagenham", 2.5, "")])
        ['Kent,1,\\r\\n', '"Barking, Dagenham",2.5,\\r\\n']
    """
    lines: list[str] = []
    csv.writer(_Lines(lines), lineterminator="\r\n").writerows(rows)
    return lines


@dataclass(frozen=True)
class _Lines:
    """What a CSV writer writes to: it hands over one line at a time."""

    lines: list[str]

    def write(self, line: str) -> None:
        self.lines.append(line)


def _joined(tables: Sequence[pa.Table], schema: pa.Schema) -> pa.Table:
    parts = [table.select(schema.names).cast(schema) for table in tables]
    return pa.concat_tables([schema.empty_table(), *parts])


def _by_period(coverage: pa.Table) -> pa.Table:
    return coverage.sort_by([("period_kind", "ascending"), ("period", "ascending")])


def _rows(table: pa.Table) -> Iterable[tuple[Any, ...]]:
    return zip(*(_cells(column) for column in table.columns), strict=True)


def _cells(column: pa.ChunkedArray) -> list[Any]:
    """Numbers in their shortest exact form, whole ones without a point; null stays empty."""
    cells = cells_of(column)
    if not pa.types.is_floating(column.type):
        return cells
    return [int(cell) if cell is not None and cell.is_integer() else cell for cell in cells]


def _remarks(figures: pa.Table) -> Iterable[tuple[str, str]]:
    parts = ("indicator", "area_code", "period_kind", "period", "breakdown", "category", "remark")
    for row in zip(*(figures[part].to_pylist() for part in parts), strict=True):
        indicator, area, kind, period, breakdown, category, remark = row
        if remark:
            yield f"{indicator}/{area}/{kind}:{period}/{breakdown}/{category}", remark


def _write_csv(path: Path, header: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\r\n")
        writer.writerow(header)
        writer.writerows(rows)


def _described(description: Description) -> dict[str, Any]:
    """One entry of `indicators.json`."""
    updates = dict.fromkeys(source.next_update for source in description.sources if source.next_update)
    return {
        "id": description.indicator,
        "title": description.title,
        "definition": description.definition,
        "numerator": description.numerator,
        "denominator": description.denominator,
        "counting_unit": description.counting_unit,
        "polarity": description.polarity,
        "unit": description.unit,
        "decimals": description.decimals,
        "population": description.population,
        "caveat": description.caveat,
        "within": list(description.within),
        "follows": list(description.follows),
        "changes": description.changes,
        "proportion": description.proportion,
        "source": [_source(source) for source in description.sources],
        "next_update": "; ".join(updates),
    }


def _source(source: SourceNote) -> dict[str, Any]:
    return {
        "id": source.id,
        "title": source.title,
        "publisher": source.publisher,
        "url": source.url,
        "licence": source.licence,
        "published": source.published,
        "caveat": source.caveat,
        "files": [{"name": name, "sha256": sha256} for name, sha256 in source.files],
    }
