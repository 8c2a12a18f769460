"""Child sexual abuse and exploitation: which rows of a record are, why, and what is known of each."""

from __future__ import annotations

from collections.abc import Iterable

import ibis
import ibis.expr.types as ir

from fullpicture.analyse.csae_rule import Band, CsaeRule

FLAGS = ("contact", "online", "familial", "child_on_child", "group_based")
"""Answered `yes`, `no` or `not recorded`, each for itself: none is the opposite of another."""
_ANSWERS = (*FLAGS, "suspect_child")
NOT_RECORDED = "not recorded"
REPORT_BANDS = ("0-6", "7-27", "28-364", "365-1824", "1825+")
"""Days from the offence to the report: a week, four weeks, a year, five years, and more."""
READ = {
    **dict.fromkeys(("offence_code", "offence_class", "location_kind", "csa", "cse"), "string"),
    **dict.fromkeys(("contact", "online", "group_based", "relationship", "suspect_child"), "string"),
    **dict.fromkeys(("victim_age_basis", "suspect_age_basis"), "string"),
    **dict.fromkeys(("victim_age", "suspect_age", "days_to_report"), "int32"),
}
"""What the rule reads of a record, with its types; a table of another unit has some of it."""


def classified(records: ir.Table, rule: CsaeRule) -> ir.Table:
    """Says of every row whether it is child sexual abuse or exploitation (CSAE), and what is known of it.

    A row is CSAE because its offence names a child, or because its offence counts where the victim is a
    child and the victim was one at the offence, or because the force flagged it (CSA or CSE). Where the
    offence counts by the victim and the age at the offence is not known, a row without a flag is undecidable:
    a flag that says no proves nothing, since forces flag differently. Reported incidents (N100) are no crimes
    and never count.

    Where a return is silent on contact or family, the offence may say it; "online" follows from the kind of
    place. Child on child is a victim and a suspect who were both under 18 at the offence; a victim without an
    age is a child where the offence or a flag says so. Ages taken on another day than the offence are in no
    band. All facts are the rule's (`csae.toml`, docs/csae.md).

    Args:
        records: one row per delivered row, columns as in docs/data-dictionary.md; columns that a table of
            another unit lacks are read as not recorded.

    Returns:
        The same rows with `csae` (yes, no, undecidable), `csae_because` (offence, victim, flag, or empty),
        `crime_type` (empty where `csae` is not yes), `contact`, `online`, `familial`, `child_on_child`,
        `group_based`, `suspect_child` (yes, no, not recorded), `victim_age_band`, `suspect_age_band` and
        `days_to_report_band`.

    Examples:
        >>> import pyarrow as pa
        >>> rows = pa.table({"offence_code": ["19D", "86", "86"], "csa": [None, "yes", None]})
        >>> found = classified(ibis.memtable(rows), CsaeRule.shipped())
        >>> found.csae.to_pyarrow().to_pylist(), found.csae_because.to_pyarrow().to_pylist()
        (['yes', 'yes', 'undecidable'], ['offence', 'flag', ''])
    """
    lacked = {name: ibis.null(type_) for name, type_ in READ.items() if name not in records.columns}
    known = _with_ages(_with_offence(records.mutate(**lacked), rule), rule)
    flagged = (known.csa == "yes").fill_null(False) | (known.cse == "yes").fill_null(False)
    because = ibis.cases(
        (known._counts == "never", ""),
        (known._counts == "always", "offence"),
        ((known._counts == "victim") & (known._victim == "child"), "victim"),
        (flagged, "flag"),
        else_="",
    )
    named = known.mutate(csae_because=because)
    decided = named.mutate(csae=_csae(named), **_flags(named, rule))
    decided = decided.mutate(
        crime_type=ibis.ifelse(decided.csae == "yes", decided._type, ""),
        child_on_child=_child_on_child(decided, rule.child_under),
        victim_age_band=_band(decided._victim_age, rule.victim_bands),
        suspect_age_band=_band(decided._suspect_age, rule.suspect_bands),
        days_to_report_band=_band(decided.days_to_report, REPORT_BANDS),
    )
    passing = [name for name in decided.columns if name.startswith("_") and name not in records.columns]
    return decided.drop(*passing, *(name for name in lacked if name not in _ANSWERS))


def _with_offence(records: ir.Table, rule: CsaeRule) -> ir.Table:
    """What the rule says of a row's offence: by its code, and by its class where it has no code."""
    code, class_ = records.offence_code, records.offence_class
    never = [code.startswith(beginning).fill_null(False) for beginning in rule.never]

    def said(name: str, values: Iterable[str], silent: ir.StringValue) -> ir.StringValue:
        by_code = [(code.isin(rule.codes(**{name: v})), v) for v in values if rule.codes(**{name: v})]
        by_class = [
            (code.isnull() & class_.isin(rule.classes_of(**{name: v})), v)
            for v in values
            if rule.classes_of(**{name: v})
        ]
        return ibis.cases(*by_code, *by_class, else_=silent)

    nothing = ibis.ifelse(code.isnull() & class_.isnull(), "unknown", "none")
    counts = said("counts", ("always", "victim", "flag"), nothing)
    return records.mutate(
        _counts=ibis.cases(*((is_none, "never") for is_none in never), else_=counts) if never else counts,
        _type=said("type", rule.types, ibis.literal(rule.types[-1])),
        _contact=said("contact", ("yes", "no"), ibis.literal("")),
        _familial=said("familial", ("yes", "no"), ibis.literal("")),
    )


def _with_ages(records: ir.Table, rule: CsaeRule) -> ir.Table:
    """Ages at the offence and at no other time, and whether the victim was a child."""
    age = records.victim_age
    basis = records.victim_age_basis
    proves = ["offence", "record created", "reported"] if rule.later_age_proves else ["offence"]
    is_child = (age < rule.child_under) & basis.isin(proves)
    is_adult = (age >= rule.child_under) & (basis == "offence")
    at_offence = records.suspect_age_basis == "offence"
    return records.mutate(
        _victim=ibis.cases((is_child, "child"), (is_adult, "adult"), else_=NOT_RECORDED),
        _victim_age=ibis.ifelse(basis == "offence", age, None),
        _suspect_age=ibis.ifelse(at_offence, records.suspect_age, None),
    )


def _csae(known: ir.Table) -> ir.StringValue:
    """Undecidable is what a missing age, a missing flag or a missing offence leaves open, and no more."""
    unflagged = known.csa.isnull() & known.cse.isnull()
    open_ = (known._counts.isin(["victim", "unknown"]) & (known._victim != "adult")) | (
        (known._counts == "flag") & (known._victim == "child") & unflagged
    )
    return ibis.cases((known.csae_because != "", "yes"), (open_, "undecidable"), else_="no")


def _flags(known: ir.Table, rule: CsaeRule) -> dict[str, ir.StringValue]:
    """What the return says; where it is silent, what the offence, the place or the relationship says."""
    online = ibis.ifelse(known.location_kind == "online", "yes", NOT_RECORDED)
    relationship = known.relationship
    low, high = _band_limits(rule.child_suspect)
    by_age = ibis.ifelse(_between(known._suspect_age, low, high), "yes", "no")
    return {
        "contact": known.contact.fill_null(_or_not_recorded(known._contact)),
        "online": known.online.fill_null(online),
        "familial": ibis.cases(
            (relationship.isin(rule.familial), "yes"),
            (relationship.isin(rule.not_familial), "no"),
            else_=_or_not_recorded(known._familial),
        ),
        "group_based": known.group_based.fill_null(NOT_RECORDED),
        "suspect_child": ibis.ifelse(
            known._suspect_age.notnull(), by_age, known.suspect_child.fill_null(NOT_RECORDED)
        ),
    }


def _child_on_child(known: ir.Table, child_under: int) -> ir.StringValue:
    """Both under 18; a suspect under 10 is a child here, though not a "child suspect"."""
    by_rule = known._counts.isin(["always"]) | (known.csae_because == "flag")
    victim = ibis.ifelse((known._victim == NOT_RECORDED) & by_rule, "child", known._victim)
    suspect = ibis.cases(
        (known._suspect_age < child_under, "child"),
        (known._suspect_age >= child_under, "adult"),
        (known.suspect_child == "yes", "child"),
        (known.suspect_child == "no", "adult"),
        else_=NOT_RECORDED,
    )
    return ibis.cases(
        ((victim == "child") & (suspect == "child"), "yes"),
        ((victim == "adult") | (suspect == "adult"), "no"),
        else_=NOT_RECORDED,
    )


def _band(age: ir.IntegerValue, labels: Iterable[str]) -> ir.StringValue:
    bands = [(_between(age, *_band_limits(label)), label) for label in labels]
    return ibis.cases(*bands, else_=NOT_RECORDED)


def _band_limits(label: str) -> tuple[int, int | None]:
    band = Band.of(label)
    return band.lowest, band.highest


def _between(age: ir.IntegerValue, low: int, high: int | None) -> ir.BooleanValue:
    return age >= low if high is None else age.between(low, high)


def _or_not_recorded(said: ir.StringValue) -> ir.StringValue:
    return ibis.ifelse(said == "", NOT_RECORDED, said)
