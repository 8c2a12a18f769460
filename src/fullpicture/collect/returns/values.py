"""What the text of a cell means: a value of its field, one of the states, or nothing that can be used."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from fullpicture.collect.returns.codelists import canonical, values_of
from fullpicture.collect.returns.dates import Days
from fullpicture.collect.returns.headers import plain
from fullpicture.collect.returns.mapping import FieldMap, ReturnMapping
from fullpicture.collect.returns.record import BY_NAME, STATES, Kind, State

SPREADSHEET_ERRORS = frozenset(
    ("#N/A", "#VALUE!", "#REF!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!", "#MULTIVALUE", "#MULTIVALUE!")
)
BOUNDS: Mapping[str, tuple[int, int]] = {
    "victim_age": (0, 120),
    "suspect_age": (0, 120),
    "recorded_year": (1900, 2100),
}
"""Beyond them a number is not one of its field; a mapping may say otherwise. Days may be negative: rules
judge them."""

_NUMBER = re.compile(r"[+-]?(?:[0-9]{1,9}|[0-9]{1,3}(?:,[0-9]{3}){1,2})(?:\.0+)?")
_WHOLE_AS_DECIMAL = re.compile(r"([0-9]+)\.0+")
_OFFENCE = re.compile(r"0{0,2}([1-9][0-9]{0,2}) ?([a-z]?)(?: ([0-9]{1,2}))?")
_INCIDENT = re.compile(r"n100 ?([123])")
_ENDING = re.compile(r"\(([^()]*)\)[\s.]*$")
_OUTCOME = re.compile(r"(?:oc ?)?(c|n100)?([0-9]{1,2}[a-z]?)")


class Read(NamedTuple):
    """What a text means, how that is known, and where it means nothing under which rule and why."""

    value: str | int | None
    state: State
    how: str
    fault: str = ""
    why: str = ""


Reader = Callable[[str], Read]


@dataclass(frozen=True)
class Meanings:
    """What a mapping says of texts: of this field (`codes`), of any (`missing`), and of empty cells."""

    codes: dict[str, tuple[str, str]]
    missing: Mapping[str, tuple[str, str]]
    empty: State

    @classmethod
    def of(cls, field: FieldMap, mapping: ReturnMapping) -> Meanings:
        """The field's, with every text in its forgiving form and the words of its rule."""
        codes = {plain(text): (target, text) for text, target in field.codes.items()}
        missing = {plain(text): (state, f"missing:{text}") for text, state in mapping.missing.items()}
        return cls(codes, missing, mapping.empty)

    def nothing(self, text: str, key: str) -> Read:
        """What a text means that stands for no value."""
        if hit := self.missing.get(key):
            return Read(None, hit[0], hit[1])  # type: ignore[arg-type]
        if not key:
            return Read(None, self.empty, "empty")
        if is_error(text):
            return Read(None, "unusable", "none", "MAP-002", "it is an error of a spreadsheet")
        return Read(None, "unusable", "none", "MAP-001")


def is_error(text: str) -> bool:
    """Whether a text is what a spreadsheet writes where a formula failed."""
    return text.strip().upper() in SPREADSHEET_ERRORS


def reader_of(field: FieldMap, mapping: ReturnMapping, kind: Kind | None = None) -> Reader:
    """What reads the texts of a field, or texts of another kind in its place; dates are days since 1970."""
    meanings = Meanings.of(field, mapping)
    kind = kind or BY_NAME[field.name].kind
    if kind == "date":
        reader = _dates(field, mapping, meanings)
    elif kind == "whole number":
        reader = _numbers(field, meanings)
    else:
        reader = _codes(field, meanings)
    return _picked(field.pick, reader) if field.pick else reader


def table_of(field: FieldMap) -> dict[str, tuple[str, str]]:
    """Every text that a code field knows, by its forgiving form: what it means and how that is known."""
    known = BY_NAME[field.name].code_list or "flag"
    table = {plain(value): (value, "value") for value in canonical(known)}
    for name in reversed(field.uses):
        table |= {text: (value, f"list:{name}") for text, value in values_of(name).items()}
    return table | Meanings.of(field, _NO_MAPPING).codes


def _codes(field: FieldMap, meanings: Meanings) -> Reader:
    table = table_of(field)

    def read(text: str) -> Read:
        key = plain(text)
        hit = meanings.codes.get(key) if is_error(text) else table.get(key)
        if not hit and (whole := _WHOLE_AS_DECIMAL.fullmatch(text.strip())):
            hit = table.get(whole[1])
        if hit:
            return _meant(*hit)
        if field.name == "offence_code" and (found := _offence(key)):
            return found
        if "outcome-prose" in field.uses and (found := _outcome_at_end(text)):
            return found
        return meanings.nothing(text, key)

    return read


def _meant(target: str, how: str) -> Read:
    return Read(None, target, how) if target in STATES else Read(target, "", how)


def _offence(key: str) -> Read | None:
    """A code of the Home Office that no list has: kept as it is, a sub-class (86/1) as its class."""
    if found := _INCIDENT.fullmatch(key):
        return Read(f"N100/{found[1]}", "", "code")
    if found := _OFFENCE.fullmatch(key):
        value = found[1] + found[2].upper()
        return Read(value, "", "code", "" if value in canonical("offence") else "MAP-007")
    return None


def _outcome_at_end(text: str) -> Read | None:
    """The one outcome that a label ends with, "... (OC16)"; of several, the row's own is not known.

    "(OC-C3/4)" are two ways to cancel a crime, which is one value here.
    """
    found = _ENDING.search(text)
    outcomes = _outcomes(found[1]) if found else []
    if len(outcomes) > 1:
        why = f"it stands for several outcomes ({', '.join(outcomes)})"
        return Read(None, "unusable", "none", "MAP-001", why)
    if outcomes and outcomes[0] in canonical("outcome"):
        return Read(outcomes[0], "", "list:outcome-prose")
    return None


def _outcomes(codes: str) -> list[str]:
    """The outcomes of "OC2/3/8" or "OC-C3/4", each once; none where it says anything else."""
    found, letter = dict[str, None](), ""
    for part in re.split(r"[/,; ]+", re.sub(r"(?i)(n100)/", r"\1", codes).strip()):
        code = _OUTCOME.fullmatch(plain(part))
        if not code:
            return []
        letter = code[1] or ("" if "oc" in plain(part) else letter)
        number = code[2].lstrip("0") or "0"
        known = values_of("outcome")
        found[known.get(f"{letter}{number}") or known.get(number) or number.upper()] = None
    return list(found)


def _numbers(field: FieldMap, meanings: Meanings) -> Reader:
    low, high = BOUNDS.get(field.name, (None, None))
    low = low if field.lowest is None else field.lowest
    high = high if field.highest is None else field.highest

    def read(text: str) -> Read:
        key = plain(text)
        how = "number"
        if hit := meanings.codes.get(key):
            text, how = hit
            if text in STATES:
                return Read(None, text, how)
        written = text.strip().replace("\u2212", "-")
        if not _NUMBER.fullmatch(written):
            found = meanings.nothing(text, key)
            return (
                found._replace(fault="MAP-004", why="it is no whole number")
                if found.fault == "MAP-001"
                else found
            )
        number = int(written.replace(",", "").split(".")[0])
        if (low is not None and number < low) or (high is not None and number > high):
            return Read(None, "unusable", "none", "MAP-004", f"it is not between {low} and {high}")
        return Read(number, "", how)

    return read


def _dates(field: FieldMap, mapping: ReturnMapping, meanings: Meanings) -> Reader:
    days = Days(field.date_order or mapping.date_order)

    def read(text: str) -> Read:
        day, how = days.read(text)
        if day is not None and not meanings.codes:
            return Read(day, "", how)
        key = plain(text)
        if hit := meanings.codes.get(key):
            return _meant(*hit) if hit[0] in STATES else Read(days.read(hit[0])[0], "", hit[1])
        if day is not None:
            return Read(day, "", how)
        found = meanings.nothing(text, key)
        return found._replace(fault="MAP-003", why=how) if found.fault == "MAP-001" else found

    return read


def _picked(pattern: str, reader: Reader) -> Reader:
    """Reads the part of a text that the pattern's first group takes."""
    compiled = re.compile(pattern)

    def read(text: str) -> Read:
        if found := compiled.search(text):
            return reader(found[1] or "")
        whole = reader(text)
        if whole.state and not whole.fault:
            return whole
        if whole.fault == "MAP-002":
            return whole
        return Read(None, "unusable", "none", "MAP-001", "it does not fit the field's pick")

    return read


_NO_MAPPING = ReturnMapping("", "", "crime", ())
