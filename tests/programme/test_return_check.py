"""`fullpicture check` of returns: nothing is lost or printed that is personal; a bad file stops no other."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
import python_calamine
import xlsxwriter
from click.testing import CliRunner, Result
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fullpicture.cli.check import command
from fullpicture.collect.returns.mapping import DuplicateMark, FieldMap, ReturnMapping
from fullpicture.core.errors import UsageError
from fullpicture.programme.check import check_return, check_returns
from fullpicture.programme.return_check import Terms

HEADERS = [
    "Crime Ref",
    "HO code",
    "Date recorded",
    "Outcome",
    "Outcome date",
    "Vic sex",
    "Vic age at offence",
    "Dup",
    "OIC",
]
RARE = "Quuxworth"
MAPPING = """
[source.kent]
layout = "return"
title = "Kent"
police_force = "E23000032"
unit = "crime-victim-suspect"
files = ["kent*.csv"]
date_order = "dmy"
missing = { "#N/A" = "not recorded" }
duplicates = { header = "Dup", keep = ["No"] }

[source.kent.field]
crime_ref = { header = "Crime Ref" }
offence_code = { header = "HO code" }
recorded_on = { header = "Date recorded" }
outcome_type = { header = "Outcome", uses = "outcome" }
outcome_on = { header = "Outcome date" }
victim_sex = { header = "Vic sex", uses = "sex" }
victim_age = { header = "Vic age at offence", basis = "offence" }
"""
TERMS = Terms(date(2025, 6, 1))
FIELDS = (
    FieldMap("crime_ref", headers=("Crime Ref",)),
    FieldMap("offence_code", headers=("HO code",)),
    FieldMap("recorded_on", headers=("Date recorded",)),
    FieldMap("outcome_type", headers=("Outcome",), uses=("outcome",)),
    FieldMap("outcome_on", headers=("Outcome date",)),
    FieldMap("victim_sex", headers=("Vic sex",), uses=("sex",)),
    FieldMap("victim_age", headers=("Vic age at offence",), basis="offence"),
)
DECLARED = ReturnMapping(
    "kent",
    "E23000032",
    "crime-victim-suspect",
    FIELDS,
    date_order="dmy",
    duplicates=DuplicateMark("Dup", keep=("No",)),
)
CLEAN = ["C1", "19C", "01/02/2024", "16", "01/03/2024", "F", "30", "No", "x"]


def row(**changes: str) -> list[str]:
    return [changes.get(header, cell) for header, cell in zip(HEADERS, CLEAN, strict=True)]


def csv_file(path: Path, rows: list[list[str]]) -> Path:
    path.write_text("\n".join(",".join(cells) for cells in [HEADERS, *rows]) + "\n", encoding="utf-8")
    return path


def ran(*words: str | Path) -> Result:
    return CliRunner().invoke(command, [*map(str, words), "--as-of", "2025-06-01"], catch_exceptions=False)


def mapping_file(folder: Path) -> Path:
    path = folder / "kent.toml"
    path.write_text(MAPPING, encoding="utf-8")
    return path


CELLS = st.lists(
    st.tuples(
        st.sampled_from(["C1", "C2", f"{RARE}/1", "", "#N/A", "1.2E+11"]),
        st.sampled_from(["19C", "86", "N100/1", "8Z", ""]),
        st.sampled_from(["01/02/2024", "31/02/2024", "02/13/2024", "01/01/2099", f"{RARE}", ""]),
        st.sampled_from(["1", "16", "C2", "N1001", "99", "=1+1", f"@{RARE}"]),
        st.sampled_from(["01/03/2024", "CANCELLED", "1900-01-01", ""]),
        st.sampled_from(["F", "M", "Femal", "#MULTIVALUE", f"+{RARE}"]),
        st.sampled_from(["30", "-1", "1e400", "(12)", "<5", "130", "#VALUE!"]),
        st.sampled_from(["No", "Yes", ""]),
        st.just(RARE),
    ).map(list)
    | st.just([]).map(list)
    | st.just(["only", "three", RARE]),
    min_size=1,
    max_size=12,
)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=CELLS)
def test_rows_in_are_kept_or_refused_and_nothing_personal_is_printed(
    rows: list[list[str]], tmp_path: Path
) -> None:
    path = csv_file(tmp_path / "kent.csv", [*rows, CLEAN])
    for mapping in (None, DECLARED):
        checked = check_return(path, mapping, TERMS)
        assert checked.mistake is None
        assert checked.rows_in == len(rows) + 1
        assert checked.rows_in == checked.rows_kept + sum(checked.refused.values())
        assert len(checked.values) == len(checked.problems)
    said = ran(path, "--mapping", mapping_file(tmp_path))
    assert said.exit_code == int(checked.is_refused)
    assert RARE not in said.output
    assert "2099" not in said.output


def test_a_clean_return_is_kept_whole_and_exits_with_0(tmp_path: Path) -> None:
    path = csv_file(tmp_path / "kent.csv", [row(**{"Crime Ref": f"C{place}"}) for place in range(3)])
    said = ran(path, "--mapping", mapping_file(tmp_path))
    assert said.exit_code == 0
    assert "kent.csv: 3 rows in = 3 kept + 0 refused" in said.output


def test_the_workbook_shows_the_cells_meant_but_no_reference_and_no_column_that_is_not_mapped(
    tmp_path: Path,
) -> None:
    bad = row(**{"Crime Ref": f"{RARE}", "Vic sex": "Femal", "Outcome": "=cmd|x", "OIC": RARE})
    path = csv_file(tmp_path / "kent.csv", [CLEAN, bad, row(**{"Crime Ref": f"{RARE}", "HO code": "86"})])
    assert ran(path, "--mapping", mapping_file(tmp_path)).exit_code == 0
    book = python_calamine.CalamineWorkbook.from_path(f"{path}.check.xlsx")
    problems = book.get_sheet_by_name("Problems").to_python()[3:]
    cells = {(line[1], line[2]): line[3] for line in problems}
    assert cells[3.0, "Vic sex"] == "Femal"
    assert cells[3.0, "Outcome"] == "=cmd|x"
    everything = [
        cell
        for name in book.sheet_names
        for line in book.get_sheet_by_name(name).to_python()
        for cell in line
    ]
    assert not any(RARE in str(cell) for cell in everything)


def test_a_mapping_is_found_in_the_programme_above_the_file(tmp_path: Path) -> None:
    (tmp_path / "sources").mkdir()
    (tmp_path / "data").mkdir()
    (tmp_path / "programme.toml").touch()
    (tmp_path / "sources" / "kent.toml").write_text(MAPPING, encoding="utf-8")
    path = csv_file(tmp_path / "data" / "kent_2024.csv", [CLEAN])
    assert json.loads(ran(path, "--json").output)["returns"][0]["mapping"] == "kent"
    other = csv_file(tmp_path / "data" / "other.csv", [CLEAN])
    assert json.loads(ran(other, "--json").output)["returns"][0]["drafted"] is True
    assert json.loads(ran(other, "--json", "--force", "Kent Police").output)["returns"][0]["drafted"] is False


def test_lines_of_a_mapping_that_nobody_has_decided_are_counted(tmp_path: Path) -> None:
    path, mapping = csv_file(tmp_path / "kent.csv", [CLEAN]), mapping_file(tmp_path)
    assert "UNDECIDED" not in ran(path, "--mapping", mapping).output
    marks = MAPPING.replace('"dmy"', '"dmy"  # CHECK: ask the force').replace(
        "[source.kent]", "[source.'kent']"
    )
    other = '\n[source.other]\nlayout = "tidy"  # CHECK: not of this return\n'
    mapping.write_text(f"# CHECK: assumed\n{marks}\n# CHECK: owner{other}", encoding="utf-8")
    assert (
        "UNDECIDED: 3 lines are still marked # CHECK: in the mapping kent"
        in ran(path, "--mapping", mapping).output
    )
    assert json.loads(ran(path, "--mapping", mapping, "--json").output)["returns"][0]["undecided"] == 3


def test_without_a_mapping_one_is_drafted_and_that_is_said_loudly(tmp_path: Path) -> None:
    path = csv_file(tmp_path / "kent.csv", [row(**{"Crime Ref": f"C{place}"}) for place in range(20)])
    assert "NO MAPPING was given. One was drafted from the file" in ran(path).output
    book = python_calamine.CalamineWorkbook.from_path(f"{path}.check.xlsx")
    assert "which nobody has read" in str(book.get_sheet_by_name("Summary").to_python()[:4])


def test_what_is_no_return_is_only_read(tmp_path: Path) -> None:
    path = tmp_path / "recipes.csv"
    path.write_text("dish,minutes\nsoup,30\npie,60\n", encoding="utf-8")
    said = ran(path)
    assert said.exit_code == 0
    assert "Nothing in it looks like a force's return" in said.output


def test_a_bad_file_does_not_stop_the_others(tmp_path: Path) -> None:
    mapping = mapping_file(tmp_path)
    good = [csv_file(tmp_path / f"kent_{place}.csv", [CLEAN]) for place in range(3)]
    cut = tmp_path / "kent_cut.xlsx"
    cut.write_bytes(b"PK\x03\x04 nothing")
    said = ran(good[0], cut, tmp_path / "kent_lost.csv", *good[1:], "--mapping", mapping)
    assert said.exit_code == 1
    assert said.output.splitlines()[-1] == "2 of 5 returns failed; 3 are in."
    assert not Path(f"{cut}.check.xlsx").exists()
    assert all(Path(f"{path}.check.xlsx").exists() for path in good)


def test_victims_of_crimes_that_no_file_has_are_found_whatever_the_order_of_files(tmp_path: Path) -> None:
    crimes = tmp_path / "crimes.csv"
    crimes.write_text("Ref,Code,Recorded\nC1,19C,01/02/2024\n", encoding="utf-8")
    victims = tmp_path / "victims.csv"
    victims.write_text("Ref,Victim,Sex\nC1,V1,F\nC9,V2,F\n", encoding="utf-8")
    reference = FieldMap("crime_ref", headers=("Ref",))
    of_crime = ReturnMapping(
        "k",
        "E23000032",
        "crime",
        (
            reference,
            FieldMap("offence_code", headers=("Code",)),
            FieldMap("recorded_on", headers=("Recorded",)),
        ),
        date_order="dmy",
    )
    fields = (
        reference,
        FieldMap("victim_ref", headers=("Victim",)),
        FieldMap("victim_sex", headers=("Sex",), uses=("sex",)),
    )
    of_victim = ReturnMapping("v", "E23000032", "victim", fields)
    found = check_returns([victims, crimes], lambda path: [of_victim if path == victims else of_crime], TERMS)
    assert [(problem.rule, problem.row) for problem in found[0].problems if problem.rule == "LNK-010"] == [
        ("LNK-010", 3)
    ]
    assert not any(problem.rule == "LNK-010" for problem in found[1].problems)


def test_each_mapped_sheet_of_a_workbook_is_a_return_of_its_own(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "kent.xlsx") as book:
        sheets = {"Crimes": [HEADERS, CLEAN], "Victims": [["Ref", "Sex"], ["C1", "F"], ["C7", "M"]]}
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for place, cells in enumerate(rows):
                sheet.write_row(place, 0, cells)
    of_crimes = MAPPING.replace('unit = "crime-victim-suspect"', 'unit = "crime"\nsheet = "Crimes"')
    of_crimes = of_crimes.split("victim_sex")[0].replace("kent*.csv", "kent.xlsx")
    of_victims = """
[source.kent_victims]
layout = "return"
police_force = "E23000032"
unit = "victim"
files = ["kent.xlsx"]
sheet = "Victims"
field = { crime_ref = { header = "Ref" }, victim_sex = { header = "Sex", uses = "sex" } }
"""
    mapping = tmp_path / "kent.toml"
    mapping.write_text(of_crimes + of_victims, encoding="utf-8")
    said = ran(tmp_path / "kent.xlsx", "--mapping", mapping)
    assert "kent.xlsx, sheet Crimes: 1 rows in = 1 kept + 0 refused" in said.output
    assert "LNK-010        1 row" in said.output
    assert (tmp_path / "kent.xlsx.kent_victims.check.xlsx").exists()
    assert said.output.splitlines()[-1] == "0 of 2 returns failed; 2 are in."


def test_a_mapping_that_maps_nothing_is_wrong_usage(tmp_path: Path) -> None:
    (tmp_path / "kent.toml").write_text("[source.other]\nlayout = 'tidy'\n", encoding="utf-8")
    with pytest.raises(UsageError, match="fullpicture map --to writes one"):
        ran(csv_file(tmp_path / "kent.csv", [CLEAN]), "--mapping", tmp_path / "kent.toml")
