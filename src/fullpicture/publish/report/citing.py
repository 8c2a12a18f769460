"""What an author may say of figures in a sentence: how much, how it changed, which is most."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from fullpicture.core.absence import Absence
from fullpicture.core.figure import Figure
from fullpicture.publish.report.desk import Piece
from fullpicture.publish.report.document import Citation, Claim
from fullpicture.publish.report.lookup import Lookup, NotThere, Wanted
from fullpicture.publish.report.rounding import said_of

NOT_RECORDED = ("not recorded", "unknown", "not known", "not stated", "withheld", "unusable")
"""Categories that say that something is not known: they are never called the most, and stand last."""


@dataclass(frozen=True)
class Defaults:
    """What a call takes where it does not say: area, period, and what holds the unknowns of a share.

    `unknowns` names, for an indicator that is a share of what is known, the count of all of them.
    """

    area: str
    period: str
    unknowns: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Cites:
    """Makes citations out of an edition's figures; anything withheld has no number and says why."""

    lookup: Lookup
    defaults: Defaults

    def wanted(self, indicator: str, period: object, where: Mapping[str, str]) -> Wanted:
        """Which figure a call asks for."""
        unknown = set(where) - {"area", "by", "of"}
        if unknown:
            what = f'"{", ".join(sorted(unknown))}" is not known in a call.'
            raise NotThere(what, "Write area, by and of.")
        place = {"area": self.defaults.area, "by": "", "of": "", **where}
        return Wanted(indicator, str(period or self.defaults.period), **place)

    def figure(self, wanted: Wanted, rule: str, claim: Claim = "value") -> Citation:
        """One number of a figure."""
        return self._cited(wanted, self.lookup.figure(wanted), None, rule, claim)

    def _cited(
        self, wanted: Wanted, figure: Figure | None, against: Figure | None, rule: str, claim: Claim
    ) -> Citation:
        id_ = figure.id if figure else self._id(wanted)
        number = number_of(figure, claim, against)
        if figure is None or number is None:
            return Citation(id_, figure, None, "", rule, claim, against, self._why(figure, against))
        shown = self._shown(figure, number, rule, claim)
        return Citation(id_, figure, number, shown, rule, claim, against)

    def _shown(self, figure: Figure, number: float, rule: str, claim: Claim) -> str:
        description = self.lookup.description(figure.indicator)
        if claim in ("share", "base", "unknown"):
            figure = figure._replace(unit="%" if claim == "share" else "")
        return said_of(figure, number, rule, description)

    def _id(self, wanted: Wanted) -> str:
        when, area = self.lookup.when(wanted.indicator, wanted.period), self.lookup.area(wanted.area)
        return f"{wanted.indicator}/{area}/{when.kind}:{when.name}/{wanted.by}/{wanted.of}"

    def _why(self, *figures: Figure | None) -> str:
        for figure in figures:
            if figure is not None and figure.value is None:
                if figure.remark and figure.absence == Absence.NOT_AVAILABLE:
                    return figure.remark
                absence = Absence(figure.absence or Absence.NOT_AVAILABLE)
                return f"{absence.meaning} {absence.in_brackets}"
        return f"{Absence.NOT_AVAILABLE.meaning} {Absence.NOT_AVAILABLE.in_brackets}"

    def value(self, wanted: Wanted, rule: str, with_base: bool = True) -> tuple[Piece, ...]:
        """How much; a share of what is known brings its base and how many are not known."""
        cited = self.figure(wanted, rule)
        if not with_base or "where_known" not in wanted.indicator or cited.is_withheld:
            return (cited,)
        pieces: list[Piece] = [cited, " (of "]
        pieces.append(self.figure(wanted, "number:0", "base"))
        whole = self.defaults.unknowns.get(wanted.indicator)
        if whole:
            against = self.lookup.figure(Wanted(whole, wanted.period, wanted.area))
            unknown = self._cited(wanted, cited.figure, against, "number:0", "unknown")
            pieces += [" where known; not known for ", unknown if not unknown.is_withheld else unknown.why]
        else:
            pieces.append(" where known")
        return (*pieces, ")")

    def share(self, wanted: Wanted, out_of: str, rule: str) -> Citation:
        """A count as a share of another: of all categories together, or of another indicator's."""
        whole = Wanted(out_of or wanted.indicator, wanted.period, wanted.area)
        return self._cited(wanted, self.lookup.figure(wanted), self.lookup.figure(whole), rule, "share")

    def times(self, wanted: Wanted, since: object) -> Citation:
        """How many times as much as in an earlier period, where both stand on the same areas."""
        earlier = Wanted(wanted.indicator, str(since), wanted.area, wanted.by, wanted.of)
        now, then = self.lookup.figure(wanted), self.lookup.figure(earlier)
        refused = self._why_not_compared(wanted, earlier)
        if refused:
            return Citation(self._id(wanted), now, None, "", "times", "times", then, refused)
        return self._cited(wanted, now, then, "times", "times")

    def _why_not_compared(self, wanted: Wanted, earlier: Wanted) -> str:
        when = [self.lookup.when(one.indicator, one.period) for one in (wanted, earlier)]
        reason = when[0].why_not_comparable(when[1])
        if reason:
            return f"not compared: {reason}"
        areas_in, areas_before = (self.lookup.coverage(wanted.indicator, one) for one in when)
        if areas_in[2] == areas_before[2]:
            return ""
        now, then = f"{areas_in[0]} areas are in {when[0].label}", f"{areas_before[0]} in {when[1].label}"
        return f"not compared: {now} and {then}, not the same ones"

    def coverage(self, wanted: Wanted) -> tuple[Citation, Citation]:
        """How many areas are in a figure's period, and how many should be."""
        figure, when = self.lookup.figure(wanted), self.lookup.when(wanted.indicator, wanted.period)
        areas_in, expected, _ = self.lookup.coverage(wanted.indicator, when)
        id_ = self._id(wanted)
        return (
            Citation(id_, figure, areas_in, str(areas_in), "number:0", "areas in"),
            Citation(id_, figure, expected, str(expected), "number:0", "areas expected"),
        )

    def ends(self, figures: Sequence[Figure], most: bool, count: int) -> list[Figure]:
        """The figures with the most, or the least, of those that are known and say what they are of."""
        known = [f for f in figures if f.value is not None and not says_unknown(f.category)]
        ordered = sorted(known, key=lambda f: (-(f.value or 0) if most else f.value, f.area_name, f.category))
        return ordered[:count]


def says_unknown(category: str) -> bool:
    """Whether a category says that something is not known."""
    return category.lower() in NOT_RECORDED


def number_of(figure: Figure | None, claim: Claim, against: Figure | None = None) -> float | None:
    """The number that a citation shows of its figure, before it is rounded; None where it is not known.

    Examples:
        >>> number_of(None, "value") is None
        True
    """
    if figure is None or figure.value is None:
        return None
    if claim in ("times", "share", "unknown"):
        if against is None or against.value is None:
            return None
        if claim == "unknown":
            return None if figure.denominator is None else against.value - figure.denominator
        per = 100 if claim == "share" else 1
        return figure.value / against.value * per if against.value else None
    simple = {"value": figure.value, "base": figure.denominator, "lower": figure.lower, "upper": figure.upper}
    return simple[claim]
