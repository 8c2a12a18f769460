"""What the publishers' files say, read with Python's own csv and no reader of ours.

Every indicator that is published as it stands has a line here: its file, which rows, which column. Areas are
codes, periods are written as in `figures.csv`, and a cell is a number or the symbol that stands in it.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from tests.examples.figures import DATA

FILES = DATA / "national-framework"
Cell = float | str
Key = tuple[str, str, str]
"""Area, kind and period, category ("" for a total)."""


@dataclass(frozen=True)
class Published:
    """One published indicator; `split` is the column that figures are broken down by, and its total."""

    id: str
    file: str
    column: str
    where: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    split: tuple[str, str] = ("", "")
    beside: Mapping[str, str] = field(default_factory=dict)

    def cells(self, column: str = "") -> dict[Key, Cell]:
        """Every cell by area, period and category."""
        found: dict[Key, Cell] = {}
        name, total = self.split
        for row in rows_of(self.file):
            if any(row[key] not in values for key, values in self.where.items()):
                continue
            category = "" if not name or row[name] == total else row[name]
            text = row[column or self.column]
            found[area_of(row), period_of(row), category] = cell(text)
        return found


@cache
def rows_of(file: str) -> list[dict[str, str]]:
    with (FILES / file).open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.DictReader(lines))


def area_of(row: Mapping[str, str]) -> str:
    code = {"National": "country_code", "Regional": "region_code"}.get(row["geographic_level"], "new_la_code")
    return row[code].replace(" / ", "+")


def period_of(row: Mapping[str, str]) -> str:
    time = row["time_period"]
    return (
        f"academic/{time[:4]}-{time[4:]}"
        if row["time_identifier"] == "Academic year"
        else f"reporting/{time}"
    )


def cell(text: str) -> Cell:
    """A number, months where it is years and months, or the symbol; `k` is the newer name of `low`."""
    if text in ("c", "k", "low", "u", "x", "z"):
        return "low" if text == "k" else text
    if ":" in text:
        years, months = text.split(":")
        return float(int(years) * 12 + int(months))
    return float(text)


def _one(id_: str, file: str, column: str, **where: str | tuple[str, ...]) -> Published:
    chosen = {name: (value,) if isinstance(value, str) else value for name, value in where.items()}
    return Published(id_, file, column, chosen)


_GROUPS = {
    "cino": "CINO at 31 March",
    "cppo": "CPPO at 31 March",
    "cla12": "CLA 12 months at 31 March",
}
_AGES = {"17_18": "17 to 18 years", "19_21": "19 to 21 years"}


def _schools() -> Iterator[Published]:
    kinds = {
        "overall": "pt_overall",
        "persistent": "pt_pupils_pa_10_exact",
        "severe": "pt_pupils_pa_50_exact",
    }
    for group, text in _GROUPS.items():
        chosen = {"social_care_group": (text,)}
        for kind, column in kinds.items():
            split = ("phase_type_grouping", "Total")
            yield Published(f"absence_{kind}_{group}_pct", "absence_la.csv", column, chosen, split)
        counts = {"numerator": "t_rwm_met_expected_standard", "denominator": "t_rwm_eligible_pupils"}
        column = "pt_rwm_met_expected_standard"
        yield Published(f"ks2_rwm_{group}_pct", "ks2_la.csv", column, chosen, beside=counts)
        yield Published(f"attainment8_{group}", "ks4_la.csv", "avg_att8", chosen)


def _looked_after() -> Iterator[Published]:
    rates = "cla_number_and_rate_per_10k_children.csv"
    counts = {"numerator": "children_count", "denominator": "population_estimate"}
    for when in ("starting to be looked after", "looked after on 31 March"):
        id_ = "cla_starting_rate" if when.startswith("starting") else "cla_31_march_rate"
        chosen = {"population_type": (f"Children {when} each year",)}
        yield Published(id_, rates, "rate_per_10000", chosen, beside=counts)
    group = ("cla_group", "CLA on 31 March")
    moves = "With one or more mid-year moves during the year"
    chosen = {"move_measure": ("Mid-year moves",), "school_stability": (moves,)}
    yield Published("cla_mid_year_school_moves_pct", "la_cla_school_moves.csv", "percentage", chosen)
    homes = tuple(f"With 3 or more placements during the {span}" for span in ("year", "previous 2 years"))
    file = "la_cla_placement_stability.csv"
    chosen = {"placement_stability": homes}
    yield Published("cla_3plus_placements_pct", file, "children_percent", chosen, group)
    file, reason = "la_children_who_ceased_during_the_year.2024release.csv", "Reason episode ceased"
    for order, text in (
        ("sgo", "Special guardianship orders"),
        ("cao", "Residence order or child arrangement order granted"),
    ):
        yield _one(f"ceased_{order}_pct", file, "percentage", cla_group=reason, characteristic=text)
    for age, text in _AGES.items():
        eet = "Total in education, employment or training"
        file, column = "la_care_leavers_activity.csv", "care_leaver_percent"
        yield _one(f"care_leavers_eet_{age}_pct", file, column, care_leaver_age=text, breakdown=eet)
        file, home = "la_care_leavers_accommodation_suitability.csv", "Accommodation considered suitable"
        id_ = f"care_leavers_accommodation_{age}_pct"
        yield _one(id_, file, column, care_leaver_age=text, breakdown=home)
    file, score = "la_conviction_health_outcome_cla.csv", "SDQ average score"
    yield _one("sdq_average_score", file, "children_count", breakdown=score)
    file, stage = "national_cla_adopted_average_time_between_adoption_process_stages.csv", "2. Average"
    stages = tuple({row["stage_of_adoption_process"] for row in rows_of(file)})
    chosen = {"stage_of_adoption_process": tuple(text for text in stages if text.startswith(stage))}
    id_ = "adoption_decision_to_match_months"
    yield Published(id_, file, "number", chosen, ("age_start_poc", "Total"))


def _families_and_workforce() -> Iterator[Published]:
    counts = {"numerator": "rereferral_count", "denominator": "referral_count"}
    file = "c1_children_in_need_referrals_and_rereferrals_2013_to_2025.csv"
    yield Published("repeat_referrals_pct", file, "rereferral_percent", beside=counts)
    counts = {"numerator": "CPP_subsequent", "denominator": "CPP_start"}
    file = "d3_cpps_subsequent_plan_2013_to_2025.csv"
    yield Published("cpp_repeat_pct", file, "CPP_subsequent_percent", beside=counts)
    counts = {"numerator": "2_years_or_more", "denominator": "CPP_At31"}
    file = "d5_cpps_at31march_by_duration_2013_to_2025.csv"
    yield Published("cpp_2_years_pct", file, "2_years_or_more_percent", beside=counts)
    file = "csww_indicators_2017_to_2025.csv"
    for rate in ("turnover", "agency", "vacancy"):
        yield _one(f"{rate}_rate_fte_pct", file, f"{rate}_rate_fte")
    counts = {"numerator": "cases", "denominator": "case_holders_fte"}
    yield Published("caseload_fte", file, "caseload_fte", beside=counts)
    three = {"cla_group": "CLA on 31 March", "sw_stability": "3 or more social workers during the year"}
    yield _one("cla_3plus_social_workers_pct", "la_cla_swcount.csv", "percentage", **three)


def as_published() -> list[Published]:
    """Every indicator of which a file of Explore Education Statistics has the value itself."""
    return [*_schools(), *_looked_after(), *_families_and_workforce()]


def path_of(file: str) -> Path:
    return FILES / file
