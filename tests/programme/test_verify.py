"""A certificate holds for an edition as it was built, and for nothing else."""

from __future__ import annotations

import csv
import hashlib
import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from fullpicture.cli.verify import command
from fullpicture.programme.build import build
from fullpicture.programme.verify import verify
from tests.programme.folders import crime_csv, write_programme

SMALL = crime_csv().replace("2024/25,2,Surrey,Theft,41", "2024/25,2,Surrey,Theft,4")
HIDDEN = "crimes/E23000031/financial-quarter:2024-25Q2/offence_group/Theft"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("verified")
    write_programme(folder / "programme", crime=SMALL)
    build(folder / "programme", folder / "build")
    return folder / "build"


@pytest.fixture
def copy(built: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(built, tmp_path / "build"))


def changed(edition: Path, change: Callable[[dict[str, str]], bool], certify: bool) -> None:
    """Changes rows of figures.csv and, where told, the hash and the numbers in the certificate with them."""
    path = edition / "figures.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    shown = sum(change(row) for row in rows)
    assert shown
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), lineterminator="\r\n")
        writer.writeheader()
        writer.writerows(rows)
    if certify:
        certificate = json.loads((edition / "certificate.json").read_text(encoding="utf-8"))
        for file in certificate["files"]:
            if file["path"] == "figures.csv":
                file["sha256"] = hashlib.sha256(path.read_bytes()).hexdigest()
        for table in certificate["tables"]:
            of_table = [row for row in rows if row["indicator"] == table["id"]]
            table["hidden"] = sum(row["absence"] == "c" for row in of_table)
        (edition / "certificate.json").write_text(json.dumps(certificate), encoding="utf-8")


def id_of(row: dict[str, str]) -> str:
    when = f"{row['period_kind']}:{row['period']}"
    return "/".join((row["indicator"], row["area_code"], when, row["breakdown"], row["category"]))


def unhide(id_: str, internal: Path) -> Callable[[dict[str, str]], bool]:
    with (internal / "figures.csv").open(encoding="utf-8", newline="") as file:
        true = {id_of(row): row for row in csv.DictReader(file)}

    def change(row: dict[str, str]) -> bool:
        if id_of(row) == id_:
            row.update(true[id_])
        return id_of(row) == id_

    return change


def withheld(build: Path) -> list[dict[str, object]]:
    return json.loads((build / "internal" / "certificate.json").read_text(encoding="utf-8"))["withheld"]


def test_an_edition_as_it_was_built_is_verified(built: Path) -> None:
    assert verify(built / "public") == []
    assert verify(built / "public", built / "internal") == []


def test_every_hidden_cell_says_what_it_protects_and_how_wide_its_interval_is(built: Path) -> None:
    accounts = withheld(built)
    small = next(one for one in accounts if one["figure"] == HIDDEN)
    assert small["why"] == "a count that it shows is small"
    assert len(accounts) < 40
    for one in accounts:
        assert one["protects"]
        assert one["proof"]
        low, high = one["reached"]  # type: ignore[misc]
        assert low < high


@pytest.mark.parametrize("name", ["figures.csv", "index.html", "workbook.xlsx"])
def test_a_changed_byte_names_the_file(copy: Path, name: str) -> None:
    path = copy / "public" / name
    content = bytearray(path.read_bytes())
    content[-1] ^= 1
    path.write_bytes(bytes(content))
    assert [m.where for m in verify(copy / "public") if "not as it was certified" in m.what] == [str(path)]


@pytest.mark.parametrize("text", ["{", '{"rules": {"unheard_of": 1}}'])
def test_a_certificate_that_cannot_be_read_is_named(copy: Path, text: str) -> None:
    (copy / "public" / "certificate.json").write_text(text, encoding="utf-8")
    assert str(copy / "public" / "certificate.json") in {one.where for one in verify(copy / "public")}


def test_a_file_more_or_less_is_named(copy: Path) -> None:
    (copy / "public" / "about.html").unlink()
    (copy / "public" / "more.html").write_text("more", encoding="utf-8")
    found = {mistake.where: mistake.what for mistake in verify(copy / "public")}
    assert "missing" in found[str(copy / "public" / "about.html")]
    assert "does not know" in found[str(copy / "public" / "more.html")]


def test_a_small_count_that_is_shown_is_named_though_the_certificate_was_changed_with_it(copy: Path) -> None:
    changed(copy / "public", unhide(HIDDEN, copy / "internal"), certify=True)
    assert [mistake.where for mistake in verify(copy / "public")] == [HIDDEN]


def test_a_cell_that_is_no_longer_hidden_gives_its_primary_away_and_both_are_named(copy: Path) -> None:
    secondary = next(
        str(one["figure"])
        for one in withheld(copy)
        if HIDDEN in str(one["protects"])
        and one["figure"] != HIDDEN
        and "offence_group" in str(one["figure"])
    )
    changed(copy / "public", unhide(secondary, copy / "internal"), certify=True)
    alone = {mistake.where for mistake in verify(copy / "public")}
    inside = {mistake.where for mistake in verify(copy / "public", copy / "internal")}
    assert any(where.startswith(HIDDEN) for where in alone)
    assert secondary in inside


def test_the_command_ends_with_one_where_something_is_wrong_and_never_says_a_count(copy: Path) -> None:
    run = CliRunner()
    fine = run.invoke(command, [str(copy / "public")], standalone_mode=False)
    assert (fine.return_value, "Everything is as certified." in fine.output) == (0, True)
    changed(copy / "public", unhide(HIDDEN, copy / "internal"), certify=False)
    result = run.invoke(command, [str(copy / "public"), "--json"], standalone_mode=False)
    said = json.loads(result.output)
    assert result.return_value == 1
    assert {HIDDEN, str(copy / "public" / "figures.csv")} <= {one["where"] for one in said}
    assert not any(" 4 " in one["what"] for one in said)


def test_the_internal_edition_has_a_page_for_whoever_decides_on_each_table(built: Path) -> None:
    folder = built / "internal" / "disclosure"
    assert {path.name for path in folder.glob("*.html")} >= {
        "index.html",
        "crimes.html",
        "theft_of_all_pct.html",
    }
    rows = (folder / "withheld.csv").read_text(encoding="utf-8").splitlines()[1:]
    assert {row.split(",")[0] for row in rows} == {one["figure"] for one in withheld(built)}
    assert "Without the breakdown by offence group" in (folder / "crimes.html").read_text(encoding="utf-8")
    assert 'href="disclosure/index.html"' in (built / "internal" / "methods.html").read_text(encoding="utf-8")
    assert not (built / "public" / "disclosure").exists()
    assert "disclosure/" not in (built / "public" / "methods.html").read_text(encoding="utf-8")
