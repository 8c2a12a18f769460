"""Proposes a mapping for a return that nobody has mapped: what each column could be, how sure, and why.

It is a proposal: every line that is not beyond doubt carries something to check, and what nothing decides, as
the order of dates often is, is left for a person to fill in. What is left out is said too.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal

from fullpicture.collect.delivered import Delivered
from fullpicture.collect.returns.mapped import check_header
from fullpicture.collect.returns.mapping import DateOrder, DuplicateMark, FieldMap, ReturnMapping
from fullpicture.collect.returns.proposing.assign import Claim, assigned, claims_of
from fullpicture.collect.returns.proposing.form import duplicate_mark, field_map
from fullpicture.collect.returns.proposing.lists import CodeText, meanings
from fullpicture.collect.returns.proposing.look import Look, missing_texts
from fullpicture.collect.returns.proposing.parts import Parts, split_days
from fullpicture.collect.returns.record import BY_NAME, FIELDS, State, Unit, fields_of
from fullpicture.collect.source import Reading

Sure = Literal["clear", "likely", "a guess", "none"]
_CLEAR, _LIKELY, _APART = 0.85, 0.65, 0.1
_ORDERS: Mapping[str, str] = {"dmy": "day first", "mdy": "month first", "ymd": "year first", "": "ISO 8601"}


@dataclass(frozen=True)
class ColumnProposal:
    """What one column could be.

    `field` is a field of the record, `duplicates` for the force's mark, "" where nothing fits; `others` could
    be meant too. `codes` are its texts where it is a list: of any other column no cell is shown, only what
    they look like and how many are filled (`cells`). `checks` is what a person must decide.
    """

    place: int
    header: str
    field: str
    sure: Sure
    why: str
    cells: str
    map: FieldMap | None = None
    codes: tuple[CodeText, ...] = ()
    checks: tuple[str, ...] = ()
    others: tuple[str, ...] = ()


@dataclass(frozen=True)
class Proposal:
    """A mapping that is proposed for one file; `date_order` None where no date decides it."""

    file: str
    sheet: str
    unit: Unit
    date_order: DateOrder | None
    columns: tuple[ColumnProposal, ...]
    missing: Mapping[str, State]
    duplicates: DuplicateMark | None = None
    unit_why: str = ""
    date_why: str = ""
    born: str = ""

    @property
    def fields(self) -> tuple[FieldMap, ...]:
        """The fields in the order of the record; an age from the birth date where there is no age."""
        found = {column.field: column.map for column in self.columns if column.map}
        if self.born:
            found["victim_age"] = FieldMap("victim_age", born=self.born, basis="offence")
        return tuple(found[field.name] for field in FIELDS if field.name in found)

    def mapping(self, id_: str, police_force: str, reading: Reading) -> ReturnMapping:
        """The proposal as a mapping, as it stands."""
        return ReturnMapping(
            id=id_,
            police_force=police_force,
            unit=self.unit,
            fields=self.fields,
            reading=reading,
            date_order=self.date_order or "",
            duplicates=self.duplicates,
            missing=self.missing,
        )


def propose(delivered: Delivered) -> Proposal:
    """What each column of a delivered file could be, and what one row of it is."""
    check_header(delivered)
    headers = [name for name in delivered.rows.column_names if name != "row"]
    looks = {header: Look.at(delivered.rows.column(header)) for header in headers}
    claims = claims_of(looks)
    split = split_days(looks, claims)
    of_parts = {header: field for field, parts in split.items() for header in parts}
    claims = [one for one in claims if one.header not in of_parts and one.field not in split]
    served = assigned(claims)
    unit, unit_why = _unit({*split, *(claim.field for claim in served.values())})
    usable = {field.name for field in fields_of(unit)} | {"duplicates"}
    served = {header: claim for header, claim in served.items() if claim.field in usable}
    columns = tuple(
        _part(place, header, look, (of_parts[header], split[of_parts[header]]))
        if of_parts.get(header) in usable
        else _column(place, header, look, served.get(header), claims)
        for place, (header, look) in enumerate(looks.items(), start=1)
    )
    marks = [h for h, claim in served.items() if claim.field == "duplicates"]
    order, date_why = _date_order(
        [looks[c.header] for c in columns if _is_date(c.field) and c.header not in of_parts]
    )
    return Proposal(
        delivered.file,
        delivered.sheet,
        unit,
        order,
        columns,
        _missing(looks),
        duplicate_mark(marks[0], looks[marks[0]])[0] if marks else None,
        unit_why,
        date_why,
        _born(columns),
    )


def _part(place: int, header: str, look: Look, whole: tuple[str, Parts]) -> ColumnProposal:
    """One of three columns that are a date together; the mapping stands with that of the day."""
    field, parts = whole
    which = ("day", "month", "year")[parts.index(header)]
    why = f"it is the {which} of a date in three columns"
    if header != parts[0]:
        return ColumnProposal(place, header, field, "likely", why, cells_of(look))
    joined = FieldMap(field, headers=parts, join="/", date_order="dmy")
    check = f"are these three columns the day, the month and the year of {field}"
    return ColumnProposal(place, header, field, "likely", why, cells_of(look), joined, checks=(check,))


def _column(place: int, header: str, look: Look, claim: Claim | None, claims: list[Claim]) -> ColumnProposal:
    rivals = [one for one in claims if one.header == header and one != claim]
    others = tuple(one.field for one in rivals[:2] if not claim or claim.score - one.score < 3 * _APART)
    if claim is None:
        why = "nothing in its header or cells is known" if not others else "other columns fit better"
        return ColumnProposal(place, header, "", "none", why, cells_of(look), others=others)
    rest = {"others": others}
    sure = _sure(claim, [one for one in rivals if claim.score - one.score < _APART])
    if claim.field == "duplicates":
        _, checks = duplicate_mark(header, look)
        return ColumnProposal(
            place, header, claim.field, sure, claim.why, cells_of(look), None, _plainly(look), checks, **rest
        )
    field, checks = field_map(claim.field, header, look)
    has_day = any(one.field == "offence_from" for one in claims)
    if claim.field == "suspect_age" and look.dates.share > 0.5:
        if not has_day:
            why = "a birth date, and no first day of the offence to take an age on"
            return ColumnProposal(place, header, "", "none", why, cells_of(look), others=others)
        field = FieldMap("suspect_age", born=header, basis="offence")
    is_code = BY_NAME[claim.field].kind in ("code", "flag")
    codes = meanings(BY_NAME[claim.field], look.shown, field.uses) if is_code else ()
    checks += _code_checks(look, codes) if is_code else _error_checks(look)
    field = replace(field, codes={code.text: code.maybe for code in codes if code.maybe})
    return ColumnProposal(
        place, header, claim.field, sure, claim.why, cells_of(look), field, codes, checks, **rest
    )


def cells_of(look: Look) -> str:
    """What a column's cells look like, and how many are filled; no cell is quoted."""
    filled = f"{look.filled:,} of {look.rows:,} filled"
    if not look.filled:
        return "empty"
    if look.dates.share > 0.5:
        order = look.dates.order
        return f"dates, {'order undecided' if order is None else _ORDERS[order]}; {filled}"
    if look.is_list and len(look.texts) <= 30:
        return f"{len(look.texts)} different texts; {filled}"
    if look.whole_share > 0.5:
        return f"whole numbers; {filled}"
    return f"{len(look.texts):,} different texts; {filled}"


def _sure(claim: Claim, close: list[Claim]) -> Sure:
    if claim.score >= _CLEAR and not close:
        return "clear"
    return "likely" if claim.score >= _LIKELY and not close else "a guess"


def _plainly(look: Look) -> tuple[CodeText, ...]:
    return tuple(CodeText(text, rows) for text, rows in look.shown.items())


def _code_checks(look: Look, codes: tuple[CodeText, ...]) -> tuple[str, ...]:
    unknown = sum(not code.means for code in codes)
    unseen = len(look.texts) - len(codes)
    texts = "1 of its texts is" if unknown == 1 else f"{unknown} of its texts are"
    checks = [f"{texts} not known: say what each means"] if unknown else []
    if unseen:
        why = "rare, long or could name somebody"
        checks.append(
            f"{unseen:,} texts are not shown ({why}): fullpicture check counts those that mean nothing"
        )
    return (*checks, *_error_checks(look))


def _error_checks(look: Look) -> tuple[str, ...]:
    errors = sum(look.errors.values())
    return (f"{errors:,} cells are spreadsheet errors ({', '.join(sorted(look.errors))})",) if errors else ()


def _unit(fields: set[str]) -> tuple[Unit, str]:
    """What one row is, by whose fields there are; the file cannot say it, so a person must confirm it."""
    of = {name: BY_NAME[name].entity for name in fields if name in BY_NAME and name != "crime_ref"}
    crime, victim, suspect = (
        sum(one == kind for one in of.values()) for kind in ("crime", "victim", "suspect")
    )
    if victim and not suspect and crime < 2:
        return "victim", "it has columns of victims, and nearly none of crimes"
    if suspect and not victim and crime < 2:
        return "suspect", "it has columns of suspects, and nearly none of crimes"
    if victim or suspect:
        return "crime-victim-suspect", "it has columns of crimes and of people"
    return "crime", "it has columns of crimes only"


def _date_order(looks: list[Look]) -> tuple[DateOrder | None, str]:
    """The order that the dates themselves prove: some day is later than the 12th, and none says otherwise."""
    if any(look.dates.is_contradictory for look in looks):
        return None, "some dates can only be read day first and others only month first"
    found = {look.dates.order for look in looks if look.dates.order is not None}
    if len(found - {""}) > 1:
        return None, "columns differ: declare date_order for each field that differs"
    if any(look.dates.order is None for look in looks) and not found - {""}:
        return (
            None,
            "no day is later than the 12th, so that nothing decides between day first and month first",
        )
    order: DateOrder = next(iter(found - {""}), "")
    if not looks:
        return "", "there are no dates"
    against = sum(look.dates.against for look in looks)
    but = f"; rows that can only be read otherwise, and will not be usable: {against:,}" if against else ""
    return order, "ISO 8601 throughout" if not order else f"days later than the 12th prove it{but}"


def _is_date(name: str) -> bool:
    return name in BY_NAME and BY_NAME[name].kind == "date"


def _missing(looks: Mapping[str, Look]) -> dict[str, State]:
    """Texts of any column that stand for nothing, as the file writes them, with what they usually mean."""
    found = sorted({text for look in looks.values() for text in look.missing})
    by_form: dict[str, str] = {}
    for text in found:
        by_form.setdefault(text.casefold(), text)
    return {text: missing_texts()[form] for form, text in by_form.items()}


def _born(columns: tuple[ColumnProposal, ...]) -> str:
    """The header of the birth date, where it is the only way to the victim's age and there is a first day."""
    by_field = {column.field: column.header for column in columns}
    wanted = "victim_born_on" in by_field and "offence_from" in by_field and "victim_age" not in by_field
    return by_field["victim_born_on"] if wanted else ""
