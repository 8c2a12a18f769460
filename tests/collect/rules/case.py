"""What a case of a rule is, and how rows of one are said."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from tests.collect.rules.invented import CLEAN, Row


@dataclass(frozen=True)
class Case:
    """Rows, and the places of those that break the rule."""

    rows: tuple[Row, ...]
    broken: tuple[int, ...] = ()
    facts: dict[str, Any] = field(default_factory=dict)


def passes(*rows: Row, **facts: Any) -> Case:
    return Case(rows, facts=facts)


def breaks(*rows: Row, **facts: Any) -> Case:
    return Case(rows, tuple(range(len(rows))), facts)


def after_the_first(*rows: Row) -> Case:
    return Case(rows, tuple(range(1, len(rows))))


def child(age: int, **changes: Any) -> Row:
    return {"victim_age": age, "victim_born_on": None, "csa": "yes", **changes}


DAY = timedelta(days=1)
RECORDED: date = CLEAN["recorded_on"]
ONE_CRIME = {"crime_ref": "one crime"}
ONE_VICTIM = {"victim_ref": "one victim"}
ONE_SUSPECT = {"suspect_ref": "one suspect"}
ONE_ROW = ONE_CRIME | ONE_VICTIM | ONE_SUSPECT
ONE_KEY = "|".join(ONE_ROW.values())
TELLS_NOTHING = dict.fromkeys(("offence_code", "offence_class", "recorded_on", "recorded_year"))
NAMELESS = ONE_CRIME | {"victim_ref": None, "victim_name_key": None}
NO_NAME = ONE_CRIME | {"suspect_ref": None}
TWICE = ONE_VICTIM | ONE_SUSPECT | ONE_CRIME
SAME = ONE_ROW | {"victim_name_key": "one name"}
YEAR_ONLY = {"recorded_on": None}
