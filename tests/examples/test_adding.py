"""One more indicator is one table in one file: what docs/adding-an-indicator.md shows is what was done."""

from __future__ import annotations

import csv
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from fullpicture.programme.build import build
from fullpicture.programme.load import load
from tests.examples.figures import DATA

ROOT = Path(__file__).resolve().parents[2]
FRAMEWORK = ROOT / "examples" / "national-framework"
PAGE = (ROOT / "docs" / "adding-an-indicator.md").read_text(encoding="utf-8")
MOST_LINES, MOST_CHARACTERS = 15, 110


def definitions() -> Iterator[tuple[str, list[str]]]:
    """Each indicator's table as written, its sub-tables included."""
    for path in sorted((FRAMEWORK / "indicators").glob("*.toml")):
        id_, lines = "", list[str]()
        for line in path.read_text(encoding="utf-8").splitlines():
            header = re.match(r'\[indicator\.("[^"]+"|\w+)', line)
            if header and header[1] != id_:
                if id_:
                    yield id_, lines
                id_, lines = header[1], []
            if line.strip() and not line.startswith("#"):
                lines.append(line)
        yield id_, lines


@pytest.mark.parametrize(
    ("id_", "lines"), list(definitions()), ids=lambda part: part if isinstance(part, str) else ""
)
def test_a_definition_has_at_most_fifteen_lines(id_: str, lines: list[str]) -> None:
    own = [line for line in lines if not line.startswith("source.")]
    assert len(own) <= MOST_LINES
    assert max(map(len, lines)) <= MOST_CHARACTERS


def test_every_indicator_of_the_framework_is_defined_and_no_id_has_an_outcomes_number() -> None:
    path = ROOT.parent / "shared" / "domain" / "national_framework_indicators.csv"
    if not path.exists():
        pytest.skip("the list of indicators is not beside the checkout")
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    programme = load(FRAMEWORK, DATA)
    wanted = {row["id"]: row for row in rows if row["id"] != "(none)"}
    assert set(wanted) - set(programme.indicators) == set()
    assert len(wanted) == 71
    for id_, row in wanted.items():
        indicator = programme.indicators[id_]
        assert (indicator.unit, indicator.polarity) == (_unit(row["unit"]), row["direction"]), id_
        assert indicator.decimals == int(row["decimals"]), id_
    titles = [section.title for section in programme.form.section]
    assert titles == list(dict.fromkeys(row["outcome_or_enabler"].split(": ", 1)[1] for row in rows))
    ids = [
        *programme.indicators,
        *(name for one in programme.form.section for name in (one.id, *one.domains)),
    ]
    assert [id_ for id_ in ids if "outcome" in id_] == []


def _unit(said: str) -> str:
    return "pounds per child" if said.startswith("£") else said


REPLAYS = re.findall(r"### (.+?)\n.*?```diff\n(.*?)```", PAGE, flags=re.DOTALL)


@pytest.mark.parametrize(("name", "diff"), REPLAYS, ids=[name for name, _ in REPLAYS])
def test_a_replay_changes_one_file_by_at_most_fifteen_lines(name: str, diff: str, tmp_path: Path) -> None:
    lines = diff.splitlines()
    file = lines[0].removeprefix("--- ")
    added = [line[1:] for line in lines[2:] if line.startswith("+")]
    assert [line for line in lines if line[:1] not in ("+", "@", "-")] == []
    assert [line for line in lines if line.startswith("-")] == [f"--- {file}"]
    assert len(added) <= MOST_LINES
    assert max(map(len, added)) <= MOST_CHARACTERS
    copy = _copy(tmp_path)
    after = load(copy, DATA).indicators
    text = (copy / file).read_text(encoding="utf-8")
    for hunk in re.split(r"^@@.*\n", diff, flags=re.MULTILINE)[1:]:
        block = "".join(f"{line[1:]}\n" for line in hunk.splitlines())
        assert text.count(block) == 1
        text = text.replace(block, "")
    (copy / file).write_text(text, encoding="utf-8")
    before = load(copy, DATA).indicators
    new = {id_ for id_ in after if id_ not in before}
    assert len(new) == (3 if name == "Severe absence" else 1)
    assert {id_: one for id_, one in after.items() if id_ not in new} == before


def _copy(folder: Path) -> Path:
    """The programme without the joint indicators and views, which stand on the indicators of others."""
    copy = Path(
        shutil.copytree(FRAMEWORK, folder / "programme", ignore=shutil.ignore_patterns("multi-agency.toml"))
    )
    path = copy / "programme.toml"
    path.write_text(path.read_text(encoding="utf-8").partition("[[joint]]")[0], encoding="utf-8")
    return copy


def test_there_are_three_replays() -> None:
    assert len(REPLAYS) == 3


@pytest.mark.skipif(not DATA.is_dir(), reason="the published files are not beside the checkout")
def test_an_indicator_added_to_a_copy_of_the_programme_is_in_both_editions(tmp_path: Path) -> None:
    copy = _copy(tmp_path)
    for path in (copy / "indicators").glob("*.toml"):
        if path.name != "family-network.toml":
            path.unlink()
    programme = (copy / "programme.toml").read_text(encoding="utf-8")
    headlines = re.sub(r"headlines = .*", 'headlines = ["ceased_sgo_pct"]', programme)
    (copy / "programme.toml").write_text(headlines, encoding="utf-8")
    with (copy / "indicators" / "family-network.toml").open("a", encoding="utf-8") as file:
        file.write(
            '\n[indicator.ceased_home_pct]\ntitle = "Children leaving care for home"\nsource = "ceased"\n'
            'belongs = "support-of-family"\nvalue = "percentage"\nunit = "%"\n'
            'where.reason = "Reason episode ceased"\nwhere.characteristic = "Child moved abroad"\n'
        )
    build(copy, tmp_path / "build", DATA)
    for edition in ("internal", "public"):
        folder = tmp_path / "build" / edition
        with (folder / "figures.csv").open(encoding="utf-8", newline="") as lines:
            found = {row["indicator"] for row in csv.DictReader(lines)}
        assert found == {"ceased_sgo_pct", "ceased_cao_pct", "ceased_home_pct"}
        assert (folder / "indicators" / "ceased_home_pct.html").exists()
