"""When a force delivers again: which figures that changes, by how much; which rows are new, revised, gone."""

from __future__ import annotations

import csv
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from fullpicture.programme import revised_figures
from fullpicture.programme.build import build
from fullpicture.programme.revised_figures import Revision
from fullpicture.programme.state import Log, State
from fullpicture.programme.usage import Collector
from fullpicture.programme.vintages import Store
from tests.programme.folders import write_programme
from tests.programme.returns import INDICATORS, KENT, SURREY_VICTIMS, write_returns

AT = datetime(2025, 3, 3, 9, tzinfo=UTC)
MENDED = KENT.replace("31/02/2024", "28/02/2024")
KENTS = "csae_offences/E23000032/calendar:2024//"


def table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def revisions(folder: Path) -> dict[str, dict[str, str]]:
    rows = table(folder / "internal" / "revisions.csv")
    return {
        f"{row['indicator']}/{row['area_code']}/{row['period_kind']}:{row['period']}/"
        f"{row['breakdown']}/{row['category']}": row
        for row in rows
    }


def log(folder: Path) -> tuple[Revision, ...]:
    return Log[Revision](State(folder), "revisions", Revision).read()


def everything(folder: Path) -> dict[str, bytes]:
    files = [path for path in folder.rglob("*") if path.is_file() and path.name != "run.json"]
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The four sources, built once."""
    folder = write_returns(tmp_path / "programme")
    build(folder, tmp_path / "build", by=Collector("ana", AT))
    return folder


def test_a_first_build_revises_nothing_and_keeps_what_to_compare_with(folder: Path) -> None:
    (line,) = log(folder)
    assert (line.figures, [one.before for one in line.changed]) == (None, ["", "", ""])
    assert table(folder.parent / "build" / "internal" / "revisions.csv") == []
    counts = {
        row["source"]: row["new"] for row in table(folder.parent / "build/internal/returns/vintages.csv")
    }
    assert counts == {"kent": "4", "surrey_crimes": "2", "surrey_victims": "4"}


def test_building_again_from_the_same_deliveries_adds_nothing_and_writes_the_same(folder: Path) -> None:
    state, made = everything(folder / "state"), everything(folder.parent / "build")
    build(folder, folder.parent / "build", by=Collector("ana", AT + timedelta(1)))
    assert everything(folder / "state") == state
    build(folder, folder.parent / "elsewhere", by=Collector("ana", AT + timedelta(2)))
    assert everything(folder.parent / "build") == made == everything(folder.parent / "elsewhere")


def test_the_figures_that_a_delivery_changes_are_listed_with_what_they_were(folder: Path) -> None:
    """Kent mends a date: one crime of abuse and one girl more, in Kent and so in the region, and no other."""
    store = Store(folder)
    old = store.current("kent")
    write_returns(folder, kent=MENDED)
    build(folder, folder.parent / "build", by=Collector("ana", AT + timedelta(1)))
    new, found = store.current("kent"), revisions(folder.parent / "build")
    values = {id_: (float(row["value_before"]), float(row["value_after"])) for id_, row in found.items()}
    assert values == {
        "csae_offences/E12000008/calendar:2024//": (4, 5),
        KENTS: (2, 3),
        "girls_of_victims_pct/E12000008/calendar:2024//": (50, pytest.approx(400 / 7)),
        "girls_of_victims_pct/E23000032/calendar:2024//": (pytest.approx(200 / 3), 75),
    }
    assert old is not None
    assert new is not None
    row = found[KENTS]
    assert (row["sources"], row["vintages_before"], row["vintages_after"]) == ("kent", old.id, new.id)
    assert (row["change"], row["is_redefined"], row["at"]) == ("revised", "no", "2025-03-04T09:00:00+00:00")


def test_a_figure_is_laid_to_the_returns_of_forces_in_its_area(folder: Path) -> None:
    write_returns(folder, kent=MENDED, surrey__victims=SURREY_VICTIMS.replace("S2,Male", "S2,Female"))
    build(folder, folder.parent / "build", by=Collector("ana", AT + timedelta(1)))
    found = {
        id_.split("/calendar")[0]: row["sources"] for id_, row in revisions(folder.parent / "build").items()
    }
    assert found["girls_of_victims_pct/E23000032"] == "kent"
    assert found["girls_of_victims_pct/E23000031"] == "surrey_victims"
    assert found["girls_of_victims_pct/E12000008"] == "kent|surrey_victims"


def test_a_return_that_cannot_be_read_any_more_takes_figures_away_or_makes_them_absent(folder: Path) -> None:
    (folder / "data" / "kent.csv").unlink()
    build(folder, folder.parent / "build", by=Collector("ana", AT + timedelta(1)))
    row = revisions(folder.parent / "build")[KENTS]
    assert (row["value_before"], row["value_after"], row["vintages_after"]) == ("2", "", "")
    assert row["absence_after"] or row["change"] == "withdrawn"
    write_returns(folder)
    build(folder, folder.parent / "build", by=Collector("ana", AT + timedelta(2)))
    assert [len(one.figures or ()) for one in log(folder)[1:]] == [len(log(folder)[1].figures or ())] * 2


def test_rows_new_revised_and_withdrawn_are_counted_and_told_to_the_force(folder: Path) -> None:
    """Of four rows one has another age, one is gone; one was mended and one is new."""
    again = MENDED.replace("V3,F,15", "V3,F,14").replace("K3,20A,06/02/2024,V4,F,40\n", "") + (
        "K9,20A,07/02/2024,V9,F,10\n"
    )
    write_returns(folder, kent=again)
    build(folder, folder.parent / "build", by=Collector("ana", AT + timedelta(1)))
    internal = folder.parent / "build" / "internal"
    row = table(internal / "returns" / "vintages.csv")[-1]
    names = ("source", "is_delivered", "same", "new", "revised", "withdrawn")
    assert [row[name] for name in names] == ["kent", "yes", "2", "2", "1", "1"]
    page = (internal / "returns" / "E23000032.html").read_text(encoding="utf-8")
    assert (
        "Delivered again, 4 March 2025 (Kent&#39;s return): 2 rows new, 1 revised, 1 withdrawn, 2 as" in page
    )
    assert "Delivered again" not in (internal / "returns" / "E23000031.html").read_text(encoding="utf-8")


def test_the_same_file_mapped_otherwise_is_no_new_delivery(folder: Path) -> None:
    path = folder / "sources" / "kent.toml"
    path.write_text(
        path.read_text(encoding="utf-8").replace('uses = "sex"', 'codes = { F = "female" }'), "utf-8"
    )
    build(folder, folder.parent / "build", by=Collector("ana", AT + timedelta(1)))
    row = table(folder.parent / "build" / "internal" / "returns" / "vintages.csv")[-1]
    assert [row[name] for name in ("is_delivered", "same", "new", "revised", "withdrawn")] == [
        "no", "3", "0", "1", "0",
    ]  # fmt: skip
    page = folder.parent / "build" / "internal" / "returns" / "E23000032.html"
    assert "Delivered again" not in page.read_text(encoding="utf-8")


def test_a_definition_that_changed_by_itself_revises_nothing_and_is_named_beside_a_delivery(
    folder: Path,
) -> None:
    narrower = INDICATORS.replace(
        'where = { csae = "yes" }', 'where = { csae = "yes", offence_code = "19D" }'
    )
    (folder / "indicators" / "csae.toml").write_text(narrower, encoding="utf-8")
    build(folder, folder.parent / "build", by=Collector("ana", AT + timedelta(1)))
    assert revisions(folder.parent / "build") == {}
    (folder / "indicators" / "csae.toml").write_text(INDICATORS, encoding="utf-8")
    write_returns(folder, kent=MENDED)
    build(folder, folder.parent / "build", by=Collector("ana", AT + timedelta(2)))
    found = revisions(folder.parent / "build")
    assert found[KENTS]["is_redefined"] == "yes"
    assert found["girls_of_victims_pct/E23000032/calendar:2024//"]["is_redefined"] == "no"


def test_a_build_killed_between_the_line_and_the_figures_loses_no_revision(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    write_returns(folder, kent=MENDED)
    with monkeypatch.context() as patched:
        patched.setattr(revised_figures, "_keep", killed)
        with pytest.raises(KeyboardInterrupt):
            build(folder, folder.parent / "build", by=Collector("ana", AT + timedelta(1)))
    build(folder, folder.parent / "build", by=Collector("ana", AT + timedelta(2)))
    assert revisions(folder.parent / "build")[KENTS]["at"] == "2025-03-04T09:00:00+00:00"
    write_returns(folder)
    build(folder, folder.parent / "build", by=Collector("ana", AT + timedelta(3)))
    last = [one for one in log(folder)[-1].figures or () if one.area_code == "E23000032"]
    assert (len(log(folder)), last[0].value_before, last[0].value_after) == (3, 3, 2)


def test_nothing_of_it_is_public_and_a_programme_without_returns_has_none(
    folder: Path, tmp_path: Path
) -> None:
    write_returns(folder, kent=MENDED)
    build(folder, folder.parent / "build", by=Collector("ana", AT + timedelta(1)))
    assert not [path for path in everything(folder.parent / "build" / "public") if "revision" in path]
    assert not any(b"vintage" in text for text in everything(folder.parent / "build" / "public").values())
    other = write_programme(tmp_path / "other")
    made = build(other, tmp_path / "other-build", by=Collector("ana", AT))
    assert not (made.folder / "internal" / "revisions.csv").exists()
    assert not [path for path in everything(other) if "revisions" in path or "figures" in path]
