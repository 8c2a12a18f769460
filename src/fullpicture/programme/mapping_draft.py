"""`fullpicture map`: a proposed mapping as TOML for an analyst to edit; what to decide is marked CHECK."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from fullpicture.collect.returns.mapping import DuplicateMark, ReturnMapping
from fullpicture.collect.returns.propose import ColumnProposal, Proposal, propose
from fullpicture.collect.returns.proposing.file import Opened, open_return
from fullpicture.collect.returns.record import BY_NAME
from fullpicture.collect.source import Reading
from fullpicture.core.area_names import spelling
from fullpicture.core.areas import Register
from fullpicture.core.errors import UnknownArea
from fullpicture.programme.source_form import FORCES
from fullpicture.programme.undecided import CHECK


@dataclass(frozen=True)
class Draft:
    """A file as it was opened, what is proposed for it, and the same as TOML."""

    id: str
    police_force: str
    opened: Opened
    proposal: Proposal
    toml: str

    @property
    def mapping(self) -> ReturnMapping:
        """The proposal as it stands, as if nothing of it were changed."""
        return self.proposal.mapping(self.id, self.police_force, self.opened.reading)

    @property
    def checks(self) -> int:
        """How many lines ask for a decision."""
        return self.toml.count(CHECK)


def draft_mapping(path: Path, force: str, stated: Reading, register: Register | None = None) -> Draft:
    """Opens a return that nobody has mapped and drafts its mapping.

    Args:
        force: the name or the area code of the police force.
        stated: how the file is read, as far as it is known.

    Raises:
        UnknownArea: no police force is called so.
        SourceRefused: the file cannot be read.
    """
    register = register or Register.shipped()
    code = force_code(force, register)
    opened = open_return(path, stated)
    proposal = propose(opened.delivered)
    name = register.area(code).name
    id_ = spelling(name).replace(" ", "_")
    toml = "\n".join(_lines(_Head(id_, code, name, path.name), opened, proposal)) + "\n"
    return Draft(id_, code, opened, proposal, toml)


def force_code(force: str, register: Register) -> str:
    """The area code of a police force by its name, alias or code.

    Raises:
        UnknownArea: no police force is called so; the message offers the nearest.
    """
    code = register.find(force, FORCES)
    if code is None:
        raise UnknownArea(force, register.nearest(force, FORCES))
    return code


@dataclass(frozen=True)
class _Head:
    """What the draft is for."""

    id: str
    police_force: str
    force: str
    file: str


def _lines(head: _Head, opened: Opened, proposal: Proposal) -> Iterator[str]:
    yield f"# A mapping proposed by `fullpicture map` for {head.file}: read every line."
    yield "# What must be decided is marked CHECK; take the mark away once it is."
    for said in opened.assumed:
        yield f"{CHECK} assumed of the file: {said}."
    yield ""
    yield f"[source.{_key(head.id)}]"
    yield f"title = {_text(f'Return of {head.force}')}"
    yield 'layout = "return"'
    yield f"police_force = {_text(head.police_force)}"
    yield f"unit = {_text(proposal.unit)}  {CHECK} is this what one row is? {proposal.unit_why}"
    yield f"files = [{_text(head.file)}]  {CHECK} where it is within the data folder; * for any part"
    yield from _reading(opened.reading)
    yield from _date_order(proposal)
    yield from _missing(proposal)
    if proposal.duplicates:
        yield f"duplicates = {_mark(proposal.duplicates)}  {CHECK} are these the rows to keep?"
    for name, ask in _ASKED.items():
        yield f"{CHECK} {ask}\n# {name} = ..."
    for column in _in_order(proposal):
        yield ""
        yield from _field(head.id, column)
    if proposal.born:
        yield from _age_by_birth(head.id, proposal.born)
    yield from _not_mapped(proposal)


_ASKED = {
    "owner": "required: who answers for these records here?",
    "purpose": "required: what are they used for?",
    "retained_until": 'required: when must they be deleted? Write a day, as "2030-12-31"',
}


def _reading(reading: Reading) -> Iterator[str]:
    usual = Reading()
    for name in ("encoding", "separator", "header_row", "footer_rows", "sheet"):
        if (value := getattr(reading, name)) != getattr(usual, name):
            yield f"{name} = {json.dumps(value, ensure_ascii=False)}"


def _date_order(proposal: Proposal) -> Iterator[str]:
    if proposal.date_order is None:
        yield f"{CHECK} in which order are dates written? Ask the force: {proposal.date_why}."
        yield '# date_order = "dmy"'
    elif proposal.date_order:
        yield f"date_order = {_text(proposal.date_order)}  # {proposal.date_why}"
    else:
        yield f"# date_order is left out: {proposal.date_why}"


def _missing(proposal: Proposal) -> Iterator[str]:
    if proposal.missing:
        pairs = ", ".join(f"{_text(text)} = {_text(state)}" for text, state in proposal.missing.items())
        yield f"missing = {{ {pairs} }}  {CHECK} unknown, not recorded or not applicable?"
    yield f'empty = "not recorded"  {CHECK} what does an empty cell mean?'


def _mark(mark: DuplicateMark) -> str:
    name, texts = ("keep", mark.keep) if mark.keep else ("drop", mark.drop)
    values = ", ".join(map(_text, texts))
    return f"{{ header = {_text(mark.header)}, {name} = [{values}], of = {_text(mark.of)} }}"


def _in_order(proposal: Proposal) -> list[ColumnProposal]:
    places = {name: place for place, name in enumerate(BY_NAME)}
    mapped = [column for column in proposal.columns if column.map]
    return sorted(mapped, key=lambda column: places[column.field])


def _field(id_: str, column: ColumnProposal) -> Iterator[str]:
    one = column.map
    assert one is not None
    yield f"[source.{_key(id_)}.field.{column.field}]"
    yield f"# Column {column.place}, {column.sure}: {column.why}. {column.cells}."
    if column.sure == "a guess" or column.others:
        other = f" It could also be {' or '.join(column.others)}." if column.others else ""
        yield f"{CHECK} is it {column.field}?{other}"
    if len(one.headers) > 1:
        yield f"header = [{', '.join(map(_text, one.headers))}]"
        yield f"join = {_text(one.join)}\ndate_order = {_text(one.date_order)}"
    else:
        yield f"{'born' if one.born else 'header'} = {_text(column.header)}"
    if one.basis:
        yield f"basis = {_text(one.basis)}"
    if one.by:
        yield f"by = {_text(one.by)}"
    if one.uses:
        yield f"uses = [{', '.join(map(_text, one.uses))}]"
    yield from (f"{CHECK} {check}." for check in column.checks)
    yield from _codes(column)


def _codes(column: ColumnProposal) -> Iterator[str]:
    for code in column.codes:
        if code.means:
            continue
        rows = f"{code.rows:,} rows"
        if code.maybe:
            yield f"codes.{_text(code.text)} = {_text(code.maybe)}  {CHECK} {rows}; {code.why}"
        else:
            yield f'# codes.{_text(code.text)} = "..."  {CHECK} {rows}; what does it mean?'


def _age_by_birth(id_: str, born: str) -> Iterator[str]:
    yield ""
    yield f"[source.{_key(id_)}.field.victim_age]"
    yield "# No column is an age: it is taken from the birth date, on the first day of the offence."
    yield f"born = {_text(born)}\n" + 'basis = "offence"'


def _not_mapped(proposal: Proposal) -> Iterator[str]:
    left = [column for column in proposal.columns if not column.field]
    if left:
        yield ""
        yield "# Columns that are not mapped; what is in them is not read:"
    for column in left:
        other = f" Could be {' or '.join(column.others)}." if column.others else ""
        yield f"#   {column.place} {_text(column.header)}: {column.cells}.{other}"


def _key(text: str) -> str:
    return text if re.fullmatch(r"[A-Za-z0-9_-]+", text) else _text(text)


def _text(text: str) -> str:
    """A TOML string: JSON's rules for them are the same, but for one control character."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007F")
