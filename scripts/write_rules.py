"""Writes docs/rules.md from the rules themselves."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from fullpicture.collect import findings
from fullpicture.collect.reading.refusals import ROW_RULES
from fullpicture.collect.returns.unread import MENDS
from fullpicture.collect.rules import COVERAGE, FAMILIES, RULES
from fullpicture.collect.rules.facts import STAND_INS
from fullpicture.collect.rules.rule import Rule

PAGE = Path(__file__).parent.parent / "docs" / "rules.md"

START = """\
# Rules

What a force's return is checked for: {count} rules. Made from the code by `scripts/write_rules.py`.

- **refuse**: the record is in no figure. Records in = kept + refused; a record that several rules refuse
  counts under the first of them in the order of this page.
- **warn**: the record is kept, and something in it is wrong.
- **note**: the record is kept, and somebody should know.

A rule runs on a return that maps all the fields it needs; of fields joined by *or*, one will do. What is not
known breaks no rule: only rules that say that a value must be there ask for one. Records that are refused for
themselves are left out before records are compared with each other, so the first of two duplicates is the
first that can be counted. Ages are compared with what an offence says only if they are ages at the offence.

At most {listed:,} records are listed for one rule, then one line says how many more there are. What is found
may quote codes, never a name, a date, an age or a reference.
"""

AFTER = {
    "Dates": """\
Days that systems write where none is given: {days}. The order of such a day and another is not asked.
DAT-014 lets a number differ by one: some systems count nights, others whole days of 24 hours.
""",
    "Outcomes": """\
A suspect or victim is there if any field of theirs has a value, and is not there if all say that nothing is
recorded (of a suspect also that it does not apply). Where the return maps their reference, its absence is
enough. Anything else is not known.
""",
    "Links": """\
All rows that do not agree are listed, because nobody can say from the rows which is right.
""",
    "Duplicates": """\
The first row in the file is kept. Rows are of the same crime and people if the return maps all references of
what a row is of and they are the same. `DUP-010`, the force's own mark of duplicates, is in its mapping.
Returns of one force are compared in the order of the programme's files. Why some are refused and others are
counted is in [decision 10](decisions/0010-counted-once.md).
""",
}


def page() -> str:
    """The page."""
    parts = [START.format(count=len(RULES), listed=findings.MOST_LISTED)]
    for family, rules in FAMILIES.items():
        parts.append(f"\n## {family}\n\n{_table(rules)}")
        if family in AFTER:
            days = ", ".join(f"{day.day} {day:%B} {day.year}" for day in STAND_INS)
            parts.append(f"\n{AFTER[family].format(days=days)}")
    parts.append(f"\n## Coverage\n\nOf the return as a whole.\n\n{_table(COVERAGE)}")
    parts.append("\n## Before the rules: reading\n\nSee [reading.md](reading.md).\n\n")
    parts.append(_rows(("rule", "when"), ((f"`{code}`", title) for code, title in ROW_RULES.items())))
    parts.append("\n## Before the rules: mapping\n\nSee [mapping-a-return.md](mapping-a-return.md).\n\n")
    mends = ((f"`{code}`", *facts) for code, facts in MENDS.items())
    parts.append(_rows(("rule", "", "how to mend"), mends))
    parts.append("\n## Published statistics\n\nSources that are figures already, not records.\n\n")
    statistics = ((f"`{code}`", facts.severity, facts.mend) for code, facts in findings.RULES.items())
    parts.append(_rows(("rule", "", "how to mend"), statistics))
    return "".join(parts)


def _table(rules: Sequence[Rule]) -> str:
    header = ("rule", "", "what must be so", "what is found", "how to mend", "fields", "since")
    return _rows(header, map(_row, rules))


def _row(rule: Rule) -> tuple[str, ...]:
    what = re.sub(r"{(\w+)}", r"*\1*", rule.what)
    fields = ", ".join(" or ".join(f"`{name}`" for name in each.split(" or ")) for each in rule.fields)
    years = str(rule.since or "") if rule.until is None else f"{rule.since or ''} to {rule.until}"
    return f"`{rule.code}`", rule.severity, rule.title, what, rule.mend, fields or "any", years


def _rows(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [header, ["---"] * len(header), *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
