"""Faults of offences: against whom they can be, what they are called, what is ticked beside them."""

from __future__ import annotations

from collections.abc import Sequence

from fullpicture.demo.faults.fault import Fault, age_is_at_offence, anywhere
from fullpicture.demo.people import Flags, Places
from fullpicture.demo.rows import Rows
from fullpicture.demo.shares import NAMES_A_CHILD, UNLISTED

_OF_A_FEMALE = ("19C", "19D", "19E", "20A", "20B")
_OF_A_MALE = ("17A", "17B", "19F", "19G", "19H")


def _unnamed(rows: Rows, at: Places) -> None:
    rows.put("offence_code", at, "not recorded")
    rows.put("offence_class", at, "not recorded")


def _report(rows: Rows, at: Places) -> None:
    rows.put("offence_code", at, "N100/1")
    rows.put("offence_class", at, "rape")


def _undecidable(rows: Rows, at: Places) -> None:
    for name in ("csa", "cse", "victim_age"):
        rows.put(name, at, "not recorded")


def _adult(rows: Rows) -> Flags:
    return rows.has("victim_age") & (rows.values["victim_age"] >= 18)


def _sex(rule: str, codes: Sequence[str], right: str, wrong: str) -> Fault:
    """An offence against one sex with a victim of the other."""
    return Fault(
        rule,
        ("offence_code", f"victim_sex={wrong}"),
        lambda rows: rows.is_("offence_code", *codes) & rows.is_("victim_sex", right),
        lambda rows, at: rows.put("victim_sex", at, wrong),
    )


def _age(rule: str, codes: Sequence[str], age: int) -> Fault:
    """A victim of an age that the offence is not of."""
    return Fault(
        rule,
        ("offence_code", "victim_age"),
        lambda rows: rows.is_("offence_code", *codes) & rows.has("victim_age"),
        lambda rows, at: rows.put("victim_age", at, age),
        ("victim_age",),
        takes=age_is_at_offence,
    )


OFFENCES = (
    Fault("OFF-001", ("offence_code", "offence_class"), anywhere, _unnamed, refused=True,
          takes=lambda part: not part.where),
    Fault("OFF-002", ("offence_code",), anywhere, _report, refused=True),
    _sex("OFF-003", _OF_A_FEMALE, "female", "male"),
    _sex("OFF-004", _OF_A_MALE, "male", "female"),
    _age("OFF-005", ("17B", "19E", "19H", "20B", "21"), 14),
    _age("OFF-006", ("19D", "19G", "22B", "88A"), 16),
    _age("OFF-007", ("19C", "19F"), 14),
    _age("OFF-008", ("20A", "17A"), 11),
    Fault("OFF-009", ("offence_code", "csa"), lambda r: r.is_("offence_code", *NAMES_A_CHILD),
          lambda r, at: r.put("csa", at, "no")),
    Fault("OFF-010", ("cse", "victim_age"), _adult, lambda r, at: r.put("cse", at, "yes"),
          takes=age_is_at_offence),
    Fault("OFF-011", ("csa", "victim_age"), _adult, lambda r, at: r.put("csa", at, "yes"),
          takes=age_is_at_offence),
    Fault("OFF-012", ("offence_code", "csa", "victim_age"),
          lambda r: r.is_("offence_code", "86") & r.has("victim_sex"), _undecidable, ("victim_age",)),
    Fault("OFF-013", ("contact", "offence_code"), lambda r: r.is_("offence_class", "rape"),
          lambda r, at: r.put("contact", at, "no")),
    Fault("OFF-014", ("offence_code", "offence_class"),
          lambda r: ~r.is_("offence_class", "rape") & ~r.is_("offence_code", *UNLISTED),
          lambda r, at: r.put("offence_class", at, "rape")),
    _age("OFF-015", ("71", "73"), 19),
    Fault("OFF-016", ("online", "location_kind=online"), lambda r: r.is_("location_kind", "online"),
          lambda r, at: r.put("online", at, "no")),
    Fault("OFF-017", ("offence_code", "location_kind=online"), lambda r: r.is_("offence_class", "rape"),
          lambda r, at: r.put("location_kind", at, "online")),
)  # fmt: skip
