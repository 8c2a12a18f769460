"""What an edition's `indicators.json` says of an indicator, as a description again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fullpicture.core.table import Description, SourceNote


def description_of(said: Mapping[str, Any]) -> Description:
    """As much of an indicator as its figures need to be read, and to be audited."""
    sources = tuple(
        SourceNote(one["id"], one["title"], one["publisher"], one["url"], one["licence"], one["published"])
        for one in said["source"]
    )
    return Description(
        indicator=said["id"],
        title=said["title"],
        definition=said["definition"],
        population=said["population"],
        period="as published",
        place_level="as published",
        unit=said["unit"],
        sources=sources,
        counting_unit=said["counting_unit"],
        decimals=said["decimals"],
        within=tuple(said["within"]),
        follows=tuple(said["follows"]),
        changes=said["changes"],
        proportion=said["proportion"],
    )
