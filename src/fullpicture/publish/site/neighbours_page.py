"""The page of an area beside its statistical neighbours: one row an indicator, one column a neighbour."""

from __future__ import annotations

from fullpicture.core.area import Area
from fullpicture.publish.site.grouped import Grouped


def neighbours_page(grouped: Grouped, area: Area) -> dict[str, object]:
    """What the page shows."""
    places = grouped.places
    rows = [(section, grouped.said("beside", found, area).values()) for section, found in grouped.sections]
    closeness = next(fact.neighbours_closeness for fact in grouped.facts_of[area.code] if fact.neighbours)
    return {
        "area": area,
        "others": places.nearest(area.code),
        "closeness": closeness,
        "known": places.known,
        "neighbours": places.neighbours,
        "sections": [(section, found) for section, found in rows if found],
    }
