"""A force's pack: its own page and workbooks, nothing of any other force, and a line in the log of use."""

from __future__ import annotations

import io
import json
import shutil
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner
from python_calamine import CalamineWorkbook

from fullpicture.cli.returns import command
from fullpicture.core.errors import FullPictureError, ProgrammeRefused, UsageError
from fullpicture.programme.build import build
from fullpicture.programme.load import load
from fullpicture.programme.pack import PAGE, write_pack
from fullpicture.programme.state import State
from fullpicture.programme.usage import Account, Collector, Use, uses
from fullpicture.programme.vintages import Store
from tests.programme.returns import KENT, PARTS, SURREY_CRIMES, SURREY_VICTIMS, WIDE, write_returns

AT = datetime(2025, 3, 3, 9, tzinfo=UTC)
BY = Account("ana", AT, "What Kent has to mend")
KENTS, SURREYS = "E23000032", "E23000031"
RARE = "Zyxqvut"


def texts(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Every name and every byte of a folder, those within workbooks unpacked."""
    for path in (path for path in folder.rglob("*") if path.is_file()):
        yield path.name, path.name.encode() + b"\n" + path.read_bytes()
        if path.suffix == ".xlsx":
            with zipfile.ZipFile(io.BytesIO(path.read_bytes())) as archive:
                yield from ((f"{path.name}/{name}", archive.read(name)) for name in archive.namelist())


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def ran(folder: Path, *words: str) -> str:
    given = ["pack", str(folder), "--to", str(folder.parent / "pack"), "--who", "ana", *words]
    return CliRunner().invoke(command, given, catch_exceptions=False).output


def passed_on(folder: Path) -> tuple[Use, ...]:
    """What is in the log of use beside that returns were taken in."""
    return tuple(use for use in uses(State(folder)) if use.kind != "collection")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_returns(tmp_path / "programme")


def test_it_holds_the_page_and_a_workbook_for_each_file(folder: Path) -> None:
    pack = write_pack(load(folder), SURREYS, folder.parent / "pack", BY)
    assert names(folder.parent / "pack") == sorted(pack.files)
    assert pack.files == (PAGE, "surrey-crimes.csv.check.xlsx", "surrey-victims.csv.check.xlsx")
    book = CalamineWorkbook.from_path(str(folder.parent / "pack" / pack.files[2]))
    assert ["LNK-010", "warn"] in [row[4:6] for row in book.get_sheet_by_name("Problems").to_python()]
    page = (folder.parent / "pack" / PAGE).read_text(encoding="utf-8")
    assert "For Surrey alone" in page
    assert "LNK-010" in page


def test_nothing_of_another_force_is_in_any_byte_of_it(folder: Path) -> None:
    """Whatever Surrey delivers, calls its columns, its files or its sources is rare; Kent's pack has none."""
    crimes = (
        SURREY_CRIMES.replace("ref,", f"{RARE} ref,").replace("S1", f"{RARE}1").replace("17B", f"{RARE}7")
    )
    victims = SURREY_VICTIMS.replace("S1", f"{RARE}1").replace("Male", f"{RARE} sex") + f"S2,F,{RARE} age\n"
    write_returns(folder, surrey__crimes="", surrey__victims="")
    said = PARTS.replace('{ header = "ref" }', f'{{ header = "{RARE} ref" }}', 1)
    said = said.replace("surrey-", f"{RARE}-").replace("Surrey", RARE).replace("surrey_", f"{RARE}_")
    (folder / "sources" / "surrey.toml").write_text(said, encoding="utf-8")
    for name, text in (("crimes", crimes), ("victims", victims)):
        (folder / "data" / f"{RARE}-{name}.csv").write_text(text, encoding="utf-8")
        (folder / "data" / f"surrey-{name}.csv").unlink(missing_ok=True)
    build(folder, folder.parent / "build", by=Collector("ana", AT))
    (folder / "data" / f"{RARE}-crimes.csv").write_text(crimes + f"{RARE},19D,2024-05-05\n", encoding="utf-8")
    build(folder, folder.parent / "build", by=Collector("ana", AT + timedelta(1)))
    inside = b"".join(text for _, text in texts(folder.parent / "build" / "internal")).lower()
    assert RARE.lower().encode() in inside

    ran(folder, "--force", "Kent", "--reason", BY.why, "--build", str(folder.parent / "build"))
    found = list(texts(folder.parent / "pack"))
    assert len(found) > 10
    for name, text in found:
        assert RARE.lower().encode() not in text.lower(), name
        assert b"surrey" not in text.lower(), name
        assert SURREYS.encode() not in text, name
    assert "Zyxqvut" in (folder / "state" / "revisions.jsonl").read_text(encoding="utf-8")


def test_the_files_of_other_forces_are_not_even_opened(folder: Path) -> None:
    for name in ("surrey-crimes.csv", "surrey-victims.csv"):
        (folder / "data" / name).unlink()
        (folder / "data" / name).mkdir()
    pack = write_pack(load(folder), KENTS, folder.parent / "pack", BY)
    assert pack.files == (PAGE, "kent.csv.check.xlsx")


def test_a_file_of_two_forces_is_never_packed(folder: Path) -> None:
    other = WIDE.replace("source.kent", "source.medway").replace(KENTS, SURREYS)
    (folder / "sources" / "medway.toml").write_text(other, encoding="utf-8")
    with pytest.raises(ProgrammeRefused, match=r"kent\.csv: this file is of another force as well"):
        write_pack(load(folder), KENTS, folder.parent / "pack", BY)
    assert (passed_on(folder), (folder.parent / "pack").exists()) == ((), False)


def test_it_is_logged_as_a_disclosure_to_the_force_with_the_number_of_records(folder: Path) -> None:
    build(folder, folder.parent / "build", by=Collector("ana", AT))
    vintage = Store(folder).current("kent")
    said = ran(folder, "--force", "Kent", "--reason", BY.why)
    (use,) = passed_on(folder)
    assert (use.kind, use.who, use.why, use.to) == ("disclosure", "ana", BY.why, ("Kent",))
    assert vintage is not None
    assert [(one.source, one.vintage, one.rows) for one in use.records] == [("kent", vintage.id, 2)]
    assert said.startswith("Kent: return.html, kent.csv.check.xlsx; 2 records of its own named by row. In ")


def test_it_is_in_the_log_before_it_is_written(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def failing(*_: object) -> None:
        raise OSError("the disk failed")

    monkeypatch.setattr("fullpicture.programme.pack.write_check", failing)
    with pytest.raises(OSError, match="the disk failed"):
        write_pack(load(folder), KENTS, folder.parent / "pack", BY)
    assert len(passed_on(folder)) == 1
    assert sorted(path.name for path in folder.parent.iterdir()) == ["programme"]


@pytest.mark.parametrize("reason", [(), ("--reason", " 12 ")])
def test_without_a_reason_it_is_refused(folder: Path, reason: tuple[str, ...]) -> None:
    given = ["pack", str(folder), "--force", "Kent", "--to", str(folder.parent / "pack"), *reason]
    result = CliRunner().invoke(command, given)
    assert result.exit_code != 0
    assert isinstance(result.exception, SystemExit | UsageError)
    assert (passed_on(folder), (folder.parent / "pack").exists()) == ((), False)


@pytest.mark.parametrize(
    ("force", "to", "said"),
    [
        ("Kent", ".", "there is something here already"),
        ("Kent", "programme/data/pack", "within the data folder"),
        ("Keent", "pack", "Did you mean Kent"),
        ("Gwent", "pack", "is not asked for a return"),
    ],
)
def test_wrong_usage_is_said_and_nothing_is_logged(folder: Path, force: str, to: str, said: str) -> None:
    given = ["pack", str(folder), "--force", force, "--to", str(folder.parent / to), "--reason", BY.why]
    with pytest.raises(UsageError, match=said):
        CliRunner().invoke(command, given, catch_exceptions=False)
    assert passed_on(folder) == ()


def test_taking_a_look_changes_nothing_but_the_log_of_use(folder: Path) -> None:
    """A pack of files that came since the last build takes nothing in."""
    build(folder, folder.parent / "build", by=Collector("ana", AT))
    write_returns(folder, kent=KENT.replace("31/02/2024", "28/02/2024"))
    before = {path: path.read_bytes() for path in (folder / "state").rglob("*") if path.is_file()}
    ran(folder, "--force", "Kent", "--reason", BY.why)
    after = {path: path.read_bytes() for path in (folder / "state").rglob("*") if path.is_file()}
    assert {path.name for path in after if after[path] != before.get(path)} == {"uses.jsonl"}
    assert [one.vintage for one in passed_on(folder)[0].records] == [""]


def test_a_file_that_cannot_be_read_is_told_of_in_its_workbook(folder: Path) -> None:
    (folder / "data" / "kent.csv").write_text("Crime no.,Code\nK1,19D\n", encoding="utf-8")
    write_pack(load(folder), KENTS, folder.parent / "pack", BY)
    book = CalamineWorkbook.from_path(str(folder.parent / "pack" / "kent.csv.check.xlsx"))
    (row,) = book.get_sheet_by_name("Summary").to_python()[3:]
    assert row[0] == "FILE-001"
    assert "Recorded" in str(row[4])


def test_a_force_that_sent_nothing_gets_its_page(folder: Path) -> None:
    pack = write_pack(load(folder), "E23000033", folder.parent / "pack", BY)
    assert (pack.files, pack.records) == ((PAGE,), 0)
    assert "No return is in" in (folder.parent / "pack" / PAGE).read_text(encoding="utf-8")


def test_a_pack_is_the_same_each_time(folder: Path) -> None:
    for name in ("one", "other"):
        write_pack(load(folder), KENTS, folder.parent / name, BY)
    one, other = (sorted(texts(folder.parent / name)) for name in ("one", "other"))
    assert one == other


def test_only_what_is_public_already_counts_as_shared(folder: Path) -> None:
    """With a threshold of 2 Kent's three crimes are public and are shown; with the usual one they are not."""
    mended = KENT.replace("31/02/2024", "28/02/2024")
    write_returns(folder, kent=mended, surrey__crimes=SURREY_CRIMES + "S3,19D,2024-05-01\n")
    toml = folder / "programme.toml"
    plain = toml.read_text(encoding="utf-8")
    pages = []
    for threshold in (2, 9):
        said = plain.replace("[returns]", f"threshold = {threshold}\n\n[returns]")
        toml.write_text(said, encoding="utf-8")
        build(folder, folder.parent / "build", by=Collector("ana", AT))
        ran(folder, "--force", "Kent", "--reason", BY.why, "--build", str(folder.parent / "build"))
        pages.append((folder.parent / "pack" / PAGE).read_text(encoding="utf-8"))
        shutil.rmtree(folder.parent / "pack")
    shown = "Child sexual abuse and exploitation crimes recorded: 3 crimes (2024; Returns of the forces)"
    assert [shown in page for page in pages] == [True, False]
    assert "3 crimes" not in pages[1]


def test_figures_of_an_edition_that_is_not_as_it_was_protected_are_not_shared(folder: Path) -> None:
    made = folder.parent / "build"
    build(folder, made, by=Collector("ana", AT))
    shutil.copy(made / "internal" / "figures.csv", made / "public" / "figures.csv")
    words = ("--force", "Kent", "--reason", BY.why, "--build", str(made))
    with pytest.raises(ProgrammeRefused, match="not the public edition as it was protected"):
        ran(folder, *words)
    shutil.rmtree(made / "public")
    shutil.copytree(made / "internal", made / "public")
    assert "withheld" in json.loads((made / "public" / "certificate.json").read_text(encoding="utf-8"))
    with pytest.raises(ProgrammeRefused, match="not the public edition as it was protected"):
        ran(folder, *words)
    shutil.rmtree(made / "public")
    with pytest.raises(FullPictureError, match="there is no public edition in it"):
        ran(folder, *words)
    assert passed_on(folder) == ()


def test_sheets_and_files_of_one_name_have_workbooks_of_their_own(folder: Path) -> None:
    for year in ("2023", "2024"):
        (folder / "data" / year).mkdir()
        (folder / "data" / year / "kent.csv").write_text(KENT.replace("K", f"K{year}-"), encoding="utf-8")
    text = WIDE.replace('["kent.csv"]', '["2023/kent.csv", "2024/kent.csv"]')
    (folder / "sources" / "kent.toml").write_text(text, encoding="utf-8")
    pack = write_pack(load(folder), KENTS, folder.parent / "pack", BY)
    assert pack.files[1:] == ("2023-kent.csv.check.xlsx", "2024-kent.csv.check.xlsx")
