"""protect(): from internal tables to public ones, and there is no other way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pyarrow as pa

from fullpicture.core.absence import Absence
from fullpicture.core.areas import Register
from fullpicture.core.errors import NotPublishable
from fullpicture.core.figure import FIGURE_SCHEMA, Figure, to_figures
from fullpicture.core.table import _SEAL, InternalTable, PublicTable
from fullpicture.disclosure.certificate import Certificate, ProtectedTable
from fullpicture.disclosure.withhold import Rule, Withheld, unit_of, withheld_units

METHOD = "whole breakdowns withheld"
OFFICIAL = "published by its source"


@dataclass(frozen=True)
class Protected:
    """Public tables, in the order of the internal ones, and the certificate of what was done."""

    tables: tuple[PublicTable, ...]
    certificate: Certificate


def protect(tables: Sequence[InternalTable], rule: Rule, register: Register) -> Protected:
    """Makes a set of tables safe to publish together.

    Tables whose sources are all published already pass as they are. Of the others, whole breakdowns are
    withheld (see `withhold`): every figure of them reads `c`, but for those that were not available or not
    applicable before, which everybody knows.

    Args:
        tables: everything that one edition publishes; what is nested is only seen within the set.

    Raises:
        NotPublishable: a source says that it is published, but not by whom, where or under which licence.
    """
    for table in tables:
        _check_claims(table)
    ours = [(table.description, to_figures(table.figures)) for table in tables if not is_official(table)]
    withheld = withheld_units(ours, rule, register)
    result = [_public(table, withheld) for table in tables]
    protected = tuple(_account(table, withheld) for table in tables)
    notes = tuple({note: None for table in tables for note in table.description.sources if note.published})
    return Protected(tuple(result), Certificate(rule, protected, notes))


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


def _public(table: InternalTable, withheld: Withheld) -> PublicTable:
    figures = table.figures
    if not is_official(table) and withheld:
        figures = _hidden(to_figures(figures), withheld)
    return PublicTable(table.description, figures, table.coverage, _SEAL)


def _hidden(figures: Sequence[Figure], withheld: Withheld) -> pa.Table:
    shown = [_without_value(figure) if unit_of(figure) in withheld else figure for figure in figures]
    columns = list(zip(*shown, strict=True)) or [()] * len(FIGURE_SCHEMA)
    arrays = [pa.array(column, field.type) for column, field in zip(columns, FIGURE_SCHEMA, strict=True)]
    return pa.table(arrays, schema=FIGURE_SCHEMA)


def _without_value(figure: Figure) -> Figure:
    if figure.absence in (Absence.NOT_AVAILABLE, Absence.NOT_APPLICABLE):
        return figure._replace(value=None, lower=None, upper=None, numerator=None, denominator=None)
    return figure._replace(
        value=None,
        lower=None,
        upper=None,
        numerator=None,
        denominator=None,
        absence=Absence.SUPPRESSED.value,
        note="",
        remark="",
    )


def _account(table: InternalTable, withheld: Withheld) -> ProtectedTable:
    """The table's line in the certificate."""
    if is_official(table):
        return ProtectedTable(table.description.indicator, OFFICIAL, table.figures.num_rows, 0, {}, False)
    figures = to_figures(table.figures)
    units = {unit: withheld[unit] for unit in map(unit_of, figures) if unit in withheld}
    hidden = sum(unit_of(figure) in units for figure in figures)
    return ProtectedTable(table.description.indicator, METHOD, len(figures), hidden, units, True)
