"""One row per crime, victim, suspect or link, from records of one row per delivered row."""

from __future__ import annotations

from collections.abc import Sequence

import ibis
import ibis.expr.types as ir

from fullpicture.analyse.csae import FLAGS, NOT_RECORDED
from fullpicture.analyse.csae_rule import CsaeRule

VICTIM = ("victim_ref", "victim_sex", "victim_age", "victim_ethnicity", "relationship")
SUSPECT = ("suspect_ref", "suspect_sex", "suspect_age", "suspect_ethnicity")
"""Fields that tell of somebody; a suspect's relationship stands with the victim."""
_SAYS_SOMETHING = ("unknown", "unusable")
_UNIT, _AT = "_unit", "_at"


def crimes_of(records: ir.Table, rule: CsaeRule) -> ir.Table:
    """Crimes: one row per crime reference within a force, however many victims and suspects it has.

    `csae` is yes where any of its rows is, else undecidable where any is, else no; a flag is yes where any
    row says yes, else no where any says no, else not recorded; `crime_type` and `csae_because` are the first
    in the rule's order among its rows. Everything else (offence, days, outcome) is that of its first row by
    `file` and `row`, which stay for tracing. A row without a reference is a crime of its own.

    Args:
        records: what `classified()` returns.

    Returns:
        Its columns without those of victims and suspects, and `rows`, how many delivered rows a crime has.

    Examples:
        >>> import pyarrow as pa
        >>> from fullpicture.analyse.csae import classified
        >>> rows = pa.table({"police_force": ["A", "A"], "file": ["a.csv"] * 2, "row": [2, 3],
        ...     "crime_ref": ["7", "7"], "offence_code": ["20A", "20A"], "victim_age": [40, 12],
        ...     "victim_age_basis": ["offence"] * 2})
        >>> rule = CsaeRule.shipped()
        >>> crimes = crimes_of(classified(ibis.memtable(rows), rule), rule)
        >>> crimes.select("row", "csae", "rows").to_pyarrow().to_pylist()
        [{'row': 2, 'csae': 'yes', 'rows': 2}]
    """
    return _units(records, ("crime_ref",), rule, without=("victim", "suspect", "relationship"))


def victims_of(records: ir.Table, rule: CsaeRule) -> ir.Table:
    """Victims: one row per victim of a crime; a person who is a victim in two crimes is two.

    Without a victim's reference each row is one victim. In a table that also tells of suspects, a row that
    says nothing at all of a victim (a crime without one) is none. The rest as `crimes_of`.
    """
    known = _there(records, "victim_here")
    rows = _telling_of(records, VICTIM, beside="suspect_ref") if known is None else known
    return _units(rows, ("crime_ref", "victim_ref"), rule, without=("suspect",))


def suspects_of(records: ir.Table, rule: CsaeRule) -> ir.Table:
    """Suspects: one row per suspect of a crime; a crime without a suspect has none. As `victims_of`."""
    known = _there(records, "suspect_here")
    rows = _telling_of(records, SUSPECT, beside="victim_ref") if known is None else known
    return _units(rows, ("crime_ref", "suspect_ref"), rule, without=("victim", "relationship"))


def links_of(records: ir.Table, rule: CsaeRule) -> ir.Table:
    """Crime-victim-suspect: one row per victim and suspect of a crime. As `crimes_of`, no column left out.

    A crime without one of them has no link.
    """
    for here in ("victim_here", "suspect_here"):
        known = _there(records, here)
        records = records if known is None else known
    return _units(records, ("crime_ref", "victim_ref", "suspect_ref"), rule)


def _there(records: ir.Table, here: str) -> ir.Table | None:
    """The rows with somebody in them, where the table says which those are."""
    return records.filter(records[here]) if here in records.columns else None


def _telling_of(records: ir.Table, fields: Sequence[str], beside: str) -> ir.Table:
    return records.filter(tells_of(records, fields)) if beside in records.columns else records


def tells_of(records: ir.Table, fields: Sequence[str]) -> ir.BooleanValue:
    """Which rows have a value of somebody, or the word that there is one of whom it is not known."""
    there = [name for name in fields if name in records.columns]
    told = [records[name].notnull() for name in there]
    states = [f"{name}__state" for name in there if f"{name}__state" in records.columns]
    told += [records[state].isin(_SAYS_SOMETHING) for state in states]
    return ibis.or_(*told) if told else ibis.literal(False)


def _units(
    records: ir.Table, references: Sequence[str], rule: CsaeRule, without: Sequence[str] = ()
) -> ir.Table:
    placed = records.mutate(**{_AT: place_of(records)})
    placed = placed.mutate(**{_UNIT: _reference(placed, references)})
    keys = ["police_force", _UNIT]
    whole = {_AT: placed[_AT].min(), "rows": placed.count()}
    told = placed.aggregate(**_together(placed, rule), **whole, by=keys)
    summed = {"csae", "csae_because", "crime_type", *FLAGS}
    kept = [name for name in records.columns if name not in summed and not name.startswith(tuple(without))]
    first = placed.select(*keys, _AT, *(name for name in kept if name != "police_force"))
    first = first.distinct(on=[*keys, _AT], keep="first")
    joined = first.inner_join(told, [*keys, _AT])
    return joined.select(*kept, *(name for name in told.columns if name not in (*keys, _AT)))


def place_of(records: ir.Table) -> ir.StringValue:
    """Where a row was delivered: two sheets of a workbook are two sources, each kept in a `filename`."""
    place = records.file.cast("string") + "\t" + records["row"].cast("string").lpad(12, "0")
    return records.filename + "\t" + place if "filename" in records.columns else place


def _reference(records: ir.Table, references: Sequence[str]) -> ir.StringValue:
    """What makes a row the same unit as another; where any part of it is missing, the row's own place."""
    there = [records[name] for name in references if name in records.columns]
    parts = [part.cast("string") for part in there]
    missing = len(there) < len(references)
    whole = ibis.null("string")
    if not missing:
        whole = parts[0]
        for part in parts[1:]:
            whole = whole + "\t" + part
    return whole.fill_null(records[_AT])


def _together(records: ir.Table, rule: CsaeRule) -> dict[str, ir.Value]:
    """What several rows say of one unit."""

    def first_of(name: str, order: Sequence[str], last: str) -> ir.StringValue:
        there = records[name]
        return ibis.cases(*((records.count(where=there == one) > 0, one) for one in order), else_=last)

    return {
        "csae": first_of("csae", ("yes", "undecidable"), "no"),
        "csae_because": first_of("csae_because", ("offence", "victim", "flag"), ""),
        "crime_type": first_of("crime_type", rule.types, ""),
        **{name: first_of(name, ("yes", "no"), NOT_RECORDED) for name in FLAGS},
    }
