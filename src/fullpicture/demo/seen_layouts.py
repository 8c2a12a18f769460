"""Five layouts as five forces delivered them in a study of rape cases, header by header and trap by trap.

Source: the public replication code of Uzelac, Buil-Gil, Hohl and Lovett (2025),
    forces A to E. Where the study
had rape alone, here are all crimes; references, flags and what a record cannot do without are added.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from fullpicture.demo.books import ETHNICITY, PLAIN, RELATIONSHIP, SEX, YES_NO
from fullpicture.demo.columns import Code, Day, Mark, Number, Placed, Ref, Unmapped
from fullpicture.demo.outcome_books import CLASS, OFFENCE, OUTCOME
from fullpicture.demo.parts import Column, Duplicates, Part, Saving

CSV = Saving()
_OUTCOMES = ("outcome", "outcome-prose")
_RELATED = ("relationship",)
_NOBODY = ("#N/A",)


def as_r_writes(header: str) -> str:
    """A header after a trip through R: every sign a dot, and X before one that begins with a sign."""
    dotted = re.sub(r"[^A-Za-z0-9_]", ".", header)
    return dotted if dotted[0].isalpha() else f"X{dotted}"


def through_r(part: Part) -> Part:
    """The same return after a trip through R."""
    headed = (column for column in part.columns if isinstance(column, Placed | Mark | Unmapped))
    columns = tuple(replace(column, header=as_r_writes(column.header)) for column in headed)
    marks = part.duplicates and replace(part.duplicates, header=as_r_writes(part.duplicates.header))
    where = {as_r_writes(header): texts for header, texts in part.where.items()}
    return replace(part, columns=columns, duplicates=marks, where=where)


A_COLUMNS: tuple[Column, ...] = (
    Ref("Crime URN", "crime_ref", sign="A/"),
    Mark("Duplicate CrimeURN?", "Original", "Duplicate"),
    Number("Reported year", "recorded_year", basis="reported"),
    Code("Minor text - update", "offence_class", book=CLASS["A"], uses=("offence-class",)),
    Code("HO code", "offence_code", book=OFFENCE["codes"], uses=("offence",)),
    Code("Outcome", "outcome_type", book=OUTCOME["A"], uses=("outcome",)),
    Code("CSA marker", "csa", book=YES_NO["Y/N"], uses=("flag",)),
    Code("Sex", "victim_sex", book=SEX["A"], uses=("sex",)),
    Number("Vic age at offence - integer", "victim_age", basis="offence",
           blanks={"unknown": ("#VALUE!",)}, wrong=("-3", "-1", "#REF!")),
    Code("Victim ethnicity (IC)", "victim_ethnicity", basis="IC", by="officer", book=ETHNICITY["A"],
         uses=("ethnicity-ic",)),
    Code("Suspect sex", "suspect_sex", book=SEX["A"], uses=("sex",)),
    Number("Suspect age at committed from date (FINAL) integer", "suspect_age", basis="offence",
           blanks={"unknown": ("#VALUE!", "#N/A"), "not applicable": _NOBODY}, wrong=("<0", ">99")),
    Code("Relationship from SexOffs Screen data - renamed", "relationship", book=RELATIONSHIP["A"],
         uses=_RELATED),
    Number("Time elapsed between committed from and reported dates (days)", "days_to_report",
           basis="offence from to reported", blanks={"not recorded": ("#VALUE!",)}),
    Number("Time elapsed between reported date and latest completed status update date (days)",
           "days_to_outcome", basis="reported", blanks={"not applicable": ("#VALUE!",)}),
    Unmapped("Beat", ("N1", "N2", "S1", "S2")),
)  # fmt: skip


def force_a(saving: Saving = CSV) -> Part:
    """Numbers for everything, errors of a spreadsheet where there is no number."""
    return Part(
        "crime-victim-suspect",
        A_COLUMNS,
        saving,
        alone=True,
        missing={"#VALUE!": "not recorded", "#N/A": "not recorded", "NULL": "not recorded"},
        where={"Minor text - update": ("Rape", "Other Sexual Offences", "Indecent images", "Exploitation")},
        duplicates=Duplicates("Duplicate CrimeURN?", keep=("Original",)),
        gaps={"days_to_report": 0.02},
        seeded={"OUT-006": 4, "MAP-004": 12},
        remarks=("All crimes are in the file; only those that may be of children are taken.",
                 "66 and 99 are the force's own codes, for unknown and for not recorded."),
    )  # fmt: skip


B_COLUMNS: tuple[Column, ...] = (
    Ref("Crime Number", "crime_ref", sign="B"),
    Day("Created Date", "recorded_on", wrong=("13/25/2023", "31/02/2023")),
    Day("Reported Date", "reported_on", blanks={"not recorded": ("No incident linked",)}),
    Day("Date From", "offence_from"),
    Code("HO Text", "offence_code", book=OFFENCE["titles"], uses=("offence",)),
    Code("HO Group", "offence_class", book=CLASS["B"], uses=("offence-class",)),
    Code("Disposal Code", "outcome_type", book=OUTCOME["B"], uses=("outcome",)),
    Day("Date Detected", "outcome_on", blanks={"not applicable": ("",), "unknown": ("CANCELLED",)}),
    Code("Gender", "victim_sex", book=SEX["B"], uses=("sex",)),
    Number("Age (Diff. between Date from and date of birth)", "victim_age", basis="offence",
           blanks={"unknown": ("Decoy", "None recorded")}),
    Code("Ethnic description", "victim_ethnicity", basis="force", by="not stated", book=ETHNICITY["B"],
         uses=("ethnicity",)),
    Code("Relationship", "relationship", book=RELATIONSHIP["B"], uses=_RELATED),
    Code("Suspect gender", "suspect_sex", book=replace(SEX["letters"]), uses=("sex",)),
    Number("Suspect age", "suspect_age", basis="offence", blanks={"unknown": ("None recorded",)}),
    Code("CSA/CSE flag", "csa", book=YES_NO["Yes/No"], uses=("flag",)),
    Unmapped("OIC comments", ("", "", "see log", "awaiting forensic")),
)  # fmt: skip


def force_b(saving: Saving = CSV) -> Part:
    """Texts for everything; duplicates and cancelled crimes are told by the disposal code."""
    return Part(
        "crime-victim-suspect",
        B_COLUMNS,
        saving,
        alone=True,
        date_order="dmy",
        missing={"Decoy": "not applicable", "None recorded": "not recorded", "CANCELLED": "not applicable",
                 "No incident linked": "not recorded"},
        duplicates=Duplicates("Disposal Code", drop=("C3", "C4")),
        remarks=("C3 and C4 are duplicates; C1, C2 and C5 are no crimes; one space means open.",),
        gaps={"reported_on": 0.04},
        seeded={"OUT-016": 8, "OUT-017": 5, "DAT-004": 2},
    )  # fmt: skip


C_COLUMNS: tuple[Column, ...] = (
    Ref("Crime ref number", "crime_ref", sign="C-"),
    Mark("Duplicate crime ref number (0=original)", "0", "1"),
    Number("Recorded year", "recorded_year", basis="recorded"),
    Code("Offence Sub Group", "offence_class", book=CLASS["C"], uses=("offence-class",)),
    Code("Offence code", "offence_code", book=OFFENCE["codes"], uses=("offence",)),
    Code("** Outcome grouped", "outcome_type", like="*outcome*grouped", book=OUTCOME["C"],
         uses=_OUTCOMES),
    Code("CSA", "csa", book=YES_NO["1/0"], uses=("flag",)),
    Code("* Offence code - victim gender", "victim_sex", book=SEX["C"], uses=("sex",)),
    Number("Vic - Age at Offence Committed", "victim_age", basis="offence",
           blanks={"unknown": ("#VALUE!",)}),
    Code("* Vic ethnic appearance grouped", "victim_ethnicity", basis="IC+9", by="officer",
         book=ETHNICITY["C"], uses=("ethnicity-ic",)),
    Number("Susp - age at offence committed", "suspect_age", basis="offence",
           blanks={"unknown": ("-", "#N/A"), "not applicable": ("-",)}),
    Code("Susp - sex", "suspect_sex", book=SEX["words"], uses=("sex",)),
    Code("** Relationship type - FINAL - RAPES 2018/20 only", "relationship", like="*relationship type*",
         book=RELATIONSHIP["C"], uses=_RELATED),
    Number("Time from offence to record (days)", "days_to_report", basis="offence from to recorded"),
    Number("Time from recorded to outcome (days)", "days_to_outcome", basis="recorded"),
)  # fmt: skip


def force_c(saving: Saving = CSV) -> Part:
    """Outcomes as prose with a letter; dashes spoilt in three ways; clocks that start at the record."""
    return Part(
        "crime-victim-suspect",
        C_COLUMNS,
        saving,
        alone=True,
        missing={"#VALUE!": "not recorded", "#N/A": "not recorded", "-": "not recorded"},
        duplicates=Duplicates("Duplicate crime ref number (0=original)", keep=("0",)),
        remarks=(
            "The victim's sex is worked out from the offence code. Both clocks involve the day of recording.",
        ),
    )


D_COLUMNS: tuple[Column, ...] = (
    Ref("Crime ref no", "crime_ref", sign="D"),
    Mark("Duplicate crime ref no?", "No", "Yes"),
    Number("Reported Year", "recorded_year", basis="reported"),
    Code("ONS_GROUP", "offence_class", book=CLASS["D"], uses=("offence-class",)),
    Code("HO Class", "offence_code", book=OFFENCE["code and title"], uses=("offence",), pick=r"^(\S+)"),
    Code("* Outcome Type - amended - recoded", "outcome_type", book=OUTCOME["D"], uses=_OUTCOMES),
    Code("CSA flag", "csa", book=YES_NO["Yes/No"], uses=("flag",)),
    Code("CSE flag", "cse", book=YES_NO["Yes/No"], uses=("flag",)),
    Code("Vic - sex", "victim_sex", book=SEX["D"], uses=("sex",)),
    Number("Vic - age at committed from date", "victim_age", basis="offence",
           blanks={"unknown": ("#N/A", "NULL")}),
    Code("* Vic - police defined ethnicity - recoded", "victim_ethnicity", basis="IC+9", by="officer",
         book=ETHNICITY["D"], uses=("ethnicity-ic",)),
    Code("Victim/Suspect Relationship", "relationship", book=RELATIONSHIP["D"], uses=_RELATED),
    Code("Susp - sex", "suspect_sex", book=SEX["D"], uses=("sex",)),
    Number("Susp - age at committed from date", "suspect_age", basis="offence",
           blanks={"unknown": ("#N/A", "NULL"), "not applicable": _NOBODY}),
    Number("Days from committed from to reported dates", "days_to_report",
           basis="offence from to reported",
           blanks={"not recorded": ("#VALUE!",)}),
    Number("Days from reported date to outcome date", "days_to_outcome", basis="reported"),
)  # fmt: skip


def force_d(saving: Saving = CSV) -> Part:
    """Three ways to say that there is nothing; a relationship that says what the victim is to the suspect."""
    return Part(
        "crime-victim-suspect",
        D_COLUMNS,
        saving,
        alone=True,
        missing={"#N/A": "not recorded", "NULL": "not recorded", "#VALUE!": "not recorded"},
        duplicates=Duplicates("Duplicate crime ref no?", keep=("No",)),
        remarks=(
            "The relationship says what the victim is to the suspect: a 'Child of' has a parent for suspect.",
        ),
        gaps={"days_to_report": 0.02},
        seeded={"OUT-016": 8},
    )


E_COLUMNS: tuple[Column, ...] = (
    Ref("Occurrence No", "crime_ref", sign="E"),
    Ref("Victim PIN", "victim_ref", sign="P"),
    Ref("Offender PIN", "suspect_ref", sign="Q"),
    Mark("Duplicate Crime/Vic/Sus? (1=yes)", "0", "1"),
    Number("Reported Year", "recorded_year", basis="reported"),
    Code("Rape or SSO?", "offence_class", book=CLASS["E"], uses=("offence-class",)),
    Code("Home Office code", "offence_code", book=OFFENCE["codes"], uses=("offence",)),
    Code("*Outcome recoded", "outcome_type", book=OUTCOME["E"], uses=_OUTCOMES),
    Code("CSAE", "csa", book=PLAIN),
    Code("Victim - Gender", "victim_sex", book=SEX["E"], uses=("sex",)),
    Number("Victim - Age on Created date", "victim_age", basis="record created"),
    Code("Victim - Ethnicity", "victim_ethnicity", basis="IC", by="officer", book=ETHNICITY["E"],
         uses=("ethnicity-ic",)),
    Code("Offender Gender", "suspect_sex", book=SEX["E"], uses=("sex",)),
    Number("Offender Age on Occurrence Created Date", "suspect_age", basis="record created"),
    Code("*Current Offender/Victim Relationship - recoded", "relationship", book=RELATIONSHIP["E"],
         uses=_RELATED),
    Number("Days from occurrence from to reported dates", "days_to_report",
           basis="offence from to reported"),
    Number("Days from reported to outcome dates", "days_to_outcome", basis="reported",
           blanks={"not applicable": ("No outcome date",)}),
)  # fmt: skip


def force_e(saving: Saving = CSV) -> Part:
    """One row for each victim with each suspect; ages when the record was created, not at the offence."""
    return Part(
        "crime-victim-suspect",
        E_COLUMNS,
        saving,
        missing={"#N/A": "not recorded", "No outcome date": "not applicable", "#MULTIVALUE": "unknown"},
        where={"Rape or SSO?": ("Rape", "SSO", "SSO images", "SSO exploitation")},
        duplicates=Duplicates("Duplicate Crime/Vic/Sus? (1=yes)", drop=("1",), of="crime-victim-suspect"),
        seeded={"OUT-017": 3, "DAT-012": 3},
        remarks=("Ages are those on the day the record was created: never taken for ages at the offence.",),
    )


SEEN: dict[str, Callable[[Saving], Part]] = {
    "A": force_a, "B": force_b, "C": force_c, "D": force_d, "E": force_e,
}  # fmt: skip
