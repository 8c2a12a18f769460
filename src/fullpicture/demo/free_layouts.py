"""The other forces' layouts: every way to save a table, to write a day, to split a cell or to join two."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from fullpicture.collect.returns.record import BY_NAME
from fullpicture.demo.books import (
    CONTACT_PRACTICE,
    ETHNICITY,
    LOCATION,
    PLAIN,
    RELATIONSHIP,
    SEX,
    SUPPORT,
    YES_NO,
    Book,
)
from fullpicture.demo.columns import Code, Day, Number, Ref, Unmapped
from fullpicture.demo.headers import SNAKE, TITLE, WORDY
from fullpicture.demo.mixed import Born, FirstDay, OneCell, SplitDay
from fullpicture.demo.outcome_books import OFFENCE, OUTCOME
from fullpicture.demo.parts import Column, Part, Saving

CRIME = (
    "crime_ref", "offence_code", "offence_class", "offence_from", "offence_to", "reported_on", "recorded_on",
    "location_kind", "csa", "cse", "contact", "online", "domestic_abuse", "group_based", "third_party_report",
    "support", "contact_practice", "outcome_type", "outcome_on",
)  # fmt: skip
VICTIM = ("victim_ref", "victim_sex", "victim_age", "victim_ethnicity", "relationship")
SUSPECT = ("suspect_ref", "suspect_sex", "suspect_age", "suspect_ethnicity")
FEW = tuple(
    name
    for name in CRIME
    if name
    not in ("offence_to", "cse", "domestic_abuse", "third_party_report", "support", "contact_practice")
)
_LISTS = {
    "outcome_type": ("outcome", "outcome-prose"), "offence_code": ("offence",),
    "offence_class": ("offence-class",),
    "location_kind": ("location-kind",), "relationship": ("relationship",), "support": ("support",),
    "contact_practice": ("contact-practice",), "victim_sex": ("sex",),
    "suspect_sex": ("sex",),
}  # fmt: skip
_SCHEMES = {"16+1": "ethnicity-16", "5+1": "ethnicity", "IC": "ethnicity-ic", "force": "ethnicity"}


@dataclass(frozen=True)
class Style:
    """A force's hand: its headers, its words, its signs."""

    headers: Mapping[str, str]
    books: Mapping[str, Book] = field(default_factory=dict)
    flag: Book = PLAIN
    scheme: str = "IC"
    by: str = "officer"
    signs: tuple[str, str, str] = ("", "V", "S")
    unknown: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def column(self, name: str) -> Column:
        """A field's column in this hand."""
        header, kind = self.headers[name], BY_NAME[name].kind
        if kind == "reference":
            return Ref(
                header,
                name,
                sign=dict(zip(("crime", "victim", "suspect"), self.signs, strict=True))[BY_NAME[name].entity],
            )
        if kind == "date":
            return Day(header, name)
        if kind == "whole number":
            return Number(header, name, basis="offence", blanks=self.unknown)
        if kind == "flag":
            return Code(header, name, book=self.flag, uses=() if self.flag is PLAIN else ("flag",))
        if name.endswith("ethnicity"):
            return self._ethnicity(header, name)
        book = self.books.get(name.removeprefix("victim_").removeprefix("suspect_"), _USUAL.get(name, PLAIN))
        return Code(header, name, book=book, uses=() if book is PLAIN else _LISTS[name])

    def _ethnicity(self, header: str, name: str) -> Code:
        book = ETHNICITY[{"IC": "C", "force": "B"}.get(self.scheme, self.scheme)]
        return Code(header, name, basis=self.scheme, by=self.by, book=book, uses=(_SCHEMES[self.scheme],))

    def columns(self, names: Sequence[str]) -> tuple[Column, ...]:
        """Columns in this order."""
        return tuple(self.column(name) for name in names)


_USUAL = {"offence_code": OFFENCE["codes"], "outcome_type": OUTCOME["empty"]}
_PLAIN = Style(SNAKE)
_SYSTEM = Style(
    TITLE,
    {"sex": SEX["letters"], "relationship": RELATIONSHIP["words"], "location_kind": LOCATION["words"],
     "offence_code": OFFENCE["code and title"], "outcome_type": OUTCOME["titles"],
     "support": SUPPORT, "contact_practice": CONTACT_PRACTICE},
    YES_NO["Y/N"], "16+1", "self", ("NX/", "NV", "NS"), {"unknown": ("Not known",)},
)  # fmt: skip
_PROSE = Style(
    WORDY,
    {"sex": SEX["words"], "relationship": RELATIONSHIP["words"], "location_kind": LOCATION["words"],
     "offence_code": OFFENCE["titles"], "outcome_type": OUTCOME["words"],
     "support": SUPPORT, "contact_practice": CONTACT_PRACTICE},
    YES_NO["words"], "5+1", "self", ("Crime no. ", "Victim no. ", "Suspect no. "),
        {"unknown": ("not known",)},
)  # fmt: skip
_DIGITS = Style(
    TITLE, {"sex": SEX["digits"], "location_kind": LOCATION["codes"], "outcome_type": OUTCOME["numbers"]},
    YES_NO["1/0"], "IC", "officer", ("26", "V-", "S-"),
)  # fmt: skip
_BANNER = (
    "Return of recorded crime to the national team",
    "Invented data: no person, crime, force or place in it is real",
    "Recorded from 2022-01-01 to 2024-12-31",
    "",
)
_ALL = (*CRIME, *VICTIM, *SUSPECT)


def plain(saving: Saving = Saving()) -> list[Part]:  # noqa: B008
    """Our own names and values, days as ISO 8601: what a force sends that has read the data dictionary."""
    return [Part("crime-victim-suspect", _PLAIN.columns(_ALL), saving)]


def system(saving: Saving) -> list[Part]:
    """As a records system exports: code and title in one cell, days as people write them."""
    offence = _SYSTEM.column("offence_code")
    picked = replace(offence, pick=r"^(\S+)")  # type: ignore[type-var]
    names = [name for name in _ALL if name != "offence_code"]
    columns = (picked, *_SYSTEM.columns(names), Unmapped("Team", ("CID", "Response", "PVP")))
    missing = {"Not known": "unknown"}
    remarks = ("The offence is code and title in one cell; only the code is taken.",)
    return [Part("crime-victim-suspect", columns, saving, date_order="dmy", missing=missing, remarks=remarks)]  # type: ignore[arg-type]


def tabs(saving: Saving) -> list[Part]:
    """Text for a spreadsheet: the day of recording in three columns, times of day that nobody needs."""
    names = [name for name in (*FEW, *VICTIM, *SUSPECT) if name not in ("recorded_on", "offence_from")]
    split = SplitDay(("Rec day", "Rec month", "Rec year"), "recorded_on")
    began = Day("Offence start", "offence_from", form="%d/%m/%Y 00:00")
    columns = (*_DIGITS.columns(names), split, began)
    missing = {"XX": "not recorded"}
    return [Part("crime-victim-suspect", columns, saving, date_order="dmy", missing=missing, empty="unknown")]  # type: ignore[arg-type]


def prose(saving: Saving) -> list[Part]:
    """Whole words for everything, a line of signs above and a total below."""
    missing = {"Not known": "unknown", "not known": "unknown", "None recorded": "not recorded"}
    remarks = ("Outcomes and offences are titles without codes.",)
    columns = _PROSE.columns((*FEW, *VICTIM, *SUSPECT))
    return [Part("crime-victim-suspect", columns, saving, date_order="dmy", missing=missing, remarks=remarks)]  # type: ignore[arg-type]


def banner(saving: Saving) -> list[Part]:
    """A workbook with a title, a sheet of notes, and days and numbers as such."""
    columns = replace(_SYSTEM, books={**_SYSTEM.books, "offence_code": OFFENCE["codes"]}).columns(_ALL)
    return [Part("crime-victim-suspect", columns, saving, missing={"Not known": "unknown"})]


def few(saving: Saving) -> list[Part]:
    """One row a crime with the first victim and the first suspect, as small forces keep them."""
    names = [*FEW, *VICTIM[1:], *SUSPECT[1:]]
    remarks = ("One row for each crime, of its first victim and its first suspect.",)
    return [Part("crime-victim-suspect", _PLAIN.columns(names), saving, alone=True, remarks=remarks)]


def threefold(saving: Saving) -> list[Part]:
    """Crimes, victims and suspects in files of their own, joined by the crime's reference."""
    style = replace(_SYSTEM, books={**_SYSTEM.books, "offence_code": OFFENCE["codes"]}, headers=WORDY)
    missing = {"Not known": "unknown"}
    parts = []
    for name, fields in (
        ("", CRIME),
        ("victims", ("crime_ref", *VICTIM)),
        ("suspects", ("crime_ref", *SUSPECT)),
    ):
        sheet = (name or "crimes").capitalize() if saving.sheet else ""
        unit = name.removesuffix("s") or "crime"
        own = replace(saving, sheet=sheet)
        parts.append(Part(unit, style.columns(fields), own, name, "ymd", missing))  # type: ignore[arg-type]
    return parts


def births(saving: Saving) -> list[Part]:
    """Birth days in place of ages, and names: from them people are known again in other forces."""
    names = [name for name in _ALL if name not in ("victim_age", "suspect_age")]
    columns = (
        *_PLAIN.columns(names),
        Born("victim_date_of_birth", "victim"),
        Ref("victim_name", "victim_name_key"),
        Born("suspect_date_of_birth", "suspect", keep_day=False),
    )
    return [Part("crime-victim-suspect", columns, saving)]


def both(saving: Saving) -> list[Part]:
    """Ages and birth days, which must agree; days and the numbers of days between them, which must too."""
    columns = (
        *_PLAIN.columns(_ALL),
        Day("victim_dob", "victim_born_on"),
        Ref("victim_name", "victim_name_key"),
        Number("days_offence_to_report", "days_to_report", basis="offence from to reported"),
        Number("days_recorded_to_outcome", "days_to_outcome", basis="recorded"),
        Number("year_recorded", "recorded_year", basis="recorded"),
        Code("suspect_10_17", "suspect_child", book=PLAIN),
    )
    return [Part("crime-victim-suspect", columns, saving)]


def american(saving: Saving) -> list[Part]:
    """Months before days, a file a year."""
    style = replace(_SYSTEM, flag=YES_NO["True/False"], scheme="5+1")
    names = [name for name in _ALL if name != "offence_code"]
    columns = (replace(_SYSTEM.column("offence_code"), pick=r"^(\S+)"), *style.columns(names))  # type: ignore[type-var]
    missing = {"Not known": "unknown"}
    remarks = ("Months come before days: the system was bought in America.",)
    return [Part("crime-victim-suspect", columns, saving, date_order="mdy", missing=missing, remarks=remarks)]  # type: ignore[arg-type]


def one_cell(saving: Saving) -> list[Part]:
    """Sex and age of the suspect in one cell, the day of an outcome in either of two columns."""
    style = replace(_DIGITS, books={**_DIGITS.books, "sex": SEX["letters"], "outcome_type": OUTCOME["words"]})
    names = [name for name in (*FEW, *VICTIM) if name not in ("crime_ref", "outcome_on")]
    letters = replace(SEX["letters"], means={"U": "unknown"})
    sex = Code("s", "suspect_sex", book=letters, uses=("sex",), blanks={"not recorded": ("U",)})
    age = Number("a", "suspect_age", basis="offence", blanks={"unknown": ("?",)})
    columns = (
        Ref("No.", "crime_ref", at=1, sign="26-"),
        *style.columns(names),
        OneCell("Suspect", "suspect", sex, age),
        Ref("Suspect ID", "suspect_ref", sign="S"),
        FirstDay(("Charge date", "Finalised date"), "outcome_on"),
    )
    missing = {"XX": "not recorded", "?": "unknown"}
    return [Part("crime-victim-suspect", columns, saving, date_order="dmy", missing=missing)]  # type: ignore[arg-type]


XLSX = Saving("xlsx", above=_BANNER, sheet="Data")
ODS = Saving("ods", above=_BANNER, sheet="Data")
SHEETS = Saving("xlsx", sheet="Crimes")
XLS = Saving("xls", sheet="Crimes")
BELOW = ("End of return", "Produced by the performance unit")
