"""Faults of ages, and of what belongs to one crime or one person and must agree."""

from __future__ import annotations

import numpy as np

from fullpicture.demo.faults.fault import Fault, anywhere
from fullpicture.demo.faults.outcomes import without_victim
from fullpicture.demo.people import Flags, Places
from fullpicture.demo.rows import Rows, repeated
from fullpicture.demo.shares import LAST_DAY
from fullpicture.demo.values import word


def _age(rows: Rows, role: str) -> Flags:
    return rows.has(f"{role}_age")


def _partner(rows: Rows) -> Flags:
    return rows.has("victim_age") & (rows.values["victim_age"] < 10) & (rows.suspect >= 0)


def _young_parent(rows: Rows, at: Places) -> None:
    rows.put("relationship", at, "parent")
    rows.put("suspect_age", at, rows.values["victim_age"][at] + 4)


def _parent(rows: Rows) -> Flags:
    age = rows.values["victim_age"]
    return rows.has("suspect_age") & (age >= 8) & (age < 30)


AGES = (
    Fault("AGE-001", ("victim_age",), lambda r: _age(r, "victim"), lambda r, at: r.put("victim_age", at, 111),
          ("victim_age",)),
    Fault("AGE-002", ("suspect_age",), lambda r: _age(r, "suspect"), lambda r, at: r.put("suspect_age", at,
          7),
          ("suspect_age",)),
    Fault("AGE-003", ("suspect_age",), lambda r: _age(r, "suspect"), lambda r, at: r.put("suspect_age", at,
          103),
          ("suspect_age",)),
    Fault("AGE-004", ("suspect_age", "suspect_child"), lambda r: r.values["suspect_age"] >= 18,
          lambda r, at: r.put("suspect_child", at, "yes")),
    Fault("AGE-005", ("suspect_age", "suspect_child"), lambda r: _age(r,
          "suspect") & (r.values["suspect_age"] < 18),
          lambda r, at: r.put("suspect_child", at, "no")),
    Fault("AGE-007", ("victim_age", "victim_born_on"), lambda r: _age(r, "victim") & r.has("victim_born_on"),
          lambda r, at: r.put("victim_born_on", at, r.values["victim_born_on"][at] - 2200),
              ("victim_born_on",)),
    Fault("AGE-008", ("victim_age", "victim_born_on", "offence_to"), lambda r: r.has("victim_born_on"),
          lambda r, at: r.put("victim_born_on", at, r.values["offence_to"][at] + 30), ("victim_born_on",)),
    Fault("AGE-009", ("relationship=intimate partner", "victim_age", "suspect_age"), _partner,
          lambda r, at: r.put("relationship", at, "intimate partner")),
    Fault("AGE-010", ("relationship=parent", "victim_age", "suspect_age"), _parent, _young_parent,
          ("suspect_age",)),
)  # fmt: skip


def _last_of(rows: Rows, places: Places, within: Places | None = None) -> Flags:
    """The last row of each crime or person that has several."""
    key = (
        places
        if within is None
        else np.where(places < 0, places, within * (places.max(initial=0) + 1) + places)
    )
    last = np.zeros(len(rows), bool)
    last[len(key) - 1 - np.unique(key[::-1], return_index=True)[1]] = True
    return np.asarray(last & repeated(key))


def _other_sex(rows: Rows, at: Places, name: str) -> None:
    rows.put(name, at, (1 - rows.values[name][at]).astype(np.int32))


def _other_offence(rows: Rows, at: Places) -> None:
    rows.put("offence_code", at, "88E")
    rows.put("offence_class", at, "other sexual offence")


def _other_outcome(rows: Rows, at: Places) -> None:
    both = word("outcome_type", "15") + word("outcome_type", "16")
    rows.put("outcome_type", at, (both - rows.values["outcome_type"][at]).astype(np.int32))


def _related_to_nobody(rows: Rows, at: Places) -> None:
    without_victim(rows, at)
    rows.put("relationship", at, "acquaintance")


def _pairs(rows: Rows) -> Flags:
    """The last row of each victim in each crime that has several, of one with several suspects."""
    return _last_of(rows, rows.victim, rows.crime) & rows.has("victim_age")


LINKS = (
    Fault("LNK-001", ("crime_ref",), anywhere, lambda r, at: r.put("crime_ref", at, "not recorded"),
          refused=True),
    Fault("LNK-002", ("recorded_on",), lambda r: _last_of(r, r.crime) & (r.values["recorded_on"] < LAST_DAY),
          lambda r, at: r.put("recorded_on", at, r.values["recorded_on"][at] + 1), same="crime"),
    Fault("LNK-003", ("offence_code=88E",),
          lambda r: _last_of(r, r.crime) & r.is_("offence_code", "22B", "21", "73", "20A", "20B", "88A"),
          _other_offence, same="crime"),
    Fault("LNK-004", ("outcome_type=15", "outcome_type=16"),
          lambda r: _last_of(r, r.crime) & r.is_("outcome_type", "15", "16"), _other_outcome, same="crime"),
    Fault("LNK-005", ("victim_ref", "victim_sex=female", "victim_sex=male"),
          lambda r: _last_of(r, r.victim) & r.is_("victim_sex", "female", "male"),
          lambda r, at: _other_sex(r, at, "victim_sex"), same="victim"),
    Fault("LNK-006", ("victim_ref", "suspect_ref", "victim_age"), _pairs,
          lambda r, at: r.put("victim_age", at, r.values["victim_age"][at] + 5), ("victim_age",),
              same="crime"),
    Fault("LNK-007", ("suspect_ref", "suspect_sex=female", "suspect_sex=male"),
          lambda r: _last_of(r, r.suspect) & r.is_("suspect_sex", "female", "male"),
          lambda r, at: _other_sex(r, at, "suspect_sex"), same="suspect"),
    Fault("LNK-008", ("relationship=acquaintance", "suspect_sex", "suspect_age"), lambda r: r.suspect < 0,
          lambda r, at: r.put("relationship", at, "acquaintance"), nobody=True),
    Fault("LNK-010", ("victim_ref", "crime_ref"), anywhere,
          lambda r, at: r.put("crime_ref", at, 9_000_000 + at.astype(np.int32)),
          takes=lambda part: part.unit == "victim"),
    Fault("LNK-010", ("suspect_ref", "crime_ref"), anywhere,
          lambda r, at: r.put("crime_ref", at, 8_000_000 + at.astype(np.int32)),
          takes=lambda part: part.unit == "suspect"),
    Fault("LNK-012", ("outcome_type", "victim_sex", "victim_age"),
          lambda r: ~r.is_("outcome_type", "14", "16") & ~r.is_("offence_class", "indecent images"),
          without_victim, nobody=True, takes=lambda part: part.unit == "crime-victim-suspect"),
    Fault("LNK-013", ("relationship=acquaintance", "victim_ref", "suspect_ref"), lambda r: r.suspect >= 0,
          _related_to_nobody, nobody=True),
    Fault("LNK-014", ("relationship=stranger", "domestic_abuse"), lambda r: r.is_("domestic_abuse", "yes"),
          lambda r, at: r.put("relationship", at, "stranger")),
    Fault("LNK-015", ("relationship=stranger", "offence_code"), lambda r: r.is_("offence_code", "23"),
          lambda r, at: r.put("relationship", at, "stranger")),
    Fault("LNK-016", ("victim_ref", "victim_born_on"),
          lambda r: _last_of(r, r.victim) & r.has("victim_born_on"),
          lambda r, at: r.put("victim_born_on", at, r.values["victim_born_on"][at] - 40),
          ("victim_born_on",), same="victim"),
)  # fmt: skip
