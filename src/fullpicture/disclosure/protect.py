"""protect(): from internal tables to public ones, and there is no other way."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import pyarrow as pa

from fullpicture.core.absence import Absence
from fullpicture.core.areas import Register
from fullpicture.core.errors import NotPublishable
from fullpicture.core.figure import FIGURE_SCHEMA, Figure, to_figures
from fullpicture.core.table import _SEAL, InternalTable, PublicTable
from fullpicture.disclosure.certificate import Certificate, ProtectedTable
from fullpicture.disclosure.counts import Counts, Tables, place_of
from fullpicture.disclosure.exceptions import SignedException, excepted_ids, refuse_unshown, with_also
from fullpicture.disclosure.figure_tables import FigureTables, linked_figures
from fullpicture.disclosure.hidden import hidden_figures
from fullpicture.disclosure.primary import Missing, Primaries
from fullpicture.disclosure.repair import Safe, dearness, repaired
from fullpicture.disclosure.rule import Rule, Rules
from fullpicture.disclosure.shown import Hiding, Id, is_known
from fullpicture.disclosure.suppress import suppress

METHOD = "cells hidden, proven by audit"
OFFICIAL = "published by its source"


@dataclass(frozen=True)
class Protected:
    """Public tables, in the order of the internal ones, and the certificate of what was done."""

    tables: tuple[PublicTable, ...]
    certificate: Certificate


def protect(
    tables: Sequence[InternalTable],
    rule: Rule | Rules,
    register: Register,
    headlines: Collection[str] = (),
    exceptions: Sequence[SignedException] = (),
) -> Protected:
    """Makes a set of tables safe to publish together.

    Tables whose sources are all published already pass as they are. Of the others, every count that a
    rule hides is hidden, with as many other cells as it takes for the auditor to find that nobody can
    work one out, from all that is published together; a figure is shown only where every count that it
    gives away is. Two absences stay, because everybody can see them elsewhere: not available, where the
    public coverage names the area as missing, and not applicable, where nobody lives in the area.

    Args:
        tables: everything that one edition publishes; what belongs together is only seen within the set.
        rule: what may not be known; by source, where it is `Rules`.
        headlines: indicators whose figures are dear.
        exceptions: figures that somebody has signed for: they are public, and the others are protected from
            whoever knows them.

    Raises:
        NotPublishable: a source says that it is published, but not by whom, where or under which licence;
            nothing is left to hide that could protect a count; or an exception cannot be granted.
    """
    for table in tables:
        _check_claims(table)
    official = {table.description.indicator for table in tables if is_official(table)}
    read = [(table.description, to_figures(table.figures)) for table in tables]
    missing = {table.description.indicator: _missing(table) for table in tables}
    asked = _Asked(frozenset(headlines), tuple(exceptions), missing)
    work = _Work.of(read, Rules.all(rule), register, official, asked)
    why = Hiding(work.counts, work.linked, official).why(work.safe.hidden)
    refuse_unshown(work.excepted, why, work.counts)
    public, accounts = [], []
    for table, (description, figures) in zip(tables, read, strict=True):
        mine = {id_: reason for id_, reason in why.items() if id_[0] == description.indicator}
        known = _known_blanks(table, figures, register) if mine else set()
        shown = _hidden(figures, mine, known) if mine else table.figures
        public.append(PublicTable(description, shown, table.coverage, _SEAL))
        lost = {id_: reason for id_, reason in mine.items() if id_ not in known}
        accounts.append(work.account(description.indicator, len(figures), lost))
    notes = tuple({note: None for table in tables for note in table.description.sources if note.published})
    signed = with_also(exceptions, work.counts, work.linked)
    certificate = Certificate(Rules.all(rule), tuple(accounts), notes, work.areas(register), signed)
    return Protected(tuple(public), certificate)


class _Asked(NamedTuple):
    """What people say of single figures: which are dear, and which are public in spite of the rule."""

    headlines: Collection[str]
    exceptions: Sequence[SignedException]
    missing: Mapping[str, set[Missing]]


@dataclass(frozen=True)
class _Work:
    """What is published together, as linked cells, and which of them are hidden."""

    counts: Counts
    linked: FigureTables
    safe: Safe
    official: Collection[str]
    excepted: Collection[Id]
    primaries: Primaries

    @classmethod
    def of(
        cls,
        read: Tables,
        rules: Rules,
        register: Register,
        official: Collection[str],
        asked: _Asked,
    ) -> _Work:
        ours = [pair for pair in read if pair[0].indicator not in official]
        counts = Counts(read if ours else ())
        excepted = excepted_ids(asked.exceptions, counts, official)
        primaries = Primaries(counts, rules, register, asked.missing)
        linked = linked_figures(counts, register, primaries, official, excepted)
        primary = linked.primary
        dear = dearness(
            linked, {cell for what, cell in linked.cells.items() if what.indicator in asked.headlines}
        )
        chosen = suppress(linked.tables, primary, linked.cost(dear))
        protects = np.where(chosen.protects < 0, np.arange(len(primary)), chosen.protects)
        safe = repaired(linked, rules, chosen.hidden | primary | linked.is_rest, protects, dear)
        return cls(counts, linked, safe, official, excepted, primaries)

    def account(self, indicator: str, figures: int, lost: Mapping[Id, str]) -> ProtectedTable:
        """A table's line in the certificate."""
        ours = indicator not in self.official
        found = hidden_figures(self.linked, self.counts, self.safe, lost)
        said = "; ".join(one.words for one in self.primaries.rules.get(indicator, ())) if ours else ""
        return ProtectedTable(indicator, METHOD if ours else OFFICIAL, figures, len(found), found, said)

    def areas(self, register: Register) -> dict[str, list[str]]:
        """Which areas of these figures lie in which."""
        codes = sorted({place.area for _, place in self.counts.figures})
        lie_in = {code: set(register.below(code)) for code in codes if code in register}
        found = {code: [other for other in codes if other in below] for code, below in lie_in.items()}
        return {code: below for code, below in found.items() if below}


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
    """Areas that the coverage, which is public, names as missing."""
    return {
        (row["period_kind"], row["period"], area)
        for row in table.coverage.to_pylist()
        for area in row["missing"].split("|")
    }


def _known_blanks(table: InternalTable, figures: Sequence[Figure], register: Register) -> set[Id]:
    """Figures whose absence the coverage, which is public, or the register explains."""
    missing = _missing(table)
    return {
        (table.description.indicator, place_of(figure))
        for figure in figures
        if figure.absence and is_known(figure, missing, register)
    }


def _hidden(figures: Sequence[Figure], why: Collection[Id], known: Collection[Id]) -> pa.Table:
    ids = [(figure.indicator, place_of(figure)) for figure in figures]
    shown = [
        _without_value(figure, id_ in known) if id_ in why else figure
        for figure, id_ in zip(figures, ids, strict=True)
    ]
    columns = zip(*shown, strict=True)
    arrays = [pa.array(column, field.type) for column, field in zip(columns, FIGURE_SCHEMA, strict=True)]
    return pa.table(arrays, schema=FIGURE_SCHEMA)


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
