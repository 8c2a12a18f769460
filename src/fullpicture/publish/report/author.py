"""The calls an author may write in a report's text (docs/reports.md); each leaves a mark."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import wraps
from typing import Any

from fullpicture.core.figure import Figure
from fullpicture.publish.report.charting import Funnel, chart_of
from fullpicture.publish.report.citing import Cites
from fullpicture.publish.report.desk import Appendix, Cited, Desk, Piece, Reference
from fullpicture.publish.report.document import ReportTable
from fullpicture.publish.report.layout import Layout, layout_of
from fullpicture.publish.report.lookup import NotThere, Wanted
from fullpicture.publish.report.tabulating import table_of


def _call(made: Callable[..., Any]) -> Callable[..., str]:
    """A call whose mistakes are kept until all of the text is read."""

    @wraps(made)
    def safe(self: Author, *given: object, **named: object) -> str:
        try:
            return self.desk.put(made(self, *given, **named))
        except NotThere as error:
            return self.desk.miss(error)
        except TypeError as error:
            said = str(error).removeprefix("Author.")
            return self.desk.miss(NotThere(f"{said}.", "See the calls in docs/reports.md."))

    return safe


@dataclass
class Author:
    """Answers calls; tables that stand in the text already are not made twice."""

    cites: Cites
    desk: Desk
    falls_away: bool
    funnel: Funnel

    def __post_init__(self) -> None:
        self.standing: dict[Layout, str] = {}
        self.apart: dict[Layout, ReportTable] = {}
        self.instead: dict[str, str] = {}

    def calls(self) -> Mapping[str, Callable[..., object]]:
        """Every call by its name."""
        names = (
            "figure", "change", "words_of_change", "times", "share", "in_words", "interval", "coverage",
            "most", "least", "table", "chart", "ref", "tables", "period", "has",
        )  # fmt: skip
        return {name: getattr(self, name) for name in names}

    def _cited(self, pieces: tuple[Piece, ...], withheld: str) -> Cited:
        if withheld not in ("", "say", "drop"):
            raise NotThere(f'withheld = "{withheld}" is not known.', 'Write "say" or "drop".')
        return Cited(pieces, withheld == "drop" or (not withheld and self.falls_away))

    def _decimals(self, indicator: str) -> int:
        return self.cites.lookup.description(indicator).decimals

    @_call
    def figure(
        self, indicator: str, period: object = None, nearest: int = 0, withheld: str = "", **where: str
    ) -> Cited:
        """How much, with its unit; to the nearest so many where that is asked for."""
        with_base = bool(where.pop("base", True))
        wanted = self.cites.wanted(indicator, period, where)
        rule = f"nearest:{nearest}" if nearest else f"unit:{self._decimals(indicator)}"
        return self._cited(self.cites.value(wanted, rule, with_base), withheld)

    @_call
    def change(self, indicator: str, period: object = None, withheld: str = "", **where: str) -> Cited:
        """The size of the change on the year before."""
        return self._change(indicator, period, "change:1", (withheld, where))

    @_call
    def words_of_change(
        self, indicator: str, period: object = None, withheld: str = "", **where: str
    ) -> Cited:
        """The change on the year before, as "rose by 6.4%"."""
        return self._change(indicator, period, "words:1", (withheld, where))

    def _change(
        self, indicator: str, period: object, rule: str, other: tuple[str, Mapping[str, str]]
    ) -> Cited:
        wanted = self.cites.wanted(self.cites.lookup.change_of(indicator), period, other[1])
        return self._cited((self.cites.figure(wanted, rule),), other[0])

    @_call
    def times(self, indicator: str, period: object, since: object, withheld: str = "", **where: str) -> Cited:
        """How many times as much as in an earlier period, in words."""
        wanted = self.cites.wanted(indicator, period, where)
        return self._cited((self.cites.times(wanted, since),), withheld)

    @_call
    def share(
        self, indicator: str, period: object = None, out_of: str = "", in_words: bool = False, **where: str
    ) -> Cited:
        """A category as a share of all, or one count as a share of another's."""
        withheld = where.pop("withheld", "")
        wanted = self.cites.wanted(indicator, period, where)
        rule = "share" if in_words else "unit:1"
        return self._cited((self.cites.share(wanted, out_of, rule),), withheld)

    @_call
    def in_words(self, indicator: str, period: object = None, withheld: str = "", **where: str) -> Cited:
        """A share in words, as "nearly a third"."""
        with_base = bool(where.pop("base", True))
        wanted = self.cites.wanted(indicator, period, where)
        if self.cites.lookup.description(indicator).unit != "%":
            raise NotThere(f"{indicator} is no share.", "Only a percentage has words for a share.")
        return self._cited(self.cites.value(wanted, "share", with_base), withheld)

    @_call
    def interval(self, indicator: str, period: object = None, withheld: str = "", **where: str) -> Cited:
        """The 95% interval of a figure."""
        wanted, rule = self.cites.wanted(indicator, period, where), f"unit:{self._decimals(indicator)}"
        ends = (self.cites.figure(wanted, rule, "lower"), " to ", self.cites.figure(wanted, rule, "upper"))
        return self._cited(ends, withheld)

    @_call
    def coverage(self, indicator: str, period: object = None, **where: str) -> Cited:
        """How many areas are in a figure, of how many, as "43 of 44"."""
        areas_in, expected = self.cites.coverage(self.cites.wanted(indicator, period, where))
        return Cited((areas_in, " of ", expected))

    @_call
    def most(
        self, indicator: str, period: object = None, count: int = 1, level: str = "", **where: str
    ) -> Cited:
        """The categories, or the areas of a level, with the highest values, each with its value."""
        return self._ends(self.cites.wanted(indicator, period, where), level, count, most=True)

    @_call
    def least(
        self, indicator: str, period: object = None, count: int = 1, level: str = "", **where: str
    ) -> Cited:
        """The categories, or the areas of a level, with the lowest values."""
        return self._ends(self.cites.wanted(indicator, period, where), level, count, most=False)

    def _ends(self, wanted: Wanted, level: str, count: int, most: bool) -> Cited:
        if level:
            found = self.cites.lookup.of_level(wanted.indicator, level, wanted.period)
        else:
            found = self.cites.lookup.categories(wanted)
        ends = self.cites.ends(found, most, count)
        pieces: list[Piece] = []
        for at, figure in enumerate(ends):
            pieces.append("" if not at else " and " if at == len(ends) - 1 else ", ")
            pieces += [f"{figure.area_name if level else figure.category} (", self._value(figure), ")"]
        return self._cited(tuple(pieces) or (self.cites.figure(wanted, "number:0"),), "")

    def _value(self, figure: Figure) -> Piece:
        where = Wanted(figure.indicator, figure.period, figure.area_code, figure.breakdown, figure.category)
        if figure.breakdown and figure.unit == "count":
            return self.cites.share(where, "", "unit:1")
        return self.cites.figure(where, f"unit:{self._decimals(figure.indicator)}")

    @_call
    def table(self, indicators: object, **asked: object) -> ReportTable:
        """A table of figures; what charts before it brought, and it has as well, does not stand at the
        end."""
        layout = layout_of(self.cites, indicators, asked)
        known = self.standing.get(layout.content)
        if known is not None and layout.content not in self.apart:
            raise NotThere(f"this table stands in the text already ({known}).", "Refer to it with ref().")
        made = self._table(layout)
        for other in [one for one in self.apart if one.is_within(layout)]:
            self.instead[self.apart.pop(other).id] = made.id
        return made

    def _table(self, layout: Layout) -> ReportTable:
        id_ = layout.id or f"table-{len(self.standing) + 1}"
        self.standing[layout.content] = id_
        return replace(table_of(self.cites, layout), id=id_)

    def chart(self, indicators: object, kind: str = "", **asked: object) -> str:
        """A chart; its table stands in the text already, or comes among the tables at the end."""
        try:
            layout = layout_of(self.cites, indicators, asked)
            if kind not in ("", "funnel"):
                raise NotThere(f'there is no chart "{kind}".', 'Write kind = "funnel", or none.')
            known = next((id_ for one, id_ in self.standing.items() if layout.is_within(one)), "")
            table = self._table(replace(layout, id="")) if not known else table_of(self.cites, layout)
            table = replace(table, id=known or table.id)
            if not known:
                self.apart[layout.content] = table
            return self.desk.put(chart_of(self.cites, layout, table, self.funnel if kind else None))
        except NotThere as error:
            return self.desk.miss(error)

    @_call
    def ref(self, id_: str) -> Reference:
        """The number of a table or chart: "table 3"."""
        return Reference(id_)

    def tables(self) -> str:
        """Where the tables of charts go, each once."""
        return self.desk.put(Appendix())

    def period(self, name: object = None) -> str:
        """A period in words: "year to 31 March 2025"."""
        name = str(name or self.cites.defaults.period)
        for id_ in self.cites.lookup.series:
            try:
                return self.cites.lookup.when(id_, name).label
            except NotThere:
                continue
        return self.desk.miss(NotThere(f"no indicator has a period {name}.", "Write one that has figures."))

    def has(self, indicator: str, period: object = None, **where: str) -> bool:
        """Whether there is a number to show."""
        if indicator not in self.cites.lookup.series:
            return False
        try:
            wanted = self.cites.wanted(indicator, period, where)
            found = self.cites.lookup.categories(wanted) if wanted.by and not wanted.of else None
            figures = found if found is not None else [self.cites.lookup.figure(wanted)]
        except NotThere:
            return False
        return any(figure is not None and figure.value is not None for figure in figures)
