"""Every way in which five forces answered the same request, and what becomes of each.

Headers, labels and traps as they stand in public replication code of a study of rape in five anonymised
forces (Uzelac, Buil-Gil, Hohl and Lovett 2025); the cells around them are invented. "[...]" is a state.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from fullpicture.collect.returns.mapping import DuplicateMark, FieldMap
from tests.collect.returns.rows import mapped, rules, values

LIST = Path(__file__).parents[4] / "shared/domain/force_extract_variants.csv"

MISSING = {
    "#N/A": "not recorded",
    "NULL": "not recorded",
    "None recorded": "not recorded",
    "No incident linked": "not applicable",
    "CANCELLED": "not applicable",
    "No outcome date": "not applicable",
    "Decoy": "not applicable",
    "-": "not recorded",
    "Blank": "not recorded",
}
"""What stands for nothing in any column, as an analyst would write it down for these forces."""


@dataclass(frozen=True)
class Variant:
    """One row of the list: how the field is mapped, its cells, and what they become."""

    of: str
    force: str
    header: str
    cells: list[str]
    mapped_to: list[Any]
    one: FieldMap = field(default_factory=lambda: FieldMap(""))
    problems: list[tuple[str, int | None]] = field(default_factory=list)
    rest: dict[str, Any] = field(default_factory=dict)
    refused: dict[str, int] = field(default_factory=dict)
    others: dict[str, list[str]] = field(default_factory=dict)
    more: tuple[FieldMap, ...] = ()

    @property
    def id(self) -> str:
        return f"{self.of}-{self.force}-{self.header}"


CODES = ["17A", "17B", "19C", "19D"]
"""One per row, so that it can be seen which rows are kept."""


def _codes(kept: list[str]) -> list[Any]:
    return [CODES[int(place) - 1] for place in kept]


def _duplicates(force: str, header: str, cells: list[str], kept: list[str], mark: DuplicateMark) -> Variant:
    return Variant(
        "row duplicates", force, header, cells, _codes(kept), FieldMap("offence_code", ("Code",)),
        rest={"duplicates": mark}, refused={"DUP-010": len(cells) - len(kept)},
        problems=[("DUP-010", 2 + next(n for n in range(len(cells)) if f"{n + 1}" not in kept))],
        others={"Code": CODES[: len(cells)]},
    )  # fmt: skip


def _selected(force: str, header: str, cells: list[str], kept: list[str], text: str) -> Variant:
    return Variant(
        "offence selector", force, header, cells, _codes(kept), FieldMap("offence_code", ("Code",)),
        rest={"where": {header: (text,)}}, refused={"SEL-001": len(cells) - len(kept)},
        problems=[("SEL-001", 3)], others={"Code": CODES[: len(cells)]},
    )  # fmt: skip


def _number(of: str, force: str, header: str, cells: list[str], to: list[Any], **rest: Any) -> Variant:
    names = {
        "recorded year": "recorded_year", "victim age": "victim_age", "suspect age": "suspect_age",
        "days offence to report": "days_to_report", "days report to outcome": "days_to_outcome",
    }  # fmt: skip
    basis, problems = rest.pop("basis"), rest.pop("problems", [])
    return Variant(of, force, header, cells, to, FieldMap(names[of], (header,), basis=basis), problems)


def _code(of: str, force: str, header: str, texts: dict[str, Any], one: FieldMap, **rest: Any) -> Variant:
    return Variant(of, force, header, list(texts), list(texts.values()), one, **rest)


PROSE = ("outcome", "outcome-prose")
GROUPS = {
    "a. Missing, unknown, not recorded, outcome pending": "[unknown]",
    "b. Charged/summonsed (OC1)": "1",
    "d. Other sanctions (OC2/3/8)": "[unusable]",
    "e. Prosecution prevented or not in the public interest (OC5/9/10/11/12/13/17/21/22)": "[unusable]",
    "f. Evidential difficulties: suspect not identified; victim does not support further action (OC14)": "14",
    "g. Evidential difficulties: suspect identified; victim supports action (OC15)": "15",
    "h. Evidential difficulties: suspect identified; victim does not support further action (OC16)": "16",
    "i. Investigation complete - no suspect identified (OC18)": "18",
}
IC = {
    "IC1 - White N European": "white north european",
    "IC2 - White S European": "white south european",
    "IC3": "black",
    "IC3 - Black": "black",
    "IC4 - Asian": "asian",
    "IC5 - Oriental": "chinese or other east asian",
    "IC6 - Middle Eastern": "arab or north african",
}
SEX = FieldMap("victim_sex", uses=("sex",))
ETHNICITY = FieldMap("victim_ethnicity", uses=("ethnicity-ic", "ethnicity"), basis="IC", by="officer")
RELATIONSHIP = FieldMap("relationship", uses=("relationship",))
OUTCOME = FieldMap("outcome_type", uses=PROSE)

VARIANTS = [
    _duplicates("A", "Duplicate.CrimeURN.", ["Original", "Duplicate", "Original"], ["1", "3"],
                DuplicateMark("Duplicate CrimeURN", keep=("Original",))),
    _duplicates("B", "Disposal.Code", ["1", "C3", "C4", "16"], ["1", "4"],
                DuplicateMark("Disposal Code", drop=("C3", "C4"))),
    _duplicates("C", "Duplicate.crime.ref.number..0.original.", ["0", "1", "0"], ["1", "3"],
                DuplicateMark("Duplicate crime ref number (0=original)", keep=("0",))),
    _duplicates("D", "Duplicate.crime.ref.no.", ["No", "Yes", "no"], ["1", "3"],
                DuplicateMark("Duplicate crime ref no.", keep=("No",))),
    _duplicates("E", "Duplicate.Crime.Vic.Sus...1.yes.", ["0", "1", ""], ["1", "3"],
                DuplicateMark("Duplicate Crime/Vic/Sus (1=yes)", drop=("1",), of="crime-victim-suspect")),
    _number("recorded year", "A", "Reported.year", ["2018", "2020"], [2018, 2020], basis="reported"),
    Variant("recorded date", "B", "Created.Date", ["31/12/2018", "2019-01-02", "01/02/18"],
            ["2018-12-31", "2019-01-02", "[unusable]"], FieldMap("recorded_on", ("Created Date",)),
            [("MAP-003", 4)]),
    _number("recorded year", "C", "Recorded.year", ["2018", ""], [2018, "[not recorded]"], basis="recorded"),
    _number("recorded year", "D", "Reported.Year", ["2019", "19"], [2019, "[unusable]"], basis="reported",
            problems=[("MAP-004", 3)]),
    _number("recorded year", "E", "Reported.Year", ["2020", "2020.0"], [2020, 2020], basis="reported"),
    _selected("A", "Minor.text...update", ["Rape", "Sexual Assault", "RAPE"], ["1", "3"], "Rape"),
    _selected("B", "HO.Text", ["Rape of a female aged 16 and over", "Burglary", "Attempted Rape"], ["1", "3"],
              "*Rape*"),
    _selected("C", "Offence.Sub.Group", ["RAPE", "OTHER SEXUAL OFFENCES"], ["1"], "RAPE"),
    _selected("D", "ONS_GROUP", ["Rape", "Other sexual offences"], ["1"], "Rape"),
    _selected("E", "Rape.or.SSO.", ["Rape", "SSO"], ["1"], "Rape"),
    _code("outcome", "A", "Outcome",
          {**{str(code): str(code) for code in range(22)}, "66": "[unusable]", "99": "cancelled",
           "Blank": "[not recorded]", "1A": "1A", "2A": "2A", "3A": "3A"},
          FieldMap("outcome_type", uses=("outcome",), codes={"99": "cancelled"}), problems=[("MAP-001", 24)]),
    _code("outcome", "B", "Disposal.Code",
          {**{str(code): str(code) for code in range(1, 23)}, "C1": "cancelled", "C2": "cancelled",
           "C5": "cancelled", "N1001": "incident", "N1003": "incident", " ": "[not recorded]"},
          FieldMap("outcome_type", uses=("outcome",))),
    _code("outcome", "C", "X...Outcome.grouped",
          {**GROUPS, "i. Investigation complete – no suspect identified (OC18)": "18",
           "i. Investigation complete \ufffd no suspect identified (OC18)": "18",
           "i. Investigation complete \x96 no suspect identified (OC18)": "18",
           'i. Investigation complete ????" no suspect identified (OC18)': "18",
           "i. Investigation complete â€“ no suspect identified": "18",
           "c. Charged or cautioned for alternate offence (1d, 1e, 2a, 3a)": "[unusable]",
           "j. Transferred to External Agency (20)": "20", "k. No crime": "cancelled"}, OUTCOME,
          problems=[("MAP-001", 4), ("MAP-001", 5), ("MAP-001", 15)]),
    _code("outcome", "D", "X..Outcome.Type...amended...recoded",
          {**GROUPS, "j. Transferred to External Agency (OC20, C1)": "[unusable]",
           "k. Admin (OC-C3/4)": "cancelled", "l. No crime (OC-C2)": "cancelled"}, OUTCOME,
          problems=[("MAP-001", 4), ("MAP-001", 5), ("MAP-001", 10)]),
    _code("outcome", "E", "X.Outcome.recoded",
          {**GROUPS, "#N/A": "[not recorded]", "j. Transferred to External Agency (OC20)": "20",
           "l. Filed as incident/CRI": "incident", "m. Taken into consideration (OC4)": "4"}, OUTCOME,
          problems=[("MAP-001", 4), ("MAP-001", 5)]),
    _code("victim sex", "A", "Sex", {"F": "female", "M": "male", "U": "[unknown]", "NULL": "[not recorded]",
                                    "": "[not recorded]", " ": "[not recorded]"}, SEX),
    _code("victim sex", "B", "Gender",
          {"Female / Transgender Female": "female", "Male / Transgender Male": "male",
           "None recorded": "[not recorded]", "Not Specified": "[not recorded]",
           "Decoy": "[not applicable]"}, SEX),
    _code("victim sex", "C", "X..Offence.code...victim.gender", {"Female": "female", "Male": "male"}, SEX),
    _code("victim sex", "D", "Vic...sex",
          {"Female": "female", "Male": "male", "Indeterminate": "indeterminate",
           "Not recorded": "[not recorded]", "NULL": "[not recorded]", "#N/A": "[not recorded]"}, SEX),
    _code("victim sex", "E", "Victim...Gender",
          {"Female": "female", "Male": "male", "Indeterminate": "indeterminate", "Unknown": "[unknown]",
           "": "[not recorded]"}, SEX),
    _number("victim age", "A", "Vic.age.at.offence...integer", ["34", "#VALUE!", "-2"],
            [34, "[unusable]", "[unusable]"], basis="offence", problems=[("MAP-002", 3), ("MAP-004", 4)]),
    _number("victim age", "B", "Age..Diff..between.Date.from.and.date.of.birth.",
            ["8", "Decoy", "None recorded"], [8, "[not applicable]", "[not recorded]"], basis="offence"),
    _number("victim age", "C", "Vic...Age.at.Offence.Committed", ["15", "#VALUE!"], [15, "[unusable]"],
            basis="offence", problems=[("MAP-002", 3)]),
    _number("victim age", "D", "Vic...age.at.committed.from.date", ["#N/A", "NULL", "0"],
            ["[not recorded]", "[not recorded]", 0], basis="offence"),
    _number("victim age", "E", "Victim...Age.on.Created.date", ["40", ""], [40, "[not recorded]"],
            basis="record created"),
    _code("victim ethnicity", "A", "Victim.ethnicity..IC.",
          {"0": "[unknown]", "1": "white north european", "2": "white south european", "3": "black",
           "4": "asian", "5": "chinese or other east asian", "6": "arab or north african",
           "#N/A": "[not recorded]", " ": "[not recorded]"}, ETHNICITY),
    _code("victim ethnicity", "B", "Ethnic.description",
          {"Asian": "asian", "Black": "black",
           "Chinese, Japanese or South East Asian": "chinese or other east asian",
           "Decoy": "[not applicable]", "Middle Eastern": "arab or north african",
           "None recorded": "[not recorded]", "Unknown": "[unknown]",
           "White - North European": "white north european",
           "White - South European": "white south european"},
          FieldMap("victim_ethnicity", uses=("ethnicity",), basis="force", by="not stated")),
    _code("victim ethnicity", "C", "X..Vic.ethnic.appearance.grouped",
          {**IC, "99 - Other": "other", "Missing/not known": "[unknown]"}, ETHNICITY),
    _code("victim ethnicity", "D", "X..Vic...police.defined.ethnicity...recoded",
          {"0. Missing/not known": "[unknown]",
           **{f"{text[2]}. {text}": value for text, value in IC.items() if " - " in text},
           "7. No identified victim": "[not applicable]"}, ETHNICITY),
    _code("victim ethnicity", "E", "Victim...Ethnicity",
          {"IC1 - White": "white north european", "IC2 - Dark European": "white south european",
           "IC3 - African Caribbean": "black", "IC4 - Asian": "asian",
           "IC5 - Chinese, Japanese or other Southeast Asian": "chinese or other east asian",
           "IC6 - Arabic": "arab or north african", "Other": "other", "Unknown": "[unknown]",
           "#MULTIVALUE": "[unusable]"}, ETHNICITY, problems=[("MAP-002", 10)]),
    _number("suspect age", "A", "Suspect.age.at.committed.from.date..FINAL..integer",
            ["17", "#VALUE!", "#N/A", "-1", "118", "121"],
            [17, "[unusable]", "[not recorded]", "[unusable]", 118, "[unusable]"], basis="offence",
            problems=[("MAP-002", 3), ("MAP-004", 5), ("MAP-004", 7)]),
    _number("suspect age", "C", "Susp...age.at.offence.committed", ["-", "#N/A", "31"],
            ["[not recorded]", "[not recorded]", 31], basis="offence"),
    _number("suspect age", "E", "Offender.Age.on.Occurrence.Created.Date", ["22", "-5"], [22, "[unusable]"],
            basis="record created", problems=[("MAP-004", 3)]),
    _code("relationship", "A", "Relationship.from.SexOffs.Screen.data...renamed",
          {"1. Stranger 1": "stranger", "2. Stranger 2": "stranger", "3. Familial": "other family",
           "4. Friend/acquaintance": "acquaintance", "5. Intimate/previous intimate": "intimate partner",
           "6. Not recorded or unknown": "[unknown]"}, RELATIONSHIP),
    _code("relationship", "B", "Relationship",
          {"Associate": "associate", "Criminal Associate": "associate", "Family": "other family",
           "Guardian - Ward": "guardian or carer", "In Dispute with": "other",
           "None recorded": "[not recorded]", "Other": "other", "Person of Trust": "person of trust",
           "Professional": "professional", "Relationship": "intimate partner", "Relative": "other family",
           "Stranger": "stranger", "Unknown": "[unknown]", "Uses Particulars Of": "other",
           " ": "[not recorded]"}, RELATIONSHIP),
    _code("relationship", "C", "X...Relationship.type...FINAL...RAPES.2018.20.only",
          {"0. 'None'": "[unusable]", "1. Stranger": "stranger", "2. Familial": "other family",
           "3. Friend/acquaintance": "acquaintance", "4. Intimate/former intimate": "intimate partner",
           "5. Other": "other", "6. Not recorded or unknown": "[unknown]"}, RELATIONSHIP,
          problems=[("MAP-001", 2)]),
    _code("relationship", "D", "Victim.Suspect.Relationship",
          {"Acquaintance": "acquaintance", "Boyfriend": "intimate partner", "Carer of": "guardian or carer",
           "Child of": "other family", "Colleague": "acquaintance", "Employer/employee": "acquaintance",
           "Ex partner": "ex-partner", "Girlfriend": "intimate partner", "Known by sight": "acquaintance",
           "Neighbour": "acquaintance", "Not seen by victim": "[unknown]", "NULL": "[not recorded]",
           "Parent of": "other family", "Sibling of": "sibling", "Spouse/partner": "intimate partner",
           "Teacher/pupil": "person of trust", "Victim refuses to identify": "[unknown]"}, RELATIONSHIP),
    _code("relationship", "E", "X.Current.Offender.Victim.Relationship...recoded",
          {"1. Stranger": "stranger", "2. Familial": "other family", "4. Acquaintance": "acquaintance",
           "5.\xa0Intimate/previous intimate": "intimate partner", "6. Not recorded/unknown": "[unknown]",
           "7. Victimless/state crime": "[not applicable]"}, RELATIONSHIP),
    _number("days offence to report", "A", "Time.elapsed.between.committed.from.and.reported.dates..days.",
            ["0", "#VALUE!", "3652"], [0, "[unusable]", 3652], basis="offence from to reported",
            problems=[("MAP-002", 3)]),
    Variant("days offence to report", "B", "Date.From, Reported.Date",
            ["No incident linked", "05/03/2019", "01/03/2019"], ["[not applicable]", -1, 2],
            FieldMap("days_to_report"), others={"Reported.Date": ["04/03/2019", "04/03/2019", "03/03/2019"]},
            more=(FieldMap("offence_from", ("Date From",)), FieldMap("reported_on", ("Reported Date",)))),
    _number("days offence to report", "C", "Time.from.offence.to.record..days.", ["1", "20"], [1, 20],
            basis="offence from to recorded"),
    _number("days offence to report", "D", "Days.from.committed.from.to.reported.dates", ["7", "#VALUE!"],
            [7, "[unusable]"], basis="offence from to reported", problems=[("MAP-002", 3)]),
    _number("days offence to report", "E", "Days.from.occurrence.from.to.reported.dates", ["-3", "1,200"],
            [-3, 1200], basis="offence from to reported"),
    _number("days report to outcome", "A",
            "Time.elapsed.between.reported.date.and.latest.completed.status.update.date..days.",
            ["98", "#VALUE!"], [98, "[unusable]"], basis="reported", problems=[("MAP-002", 3)]),
    Variant("days report to outcome", "B", "Date.Detected", ["CANCELLED", "", "10/06/2019"],
            ["[not applicable]", "[not recorded]", 98], FieldMap("days_to_outcome"),
            others={"Reported.Date": ["04/03/2019"] * 3},
            more=(FieldMap("outcome_on", ("Date Detected",)), FieldMap("reported_on", ("Reported Date",)))),
    _number("days report to outcome", "C", "Time.from.recorded.to.outcome..days.", ["14", "-1"], [14, -1],
            basis="recorded"),
    _number("days report to outcome", "D", "Days.from.reported.date.to.outcome.date", ["60"], [60],
            basis="reported"),
    _number("days report to outcome", "E", "Days.from.reported.to.outcome.dates", ["5", "No outcome date"],
            [5, "[not applicable]"], basis="reported"),
]  # fmt: skip


@pytest.mark.parametrize("variant", VARIANTS, ids=lambda variant: variant.id)
def test_each_variant_becomes_what_it_says_and_no_row_is_lost(variant: Variant) -> None:
    header = variant.header.split(", ")[0]
    one = variant.one
    if variant.more:
        fields = variant.more
    elif one.headers:
        fields = (one,)
    else:
        fields = (FieldMap(one.name, (header.replace(".", " "),), codes=one.codes, uses=one.uses,
                           basis=one.basis, by=one.by),)  # fmt: skip
    columns = {header: variant.cells, **variant.others}

    found = mapped(columns, *fields, date_order="dmy", missing=MISSING, **variant.rest)

    said = [str(value) if hasattr(value, "year") else value for value in values(found, one.name)]
    assert said == variant.mapped_to
    assert rules(found) == variant.problems
    assert found.refused == variant.refused
    assert len(variant.cells) == found.records.num_rows + sum(found.refused.values())


@pytest.mark.parametrize("variant", [each for each in VARIANTS if each.one.basis], ids=lambda each: each.id)
def test_each_variant_says_how_it_was_taken(variant: Variant) -> None:
    found = mapped({variant.header: variant.cells}, FieldMap(
        variant.one.name, (variant.header,), uses=variant.one.uses, basis=variant.one.basis), missing=MISSING,
        date_order="dmy")  # fmt: skip
    qualifier = next(name for name in found.records.column_names
                     if name in (f"{variant.one.name}_basis", f"{variant.one.name}_scheme"))  # fmt: skip

    values_there = [value is not None for value in found.records[variant.one.name].to_pylist()]

    assert found.records[qualifier].to_pylist() == [
        variant.one.basis if there else "" for there in values_there
    ]


def test_every_variant_of_the_list_is_here() -> None:
    if not LIST.exists():
        pytest.skip("../shared/domain is not beside this checkout")
    with LIST.open(encoding="utf-8", newline="") as lines:
        listed = {(row["field"], row["force_label_in_study"], row["header_as_delivered"])
                  for row in csv.DictReader(lines)}  # fmt: skip

    assert {(variant.of, variant.force, variant.header) for variant in VARIANTS} == listed
    assert len(VARIANTS) == 53
