"""The home page: headlines, then every outcome and enabler with its indicators, then every place."""

from __future__ import annotations

from fullpicture.core.figure import Figure
from fullpicture.publish.blocks import series_block
from fullpicture.publish.site.grouped import Grouped
from fullpicture.publish.site.rows import rows_of
from fullpicture.publish.words import with_unit


def home_page(grouped: Grouped) -> dict[str, object]:
    """What the home page shows; the rows of its tables are those of the widest area that has figures."""
    widest = grouped.places.widest
    sections = [
        (section, rows_of(section, grouped.said("home", found, widest)) if widest else [])
        for section, found in grouped.sections
    ]
    return {
        "headlines": headlines(grouped),
        "sections": sections,
        "levels": grouped.places.levels,
        "widest": widest,
        "neighbours": grouped.places.neighbours,
    }


def headlines(grouped: Grouped) -> list[dict[str, object]]:
    """The programme's headlines as cards: a number, its change, a sentence and a line."""
    found = []
    for id_ in grouped.publication.headlines:
        series = grouped.series[id_]
        top = grouped.places.top(series)
        figure = series.at(top[0], series.latest)
        block = series_block(series, [top], f"h-{id_}", figure)
        said = with_unit(figure, series.description) if figure else "[x]"
        number, _, unit = said.partition(" ")
        shown = {"number": number, "unit": unit, "change": _change(grouped, id_, figure)}
        found.append({"id": id_, "block": block, **shown})
    return found


def _change(grouped: Grouped, id_: str, figure: Figure | None) -> str:
    """The published change on the year before, in words; nothing where it is refused."""
    for suffix in ("change_pct", "change_points"):
        series = grouped.series.get(f"{id_}_{suffix}")
        change = series.at(figure.area_code, figure.period) if series and figure else None
        if series and change and change.value is not None:
            sign = "+" if change.value > 0 else ""
            return f"{sign}{with_unit(change, series.description, 1)} on the year before"
    return ""
