"""The shapes of a programme's TOML files, before they become nouns; pydantic checks them in `toml.py`."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Annotated, Any, Literal

from annotated_types import Ge

from fullpicture.collect.returns.record import Unit
from fullpicture.collect.source import CellFormat, Layout
from fullpicture.core.period import PeriodKind
from fullpicture.core.table import CountingUnit, Polarity, SectionKind

Values = str | int | list[str | int]
Where = dict[str, Values]
MOST_CERTAIN = 2
"""The least threshold for which a withheld count keeps two possible values (docs/disclosure.md)."""
STRICT = {"extra": "forbid"}


@dataclass(frozen=True)
class SectionForm:
    """A heading of the site; `note` is shown where a section has no indicators yet.

    Indicators are named here, or say themselves that they belong to the section or to one of its domains.
    """

    __pydantic_config__ = STRICT
    id: str
    title: str
    kind: SectionKind = ""
    domains: dict[str, str] = field(default_factory=dict)
    indicators: list[str] = field(default_factory=list)
    note: str = ""


@dataclass(frozen=True)
class JointForm:
    """`[[joint]]`: one thing that safeguarding partners and the police both record, by their indicators."""

    __pydantic_config__ = STRICT
    id: str
    title: str
    may: str
    may_not: str
    safeguarding: list[str] = field(default_factory=list)
    police: list[str] = field(default_factory=list)
    both: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class ReturnsForm:
    """`[returns]` of `programme.toml`: what every force was asked for."""

    __pydantic_config__ = STRICT
    first_day: date | None = None
    last_day: date | None = None
    drawn_on: date | None = None


@dataclass(frozen=True)
class RuleForm:
    """`[[rule]]` of `programme.toml`: what may not be known of these sources, or of all."""

    __pydantic_config__ = STRICT
    sources: list[str] = field(default_factory=list)
    threshold: Annotated[int, Ge(MOST_CERTAIN)] | None = None
    hide_zeros: bool | None = None
    smallest_base: Annotated[int, Ge(1)] | None = None
    whole_groups: bool | None = None
    fewest_forces: Annotated[int, Ge(2)] | None = None


@dataclass(frozen=True)
class AnnouncedForm:
    """`[[release.calendar]]`: a day on which something will be released."""

    __pydantic_config__ = STRICT
    on: date
    what: str
    moved: str = ""


@dataclass(frozen=True)
class ReleaseForm:
    """`[release]` of `programme.toml`: where releases are found, and the days announced."""

    __pydantic_config__ = STRICT
    address: str = ""
    calendar: list[AnnouncedForm] = field(default_factory=list)


@dataclass(frozen=True)
class ProgrammeForm:
    """`programme.toml`."""

    __pydantic_config__ = STRICT
    title: str
    summary: str
    publisher: str
    contact: str
    published_on: date
    notice: str = ""
    licence: str = ""
    engine: Literal["duckdb", "postgres", "spark"] = "duckdb"
    threshold: Annotated[int, Ge(MOST_CERTAIN)] = 9
    hide_zeros: bool = False
    rule: list[RuleForm] = field(default_factory=list)
    headlines: list[str] = field(default_factory=list)
    purpose: str = ""
    principles: list[str] = field(default_factory=list)
    section: list[SectionForm] = field(default_factory=list)
    joint: list[JointForm] = field(default_factory=list)
    returns: ReturnsForm = field(default_factory=ReturnsForm)
    release: ReleaseForm = field(default_factory=ReleaseForm)


@dataclass(frozen=True)
class BlankForm:
    """Cells of a source to be read as an absence, with the reason."""

    __pydantic_config__ = STRICT
    where: Where
    absence: Literal["c", "u", "x", "low", "z"]
    why: str


@dataclass(frozen=True)
class NotSuppliedForm:
    """Why a source's files are not here, and the latest period that they would have."""

    __pydantic_config__ = STRICT
    why: str
    period: str
    kind: PeriodKind


@dataclass(frozen=True)
class SourceForm:
    """`[source.<id>]` in `sources/*.toml`; `extends` takes what is not said from another source."""

    __pydantic_config__ = STRICT
    title: str
    layout: Layout
    files: list[str] = field(default_factory=list)
    extends: str = ""
    encoding: Literal["utf-8", "utf-16", "cp1252"] = "utf-8"
    separator: str = ""
    header_row: int = 1
    footer_rows: int = 0
    sheet: str = ""
    columns: dict[str, str | list[str]] = field(default_factory=dict)
    where: Where = field(default_factory=dict)
    leave_out: Where = field(default_factory=dict)
    period: str = ""
    period_kinds: list[PeriodKind] = field(default_factory=list)
    state_on: str = ""
    reason: str = ""
    labels: dict[Literal["trend"], str] = field(default_factory=dict)
    before_birth: Literal["keep", "drop"] = "keep"
    not_supplied: NotSuppliedForm | None = None
    formats: dict[str, CellFormat] = field(default_factory=dict)
    symbols: dict[str, str] = field(default_factory=dict)
    empty: Literal["c", "u", "x", "low", "z"] = "x"
    blank: list[BlankForm] = field(default_factory=list)
    rounded: dict[str, int] = field(default_factory=dict)
    covers: str = ""
    base_levels: list[str] = field(default_factory=list)
    joins: str | list[str] = field(default_factory=list)
    unit: Unit = "crime"
    published: bool = False
    publisher: str = ""
    url: str = ""
    licence: str = ""
    caveat: str = ""
    next_update: str = ""
    owner: str = ""
    purpose: str = ""
    retained_until: str = ""
    codebook: str = ""
    questions: dict[str, str] = field(default_factory=dict)
    coded: list[str] = field(default_factory=list)
    assigned: str = ""
    key: str = ""
    interviewers: list[str] = field(default_factory=list)
    role: Literal["", "victim", "witness", "personnel", "parent", "organisation"] = ""
    area: str = ""


@dataclass(frozen=True)
class TermForm:
    """One side of a ratio: `sum` adds rows up, `value` takes the cell as published."""

    __pydantic_config__ = STRICT
    sum: str = ""
    value: str = ""
    source: str = ""
    where: Where = field(default_factory=dict)
    lag: int = 0


@dataclass(frozen=True)
class BlankPeriodsForm:
    """Periods that an indicator leaves blank, with the reason."""

    __pydantic_config__ = STRICT
    period: Values
    absence: Literal["c", "u", "x", "low", "z"]
    why: str


@dataclass(frozen=True)
class IndicatorForm:
    """`[indicator.<id>]` in `indicators/*.toml`; `each` makes a family of indicators from one table."""

    __pydantic_config__ = STRICT
    title: str
    unit: str
    source: str
    belongs: str = ""
    proposed: bool = False
    definition: str = ""
    population: str = ""
    value: str = ""
    sum: str = ""
    measure: Literal["", "cumulative_incidence", "median_days", "theme_share"] = ""
    at: int = 0
    theme: str = ""
    numerator: str | TermForm = ""
    denominator: str | TermForm = ""
    per: float | None = None
    of: list[str] = field(default_factory=list)
    interval: list[str] = field(default_factory=list)
    where: Where = field(default_factory=dict)
    areas: list[str] = field(default_factory=list)
    levels: list[str] = field(default_factory=list)
    periods: list[PeriodKind] = field(default_factory=list)
    breakdowns: list[list[str]] = field(default_factory=list)
    split: dict[str, str] = field(default_factory=dict)
    fold: dict[str, dict[str, Values]] = field(default_factory=dict)
    share_of: str = ""
    complement: float | None = None
    sums: list[str] = field(default_factory=list)
    not_applicable: list[str] = field(default_factory=list)
    blank: list[BlankPeriodsForm] = field(default_factory=list)
    state: str = ""
    bands: dict[str, float] = field(default_factory=dict)
    since: str | int = ""
    proportion: bool | None = None
    change: bool = False
    decimals: int = 0
    polarity: Polarity = "none"
    counting_unit: CountingUnit = ""
    counts: str = ""
    out_of: str = ""
    caveat: str = ""
    group: str = ""
    within: list[str] = field(default_factory=list)
    follows: list[str] = field(default_factory=list)
    needs: list[str] = field(default_factory=list)
    breakdown_areas: list[str] = field(default_factory=list)
    each: dict[str, Any] = field(default_factory=dict)
