"""Tables that may stay inside and tables that may go out: two types, never taken for each other."""

from __future__ import annotations

from dataclasses import InitVar, dataclass
from typing import Literal

import pyarrow as pa

from fullpicture.core.errors import NotProtected
from fullpicture.core.figure import FIGURE_SCHEMA

CountingUnit = Literal["crime", "victim", "suspect", "crime-victim-suspect", "person", "response", ""]
Polarity = Literal["high", "low", "none"]
SectionKind = Literal["outcome", "enabler", ""]


@dataclass(frozen=True)
class SourceNote:
    """Where a table's numbers come from, as printed under it and in the certificate.

    `published` means that the figures are official statistics already; then `url`, `publisher` and `licence`
    are known. `files` are the delivered files' names with their SHA-256; `missing` says why there are none.
    """

    id: str
    title: str
    publisher: str = ""
    url: str = ""
    licence: str = ""
    published: bool = False
    caveat: str = ""
    next_update: str = ""
    files: tuple[tuple[str, str], ...] = ()
    missing: str = ""


@dataclass(frozen=True)
class Description:
    """What a table must say of itself before it can exist; one table of figures per indicator.

    `numerator`, `denominator` are words for people; `decimals` is how many to print; `polarity` says which
    direction is better; `within` names the indicators whose counts contain this one's; `follows` those whose
    withholding this one shares (a rate follows its count, a change its base); `changes` the one that a change
    compares with itself a year before; `group` is where the site lists it. `proportion` is true where the
    value is a share of its denominator, `proposed` where the indicator is this project's own and no
    publisher's. `bands` name ranges of the value, by where each begins; `splits` are the columns of its
    breakdowns with the value that the totals are of; `states_at` are levels of area at which a figure's
    remark names the category that the area is in, where those above count such areas.
    """

    indicator: str
    title: str
    definition: str
    population: str
    period: str
    place_level: str
    unit: str
    sources: tuple[SourceNote, ...]
    numerator: str = ""
    denominator: str = ""
    counting_unit: CountingUnit = ""
    polarity: Polarity = "none"
    decimals: int = 0
    caveat: str = ""
    group: str = ""
    within: tuple[str, ...] = ()
    follows: tuple[str, ...] = ()
    changes: str = ""
    proportion: bool = False
    proposed: bool = False
    bands: tuple[tuple[str, float], ...] = ()
    splits: tuple[tuple[str, str], ...] = ()
    states_at: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        required = ("indicator", "title", "population", "period", "place_level", "unit", "sources")
        missing = [name for name in required if not getattr(self, name)]
        if missing:
            raise ValueError(
                f"{self.indicator or 'table'}: a table needs {', '.join(missing)}. "
                "Say it in the indicator's file."
            )


@dataclass(frozen=True)
class InternalTable:
    """Figures of one indicator as computed; may hold small counts, may never reach a public folder."""

    description: Description
    figures: pa.Table
    coverage: pa.Table

    def __post_init__(self) -> None:
        _check_schema(self.figures)


_SEAL = object()
"""Known to `disclosure.protect` alone; tests/test_architecture.py looks for anyone else who imports it."""


@dataclass(frozen=True)
class PublicTable:
    """Figures of one indicator that `protect()` has made safe; whatever writes to `public/` takes only these.

    The seal is not kept, so that a copy with other figures in it (`dataclasses.replace`) is refused as well.

    Raises:
        NotProtected: made by anyone but `protect()`.
    """

    description: Description
    figures: pa.Table
    coverage: pa.Table
    seal: InitVar[object] = None

    def __post_init__(self, seal: object) -> None:
        if seal is not _SEAL:
            raise NotProtected(
                f"{self.description.indicator}: a public table comes out of protect() only. "
                "Pass the internal table to fullpicture.protect()."
            )
        _check_schema(self.figures)


COVERAGE_SCHEMA = pa.schema(
    [
        ("indicator", pa.string()),
        ("period_kind", pa.string()),
        ("period", pa.string()),
        ("areas_expected", pa.int64()),
        ("areas_in", pa.int64()),
        ("missing", pa.string()),
    ]
)
"""Columns of `coverage.csv`: which areas each period's figures stand on; missing codes separated by `|`."""


def _check_schema(figures: pa.Table) -> None:
    if figures.schema.names != FIGURE_SCHEMA.names:
        columns = ", ".join(FIGURE_SCHEMA.names)
        raise ValueError(f"a table of figures has the columns {columns}, in this order.")
