"""Indicators that follow crimes in time: values by area and breakdown, and why there are none."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from fullpicture import cumulative_incidence, outcome_counts
from fullpicture.core.errors import ProgrammeRefused
from fullpicture.programme.build import build
from fullpicture.programme.load import load
from tests.programme.returns import PARTS, WIDE, write_returns

KENT_FIELDS = """
outcome_type = { header = "Outcome" }
outcome_on = { header = "Closed" }
"""
SURREY_FIELDS = """
outcome_type = { header = "outcome" }
days_to_outcome = { header = "days", basis = "recorded" }
"""
INDICATORS = """
[indicator.csae_offences]
title = "Crimes"
source = "returns"
sum = "crimes"
where = { csae = "yes" }
areas = ["region", "police force area"]
periods = ["calendar"]
unit = "count"
counting_unit = "crime"

[indicator.withdrawal_cumulative_incidence_30d]
title = "Victims who withdraw within 30 days"
source = "returns"
measure = "cumulative_incidence"
at = 30
numerator = { sum = "crimes", where = { csae = "yes", outcome_type = [14, 16] } }
denominator = { sum = "crimes", where = { csae = "yes" } }
areas = ["region", "police force area"]
periods = ["calendar"]
breakdowns = [["crime_type"]]
unit = "%"
decimals = 1
counting_unit = "crime"

[indicator.median_days_to_outcome]
title = "Days by which half have an outcome"
source = "returns"
measure = "median_days"
numerator = { sum = "crimes", where = { csae = "yes", outcome_type = [1, 14, 15, 16, 18] } }
denominator = { sum = "crimes", where = { csae = "yes" } }
areas = ["region", "police force area"]
periods = ["calendar"]
unit = "days"
counting_unit = "crime"
"""
CASES = [
    ("19D", "2024-01-05", "16", "2024-01-15"), ("19D", "2024-02-05", "16", "2024-02-25"),
    ("20A", "2024-03-05", "1", "2024-03-06"), ("20A", "2024-04-05", "18", "2024-06-06"),
    ("19D", "2025-01-25", "", ""), ("20A", "2024-01-05", "14", "2024-01-05"), ("20A", "2024-05-01", "", ""),
]  # fmt: skip
"""Offence, day of recording, outcome and its day; the data were drawn on 31 January 2025."""


def british(day: str) -> str:
    return "/".join(reversed(day.split("-")))


def written(folder: Path, surrey: str = "ref,code,day,outcome,days\n") -> Path:
    rows = [
        f"K{place},{code},{british(start)},V{place},F,12,{outcome},{british(end)}"
        for place, (code, start, outcome, end) in enumerate(CASES)
        if start < "2025"
    ]
    header = "Crime no.,Code,Recorded,Victim,Sex,Age at offence,Outcome,Closed"
    write_returns(folder, kent="\n".join([header, *rows]) + "\n", surrey__crimes=surrey)
    (folder / "sources" / "kent.toml").write_text(WIDE + KENT_FIELDS, encoding="utf-8")
    first, second = PARTS.split("[source.surrey_victims]")
    surrey_toml = first + SURREY_FIELDS.strip() + "\n\n[source.surrey_victims]" + second
    (folder / "sources" / "surrey.toml").write_text(surrey_toml, encoding="utf-8")
    (folder / "indicators" / "csae.toml").write_text(INDICATORS, encoding="utf-8")
    return folder


def figures(folder: Path, edition: str, indicator: str) -> dict[tuple[str, str], dict[str, str]]:
    with (folder / edition / "figures.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["indicator"] == indicator]
    return {(row["area_code"], row["category"]): row for row in rows}


def expected(code: str | None = None) -> dict[str, float]:
    """What the estimate of the same cases is."""
    rows = [case for case in CASES if case[1] < "2025" and code in (None, case[0])]
    _, start, outcome, end = zip(*rows, strict=True)
    table = {"start": start, "end": end, "kind": ["w" if one in ("14", "16") else one for one in outcome]}
    counts = outcome_counts(table, start="start", end="end", outcome="kind", as_of="2025-01-31")
    found = cumulative_incidence(counts, at=[30]).to_pylist()
    return next(row for row in found if row["outcome"] == "w")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("incidence")
    build(written(folder / "programme"), folder / "build")
    return folder / "build"


def test_values_are_those_of_the_estimate_rounded_with_counts_up_to_the_day(built: Path) -> None:
    found = figures(built, "internal", "withdrawal_cumulative_incidence_30d")
    for area in ("E23000032", "E12000008"):
        for category, code in (("", None), ("rape of a child", "19D"), ("sexual assault on a child", "20A")):
            row, whole = found[area, category], expected(code)
            assert float(row["value"]) == round(100 * whole["estimate"], 1)
            assert float(row["numerator"]) == whole["n_events"]
            if whole["se"]:
                assert float(row["lower"]) == round(100 * whole["lower"], 1)
                assert float(row["upper"]) == round(100 * whole["upper"], 1)
    assert float(found["E23000032", ""]["denominator"]) == 6


def test_the_median_is_the_day_by_which_half_have_an_outcome(built: Path) -> None:
    row = figures(built, "internal", "median_days_to_outcome")["E23000032", ""]
    assert (row["value"], row["unit"]) == ("10", "days")


def test_nothing_small_is_public(built: Path) -> None:
    public = figures(built, "public", "withdrawal_cumulative_incidence_30d")
    assert {(row["value"], row["absence"]) for row in public.values()} == {("", "c")}


def test_a_force_that_does_not_say_how_long_crimes_are_open_has_no_value(tmp_path: Path) -> None:
    surrey = "ref,code,day,outcome,days\n" + "S1,19D,,16,4\nS2,19D,,,\n"
    folder = written(tmp_path / "programme", surrey)
    mapping = (folder / "sources" / "surrey.toml").read_text(encoding="utf-8")
    mapping = mapping.replace(
        'recorded_on = { header = "day" }', 'recorded_year = { header = "year", basis = "recorded" }'
    )
    (folder / "sources" / "surrey.toml").write_text(mapping, encoding="utf-8")
    text = surrey.replace(",day,", ",year,").replace("19D,,", "19D,2024,")
    (folder / "data" / "surrey-crimes.csv").write_text(text, encoding="utf-8")
    build(folder, tmp_path / "build")
    found = figures(tmp_path / "build", "internal", "withdrawal_cumulative_incidence_30d")
    assert (found["E23000031", ""]["value"], found["E23000031", ""]["absence"]) == ("", "x")
    assert float(found["E12000008", ""]["denominator"]) == 6
    remarks = (tmp_path / "build" / "internal" / "remarks.csv").read_text(encoding="utf-8")
    assert "does not say for how long" in remarks
    assert "Without areas whose returns" in remarks


KINDS = """
[indicator."{kind}_30d"]
each.kind.withdrew = { is = "supported then withdrew" }
each.kind.third = { is = "reported by somebody else" }
each.kind.never = { is = "never supported" }
each.kind.not_told = { is = "not recorded" }
title = "{kind.is}"
source = "returns"
measure = "cumulative_incidence"
at = 30
numerator = { sum = "crimes", where = { csae = "yes", outcome_type = [14, 16], withdrawal = "{kind.is}" } }
denominator = { sum = "crimes", where = { csae = "yes" } }
needs = ["support"]
areas = ["region", "police force area"]
periods = ["calendar"]
unit = "%"
decimals = 1
"""
TOLD = (
    ("withdrew", "Yes"), ("never supported", "Yes"), ("", ""), ("", ""), ("never supported", ""), ("", ""),
)  # fmt: skip
"""Support and report by a third party of Kent's cases; those of Surrey's one crime are not asked for."""


def test_withdrawal_is_kept_apart_by_what_the_return_tells_and_not_guessed_where_it_does_not(
    tmp_path: Path,
) -> None:
    folder = written(tmp_path / "programme", "ref,code,day,outcome,days\nS1,19D,2024-01-05,16,4\n")
    (folder / "indicators" / "csae.toml").write_text(KINDS, encoding="utf-8")
    kent = folder / "sources" / "kent.toml"
    fields = 'support = { header = "Support" }\nthird_party_report = { header = "Third", uses = "flag" }\n'
    kent.write_text(kent.read_text(encoding="utf-8") + fields, encoding="utf-8")
    path = folder / "data" / "kent.csv"
    header, *rows = path.read_text(encoding="utf-8").splitlines()
    more = [f"{row},{support},{third}" for row, (support, third) in zip(rows, TOLD, strict=True)]
    path.write_text("\n".join([f"{header},Support,Third", *more]) + "\n", encoding="utf-8")
    build(folder, tmp_path / "build")
    found = {kind: figures(tmp_path / "build", "internal", f"{kind}_30d")
             for kind in ("withdrew", "third", "never", "not_told")}  # fmt: skip
    kent_area, surrey, region = "E23000032", "E23000031", "E12000008"
    assert {kind: float(rows[kent_area, ""]["numerator"]) for kind, rows in found.items()} == {
        "withdrew": 1, "third": 1, "never": 1, "not_told": 0,
    }  # fmt: skip
    assert {rows[surrey, ""]["absence"] for rows in found.values()} == {"x"}
    assert {float(rows[region, ""]["denominator"]) for rows in found.values()} == {6}
    assert sum(float(rows[region, ""]["value"]) for rows in found.values()) == pytest.approx(
        100 * expected()["estimate"], abs=0.2
    )


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        (
            'breakdowns = [["crime_type"]]\n',
            'breakdowns = [["crime_type"]]\nbreakdown_areas = ["country"]\n',
            "areas does not name country",
        ),
        ("at = 30\n", "", "a cumulative incidence has a day"),
        ('measure = "median_days"\n', 'measure = "median_days"\nat = 5\n', "a median has none"),
        ('measure = "median_days"\n', "at = 5\n", "this is the day of a measure"),
        (
            'measure = "median_days"\n',
            'measure = "median_days"\nchange = true\n',
            "cannot be added up or compared",
        ),
    ],
)
def test_what_a_measure_needs_is_said(tmp_path: Path, old: str, new: str, what: str) -> None:
    folder = written(tmp_path / "programme")
    path = folder / "indicators" / "csae.toml"
    path.write_text(path.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
    with pytest.raises(ProgrammeRefused, match=what):
        load(folder)
