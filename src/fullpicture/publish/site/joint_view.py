"""The multi-agency view of a police force area: what both sides record of one thing, and what it may say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from fullpicture.core.absence import Absence
from fullpicture.core.area import Area
from fullpicture.core.joint import Theme
from fullpicture.core.period import Period
from fullpicture.publish.site.grouped import Grouped
from fullpicture.publish.words import plain

SIDES = {
    "safeguarding": "Safeguarding partners",
    "police": "Police",
    "both": "Both sides together, as this project proposes",
}


class JointRow(NamedTuple):
    """A figure of one side: what, where, when, how much, of how many, and what must be known of it."""

    indicator: str
    title: str
    place: str
    when: str
    value: str
    unit: str
    number: str
    why: str


class JointTheme(NamedTuple):
    """A theme with the rows of each side."""

    theme: Theme
    sides: Sequence[tuple[str, Sequence[JointRow]]]


def joint_view(grouped: Grouped, area: Area) -> list[JointTheme]:
    """The themes of which something is said of a police force area."""
    rows = grouped.joint.get(area.code, [])
    found = []
    for theme in grouped.publication.joint.themes:
        own = [row for row in rows if row["theme"] == theme.id]
        sides = [
            (said, [_row(grouped, row) for row in own if row["side"] == id_]) for id_, said in SIDES.items()
        ]
        found.append(JointTheme(theme, [side for side in sides if side[1]]))
    return [one for one in found if one.sides]


def _row(grouped: Grouped, row: Mapping[str, Any]) -> JointRow:
    series = grouped.series.get(row["indicator"])
    decimals = series.description.decimals if series else 0
    absent = Absence(row["absence"] or "x").in_brackets
    return JointRow(
        row["indicator"],
        series.description.title if series else row["indicator"],
        row["area_name"],
        Period(row["period_kind"], row["period"]).short_label if row["period"] else "",
        plain(row["value"], decimals) or absent,
        row["unit"],
        plain(row["count"], 0),
        row["why"],
    )
