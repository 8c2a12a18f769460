"""An area's page: how it stands, its indicators section by section, and every figure of it."""

from __future__ import annotations

from collections import Counter
from itertools import chain

from fullpicture.core.area import Area
from fullpicture.core.comparison import Comparison
from fullpicture.publish.figures_by import Series
from fullpicture.publish.site.every_figure import tables_of
from fullpicture.publish.site.grouped import Grouped
from fullpicture.publish.site.joint_view import joint_view
from fullpicture.publish.site.rows import rows_of, worse_and_worsening
from fullpicture.publish.words import plain


def area_page(grouped: Grouped, area: Area) -> dict[str, object]:
    """What the page shows."""
    places = grouped.places
    facts = grouped.facts_of.get(area.code, [])
    rows = [
        (section, rows_of(section, grouped.said("rows", found, area))) for section, found in grouped.sections
    ]
    charts = [grouped.said("charts", found, area).values() for _, found in grouped.sections]
    return {
        "area": area,
        "above": places.above(area.code),
        "below": places.below(area.code),
        "within": _force_area(grouped, area),
        "beside": places.beside(area.code),
        "sections": [(section, parts) for section, parts in rows if parts],
        "labels": Counter(fact.england_label for fact in facts),
        "worse": [_worse(grouped.series[fact.indicator], fact) for fact in worse_and_worsening(facts)],
        "has_neighbours": area.code in places.neighbours,
        "is_sum": not any(area.code in series.areas for series in grouped.series.values()),
        "joint": joint_view(grouped, area),
        "charts": list(chain.from_iterable(charts)),
        "every": tables_of(grouped.parts[id_].every.get(area.code, "") for id_ in grouped.series),
    }


def _force_area(grouped: Grouped, area: Area) -> Area | None:
    """The police force area that an authority is in, where it has a page."""
    found = (fact.police_area_code for fact in grouped.facts_of.get(area.code, []))
    code = next((code for code in found if code in grouped.places.known and code != area.code), "")
    return grouped.places.register.area(code) if code else None


def _worse(series: Series, fact: Comparison) -> tuple[str, str, str]:
    """An indicator's id, its title, and how much worse the area is."""
    description = series.description
    own, whole = (plain(value, description.decimals) for value in (fact.value, fact.england_value))
    since = f" since {series.when(fact.trend_from).short_label}" if fact.trend_from else ""
    said = f"{own} against {whole} in England ({description.unit}); {fact.trend}{since}"
    return fact.indicator, description.title, said
