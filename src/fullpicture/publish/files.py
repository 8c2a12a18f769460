"""The data files of an edition: figures, what their columns and indicators mean, coverage and remarks."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import pyarrow as pa
import pyarrow.compute as pc

from fullpicture.core.digest import digest_of, fingerprint
from fullpicture.core.figure import FIGURE_COLUMNS, cells_of, to_figures
from fullpicture.core.table import COVERAGE_SCHEMA, Description, SourceNote
from fullpicture.publish.kept import Kept, Nothing, as_bytes, from_bytes
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


def write_data(publication: Publication, folder: Path, kept: Kept | None = None) -> None:
    """Writes `figures.csv`, `figures.meta.csv`, `indicators.json`, `coverage.csv` and `remarks.csv`.

    Also `comparisons.csv`, `comparators.csv` and `joint.csv`, where there is something to compare. Beside
    each indicator's and each area's page goes a file with that one's figures. CSV is RFC 4180 (lines end in
    CRLF) in UTF-8; what the columns hold: design/contracts.md, "Figures", and docs/comparison.md.

    Args:
        kept: lines of earlier builds.
    """
    folder.mkdir(parents=True, exist_ok=True)
    kept = kept or Nothing()
    coverage = _joined([_by_period(table.coverage) for table in publication.tables], COVERAGE_SCHEMA)
    described = [_described(table.description) for table in publication.tables]
    _write_figures(publication, folder, kept)
    _write(folder / "figures.meta.csv", META_COLUMNS, lines_of(_META_ROWS))
    _write(folder / "coverage.csv", COVERAGE_SCHEMA.names, lines_of(_rows(coverage)))
    _write(folder / "remarks.csv", ("id", "remark"), lines_of(_remarks(publication)))
    compared, joint = publication.comparisons, publication.joint.rows
    for name, table in (("comparisons", compared.facts), ("comparators", compared.comparators)):
        if table.num_rows:
            lines = _lines(table, kept, "indicator").values()
            _write(folder / f"{name}.csv", table.schema.names, lines)
    if joint.num_rows:
        _write(folder / "joint.csv", joint.schema.names, lines_of(_rows(joint)))
    text = json.dumps(described, indent=2, sort_keys=True, ensure_ascii=False)
    (folder / "indicators.json").write_text(text + "\n", encoding="utf-8", newline="\n")


def _write_figures(publication: Publication, folder: Path, kept: Kept) -> None:
    """All figures, those of each indicator and those of each area, from lines that are made once."""
    areas: dict[str, list[str]] = {}
    figures: list[str] = []
    for table in publication.tables:
        lines = _lines(table.figures, kept, "area_code")
        figures += lines.values()
        _write(folder / "indicators" / f"{table.description.indicator}.csv", FIGURE_COLUMNS, lines.values())
        for area, own in lines.items():
            areas.setdefault(area, []).append(own)
    _write(folder / "figures.csv", FIGURE_COLUMNS, figures)
    for area, texts in areas.items():
        _write(folder / "areas" / f"{area}.csv", FIGURE_COLUMNS, texts)


def _lines(table: pa.Table, kept: Kept, by: Literal["area_code", "indicator"]) -> Mapping[str, str]:
    """The lines of a table by area or indicator, taken from what is kept where they can be."""
    key = fingerprint("lines", by, digest_of(table))
    found = kept.get(key)
    if found is not None:
        return from_bytes(found)["lines"]
    ordered = in_order(table).select(FIGURE_COLUMNS) if by == "area_code" else table
    lines: dict[str, list[str]] = {}
    for name, line in zip(ordered[by].to_pylist(), lines_of(_rows(ordered)), strict=True):
        lines.setdefault(name, []).append(line)
    made = {name: "".join(own) for name, own in lines.items()}
    kept.keep(key, as_bytes({"lines": made}))
    return made


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


def _remarks(publication: Publication) -> Iterator[tuple[str, str]]:
    for table in publication.tables:
        figures = table.figures.filter(pc.not_equal(table.figures["remark"], ""))
        yield from ((figure.id, figure.remark) for figure in to_figures(in_order(figures)))


def _write(path: Path, header: Sequence[str], lines: Iterable[str]) -> None:
    path.parent.mkdir(exist_ok=True)
    path.write_text("".join([*lines_of([header]), *lines]), encoding="utf-8", newline="")


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
