"""What can be wrong in the mapping of one field, apart from its form."""

from __future__ import annotations

import re
from collections.abc import Iterator

from fullpicture.collect.returns.codelists import canonical, names
from fullpicture.collect.returns.headers import plain
from fullpicture.collect.returns.mapping import FieldMap, ReturnMapping
from fullpicture.collect.returns.record import BY_NAME, QUALIFIERS, STATES, Field
from fullpicture.collect.returns.values import reader_of
from fullpicture.core.errors import Mistake
from fullpicture.programme.toml import nearest_hint

_SOURCES = ("header", "at", "like", "born", "fixed")


def mistakes_of(one: FieldMap, fields: set[str], where: str) -> Iterator[Mistake]:
    """Every mistake in a field's table; `fields` are the names of all that the return maps."""
    field = BY_NAME[one.name]
    for key, what, mend in (
        *_sources(one, field, fields),
        *_pick(one),
        *_uses(one, field),
        *_codes(one, field),
        *_fixed(one, field),
        *_basis(one, field),
        *_of_other_kinds(one, field),
    ):
        yield Mistake(f"{where} {key}".strip(), what, mend)


_Found = Iterator[tuple[str, str, str]]


def _sources(one: FieldMap, field: Field, fields: set[str]) -> _Found:
    given = [bool(one.headers), one.at != 0, bool(one.like), bool(one.born), bool(one.fixed)]
    said = [name for name, is_given in zip(_SOURCES, given, strict=True) if is_given]
    if len(said) != 1:
        what = (
            f"it says {' and '.join(said)}, of which one is enough."
            if said
            else "it does not say where it is."
        )
        yield "", what, "Write exactly one of header, at, like, born, fixed."
    if one.at < 0:
        yield "at", "a column's place is 1 or more.", "Count from 1 for the first column."
    if one.born and not one.name.endswith("_age"):
        yield "born", "only an age is worked out from a birth date.", "Name the column with header."
    elif one.born and "offence_from" not in fields:
        yield (
            "born",
            "an age is that on offence_from, which is not mapped.",
            "Map offence_from too, or map the birth date itself.",
        )
    if one.join and len(one.headers) < 2:
        yield "join", "there is nothing to join.", "Give header a list of columns, or leave join out."


def _pick(one: FieldMap) -> _Found:
    if not one.pick:
        return
    try:
        groups = re.compile(one.pick).groups
    except re.error as error:
        yield "pick", f"this is no regular expression: {error}.", "Mend it, or leave it out."
        return
    if groups < 1:
        yield "pick", "it has no group, so it picks nothing.", "Put the part meant in ( )."


def _uses(one: FieldMap, field: Field) -> _Found:
    if one.uses and field.kind not in ("code", "flag"):
        yield "uses", f"a {field.kind} has no list of codes.", "Leave it out."
        return
    allowed = canonical(field.code_list or "flag") if field.kind in ("code", "flag") else ()
    lists = [name for name in names() if set(canonical(name)) <= set(allowed)]
    for name in one.uses:
        if name not in names():
            yield "uses", f'there is no list "{name}".', nearest_hint(name, lists)
        elif name not in lists:
            yield "uses", f'the list "{name}" has values that this field has not.', nearest_hint(name, lists)


def _codes(one: FieldMap, field: Field) -> _Found:
    known = [*_values_of(field), *STATES]
    meant: dict[str, str] = {}
    for text, value in one.codes.items():
        if field.kind in ("code", "flag", "reference"):
            is_known = value in known
        else:
            is_known = value in STATES or _reads(one, value)
        if not is_known:
            yield f"codes.{text}", f'"{value}" is not a value of {one.name}.', nearest_hint(value, known)
        if meant.setdefault(plain(text), value) != value:
            yield f"codes.{text}", "another text that reads the same means something else.", "Keep one."


def _values_of(field: Field) -> tuple[str, ...]:
    if field.kind in ("code", "flag"):
        return canonical(field.code_list or "flag")
    return ()


def _fixed(one: FieldMap, field: Field) -> _Found:
    if not one.fixed or one.fixed in STATES:
        return
    if field.kind == "reference":
        yield "fixed", "a reference is not the same in every row.", "Name its column with header."
    elif field.kind in ("code", "flag") and one.fixed not in _values_of(field):
        hint = nearest_hint(one.fixed, [*_values_of(field), *STATES])
        yield "fixed", f'"{one.fixed}" is not a value of {one.name}.', hint
    elif field.kind in ("date", "whole number") and not _reads(one, one.fixed):
        yield "fixed", f"this is no {field.kind} of {one.name}.", "Write 2024-03-01, or a whole number."


def _reads(one: FieldMap, text: str) -> bool:
    """Whether a text is a date or number of the field by itself."""
    alone = FieldMap(one.name, date_order=one.date_order, lowest=one.lowest, highest=one.highest)
    return not reader_of(alone, ReturnMapping("", "", "crime", ()))(text).state


def _basis(one: FieldMap, field: Field) -> _Found:
    if not field.qualified_by:
        if one.basis:
            yield "basis", f"{one.name} is not taken in several ways.", "Leave it out."
    elif not one.basis:
        known = ", ".join(QUALIFIERS[field.qualified_by])
        yield "basis", f"this key is missing: it says how {one.name} was taken.", f"Write one of {known}."
    elif one.basis not in QUALIFIERS[field.qualified_by]:
        hint = nearest_hint(one.basis, list(QUALIFIERS[field.qualified_by]))
        yield "basis", f'"{one.basis}" is not known.', hint
    elif one.born and one.basis != "offence":
        yield "basis", "an age from a birth date is that at the offence.", 'Write "offence", or leave it out.'


def _of_other_kinds(one: FieldMap, field: Field) -> _Found:
    if one.by and f"{one.name}_by" not in QUALIFIERS:
        yield "by", "nobody else than the force defines it.", "Leave it out; it belongs to ethnicities."
    if one.date_order and field.kind != "date" and not one.born:
        yield "date_order", f"a {field.kind} has no order of day and month.", "Leave it out."
    if (one.lowest, one.highest) != (None, None) and field.kind != "whole number":
        yield "lowest", f"a {field.kind} has no bounds.", "Leave lowest and highest out."
