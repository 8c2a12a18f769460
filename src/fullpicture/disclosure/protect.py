"""protect(): from internal tables to public ones, and there is no other way."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import pyarrow as pa

from fullpicture.core.absence import Absence
from fullpicture.core.areas import Register
from fullpicture.core.errors import NotPublishable
from fullpicture.core.figure import FIGURE_SCHEMA, Figure, to_figures
from fullpicture.core.table import _SEAL, InternalTable, PublicTable
from fullpicture.disclosure.cells import Rule, unit_of
from fullpicture.disclosure.certificate import Certificate, ProtectedTable
from fullpicture.disclosure.withhold import Withheld, withheld_units

METHOD = "whole breakdowns withheld"
OFFICIAL = "published by its source"

Missing = tuple[str, str, str]
"""Kind of period, period and area."""


@dataclass(frozen=True)
class Protected:
    """Public tables, in the order of the internal ones, and the certificate of what was done."""

    tables: tuple[PublicTable, ...]
    certificate: Certificate


def protect(tables: Sequence[InternalTable], rule: Rule, register: Register) -> Protected:
    """Makes a set of tables safe to publish together.

    Tables whose sources are all published already pass as they are. Of the others, whole breakdowns are
    withheld (see `withhold`): every figure of them reads `c`. Two absences stay, because everybody can see
    them elsewhere: not available, where the public coverage names the area as missing, and not applicable,
    where nobody lives in the area. Any other absence, note or remark could tell a zero from a small count.

    Args:
        tables: everything that one edition publishes; what is nested is only seen within the set.

    Raises:
        NotPublishable: a source says that it is published, but not by whom, where or under which licence.
    """
    for table in tables:
        _check_claims(table)
    read = [(table.description, to_figures(table.figures)) for table in tables]
    official = {table.description.indicator for table in tables if is_official(table)}
    withheld = withheld_units(read, rule, register, official)
    public, accounts = [], []
    for table, (description, figures) in zip(tables, read, strict=True):
        units = {unit: withheld[unit] for unit in dict.fromkeys(map(unit_of, figures)) if unit in withheld}
        hidden = sum(unit_of(figure) in units for figure in figures)
        shown = _hidden(figures, units, _missing(table), register) if units else table.figures
        public.append(PublicTable(description, shown, table.coverage, _SEAL))
        ours = description.indicator not in official
        method = METHOD if ours else OFFICIAL
        accounts.append(ProtectedTable(description.indicator, method, len(figures), hidden, units, ours))
    notes = tuple({note: None for table in tables for note in table.description.sources if note.published})
    return Protected(tuple(public), Certificate(rule, tuple(accounts), notes))


def is_official(table: InternalTable) -> bool:
    """Whether every source of the table is published already."""
    return all(note.published for note in table.description.sources)


def _check_claims(table: InternalTable) -> None:
    for note in table.description.sources:
        missing = [
            name for name in ("url", "publisher", "licence") if note.published and not getattr(note, name)
        ]
        if missing:
            raise NotPublishable(f"source {note.id} is called published; say its {', '.join(missing)}.")


def _missing(table: InternalTable) -> set[Missing]:
    """What the coverage, which is public, names as missing."""
    return {
        (row["period_kind"], row["period"], area)
        for row in table.coverage.to_pylist()
        for area in row["missing"].split("|")
    }


def _hidden(
    figures: Sequence[Figure], units: Withheld, missing: Collection[Missing], register: Register
) -> pa.Table:
    shown = [
        _without_value(figure, _is_known(figure, missing, register)) if unit_of(figure) in units else figure
        for figure in figures
    ]
    columns = zip(*shown, strict=True)
    arrays = [pa.array(column, field.type) for column, field in zip(columns, FIGURE_SCHEMA, strict=True)]
    return pa.table(arrays, schema=FIGURE_SCHEMA)


def _is_known(figure: Figure, missing: Collection[Missing], register: Register) -> bool:
    """Whether anybody can see elsewhere why the figure has no value."""
    if figure.absence == Absence.NOT_AVAILABLE:
        return (figure.period_kind, figure.period, figure.area_code) in missing
    if figure.absence == Absence.NOT_APPLICABLE and figure.unit.startswith("per "):
        return figure.area_code in register and not register.area(figure.area_code).has_residents
    return False


def _without_value(figure: Figure, keeps_absence: bool) -> Figure:
    return figure._replace(
        value=None,
        lower=None,
        upper=None,
        numerator=None,
        denominator=None,
        absence=figure.absence if keeps_absence else Absence.SUPPRESSED.value,
        note="",
        remark="",
    )
