"""All that is known of one area's latest figure, joined to a row of `comparisons.csv`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from fullpicture.analyse.comparison.england import against_england
from fullpicture.analyse.comparison.rank import FEWEST
from fullpicture.analyse.comparison.series import Series
from fullpicture.analyse.comparison.subject import Subject
from fullpicture.analyse.comparison.surroundings import AUTHORITY, FORCE_AREA, Surroundings
from fullpicture.analyse.comparison.trend import INCREASING, NO_CHANGE, POINTS
from fullpicture.analyse.comparison.year_before import Change, on_year_before, unit_of
from fullpicture.core.comparison import Comparison
from fullpicture.core.figure import Figure

Key = tuple[str, str]
"""An indicator and an area or place, in the latest period."""
_OWN = (
    "indicator", "area_code", "area_name", "area_level", "period", "period_kind", "value", "lower", "upper",
    "unit", "absence",
)  # fmt: skip
_TOO_FEW = f"Fewer than half of the areas of this level have a value, or fewer than {FEWEST}."
RANKED_LEVELS = ("region", FORCE_AREA, AUTHORITY)


class Neighbour(NamedTuple):
    """One of an area's statistical neighbours, with how close it is in the publisher's words."""

    code: str
    closeness: str


@dataclass(frozen=True)
class Known:
    """What engines have found out of the latest figures, by indicator and place (rows as dictionaries).

    `sums` names force areas whose value is a sum, with why it has none; `changes` are changes on common areas
    that the programme publishes.
    """

    medians: Mapping[Key, Mapping[str, Any]] = field(default_factory=dict)
    ranks: Mapping[Key, Mapping[str, Any]] = field(default_factory=dict)
    trends: Mapping[Key, Mapping[str, Any]] = field(default_factory=dict)
    sums: Mapping[Key, str] = field(default_factory=dict)
    changes: Mapping[Key, Figure] = field(default_factory=dict)


@dataclass(frozen=True)
class Facts:
    """Makes rows of `comparisons.csv`; `neighbours` are each area's, closest first."""

    series: Series
    around: Surroundings
    subjects: Mapping[str, Subject]
    neighbours: Mapping[str, Sequence[Neighbour]]
    known: Known

    def all(self) -> list[Comparison]:
        """One row for each area in each indicator's latest period, by indicator, level and area."""
        return [self._of(figure) for figure in self.series.of_latest()]

    def _of(self, figure: Figure) -> Comparison:
        key = (figure.indicator, figure.area_code)
        subject = self.subjects[figure.indicator]
        england = self.series.england(figure)
        label, why = against_england(figure, england, subject)
        own: dict[str, Any] = {name: getattr(figure, name) for name in _OWN}
        return Comparison(
            **own,
            basis="sum of authorities" if key in self.known.sums else "figure",
            england_value=england, england_label=label, england_why=why,
            **self._regions(figure), **self._neighbours(figure), **self._police(figure),
            **self._rank(figure, subject), **self._change(figure, subject), **self._trend(figure, subject),
        )  # fmt: skip

    def _value(self, figure: Figure, area: str) -> float | None:
        if not area:
            return None
        found = self.series.at(figure.indicator, area, (figure.period_kind, figure.period))
        return found.value if found else None

    def _regions(self, figure: Figure) -> dict[str, Any]:
        region = self.around.region[figure.area_code]
        sub_region = self.around.sub_region.get(figure.area_code, "")
        return {
            "region_code": region,
            "region_value": self._value(figure, region),
            "sub_region_code": sub_region,
            "sub_region_value": self._value(figure, sub_region),
        }

    def _neighbours(self, figure: Figure) -> dict[str, Any]:
        place = self.around.place[figure.area_code]
        listed = self.neighbours.get(place, ())
        found = self.known.medians.get((figure.indicator, place), {})
        why = ""
        if not listed:
            why = "No statistical neighbours are listed for this area."
        elif found.get("value") is None:
            why = f"{found.get('with_value', 0)} of {len(listed)} neighbours have a value, fewer than half."
        closeness = Counter(neighbour.closeness for neighbour in listed)
        return {
            "neighbours_median": found.get("value"),
            "neighbours_with_value": found.get("with_value", 0),
            "neighbours_listed": len(listed),
            "neighbours": "|".join(neighbour.code for neighbour in listed),
            "neighbours_closeness": "; ".join(f"{name}: {count}" for name, count in closeness.items()),
            "neighbours_why": why,
        }

    def _police(self, figure: Figure) -> dict[str, Any]:
        """For a force area that is a sum, why it has no value; for an authority, its force area's value."""
        own = figure.area_level == FORCE_AREA
        area = "" if own else self.around.police_area.get(figure.area_code, "")
        key = (figure.indicator, figure.area_code if own else area)
        return {
            "police_area_code": area,
            "police_area_value": self._value(figure, area),
            "police_area_why": self.known.sums.get(key, ""),
        }

    def _rank(self, figure: Figure, subject: Subject) -> dict[str, Any]:
        found = self.known.ranks.get((figure.indicator, figure.area_code))
        if found is not None:
            return {name: found[name] for name in ("rank", "ranked", "quartile")} | {"rank_why": ""}
        why = subject.why_not_judged
        if not why and figure.area_level not in RANKED_LEVELS:
            why = f"Areas of this level ({figure.area_level}) are not ranked."
        if not why:
            why = "There is no value." if figure.value is None else _TOO_FEW
        return {"rank": None, "ranked": 0, "quartile": None, "rank_why": why}

    def _change(self, figure: Figure, subject: Subject) -> dict[str, Any]:
        change = self._change_of(figure, subject)
        return {
            "change": change.value,
            "change_unit": change.unit,
            "change_from": figure.when.shifted(-1).name,
            "change_before": change.before,
            "change_why": change.why,
        }

    def _change_of(self, figure: Figure, subject: Subject) -> Change:
        """Of sums of areas the published change on common areas, or none: their coverage may differ."""
        if not subject.sums_areas or figure.area_level in subject.base_levels:
            return on_year_before(figure, self.series.year_before(figure))
        published = self.known.changes.get((figure.indicator, figure.area_code))
        if published is None:
            why = "The areas of the two periods may differ; change = true compares those that both have."
            return Change(None, unit_of(figure), None, why)
        return Change(published.value, published.unit, published.denominator, published.remark)

    def _trend(self, figure: Figure, subject: Subject) -> dict[str, Any]:
        found = self.known.trends.get((figure.indicator, self.around.place[figure.area_code]))
        if figure.value is None or found is None:
            why = f"Fewer than {POINTS} periods have a value with an interval."
            why = "There is no value." if figure.value is None else why
            return {"trend": "not compared", "trend_is": "", "trend_from": "", "trend_why": why}
        trend = found["trend"]
        judged = trend != NO_CHANGE and not subject.why_not_judged
        up_is_good = subject.polarity == "high"
        is_ = "" if not judged else "better" if (trend == INCREASING) == up_is_good else "worse"
        why = "" if judged or trend == NO_CHANGE else subject.why_not_judged
        return {"trend": trend, "trend_is": is_, "trend_from": found["since"], "trend_why": why}
