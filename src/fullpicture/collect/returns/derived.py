"""Fields that follow from others: ages from birth dates, days from dates, children from ages."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from fullpicture.collect.returns.ages import ages_on, days_between, is_child_suspect
from fullpicture.collect.returns.column import Column, Reading
from fullpicture.collect.returns.mapping import FieldMap
from fullpicture.collect.returns.record import fields_of
from fullpicture.collect.returns.values import BOUNDS

_CLOCKS = {
    "days_to_report": (
        ("offence_from", "reported_on", "offence from to reported"),
        ("offence_from", "recorded_on", "offence from to recorded"),
    ),
    "days_to_outcome": (
        ("reported_on", "outcome_on", "reported"),
        ("recorded_on", "outcome_on", "recorded"),
    ),
}
"""The dates between which days are counted, the better pair first, and what that is called."""

_Places = Mapping[str, tuple[str, ...]]


def derive(
    reading: Reading, maps: Mapping[str, FieldMap], columns: Mapping[str, Column], places: _Places
) -> dict[str, Column]:
    """What the mapping does not map itself but what it maps says; and ages in place of birth dates."""
    found: dict[str, Column] = {}
    for name, one in maps.items():
        if one.born:
            offence = columns.get("offence_from")
            found[name] = _age(reading, one, columns[name], offence, places[name][0])
    for name, clocks in _CLOCKS.items():
        for first, last, basis in clocks:
            if name not in maps and name not in found and first in columns and last in columns:
                found[name] = _days(reading, name, columns[first], columns[last], basis)
    age = found.get("suspect_age") or columns.get("suspect_age")
    fields = {field.name for field in fields_of(reading.mapping.unit)}
    if age and age.basis == "offence" and "suspect_child" not in maps and "suspect_child" in fields:
        found["suspect_child"] = _child(reading, age)
    return found


def _age(reading: Reading, one: FieldMap, born: Column, offence: Column | None, header: str) -> Column:
    """The age on the first day of the offence; unknown where that day is not there.

    Its raw text would be the birth date, which identifies: it stays in the delivered file.
    """
    none = reading.filled.null(pa.date32())
    ages = ages_on(born.value, offence.value if offence else none)
    low, high = BOUNDS[one.name]
    high = one.highest if one.highest is not None else high
    outside = pc.fill_null(pc.or_(pc.less(ages, low), pc.greater(ages, high)), False)
    _tell(reading, pc.fill_null(pc.less(ages, 0), False), header, "somebody is born after the offence")
    _tell(reading, pc.fill_null(pc.greater(ages, high), False), header, f"somebody is older than {high}")
    without = pc.or_(pc.is_null(ages), outside)
    state = _states(born.state, pc.is_null(born.value))
    state = pc.if_else(pc.and_(pc.is_valid(born.value), pc.is_null(ages)), "unknown", state)
    state = pc.if_else(outside, "unusable", state)
    rule = reading.filled.text(reading.mapping.rule_id(one.name, "born"))
    value = pc.if_else(without, pa.scalar(None, pa.int32()), ages)
    return Column(value, state.dictionary_encode(), reading.filled.text(""), rule, basis="offence")


def _tell(reading: Reading, which: pa.Array, header: str, what: str) -> None:
    if numbers := reading.rows["row"].filter(which).to_pylist():
        reading.unread.add("MAP-004", numbers, header, f"this age cannot be used: {what}")


def _days(reading: Reading, name: str, first: Column, last: Column, basis: str) -> Column:
    """Days between two dates; where one is not there, its state, that of the later first."""
    value, state = days_between(first.value, last.value), reading.filled.text("")
    if value.null_count:
        of_first = _states(first.state, pc.is_null(first.value))
        state = pc.if_else(pc.is_null(last.value), last.state.cast(pa.string()), of_first).dictionary_encode()
    rule = reading.filled.text(reading.mapping.rule_id(name, "dates"))
    return Column(value, state, reading.filled.text(""), rule, basis=basis)


def _child(reading: Reading, age: Column) -> Column:
    ages = np.array(["no", "yes"])
    is_child = is_child_suspect(age.value)
    places = pc.fill_null(is_child.cast(pa.int8()), 2).to_numpy(zero_copy_only=False).astype(np.int32)
    value = reading.filled.coded([*ages.tolist(), None], places)
    rule = reading.filled.text(reading.mapping.rule_id("suspect_child", "age"))
    return Column(value, age.state, reading.filled.text(""), rule)


def _states(states: pa.Array, without: pa.Array) -> pa.Array:
    return pc.if_else(without, states.cast(pa.string()), "")
