"""`fullpicture map`: what is assumed is said, nothing personal is shown, the TOML is what was proposed."""

from __future__ import annotations

import json
import random
import tomllib
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
import xlsxwriter
from click.testing import CliRunner

from fullpicture.cli.map import command
from fullpicture.collect.returns.mapping import ReturnMapping
from fullpicture.collect.source import Reading
from fullpicture.core.areas import Register
from fullpicture.core.errors import Mistake, UnknownArea, UsageError
from fullpicture.programme.mapping_draft import draft_mapping
from fullpicture.programme.return_form import to_mapping

HEADERS = [
    "Crime Ref",
    "HO code",
    "Committed from",
    "Date recorded",
    "Outcome",
    "Vic sex",
    "Age at offence",
    "OIC",
]
PRIVATE = "Quuxworth"


def rows(count: int = 90, last_day: int = 28) -> list[list[str]]:
    chance = random.Random(7)
    found = []
    for place in range(count):
        day = date(2024, chance.randint(1, 12), chance.randint(1, last_day))
        found.append(
            [
                f"42{PRIVATE}{place}/24",
                chance.choice(["19C", "20A", "86"]),
                day.strftime("%d/%m/%Y"),
                min(day + timedelta(1), day.replace(day=last_day)).strftime("%d/%m/%Y"),
                chance.choice(["1", "16", "18", "NFA (OC14)", "Zork"]),
                chance.choice(["F", "M", "Femal"]),
                chance.choice(["12", "30", "#N/A"]),
                f"PC {PRIVATE} {place}",
            ]
        )
    return found


def csv_file(
    path: Path, separator: str = ",", above: str = "", encoding: str = "utf-8", last_day: int = 28
) -> Path:
    lines = [separator.join(row) for row in [HEADERS, *rows(last_day=last_day)]]
    path.write_bytes((above + "\n".join(lines) + "\n").encode(encoding))
    return path


def declared(toml: str, id_: str) -> ReturnMapping:
    mistakes: list[Mistake] = []
    table = tomllib.loads(toml)["source"][id_]
    mapping = to_mapping(id_, table, "kent.toml", mistakes, Register.shipped())
    assert mistakes == []
    assert mapping
    return mapping


def test_the_toml_declares_what_was_proposed(tmp_path: Path) -> None:
    draft = draft_mapping(csv_file(tmp_path / "kent.csv"), "Kent Police", Reading())
    written = declared(draft.toml, "kent")
    assert replace(written, fields=()) == replace(draft.mapping, fields=())
    assert sorted(written.fields, key=str) == sorted(draft.mapping.fields, key=str)
    assert (written.police_force, written.date_order, written.unit) == (
        "E23000032",
        "dmy",
        "crime-victim-suspect",
    )
    codes = {field.name: dict(field.codes) for field in written.fields}
    assert codes["victim_sex"] == {"Femal": "female"}
    uses = {field.name: field.uses for field in written.fields}
    assert uses["outcome_type"] == ("outcome-prose",)


def test_what_must_be_decided_is_marked_and_left_open(tmp_path: Path) -> None:
    toml = draft_mapping(csv_file(tmp_path / "kent.csv"), "kent", Reading()).toml
    assert '# codes."Zork" = "..."  # CHECK:' in toml
    assert 'codes."Femal" = "female"  # CHECK:' in toml
    assert all(f"# {name} = ..." in toml for name in ("owner", "purpose", "retained_until"))


def test_the_order_of_dates_is_never_guessed(tmp_path: Path) -> None:
    undecided = draft_mapping(csv_file(tmp_path / "kent.csv", last_day=12), "kent", Reading())
    assert undecided.proposal.date_order is None
    assert '# date_order = "dmy"' in undecided.toml
    assert declared(undecided.toml, "kent").date_order == ""


@pytest.mark.parametrize(
    ("separator", "above", "encoding", "reading"),
    [
        (",", "", "utf-8", Reading()),
        (";", "", "utf-8", Reading(separator=";")),
        ("|", "OFFICIAL\n\n", "utf-8", Reading(separator="|", header_row=3)),
        (";", "Kent – return\n", "cp1252", Reading(encoding="cp1252", separator=";", header_row=2)),
        ("\t", "", "utf-16", Reading(encoding="utf-16", separator="\t")),
    ],
)
def test_how_a_file_is_read_is_found_out_and_said(
    separator: str, above: str, encoding: str, reading: Reading, tmp_path: Path
) -> None:
    path = csv_file(tmp_path / "kent.csv", separator, above, encoding)
    draft = draft_mapping(path, "kent", Reading())
    changed = sum(getattr(reading, name) != getattr(Reading(), name) for name in vars(reading))
    assert draft.opened.reading == reading
    assert len(draft.opened.assumed) == changed
    assert all(f"CHECK: assumed of the file: {said}" in draft.toml for said in draft.opened.assumed)
    assert draft.opened.delivered.rows.num_rows == 90


def test_the_largest_sheet_is_taken_and_notes_under_the_table_left_out(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "kent.xlsx") as book:
        book.add_worksheet("Read me").write_string(0, 0, "Notes")
        sheet = book.add_worksheet("Extract")
        table = [["OFFICIAL"], [], HEADERS, *rows(), ["End of return"]]
        for row, cells in enumerate(table):
            for column, cell in enumerate(cells):
                sheet.write_string(row, column, cell)
    draft = draft_mapping(tmp_path / "kent.xlsx", "kent", Reading())
    assert draft.opened.reading == Reading(sheet="Extract", header_row=3, footer_rows=1)
    assert len(draft.opened.assumed) == 3
    assert draft.opened.delivered.rows.num_rows == 90


def test_an_unknown_force_is_named_with_the_nearest(tmp_path: Path) -> None:
    with pytest.raises(UnknownArea, match="Kent"):
        draft_mapping(csv_file(tmp_path / "kent.csv"), "Kentt", Reading())


@pytest.mark.parametrize("as_json", [False, True])
def test_codes_are_shown_and_names_dates_and_references_never(as_json: bool, tmp_path: Path) -> None:
    path, to = csv_file(tmp_path / "kent.csv"), tmp_path / "sources" / "kent.toml"
    words = [str(path), "--force", "kent", "--to", str(to), *(["--json"] if as_json else [])]
    said = CliRunner().invoke(command, words, catch_exceptions=False)
    assert said.exit_code == 0
    shown = said.output + to.read_text(encoding="utf-8")
    assert "Femal" in shown
    assert PRIVATE not in shown
    assert "/2024" not in shown
    if as_json:
        assert [column["field"] for column in json.loads(said.output)["columns"]][:2] == [
            "crime_ref",
            "offence_code",
        ]


def test_a_mapping_that_somebody_may_have_edited_is_not_overwritten(tmp_path: Path) -> None:
    path, to = csv_file(tmp_path / "kent.csv"), tmp_path / "kent.toml"
    to.write_text("mine", encoding="utf-8")
    with pytest.raises(UsageError, match="is there already"):
        CliRunner().invoke(command, [str(path), "--force", "kent", "--to", str(to)], catch_exceptions=False)
    assert to.read_text(encoding="utf-8") == "mine"
