"""Typed absences inside an engine: ranked, so that the strongest of many is a minimum."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from fullpicture.core.absence import PRECEDENCE, Absence

PRESENT = len(PRECEDENCE)
"""The rank of a value that is present, after every absence."""

_RANKS = {absence.value: rank for rank, absence in enumerate(PRECEDENCE)}
LOW_RELIABILITY = _RANKS[Absence.LOW_RELIABILITY.value]
NOT_AVAILABLE = _RANKS[Absence.NOT_AVAILABLE.value]
NOT_APPLICABLE = _RANKS[Absence.NOT_APPLICABLE.value]


def rank_of(absence: ir.StringValue) -> ir.Value:
    """Rank of an absence's symbol (0 the strongest), `PRESENT` for "" or null."""
    return absence.cases(*_RANKS.items(), else_=PRESENT)


def symbol_of(rank: ir.Value) -> ir.Value:
    """The symbol of a rank, "" where a value is present."""
    return rank.cases(*((rank_, symbol) for symbol, rank_ in _RANKS.items()), else_="")


def has_value(rank: ir.Value) -> ir.Value:
    """Whether a number may stand: the value is present, or of low reliability."""
    return (rank == PRESENT) | (rank == LOW_RELIABILITY)


def only_where(condition: ir.Value, number: ir.Value) -> ir.Value:
    """The number where the condition holds, null elsewhere."""
    return ibis.ifelse(condition, number, ibis.null("float64"))
