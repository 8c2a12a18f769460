"""An area's page: how it stands, its indicators section by section, and every figure of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from fullpicture.core.area import Area
from fullpicture.core.comparison import Comparison
from fullpicture.publish.blocks import Block, series_block
from fullpicture.publish.figures_by import Series
from fullpicture.publish.site.every_figure import every_figure
from fullpicture.publish.site.grouped import Grouped, names
from fullpicture.publish.site.joint_view import joint_view
from fullpicture.publish.site.rows import rows_of, worse_and_worsening
from fullpicture.publish.words import plain

MOST_CHARTS = 24
"""An area with more indicators than this has its lines in the tables alone."""


def area_page(grouped: Grouped, area: Area) -> dict[str, object]:
    """What the page shows."""
    beside = grouped.beside(area.code)
    sections = [
        (section, rows_of(grouped, section, series, area, beside)) for section, series in grouped.sections
    ]
    facts = grouped.facts_of.get(area.code, [])
    return {
        "area": area,
        "above": grouped.above(area.code),
        "below": grouped.below(area.code),
        "within": _force_area(grouped, area),
        "beside": beside,
        "sections": [(section, parts) for section, parts in sections if parts],
        "labels": Counter(fact.england_label for fact in facts),
        "worse": [_worse(grouped.series[fact.indicator], fact) for fact in worse_and_worsening(facts)],
        "has_neighbours": area.code in grouped.neighbours,
        "is_sum": not any(area.code in series.by_area for series in grouped.series.values()),
        "joint": joint_view(grouped, area),
        "blocks": _blocks(grouped, area, beside),
        "every": every_figure(grouped.series.values(), area.code),
    }


def _force_area(grouped: Grouped, area: Area) -> Area | None:
    """The police force area that an authority is in, where it has a page."""
    found = (fact.police_area_code for fact in grouped.facts_of.get(area.code, []))
    code = next((code for code in found if code in grouped.known and code != area.code), "")
    return grouped.register.area(code) if code else None


def _worse(series: Series, fact: Comparison) -> tuple[str, str, str]:
    """An indicator's id, its title, and how much worse the area is."""
    description = series.description
    own, whole = (plain(value, description.decimals) for value in (fact.value, fact.england_value))
    since = f" since {series.when(fact.trend_from).short_label}" if fact.trend_from else ""
    said = f"{own} against {whole} in England ({description.unit}); {fact.trend}{since}"
    return fact.indicator, description.title, said


def _blocks(grouped: Grouped, area: Area, beside: Sequence[Area]) -> list[tuple[Series, Block]]:
    shown = [each for _, found in grouped.sections for each in found if area.code in each.totals]
    charts = shown if len(shown) <= MOST_CHARTS else []
    return [(each, _block(each, area, beside)) for each in charts]


def _block(series: Series, area: Area, beside: Sequence[Area]) -> Block:
    """Its line beside those of the areas above it; counts of larger places would flatten it."""
    others = [each for each in beside if each.code in series.totals and series.description.unit != "count"]
    figure = series.at(area.code, series.latest)
    lines = [(area.code, area.name), *names(others)]
    return series_block(series, lines, f"i-{series.description.indicator}", figure)
