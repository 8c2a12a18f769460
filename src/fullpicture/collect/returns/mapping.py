"""How one force's return becomes the canonical record, as data: `[source.<id>]` of layout `return`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from fullpicture.collect.returns.record import State, Unit
from fullpicture.collect.source import Reading

DateOrder = Literal["dmy", "mdy", "ymd", ""]
"""Order of day, month and year where a date is written with numbers; "" means ISO 8601 and nothing else."""


@dataclass(frozen=True)
class FieldMap:
    """Where a field comes from and what its texts mean: `[source.<id>.field.<name>]`.

    Exactly one of `headers`, `at`, `like`, `born` and `fixed` says where.

    Args:
        headers: the column's header; of several, the texts are joined with `join`, or with `join` "" the
            first that is not empty is taken. Case, punctuation and any kind of space do not matter.
        at: the column's place, 1 for the first.
        like: a pattern for the header, `*` for any part, as forgiving.
        born: for an age: the header of the birth date; the age is that on the first day of the offence.
        fixed: one value for every row.
        join: between the texts of several columns.
        pick: a regular expression whose first group is the text meant; a cell it does not fit is unusable.
        codes: delivered text = canonical value, or one of the states; as forgiving as headers.
        uses: names of shipped lists of such texts (`codes/<name>.csv`), looked up after `codes`.
        basis: for a field with a qualifier, how its value was taken (`record.QUALIFIERS`); required there.
        by: for an ethnicity, who defined it: `self`, `officer` or `not stated`.
        date_order: for this date where it differs from the return's.
        lowest, highest: for whole numbers: outside them the value is unusable (0 to 120 for ages).
    """

    name: str
    headers: tuple[str, ...] = ()
    at: int = 0
    like: str = ""
    born: str = ""
    fixed: str = ""
    join: str = ""
    pick: str = ""
    codes: Mapping[str, str] = field(default_factory=dict)
    uses: tuple[str, ...] = ()
    basis: str = ""
    by: str = ""
    date_order: DateOrder = ""
    lowest: int | None = None
    highest: int | None = None


@dataclass(frozen=True)
class DuplicateMark:
    """The force's own mark of duplicates: rows with one of `keep` are kept, those with one of `drop` are not.

    One of the two is enough (`marks.judged`). `of` is what a duplicate is a duplicate of; what is dropped is
    refused under `DUP-010`, and a mark that is not known is a problem (`MAP-008`) whose row is kept.
    """

    header: str
    keep: tuple[str, ...] = ()
    drop: tuple[str, ...] = ()
    of: Unit = "crime"


@dataclass(frozen=True)
class ReturnMapping:
    """One force's return: which force, what a row is, how dates are written, where each field is.

    `where` and `leave_out` choose rows by header and text (`SEL-001`). `missing` says what texts that stand
    for nothing mean in any column (`"#N/A" = "not recorded"`), and `empty` what an empty cell means. A text
    that is neither a value, nor in the field's codes, nor in `missing` is unusable, and a problem names the
    nearest known one.
    """

    id: str
    police_force: str
    unit: Unit
    fields: tuple[FieldMap, ...]
    reading: Reading = field(default_factory=Reading)
    date_order: DateOrder = ""
    duplicates: DuplicateMark | None = None
    where: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    leave_out: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    missing: Mapping[str, State] = field(default_factory=dict)
    empty: State = "not recorded"

    def rule_id(self, name: str, how: str) -> str:
        """The id of the mapping rule that made a value: `kent.victim_sex:F`, or `kent.recorded_on:dmy`.

        `how` is the code's text as the mapping has it, or `list:sex` for a shipped list, the date order,
        `number`, `hash`, `born`, `fixed`, `missing:#N/A`, `empty`, `none`; never a date, number or reference.
        """
        return f"{self.id}.{name}:{how}"
