"""A page for any choice of places and indicators: its address says the choice, a small script fills it."""

from __future__ import annotations

from fullpicture.publish.site.grouped import Grouped


def compare_page(grouped: Grouped) -> dict[str, object]:
    """What the page shows before its script has run: what there is to choose from."""
    return {
        "sections": [(section, found) for section, found in grouped.sections if found],
        "levels": grouped.places.levels,
    }
