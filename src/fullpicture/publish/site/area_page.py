"""An area's page: its indicators section by section, beside the areas above it, and every figure of it."""

from __future__ import annotations

from collections.abc import Sequence

from fullpicture.core.area import Area
from fullpicture.publish.blocks import Block, series_block
from fullpicture.publish.figures_by import Series
from fullpicture.publish.site.every_figure import every_figure
from fullpicture.publish.site.grouped import Grouped, names
from fullpicture.publish.site.rows import row_of

MOST_CHARTS = 24
"""An area with more indicators than this has its lines in the tables alone."""


def area_page(grouped: Grouped, area: Area) -> dict[str, object]:
    """What the page shows."""
    above = grouped.above(area.code)
    beside = [*above[:1], *above[1:][-1:]]
    found = [(section, series) for section, series in grouped.sections(area.code) if series]
    shown = [each for _, series in found for each in series if area.code in each.totals]
    sections = [
        (section, [row_of(each, area, beside) for each in series if area.code in each.totals])
        for section, series in found
    ]
    charts = shown if len(shown) <= MOST_CHARTS else []
    return {
        "template": "area",
        "area": area,
        "above": above,
        "below": grouped.below(area.code),
        "beside": beside,
        "sections": [(section, rows) for section, rows in sections if rows],
        "blocks": [(each.description, _block(each, area, beside)) for each in charts],
        "every": every_figure(_all_series(grouped), area.code),
    }


def _all_series(grouped: Grouped) -> list[Series]:
    return list(grouped.series.values())


def _block(series: Series, area: Area, beside: Sequence[Area]) -> Block:
    """Its line beside those of the areas above it; counts of larger places would flatten it."""
    others = [each for each in beside if each.code in series.totals and series.description.unit != "count"]
    figure = series.at(area.code, series.latest)
    lines = [(area.code, area.name), *names(others)]
    return series_block(series, lines, f"i-{series.description.indicator}", figure)
