"""What an indicator is: which rows it counts, over what, for which places and periods."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from fullpicture.core.period import PeriodKind
from fullpicture.core.table import CountingUnit, Polarity

NOT_RECORDED = "Not recorded"
"""The category of rows whose breakdown column is empty; the total keeps the empty category for itself."""


@dataclass(frozen=True)
class Term:
    """An amount taken from a source: one column, over the rows that match `where` and not `leave_out`.

    `is_sum` says that rows are added up (counts of crimes), so that no matching row means zero; otherwise the
    cell is taken as published and no row means not available. `lag` is how many years the source's periods
    come before the figure's.
    """

    source: str
    column: str
    where: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    is_sum: bool = False
    lag: int = 0
    leave_out: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class BlankPeriods:
    """Periods, by their names, for which the indicator shows an absence whatever its source says, and why."""

    periods: tuple[str, ...]
    absence: str
    why: str


@dataclass(frozen=True)
class Following:
    """How cases are followed: what is measured of them, by which day, and when the data were drawn."""

    measure: Literal["cumulative_incidence", "median_days"]
    drawn_on: date
    at: int = 0


_FOLLOWED = ("recorded_on", "outcome_on", "days_to_outcome", "outcome_type")


@dataclass(frozen=True)
class Indicator:
    """One indicator of a programme (`indicators/*.toml`).

    Either `value` (a published value; `of` names its counts, `interval` its limits), or `numerator` alone (a
    count), or `numerator` and `denominator` times `per` (a ratio). `areas` and `periods` name the levels and
    kinds that rows are summed to; empty means as published, with `sums` to further levels that the publisher
    leaves out. `proportion` allows a Wilson interval.

    `split` names columns that a reader may break figures down by, with the value that stands for the total;
    `fold` reads several values of a column as one; `share_of` is the column whose categories add up to the
    whole. `complement` is what the value is taken from. `not_applicable` are levels at which the indicator
    means nothing. `state` is the column whose category an area is in, where the areas above count such areas;
    `bands` name ranges of the value by where they begin. `following` says how cases are followed in time, in
    place of the plain ratio (`incidence.with_incidence`). `theme` is the theme whose share among people who
    answered it is; where a machine gave the themes, the audited ones correct it (`themes.audited`).
    `needs` names columns that a return must tell something of: areas whose returns do not are not available.
    `breakdown_areas` are the levels of `areas` at which figures are broken down, where not at all of them.
    """

    id: str
    title: str
    definition: str
    population: str
    unit: str
    value: Term | None = None
    numerator: Term | None = None
    denominator: Term | None = None
    per: float = 1
    of: tuple[Term, Term] | None = None
    interval: tuple[Term, Term] | None = None
    areas: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()
    periods: tuple[PeriodKind, ...] = ()
    breakdowns: tuple[tuple[str, ...], ...] = ()
    split: Mapping[str, str] = field(default_factory=dict)
    fold: Mapping[str, Mapping[str, tuple[str, ...]]] = field(default_factory=dict)
    share_of: str = ""
    complement: float | None = None
    sums: tuple[str, ...] = ()
    not_applicable: tuple[str, ...] = ()
    blank: tuple[BlankPeriods, ...] = ()
    state: str = ""
    bands: Mapping[str, float] = field(default_factory=dict)
    since: str = ""
    proportion: bool = False
    change: bool = False
    decimals: int = 0
    polarity: Polarity = "none"
    counting_unit: CountingUnit = ""
    numerator_words: str = ""
    denominator_words: str = ""
    caveat: str = ""
    group: str = ""
    belongs: str = ""
    proposed: bool = False
    within: tuple[str, ...] = ()
    follows: tuple[str, ...] = ()
    following: Following | None = None
    theme: str = ""
    needs: tuple[str, ...] = ()
    breakdown_areas: tuple[str, ...] = ()

    @property
    def terms(self) -> tuple[Term, ...]:
        """Every amount the indicator reads."""
        terms = (self.value, self.numerator, self.denominator, *(self.of or ()), *(self.interval or ()))
        return tuple(term for term in terms if term is not None)

    @property
    def main(self) -> Term:
        """The amount that decides which places and periods have a figure."""
        found = self.value or self.numerator
        assert found is not None, "the programme's loader asks for one of them"
        return found

    @property
    def every_level(self) -> tuple[str, ...]:
        """Every level of area that the indicator names."""
        return self.areas + self.levels + self.sums + self.not_applicable

    @property
    def is_rate(self) -> bool:
        """Whether it is so many per so many people, of whom each may be counted more than once."""
        return self.unit.startswith("per ")

    @property
    def sources(self) -> tuple[str, ...]:
        """Ids of the sources read, main one first."""
        return tuple(dict.fromkeys((self.main.source, *(term.source for term in self.terms))))

    def dimensions_of(self, source: str) -> tuple[str, ...]:
        """Columns of a source by which rows are chosen or broken down."""
        chosen = [name for term in self.terms if term.source == source for name in term.where]
        if source != self.main.source:
            return tuple(dict.fromkeys(chosen))
        broken = [name for names in self.breakdowns for name in names]
        state = [self.state] if self.state else []
        followed = _FOLLOWED if self.following else ()
        return tuple(
            dict.fromkeys([*chosen, *broken, *self.split, *self.fold, *state, *followed, *self.needs])
        )

    def measures_of(self, source: str) -> tuple[str, ...]:
        """Columns of a source that hold amounts."""
        return tuple(dict.fromkeys(term.column for term in self.terms if term.source == source))
