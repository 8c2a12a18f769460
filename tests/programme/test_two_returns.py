"""What a force has in two returns is counted once, and a line of its problems says so."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

from fullpicture.collect.returns.mapping import FieldMap, ReturnMapping
from fullpicture.programme.build import Build, build
from fullpicture.programme.load import load
from fullpicture.programme.receiving import waves
from fullpicture.programme.return_check import Terms, check_returns
from tests.programme.returns import KENT, PARTS, WIDE, write_returns
from tests.programme.test_returns import figures, problems

HEADER = KENT.splitlines()[0]
AGAIN = f"{HEADER}\nK1,19D,05/01/2024,V1,F,12\nK1,19D,05/01/2024,V7,F,9\nK8,19D,05/01/2024,V8,F,12\n"
ALONE = "ref,code,day\nK2,20A,2024-02-06\nK9,19D,2024-02-06\n"


def built(folder: Path, more: str, data: dict[str, str]) -> Build:
    """Kent's return, and a second one of Kent's in a file of its own."""
    write_returns(folder / "programme", **data)
    (folder / "programme" / "sources" / "kent_more.toml").write_text(more, encoding="utf-8")
    return build(folder / "programme", folder / "build")


def second_of_the_same_unit() -> str:
    return WIDE.replace("source.kent", "source.kent_more").replace('"kent.csv"', '"kent-more.csv"')


def second_of_crimes() -> str:
    crimes = PARTS.split("[source.surrey_victims]")[0].replace("E23000031", "E23000032")
    return crimes.replace("source.surrey_crimes", "source.kent_more").replace("surrey-crimes", "kent-more")


def test_a_victim_in_two_returns_of_a_force_is_refused_in_the_second(tmp_path: Path) -> None:
    found = built(tmp_path, second_of_the_same_unit(), {"kent__more": AGAIN})
    record = json.loads((found.folder / "run.json").read_text(encoding="utf-8"))["sources"]
    assert record["kent_more"] == {"rows_in": 3, "rows_kept": 2, "rows_refused": {"DUP-013": 1}}
    assert record["kent"]["rows_kept"] == 4
    assert {one for one in problems(found.folder) if one[2] in ("DUP-013", "DUP-014")} == {
        ("kent-more.csv", "2", "DUP-013"),
        ("kent-more.csv", "3", "DUP-014"),
    }
    assert figures(found.folder)["csae_offences/E23000032/2024//"]["value"] == "3"
    assert figures(found.folder)["girls_of_victims_pct/E23000032/2024//"]["denominator"] == "5"


def test_a_crime_told_of_in_two_ways_is_counted_once_and_said(tmp_path: Path) -> None:
    found = built(tmp_path, second_of_crimes(), {"kent__more": ALONE})
    assert ("kent-more.csv", "2", "DUP-014") in problems(found.folder)
    assert figures(found.folder)["csae_offences/E23000032/2024//"]["value"] == "3"


def test_the_same_programme_again_makes_no_vintage_and_finds_the_same(tmp_path: Path) -> None:
    first = problems(built(tmp_path, second_of_the_same_unit(), {"kent__more": AGAIN}).folder)
    lines = (tmp_path / "programme" / "state" / "vintages.jsonl").read_bytes()
    assert problems(build(tmp_path / "programme", tmp_path / "build").folder) == first
    assert (tmp_path / "programme" / "state" / "vintages.jsonl").read_bytes() == lines


def test_what_is_mended_in_the_first_return_is_let_into_the_second(tmp_path: Path) -> None:
    built(tmp_path, second_of_the_same_unit(), {"kent__more": AGAIN})
    mended = KENT.replace("K1,19D,05/01/2024,V1,F,12\n", "")
    found = built(tmp_path, second_of_the_same_unit(), {"kent": mended, "kent__more": AGAIN})
    assert not {one for one in problems(found.folder) if one[2] == "DUP-013"}


def test_returns_of_one_force_wait_for_each_other_and_for_no_other_force(tmp_path: Path) -> None:
    folder = write_returns(tmp_path)
    (folder / "sources" / "kent_more.toml").write_text(second_of_crimes(), encoding="utf-8")
    groups = [[one.id for one in wave] for wave in waves(list(load(folder).returns.sources.values()))]
    assert groups == [["kent", "surrey_crimes"], ["kent_more"], ["surrey_victims"]]


def test_checking_two_files_of_a_force_together_says_the_same(tmp_path: Path) -> None:
    paths = [tmp_path / "a.csv", tmp_path / "b.csv"]
    for path in paths:
        path.write_text(
            f"Ref,Code,Recorded\n1,19C,01/02/2024\n{path.stem},19C,01/02/2024\n", encoding="utf-8"
        )
    fields = (
        FieldMap("crime_ref", headers=("Ref",)),
        FieldMap("offence_code", headers=("Code",)),
        FieldMap("recorded_on", headers=("Recorded",)),
    )
    kent = ReturnMapping("kent", "E23000032", "crime", fields, date_order="dmy")
    terms = Terms(date(2025, 6, 1))
    both = check_returns(paths, lambda path: [kent], terms)
    assert [dict(one.refused) for one in both] == [{}, {"DUP-013": 1}]
    surrey = replace(kent, police_force="E23000031")
    apart = check_returns(paths, lambda path: [kent if path == paths[0] else surrey], terms)
    nameless = check_returns(paths, lambda path: [replace(kent, police_force="")], terms)
    assert [dict(one.refused) for one in (*apart, *nameless)] == [{}] * 4
