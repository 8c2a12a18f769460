"""Invented rows of a collected source, for tests of the language of indicators."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import ibis
import pyarrow as pa

from fullpicture.analyse.basis import Basis
from fullpicture.analyse.figures import figures_of
from fullpicture.analyse.indicator import Indicator
from fullpicture.core.areas import Register
from fullpicture.core.figure import Figure, to_figures
from fullpicture.core.period import Period

ENGLAND, LONDON, INNER, KENT, MEDWAY = "E92000001", "E12000007", "E13000001", "E10000016", "E06000035"
CAMDEN, HACKNEY, KINGSTON, RICHMOND = "E09000007", "E09000012", "E09000021", "E09000027"

Cell = float | str
"""A number, or the symbol of an absence."""


def basis(rows: Sequence[Mapping[str, Cell]], measures: Sequence[str], **facts: object) -> Basis:
    """A collected source; each row has `area` and maybe `year`, dimensions as texts and measures as cells."""
    columns: dict[str, list[object]] = {"area_code": [], "period_kind": [], "period": [], "blank_reason": []}
    for row in rows:
        year = str(row.get("year", "2025"))
        said = {"area_code": row["area"], "period_kind": "reporting", "period": year, "blank_reason": ""}
        cells = {key: value for key, value in row.items() if key not in ("area", "year")}
        for name in measures:
            cell = cells[name]
            said |= {name: None, f"{name}__absence": cell} if isinstance(cell, str) else {
                name: float(cell), f"{name}__absence": "",
            }  # fmt: skip
        for name, value in {**cells, **said}.items():
            columns.setdefault(name, []).append(value)
    types = {name: pa.float64() if name in measures else pa.string() for name in columns}
    table = pa.table({name: pa.array(column, types[name]) for name, column in columns.items()})
    table = table.append_column("file", pa.array(["a.csv"] * len(rows)))
    table = table.append_column("row", pa.array(range(2, len(rows) + 2), pa.int64()))
    periods = tuple(
        Period("reporting", year) for year in sorted({str(row.get("year", "2025")) for row in rows})
    )
    given = {"covers": ENGLAND, "base_levels": ("local authority",), **facts}
    return Basis(ibis.memtable(table), periods, **given)  # type: ignore[arg-type]


def figures(indicator: Indicator, bases: Mapping[str, Basis]) -> dict[str, Figure]:
    """Figures by area and category, with the year before them where there are several."""
    found = to_figures(figures_of(indicator, bases, Register.shipped()))
    several = len({figure.period for figure in found}) > 1
    return {
        "/".join(filter(None, [figure.period if several else "", figure.area_code, figure.category])): figure
        for figure in found
    }
