"""Data and meta files as Explore Education Statistics takes them, a pair for each indicator.

A data file has a row for each period, place and combination of filters, and a column for each indicator; no
cell of an indicator is empty. Its meta file names every filter and indicator
(https://dfe-analytical-services.github.io/analysts-guide/statistics-production/ud.html).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pcsv

from fullpicture.core.areas import Register
from fullpicture.core.table import Description, InternalTable, PublicTable
from fullpicture.publish.publication import Publication

META_COLUMNS = (
    "col_name", "col_type", "label", "indicator_grouping", "indicator_unit", "indicator_dp", "filter_hint",
    "filter_grouping_column",
)  # fmt: skip
PLACE_COLUMNS = (
    "geographic_level", "country_code", "country_name", "region_code", "region_name", "old_la_code",
    "la_name", "new_la_code", "police_force_area_code", "police_force_area_name",
)  # fmt: skip
TOTAL = "Total"
_LEVELS = {
    "country": "National",
    "region": "Regional",
    "sub-region": "Regional",
    "local authority": "Local authority",
    "joint return": "Local authority",
    "police force area": "Police force area",
}
_IDENTIFIERS = {
    "calendar": "Calendar year",
    "financial": "Financial year",
    "financial-quarter": "Financial year Q",
    "academic": "Academic year",
    "reporting": "Reporting year",
}
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
    "November", "December",
)  # fmt: skip
_UNITS = ("%", "£", "£m", "pp")
_COUNTS = ("numerator", "denominator")
_MEASURES = (
    ("value", "", ""),
    ("lower", "_lower", ", lower limit of the 95% interval"),
    ("upper", "_upper", ", upper limit of the 95% interval"),
    ("numerator", "_numerator", ", numerator"),
    ("denominator", "_denominator", ", denominator"),
)


def write_education_files(publication: Publication, folder: Path) -> None:
    """Writes `education/<indicator>.csv` and `.meta.csv`; where periods are of several kinds, with theirs.

    Left out is what the format has no word for: bodies that are no place, and parts of a financial year.
    Marks such as `p` and `approx` stay in `figures.csv`.
    """
    (folder / "education").mkdir(parents=True, exist_ok=True)
    for table in publication.tables:
        for name, data, meta in education_files(table, publication.register):
            path = folder / "education" / name
            _write(path.with_name(f"{name}.csv"), data)
            _write(path.with_name(f"{name}.meta.csv"), meta)


def education_files(
    table: InternalTable | PublicTable, register: Register
) -> Iterator[tuple[str, pa.Table, pa.Table]]:
    """The name, data and meta of each file that a table of figures becomes."""
    figures, indicator = table.figures, table.description.indicator
    kinds = [
        kind for kind in pc.unique(figures["period_kind"]).to_pylist() if _identifier(kind, "2000-01-01")
    ]
    for kind in kinds:
        some = figures.filter(pc.equal(figures["period_kind"], kind))
        some = some.filter(pc.is_in(some["area_level"], pa.array(list(_LEVELS))))
        if some.num_rows:
            name = indicator if len(kinds) == 1 else f"{indicator}-{kind}"
            filters = _filters(some)
            measures = _measures(some, indicator)
            data = pa.table({**_times(some, kind), **_places(some, register), **filters, **measures})
            yield name, data, _meta(table.description, list(filters), list(measures))


def _identifier(kind: str, period: str) -> str:
    """What the format calls a kind of period; "" where it has no word for it."""
    if kind == "as-at":
        return _MONTHS[int(period[5:7]) - 1]
    known = _IDENTIFIERS.get(kind, "")
    return known + period[-1] if kind == "financial-quarter" else known


def _times(figures: pa.Table, kind: str) -> dict[str, pa.Array]:
    """`2024-25` is 202425 in this format; a state is a month of a year, and a quarter says its year."""

    def time_of(period: str) -> tuple[str, str]:
        year = period[:4] if kind in ("calendar", "reporting", "as-at") else period[:4] + period[5:7]
        return year, _identifier(kind, period)

    return _looked_up(figures["period"], time_of, ("time_period", "time_identifier"))


def _places(figures: pa.Table, register: Register) -> dict[str, pa.Array]:
    @cache
    def place_of(code: str) -> tuple[str, ...]:
        return _place(code, register)

    return _looked_up(figures["area_code"], place_of, PLACE_COLUMNS)


def _place(code: str, register: Register) -> tuple[str, ...]:
    """The cells of `PLACE_COLUMNS`: an area's own, and those of the region and country that it is in.

    A London borough is in Inner or Outer London, as this format has it.
    """
    area = register.area(code)
    line = [area, *(register.area(above) for above in register.above(code))]
    country = next((one for one in line if one.level == "country"), None)
    parts = [one for one in register.at_level("sub-region") if code in one.members]
    region = next((one for one in [*parts, *line] if one.level in ("region", "sub-region")), None)
    authority = area if area.level in ("local authority", "joint return") else None
    force = area if area.level == "police force area" else None
    return (
        _LEVELS[area.level],
        country.code if country else "", country.name if country else "",
        region.code if region else "", region.name if region else "",
        authority.old_la_code if authority else "", authority.name if authority else "",
        authority.code.replace("+", " / ") if authority else "",
        force.code if force else "", force.name if force else "",
    )  # fmt: skip


def _filters(figures: pa.Table) -> dict[str, pa.Array]:
    """A column for each breakdown; `Total` where a figure is not broken down by it."""
    pairs = pa.table({"breakdown": figures["breakdown"], "category": figures["category"]})
    known = pairs.group_by(["breakdown", "category"]).aggregate([])
    names = sorted({name for each in known["breakdown"].to_pylist() for name in each.split("|") if name})

    def cells(pair: str) -> tuple[str, ...]:
        breakdown, category = pair.split("\0")
        said = dict(zip(breakdown.split("|"), category.split("|"), strict=False))
        return tuple(said.get(name, TOTAL) for name in names)

    joined = pc.binary_join_element_wise(figures["breakdown"], figures["category"], "\0")
    return _looked_up(joined, cells, tuple(names)) if names else {}


def _measures(figures: pa.Table, indicator: str) -> dict[str, pa.Array]:
    """Numbers in full precision, or why there is none; a measure that nobody has is left out."""
    absence = figures["absence"]
    found = {}
    for column, ending, _ in _MEASURES:
        numbers = figures[column]
        if column != "value" and numbers.null_count == len(numbers):
            continue
        symbol = pc.if_else(pc.equal(absence, ""), "x" if column in _COUNTS else "z", absence)
        found[indicator + ending] = pc.coalesce(pc.cast(numbers, pa.string()), symbol)
    return found


def _looked_up(
    keys: pa.ChunkedArray, cells: Callable[[str], tuple[str, ...]], names: tuple[str, ...]
) -> dict[str, pa.Array]:
    """Columns of what each key stands for, worked out once for each key."""
    encoded = pc.dictionary_encode(keys).combine_chunks()
    rows = [cells(key) for key in encoded.dictionary.to_pylist()]
    columns = zip(*rows, strict=True)
    return {
        name: pa.array(column, pa.string()).take(encoded.indices)
        for name, column in zip(names, columns, strict=True)
    }


def _meta(description: Description, filters: list[str], measures: list[str]) -> pa.Table:
    unit = description.unit if description.unit in _UNITS else ""
    words = "" if unit or description.unit == "count" else f" ({description.unit})"
    endings = {description.indicator + ending: (column, said) for column, ending, said in _MEASURES}
    rows = [(name, "Filter", _label(name), "", "", "", "", "") for name in filters]
    for name in measures:
        column, said = endings[name]
        is_count = column in _COUNTS
        label = description.title + ("" if is_count else words) + said
        decimals = "" if is_count else str(description.decimals)
        rows.append((name, "Indicator", label, "", "" if is_count else unit, decimals, "", ""))
    return pa.table(dict(zip(META_COLUMNS, map(list, zip(*rows, strict=True)), strict=True)))


def _label(name: str) -> str:
    return name.replace("_", " ").capitalize()


def _write(path: Path, table: pa.Table) -> None:
    """CSV with cells quoted where they need it; the bytes follow from the table alone."""
    pcsv.write_csv(table, path, pcsv.WriteOptions(quoting_style="needed"))
