"""Comparisons and the multi-agency view of a small programme, in both editions."""

from __future__ import annotations

import csv
import json
import statistics
from pathlib import Path

import pytest

from fullpicture.core.errors import ProgrammeRefused
from fullpicture.programme.build import build
from tests.programme.folders import INDICATORS, PROGRAMME, SOURCES, write_programme

FORCES = ("Kent", "Surrey", "Sussex", "Hampshire", "Thames Valley")
KENT, SURREY, SUSSEX = "E23000032", "E23000031", "E23000033"
NEIGHBOURS = """
[source.near]
title = "Who is like whom"
layout = "neighbours"
files = ["near.csv"]
published = true
publisher = "Tests"
url = "https://example.org/near"
licence = "Open Government Licence v3.0"
base_levels = ["police force area"]
columns = { area = "force", neighbour = "near {n}", closeness = "how {n}" }
"""
JOINT = """
[[joint]]
id = "theft"
title = "Theft"
safeguarding = ["theft_of_all_pct"]
police = ["crimes"]
may = "Ask."
may_not = "Add."
"""
OWN = ("value", "lower", "upper", "rank", "quartile", "change")


def crimes(small: int) -> str:
    """Thefts and robberies of five forces in two years; Kent's thefts of a quarter are as said."""
    rows = ["Year,Quarter,Force,Group,n"]
    for year in ("2023/24", "2024/25"):
        for quarter in (1, 2, 3, 4):
            for place, force in enumerate(FORCES):
                thefts = small if force == "Kent" else 40 + place
                rows += [f"{year},{quarter},{force},Theft,{thefts}", f"{year},{quarter},{force},Robbery,60"]
    return "\n".join(rows) + "\n"


def built(
    folder: Path, *, thefts: int, programme: str = PROGRAMME + JOINT, neighbours: str = NEIGHBOURS
) -> Path:
    write_programme(
        folder / "programme",
        programme=programme,
        sources=SOURCES + neighbours,
        indicators=INDICATORS + 'polarity = "low"\n',
        crime=crimes(thefts),
    )
    near = "force,near 1,how 1,near 2,how 2\nKent,Surrey,close,Sussex,far\nSurrey,Sussex,close,,\n"
    (folder / "programme" / "data" / "near.csv").write_text(near, encoding="utf-8")
    build(folder / "programme", folder / "build")
    return folder / "build"


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def public(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, str], dict[str, str]]:
    folder = built(tmp_path_factory.mktemp("plain"), thefts=40) / "public"
    return {(row["indicator"], row["area_code"]): row for row in rows_of(folder / "comparisons.csv")}


def test_an_area_is_beside_its_neighbours_its_region_and_its_year_before(
    public: dict[tuple[str, str], dict[str, str]],
) -> None:
    """Kent's thefts are 40.0% of its crimes, Surrey's 40.6%, Sussex's 41.2%: median 40.9."""
    kent = public["theft_of_all_pct", KENT]
    assert (kent["period"], kent["neighbours"]) == ("2024-25", f"{SURREY}|{SUSSEX}")
    assert (kent["neighbours_with_value"], kent["neighbours_listed"]) == ("2", "2")
    assert float(kent["neighbours_median"]) == pytest.approx((41 / 101 + 42 / 102) / 2 * 100)
    assert kent["neighbours_closeness"] == "close: 1; far: 1"
    assert (kent["rank"], kent["ranked"], kent["quartile"]) == ("1", "5", "1")
    assert (kent["region_code"], kent["england_label"]) == ("E12000008", "similar")
    assert float(kent["change"]) == pytest.approx(0)
    sussex = public["theft_of_all_pct", SUSSEX]
    assert sussex["neighbours_why"] == "No statistical neighbours are listed for this area."


def test_counts_are_neither_ranked_nor_called_better(public: dict[tuple[str, str], dict[str, str]]) -> None:
    kent = public["crimes", KENT]
    assert (kent["rank"], kent["england_label"]) == ("", "not compared")
    assert kent["rank_why"] == kent["england_why"] == "Counts of areas of different size are not compared."


def test_a_public_comparison_knows_nothing_that_the_public_figures_do_not_say(tmp_path: Path) -> None:
    """Kent's year of 8 thefts is withheld with all that it could be worked out of."""
    folder = built(tmp_path, thefts=2)
    inside, outside = (rows_of(folder / edition / "comparisons.csv") for edition in ("internal", "public"))
    shown = {
        (row["indicator"], row["area_code"], row["period"]): row["value"]
        for row in rows_of(folder / "public" / "figures.csv")
        if not row["breakdown"]
    }
    assert [row for row in inside if row["indicator"] == "theft_of_all_pct" and row["neighbours_median"]]
    withheld = [row for row in outside if row["absence"] == "c"]
    assert {row["indicator"] for row in withheld} == {"theft_of_all_pct"}
    assert {row[name] for row in withheld for name in OWN} == {""}
    for row in outside:
        beside = [
            shown[row["indicator"], code, row["period"]] for code in row["neighbours"].split("|") if code
        ]
        said = [float(value) for value in beside if value]
        assert row["value"] == shown[row["indicator"], row["area_code"], row["period"]]
        assert row["england_value"] == shown[row["indicator"], "E92000001", row["period"]]
        assert row["neighbours_with_value"] == str(len(said))
        if row["neighbours_median"]:
            assert float(row["neighbours_median"]) == pytest.approx(statistics.median(said))
    joint = rows_of(folder / "public" / "joint.csv")
    assert {row["absence"] for row in joint} == {"", "c"}
    for row in joint:
        assert row["value"] == shown[row["indicator"], row["area_code"], row["period"]]


def test_a_list_of_neighbours_that_is_not_published_stays_inside(tmp_path: Path) -> None:
    folder = built(tmp_path, thefts=40, neighbours=NEIGHBOURS.replace("published = true", ""))
    listed = {
        edition: {row["neighbours"] for row in rows_of(folder / edition / "comparisons.csv")}
        for edition in ("internal", "public")
    }
    assert listed == {"internal": {"", f"{SURREY}|{SUSSEX}", SUSSEX}, "public": {""}}


def test_a_list_of_neighbours_that_is_shown_is_named_in_the_certificate(tmp_path: Path) -> None:
    folder = built(tmp_path, thefts=40)
    said = json.loads((folder / "public" / "certificate.json").read_text(encoding="utf-8"))
    assert "near" in {source["id"] for source in said["published_sources"]}


def test_the_two_sides_of_a_theme_are_of_the_same_days(tmp_path: Path) -> None:
    folder = built(tmp_path, thefts=40)
    kent = [r for r in rows_of(folder / "public" / "joint.csv") if r["police_area_code"] == KENT]
    assert [(row["side"], row["indicator"], row["period"], row["value"]) for row in kent] == [
        ("safeguarding", "theft_of_all_pct", "2024-25", "40"),
        ("police", "crimes", "2024-25", "400"),
    ]


def test_a_theme_names_indicators_that_there_are(tmp_path: Path) -> None:
    with pytest.raises(ProgrammeRefused, match=r'joint other: there is no indicator "thefts"'):
        built(
            tmp_path,
            thefts=40,
            programme=PROGRAMME
            + JOINT.replace('"theft"', '"other"').replace('["theft_of_all_pct"]', '["thefts"]'),
        )
