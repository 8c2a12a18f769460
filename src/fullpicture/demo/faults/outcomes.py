"""Faults of outcomes, their days and who must be there for them."""

from __future__ import annotations

from fullpicture.demo.faults.fault import Fault, anywhere
from fullpicture.demo.parts import Part
from fullpicture.demo.people import Flags, Places
from fullpicture.demo.rows import Rows
from fullpicture.demo.values import day

SUSPECT = ("outcome_type", "suspect_sex", "suspect_age")
_PEOPLE = (
    "victim_ref", "victim_sex", "victim_age", "victim_ethnicity", "relationship", "victim_born_on",
    "victim_name_key",
)  # fmt: skip


def closed(rows: Rows) -> Flags:
    """Rows of crimes that have an outcome."""
    return rows.has("outcome_on") & ~rows.is_("outcome_type", "0")


def somebody(rows: Rows) -> Flags:
    """Rows of closed crimes with a suspect."""
    return closed(rows) & (rows.suspect >= 0)


def nobody(rows: Rows) -> Flags:
    """Rows of closed crimes without a suspect."""
    return closed(rows) & (rows.suspect < 0)


def _soon(rows: Rows) -> Flags:
    """Closed within a year of the offence: nobody is an adult by then who was under 17."""
    return rows.values["outcome_on"] - rows.values["offence_from"] < 365


def _at_offence(part: Part) -> bool:
    return part.qualifiers.get("suspect_age_basis") == "offence"


def without_victim(rows: Rows, at: Places) -> None:
    """Nothing is left of the victim."""
    for name in _PEOPLE:
        rows.put(name, at, "not recorded")


def _early(outcome: str, on: str) -> Fault:
    def change(rows: Rows, at: Places) -> None:
        rows.put("outcome_type", at, outcome)
        rows.put("outcome_on", at, day(on))

    rule = {"22": "OUT-003", "21": "OUT-004"}[outcome]
    return Fault(rule, (f"outcome_type={outcome}", "outcome_on"), somebody, change)


def _no_crime(rows: Rows, at: Places) -> None:
    rows.put("outcome_type", at, "cancelled")
    rows.put("outcome_on", at, "unknown")


OUTCOMES = (
    Fault("OUT-001", ("outcome_type", "outcome_on"), closed,
          lambda r, at: r.put("outcome_type", at, "not recorded")),
    Fault("OUT-002", ("outcome_type", "outcome_on"), closed, lambda r, at: r.put("outcome_on", at,
          "not applicable")),
    _early("22", "2018-05-14"),
    _early("21", "2015-03-09"),
    Fault("OUT-005", ("outcome_type=19", "offence_class"), lambda r: somebody(r) & ~r.is_("offence_class",
          "other"), lambda r, at: r.put("outcome_type", at, "19")),
    Fault("OUT-006", ("outcome_type=1A",), lambda r: r.is_("outcome_type", "1"),
          lambda r, at: r.put("outcome_type", at, "1A")),
    Fault("OUT-007", ("outcome_type=0", "outcome_on"), closed, lambda r, at: r.put("outcome_type", at, "0")),
    Fault("OUT-008", (*SUSPECT, "outcome_type=18"), somebody, lambda r, at: r.put("outcome_type", at, "18")),
    Fault("OUT-009", (*SUSPECT, "outcome_type=14"), somebody, lambda r, at: r.put("outcome_type", at, "14")),
    Fault("OUT-010", (*SUSPECT, "outcome_type=15"), nobody, lambda r, at: r.put("outcome_type", at, "15"),
          nobody=True),
    Fault("OUT-011", (*SUSPECT, "outcome_type=1"), nobody, lambda r, at: r.put("outcome_type", at, "1"),
          nobody=True),
    Fault("OUT-012", (*SUSPECT, "outcome_type=2"), lambda r: somebody(r) & (r.values["suspect_age"] >= 18),
          lambda r, at: r.put("outcome_type", at, "2"), takes=_at_offence),
    Fault("OUT-013", (*SUSPECT, "outcome_type=3"),
          lambda r: somebody(r) & r.has("suspect_age") & (r.values["suspect_age"] < 17) & _soon(r),
          lambda r, at: r.put("outcome_type", at, "3"), takes=_at_offence),
    Fault("OUT-014", ("outcome_type=16", "victim_sex", "victim_age"),
          lambda r: r.is_("outcome_type", "14", "16"), without_victim, nobody=True),
    Fault("OUT-015", (*SUSPECT, "outcome_type=11"), lambda r: somebody(r) & (r.values["suspect_age"] >= 11),
          lambda r, at: r.put("outcome_type", at, "11"), takes=_at_offence),
    Fault("OUT-016", ("outcome_type",), anywhere, _no_crime, refused=True),
    Fault("OUT-017", ("outcome_type",), anywhere, lambda r, at: r.put("outcome_type", at, "incident"),
          refused=True),
    Fault("OUT-018", (*SUSPECT, "outcome_type=8"), nobody, lambda r, at: r.put("outcome_type", at, "8"),
          nobody=True),
    Fault("OUT-019", (*SUSPECT, "outcome_type=6", "offence_class"),
          lambda r: somebody(r) & r.is_("offence_class", "rape", "other sexual offence"),
          lambda r, at: r.put("outcome_type", at, "6")),
    Fault("OUT-020", (*SUSPECT, "outcome_type=17", "offence_class"),
          lambda r: somebody(r) & r.is_("offence_class", "rape"),
          lambda r, at: r.put("outcome_type", at, "17")),
)  # fmt: skip
