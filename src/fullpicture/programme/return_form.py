"""From a return's table (`[source.<id>]` of layout `return`) to its mapping, with every mistake in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as made
from typing import Any, Literal

from fullpicture.collect.returns.mapping import DateOrder, DuplicateMark, FieldMap, ReturnMapping
from fullpicture.collect.returns.record import BY_NAME, State, Unit, fields_of
from fullpicture.collect.source import Reading
from fullpicture.core.areas import Register
from fullpicture.core.errors import Mistake
from fullpicture.programme.field_mistakes import mistakes_of
from fullpicture.programme.forms import STRICT, Where
from fullpicture.programme.source_form import FORCES, as_values
from fullpicture.programme.toml import checked, nearest_hint

Text = str | int
GivenState = Literal["unknown", "not recorded", "not applicable", "unusable"]


@dataclass(frozen=True)
class FieldForm:
    """`[source.<id>.field]`: where one field is and what its texts mean."""

    __pydantic_config__ = STRICT
    header: str | list[str] = ""
    at: int = 0
    like: str = ""
    born: str = ""
    fixed: Text = ""
    join: str = ""
    pick: str = ""
    codes: dict[str, Text] = made(default_factory=dict)
    uses: str | list[str] = ""
    basis: str = ""
    by: Literal["", "self", "officer", "not stated"] = ""
    date_order: DateOrder = ""
    lowest: int | None = None
    highest: int | None = None


@dataclass(frozen=True)
class DuplicatesForm:
    """`duplicates` of a return: the column of the force's own marks."""

    __pydantic_config__ = STRICT
    header: str
    keep: Text | list[Text] = made(default_factory=list)
    drop: Text | list[Text] = made(default_factory=list)
    of: Unit = "crime"


@dataclass(frozen=True)
class ReturnForm:
    """`[source.<id>]` of layout `return`."""

    __pydantic_config__ = STRICT
    police_force: str
    unit: Unit
    field: dict[str, dict[str, Any]]
    layout: Literal["return"] = "return"
    title: str = ""
    files: list[str] = made(default_factory=list)
    encoding: Literal["utf-8", "utf-16", "cp1252"] = "utf-8"
    separator: str = ""
    header_row: int = 1
    footer_rows: int = 0
    sheet: str = ""
    date_order: DateOrder = ""
    missing: dict[str, GivenState] = made(default_factory=dict)
    empty: GivenState = "not recorded"
    where: Where = made(default_factory=dict)
    leave_out: Where = made(default_factory=dict)
    duplicates: dict[str, Any] = made(default_factory=dict)
    caveat: str = ""
    owner: str = ""
    purpose: str = ""
    retained_until: str = ""


def to_mapping(
    id_: str, given: Mapping[str, Any], where: str, mistakes: list[Mistake], register: Register
) -> ReturnMapping | None:
    """The mapping that a return's table declares, or None with every mistake in it listed.

    Args:
        where: the file and the table, for messages: `sources/kent.toml [source.kent]`.
    """
    before = len(mistakes)
    form = checked(ReturnForm, given, where, mistakes)
    unit = given.get("unit") if form is None else form.unit
    fields = _fields(given.get("field"), where, mistakes)
    for name, one in fields.items():
        mistakes += _not_of_unit(name, str(unit), where) or mistakes_of(
            one, set(fields), f"{where} field.{name}"
        )
    duplicates = _duplicates(given.get("duplicates"), where, mistakes)
    if isinstance(given.get("police_force"), str):
        mistakes += _not_a_force(given["police_force"], where, register)
    if form is None or len(mistakes) > before:
        return None
    missing: dict[str, State] = {**form.missing}
    return ReturnMapping(
        id=id_,
        police_force=form.police_force,
        unit=form.unit,
        fields=tuple(fields.values()),
        reading=Reading(form.encoding, form.separator, form.header_row, form.footer_rows, form.sheet),
        date_order=form.date_order,
        duplicates=duplicates,
        where=as_values(form.where),
        leave_out=as_values(form.leave_out),
        missing=missing,
        empty=form.empty,
    )


def _fields(given: Any, where: str, mistakes: list[Mistake]) -> dict[str, FieldMap]:
    """The fields whose tables are well formed."""
    found: dict[str, FieldMap] = {}
    for name, table in given.items() if isinstance(given, Mapping) else ():
        if not isinstance(table, Mapping):
            mend = 'Write a table: { header = "..." }.'
            mistakes.append(Mistake(f"{where} field.{name}", "this is not a table.", mend))
        elif form := checked(FieldForm, table, f"{where} field.{name}", mistakes):
            found[name] = _field(name, form)
    return found


def _field(name: str, form: FieldForm) -> FieldMap:
    is_worked_out = form.born != "" and name.endswith("_age")
    return FieldMap(
        name=name,
        headers=_texts(form.header),
        at=form.at,
        like=form.like,
        born=form.born,
        fixed=str(form.fixed),
        join=form.join,
        pick=form.pick,
        codes={text: str(value) for text, value in form.codes.items()},
        uses=_texts(form.uses),
        basis=form.basis or ("offence" if is_worked_out else ""),
        by=form.by,
        date_order=form.date_order,
        lowest=form.lowest,
        highest=form.highest,
    )


def _texts(given: Text | list[Text] | list[str]) -> tuple[str, ...]:
    texts = given if isinstance(given, list) else [given]
    return tuple(str(text) for text in texts if text != "")


def _not_of_unit(name: str, unit: str, where: str) -> list[Mistake]:
    known = [one.name for one in fields_of(unit)] if unit in _UNITS else list(BY_NAME)  # type: ignore[arg-type]
    if name in known:
        return []
    if name in BY_NAME:
        mend = "Leave it out, or say what one row of the return is with unit."
        return [Mistake(f"{where} field.{name}", f"a row of unit {unit} does not have this field.", mend)]
    return [Mistake(f"{where} field.{name}", "there is no such field.", nearest_hint(name, known))]


_UNITS = ("crime", "victim", "suspect", "crime-victim-suspect")


def _duplicates(given: Any, where: str, mistakes: list[Mistake]) -> DuplicateMark | None:
    if not isinstance(given, Mapping) or not given:
        return None
    form = checked(DuplicatesForm, given, f"{where} duplicates", mistakes)
    if form is None:
        return None
    mark = DuplicateMark(form.header, _texts(form.keep), _texts(form.drop), form.of)
    if not (mark.keep or mark.drop):
        what = "it must say which marks to keep, or which to drop, or both."
        mistakes.append(Mistake(f"{where} duplicates", what, 'Write keep = "No", or drop = "1".'))
    return mark


def _not_a_force(code: str, where: str, register: Register) -> list[Mistake]:
    if code in register and register.area(code).level in FORCES[:2]:
        return []
    found = register.find(code, FORCES[:2])
    near = register.nearest(code, FORCES[:2])
    mend = f"Write {found}." if found else f"Did you mean {near}?" if near else "See the areas register."
    return [Mistake(f"{where} police_force", f'"{code}" is not the code of a police force area.', mend)]
