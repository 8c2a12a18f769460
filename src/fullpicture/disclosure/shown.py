"""Which figures may be shown where some counts are hidden: each goes with every count that it gives away."""

from __future__ import annotations

from collections.abc import Collection

from fullpicture.core.absence import Absence
from fullpicture.core.areas import Register
from fullpicture.core.figure import Figure
from fullpicture.core.period import Period
from fullpicture.disclosure.counts import Counts, Place
from fullpicture.disclosure.figure_tables import FigureTables
from fullpicture.disclosure.linked import Mask
from fullpicture.disclosure.primary import Missing

Id = tuple[str, Place]
COUNTED = "a count that it shows is hidden"
NOT_CHECKED = "the counts behind it are not known, so that nobody can check it"
FOLLOWS = "what it is made of is hidden"
WHY_ABSENT = "why it has no value could tell a zero from a small count"
_NEAR = 1e-9


class Hiding:
    """For each figure that is not shown, why not; `why` has nothing of those that are."""

    def __init__(self, counts: Counts, linked: FigureTables, official: Collection[str]) -> None:
        self.counts, self.linked, self.official = counts, linked, frozenset(official)

    def why(self, hidden: Mask) -> dict[Id, str]:
        """Reasons where these cells are hidden."""
        why: dict[Id, str] = {}
        waiting = []
        for id_, figure in self.counts.figures.items():
            if id_[0] in self.official:
                continue
            if figure.value is not None and self._cannot_be_checked(id_, figure):
                waiting.append((id_, figure))
            elif any(hidden[self.linked.cells[side]] for side in self.counts.sides.get(id_, ())):
                why[id_] = COUNTED
        for id_, figure in waiting:
            reason = self._why_not_followed(id_, figure, why)
            if reason:
                why[id_] = reason
        units = {_unit(id_) for id_ in why}
        for id_, figure in self.counts.figures.items():
            is_blank = figure.value is None and id_[0] not in self.official
            if is_blank and id_ not in why and _unit(id_) in units:
                why[id_] = WHY_ABSENT
        return why

    def _cannot_be_checked(self, id_: Id, figure: Figure) -> bool:
        """Whether a figure shows a number that is no count, or no count at all."""
        sides = self.counts.sides.get(id_, ())
        uncounted = [side for indicator, side in self.counts.uncounted if indicator == id_[0]]
        return not sides or any(getattr(figure, _FIELD[side]) is not None for side in uncounted)

    def _why_not_followed(self, id_: Id, figure: Figure, why: dict[Id, str]) -> str:
        """Such a figure is shown beside those that it is made of, if it says no more than they do."""
        description = self.counts.descriptions[id_[0]]
        followed = [name for name in description.follows if name in self.counts.descriptions]
        if not followed:
            return NOT_CHECKED
        made_of = [(name, id_[1]) for name in followed]
        if any(one not in self.counts.figures or one in why for one in made_of):
            return FOLLOWS
        return self._why_no_change(id_, figure, why) if description.changes else ""

    def _why_no_change(self, id_: Id, figure: Figure, why: dict[Id, str]) -> str:
        """A change of a rate shows two rates; on common areas they may be others than those published."""
        place = id_[1]
        before = Period(place.kind, place.period).shifted(-1).name  # type: ignore[arg-type]
        base = self.counts.descriptions[id_[0]].changes
        for side, at in ((figure.numerator, place), (figure.denominator, place._replace(period=before))):
            shown = self.counts.figures.get((base, at))
            if shown is None or (base, at) in why or shown.value is None or side is None:
                return FOLLOWS
            if abs(shown.value - side) > _NEAR * max(1.0, abs(side)):
                return FOLLOWS
        return ""


_FIELD = {"count": "value", "numerator": "numerator", "denominator": "denominator"}


def _unit(id_: Id) -> tuple[str, str, str, str]:
    """What has one absence for one reason: an indicator at a level, for a kind of period, in a breakdown."""
    return id_[0], id_[1].level, id_[1].kind, id_[1].breakdown


def is_known(figure: Figure, missing: Collection[Missing], register: Register) -> bool:
    """Whether anybody can see elsewhere why a figure has no value."""
    if figure.absence == Absence.NOT_AVAILABLE:
        return (figure.period_kind, figure.period, figure.area_code) in missing
    if figure.absence == Absence.NOT_APPLICABLE and figure.unit.startswith("per "):
        return figure.area_code in register and not register.area(figure.area_code).has_residents
    return False
