"""One field of one return: its columns read, its texts understood, its rows filled."""

from __future__ import annotations

import difflib
import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from fullpicture.collect.returns.headers import plain
from fullpicture.collect.returns.mapping import FieldMap, ReturnMapping
from fullpicture.collect.returns.record import Field
from fullpicture.collect.returns.references import MANGLED, forms, hashed, sound
from fullpicture.collect.returns.texts import Filled, Places, Texts, encoded, several
from fullpicture.collect.returns.unread import Fault, Unread, quotable
from fullpicture.collect.returns.values import Meanings, Read, is_error, reader_of, table_of

_CODES_SHOWN = 20


@dataclass(frozen=True)
class Column:
    """A field's values with their states, texts and rules, row by row; and how the values were taken."""

    value: pa.Array
    state: pa.Array
    raw: pa.Array
    rule: pa.Array
    basis: str = ""
    by: str = ""


@dataclass
class Reading:
    """The rows being read, with all that reading them needs; a column of texts is encoded once."""

    rows: pa.Table
    mapping: ReturnMapping
    key: bytes
    unread: Unread
    filled: Filled
    _texts: dict[tuple[tuple[str, ...], str], Texts] = field(default_factory=dict)

    @property
    def numbers(self) -> npt.NDArray[np.int64]:
        """Each row's own number in the file."""
        numbers: npt.NDArray[np.int64] = self.rows["row"].to_numpy()
        return numbers

    def texts(self, headers: tuple[str, ...], join: str = "") -> Texts:
        """The texts of a column, or of several as one."""
        if (headers, join) not in self._texts:
            one = len(headers) == 1
            texts = encoded(self.rows[headers[0]], headers[0]) if one else several(self.rows, headers, join)
            self._texts[headers, join] = texts
        return self._texts[headers, join]


def read_column(reading: Reading, field: Field, one: FieldMap, headers: tuple[str, ...]) -> Column:
    """The field's column; of an age by birth date the birth dates, which `derive` turns into ages."""
    if one.born:
        return read_column(reading, *as_birth_date(one), headers)
    if one.fixed:
        return _fixed(reading, field, one)
    texts = reading.texts(headers, one.join)
    if field.kind == "reference":
        column = _references(reading, field, one, texts)
    else:
        column = _values(reading, field, one, texts)
    return replace(column, basis=one.basis, by=one.by)


def as_birth_date(one: FieldMap) -> tuple[Field, FieldMap]:
    """An age's birth date, as a field of its own."""
    return Field(one.name, "victim", "date", "", ""), replace(
        one, born="", headers=(one.born,), codes={}, pick=""
    )


def _fixed(reading: Reading, field: Field, one: FieldMap) -> Column:
    texts = Texts("", pa.array([one.fixed]), np.zeros(reading.filled.rows, np.int32))
    plain_map = replace(one, fixed="")
    if field.kind == "reference":
        column = _references(reading, field, plain_map, texts)
    else:
        column = _values(reading, field, plain_map, texts)
    rule = reading.filled.text(reading.mapping.rule_id(one.name, "fixed"))
    return replace(column, rule=rule, basis=one.basis, by=one.by)


def _values(reading: Reading, field: Field, one: FieldMap, texts: Texts) -> Column:
    read = reader_of(one, reading.mapping, field.kind)
    reads = [read(text) for text in texts.distinct]
    faults = {place: Fault(found.fault, found.why) for place, found in enumerate(reads) if found.fault}
    unlisted = [place for place, fault in faults.items() if fault.rule == "MAP-007"]
    if unlisted:
        _note_unlisted(reading, texts, unlisted, [str(reads[place].value) for place in unlisted])
    if len(faults) > len(unlisted):
        unread = {place: fault for place, fault in faults.items() if fault.rule != "MAP-007"}
        reading.unread.texts(texts, reading.numbers, unread, _Said(field, one))
    state, rule = _state_and_rule(reading, one, reads, texts.places)
    return Column(_value(reading, field, reads, texts), state, texts.raw, rule)


def _note_unlisted(reading: Reading, texts: Texts, places: list[int], codes: list[str]) -> None:
    """One note for all offence codes that are well formed and in no list of ours."""
    known = list(dict.fromkeys(codes))
    shown = ", ".join(known[:_CODES_SHOWN]) + (
        f" and {len(known) - _CODES_SHOWN} more" * (len(known) > _CODES_SHOWN)
    )
    rows, first = int(texts.counts[places].sum()), int(reading.numbers[min(texts.first[places])])
    what = f"the list of offences does not have {shown} ({rows:,} rows, this is the first)."
    reading.unread.say("MAP-007", first, texts.header, what)


def _value(reading: Reading, field: Field, reads: Sequence[Read], texts: Texts) -> pa.Array:
    if field.kind in ("code", "flag"):
        return reading.filled.coded([found.value for found in reads], texts.places)  # type: ignore[misc]
    kind = pa.date32() if field.kind == "date" else pa.int32()
    if not reads:
        return pa.array([], kind)
    numbers = np.fromiter((found.value or 0 for found in reads), np.int32, len(reads))
    without = np.fromiter((found.value is None for found in reads), np.bool_, len(reads))
    mask = without[texts.places] if without.any() else None
    return pa.array(numbers[texts.places], pa.int32(), mask=mask).cast(kind)


def _state_and_rule(
    reading: Reading, one: FieldMap, reads: Sequence[Read], places: Places
) -> tuple[pa.Array, pa.Array]:
    """Of every row, where `places` says which of the reads it has."""
    ids = {how: reading.mapping.rule_id(one.name, how) for how in dict.fromkeys(found.how for found in reads)}
    state = reading.filled.coded([found.state for found in reads], places)
    return state, reading.filled.coded([ids[found.how] for found in reads], places)


def _references(reading: Reading, field: Field, one: FieldMap, texts: Texts) -> Column:
    """References hashed; those that stand for nothing, or that a spreadsheet has shortened, are null."""
    is_name = field.name.endswith("_name_key")
    written, unfit = _picked(one.pick, texts.distinct)
    plains = forms([sound(text) for text in written] if is_name else written)
    not_hashed = unfit | _not_hashed(Meanings.of(one, reading.mapping), written, plains)
    faults = {place: Fault(found.fault, found.why) for place, found in not_hashed.items() if found.fault}
    if faults:
        reading.unread.texts(texts, reading.numbers, faults, _Said(field, one))
    hashes = hashed(plains, "" if is_name else reading.mapping.police_force, reading.key)
    which = np.zeros(len(plains), np.int32)
    which[list(not_hashed)] = np.arange(1, len(not_hashed) + 1)
    row_which = which[texts.places] if len(which) else texts.places
    value = hashes.take(pa.array(texts.places, mask=row_which > 0))
    reads = [Read(None, "", "hash"), *not_hashed.values()]
    state, rule = _state_and_rule(reading, one, reads, row_which)
    return Column(value, state, texts.raw, rule)


def _picked(pattern: str, texts: list[str]) -> tuple[list[str], dict[int, Read]]:
    """The part of each text that the pattern takes, and the places of those that do not fit it."""
    if not pattern:
        return texts, {}
    found = [re.search(pattern, text) for text in texts]
    parts = [match[1] or "" if match else text for match, text in zip(found, texts, strict=True)]
    return parts, {place: _UNFIT for place, match in enumerate(found) if not match}


def _not_hashed(meanings: Meanings, texts: Sequence[str], plains: Sequence[bytes]) -> dict[int, Read]:
    """What the texts mean that are no reference, by their place."""
    nothing = {b"", *forms([*meanings.codes, *meanings.missing])}
    found: dict[int, Read] = {}
    whole = "\n".join(texts)
    if nothing.isdisjoint(plains) and "#" not in whole and "+" not in whole:
        return found
    for place, (text, form) in enumerate(zip(texts, plains, strict=True)):
        if form in nothing or text[:1] == "#":
            code = meanings.codes.get(plain(text))
            read = Read(None, code[0], code[1]) if code else meanings.nothing(text, plain(text))  # type: ignore[arg-type]
            if not form or read.fault != "MAP-001":
                found[place] = read
        elif "+" in text and MANGLED.fullmatch(text.strip()):
            found[place] = Read(None, "unusable", "none", "MAP-006", "it is a rounded number")
    return found


_NEARLY = 0.85
_UNFIT = Read(None, "unusable", "none", "MAP-001", "it does not fit the field's pick")


def _alike(text: str, near: Sequence[str]) -> str | None:
    """A known text that this one is nearly, word for word: a slip of the pen, and nobody's name."""
    close = difflib.get_close_matches(text, near, n=1, cutoff=_NEARLY)
    return close[0] if close and len(close[0].split()) == len(text.split()) else None


class _Said:
    """Puts into words why a text cannot be used, and quotes it where it is a code."""

    def __init__(self, field: Field, one: FieldMap) -> None:
        self.field = field
        self.is_code = field.kind in ("code", "flag")
        self.known = table_of(one) if self.is_code else {}

    def __call__(self, text: str, count: int, fault: Fault) -> str:
        title = self.field.title
        if is_error(text):
            return f"{text.strip()} is an error of a spreadsheet, no {title.lower()}"
        if not self.is_code:
            return f"this text cannot be used: {fault.why or 'it is no ' + title.lower()}"
        near = difflib.get_close_matches(plain(text), list(self.known), n=1)
        alike = _alike(plain(text), near)
        shown = f'"{text.strip()}"' if quotable(text.strip(), count, alike) else "this text"
        if fault.why:
            return f"{shown} cannot be used: {fault.why}"
        hint = f'; the nearest known is "{near[0]}" ({self.known[near[0]][0]})' if near else ""
        return f"{shown} is no known value of {title}{hint}"
