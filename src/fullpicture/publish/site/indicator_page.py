"""An indicator's page: over time, all areas of each level in order, its breakdowns, what it means."""

from __future__ import annotations

from collections.abc import Sequence

from fullpicture.core.figure import Figure
from fullpicture.publish.blocks import breakdown_block, by_level, level_block, series_block
from fullpicture.publish.figures_by import Series
from fullpicture.publish.site.places import Named, Places
from fullpicture.publish.words import cell


def indicator_page(series: Series, places: Places) -> dict[str, object]:
    """What the page shows."""
    top = places.top(series)
    first = by_level(series, series.latest, places.register)
    beside = _highest_and_lowest(first) if series.description.unit != "count" else []
    over_time = series_block(series, [top, *beside], "over-time", series.at(top[0], series.latest))
    levels = [
        level_block(
            series, level, figures, f"level-{level.replace(' ', '-')}", _reference(series, level, top)
        )
        for level, figures in first
        if len(figures) > 1
    ]
    broken = [
        breakdown_block(series, name, top, f"by-{name.replace('|', '-')}") for name in series.breakdowns
    ]
    return {
        "description": series.description,
        "blocks": [over_time, *levels, *filter(None, broken)],
        "parts": [(f, cell(f, series.description.decimals)) for f in series.parts.get(top[0], [])],
        "remarks": sorted(series.remarks)[:12],
    }


def _reference(series: Series, level: str, top: Named) -> Figure | None:
    """The widest area's figure, beside areas of a lower level; a count of the whole would flatten theirs."""
    figure = series.at(top[0], series.latest)
    is_beside = figure and figure.area_level != level and series.description.unit != "count"
    return figure if is_beside else None


def _highest_and_lowest(levels: Sequence[tuple[str, list[Figure]]]) -> list[Named]:
    """The regions at the two ends: what a line of the whole is worth looking at beside."""
    regions = [f for level, figures in levels if level == "region" for f in figures if f.value is not None]
    regions.sort(key=lambda f: (-(f.value or 0), f.area_name))
    ends = [regions[0], regions[-1]] if len(regions) > 1 else []
    return [(figure.area_code, figure.area_name) for figure in ends]
