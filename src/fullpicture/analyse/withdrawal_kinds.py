"""Crimes whose victim does not support action, kept apart by what the return tells of it."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

WITHDRAWAL = "withdrawal"
"""The column that `with_withdrawal` adds."""
READ = ("outcome_type", "support", "third_party_report")
WITHDREW, THIRD_PARTY = "supported then withdrew", "reported by somebody else"
NEVER, NOT_RECORDED, NOT_APPLICABLE = "never supported", "not recorded", "not applicable"
_OUTCOMES = ("14", "16")


def with_withdrawal(units: ir.Table) -> ir.Table:
    """Adds `withdrawal`: what outcome type 14 or 16 means of the victim, so far as the return tells.

    "Victim does not support action" holds three things. A victim who is known to have supported action and
    withdrew did so, whoever reported; of the others, a crime that somebody else reported is that; a victim
    known never to have supported action never did; where a return says none of it, it is not recorded, and
    nothing is guessed. Crimes with another outcome, and open ones, are not applicable.

    Args:
        units: `outcome_type`, `support`, `third_party_report`; one that is not there is not recorded.

    Examples:
        >>> import pyarrow as pa
        >>> crimes = ibis.memtable(pa.table({"outcome_type": ["16", "16", "14"],
        ...     "support": ["withdrew", None, None],
        ...     "third_party_report": ["yes", None, "yes"]}))
        >>> with_withdrawal(crimes).withdrawal.to_pyarrow().to_pylist()
        ['supported then withdrew', 'not recorded', 'reported by somebody else']
    """
    lacked = {name: ibis.null("string") for name in READ if name not in units.columns}
    known = units.mutate(**lacked)
    withdrawn = known.outcome_type.isin(list(_OUTCOMES)).fill_null(False)
    kind = ibis.cases(
        (~withdrawn, NOT_APPLICABLE),
        (known.support == "withdrew", WITHDREW),
        (known.third_party_report == "yes", THIRD_PARTY),
        (known.support == "never supported", NEVER),
        else_=NOT_RECORDED,
    )
    return known.mutate(**{WITHDRAWAL: kind}).drop(*lacked)
