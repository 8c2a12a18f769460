"""Rebuilds src/fullpicture/core/areas.csv from published lookups and the facts written here.

Run from the checkout, with the folder `shared` beside it: python scripts/build_areas.py
What is ours, where the dates come from and what is guessed: docs/decisions/0002-area-register.md.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from fullpicture.core.area import Area
from fullpicture.core.area_names import spelling
from fullpicture.core.area_rows import AREA_COLUMNS
from fullpicture.core.areas import in_order

CHECKOUT = Path(__file__).resolve().parents[1]
SHARED = CHECKOUT / ".." / "shared"
FRAMEWORK, AREAS = SHARED / "data" / "national-framework", SHARED / "data" / "areas"

NATION = [
    Area("ALL", "All bodies that record crime", "all bodies"),
    Area("K04000001", "England and Wales", "country", "ALL"),
    Area("E92000001", "England", "country", "K04000001"),
    Area("W92000004", "Wales", "country", "K04000001", aliases=("Cymru",)),
    Area("BTP", "British Transport Police", "police force", "ALL"),
    Area("AF", "Action Fraud", "fraud body", "ALL"),
    Area("CIFAS", "Cifas", "fraud body", "ALL"),
    Area(
        "FFAUK",
        "Financial Fraud Action UK",
        "fraud body",
        "ALL",
        valid_to=date(2017, 6, 30),
        successors=("UKF",),
    ),
    Area("UKF", "UK Finance", "fraud body", "ALL", valid_from=date(2017, 7, 1)),
]

FIRST_DAYS = {
    date(2012, 4, 1): ("E07000240", "E07000241"),
    date(2013, 4, 1): ("E06000057", "E08000037", "E07000242", "E07000243"),
    date(2019, 4, 1): ("E06000058", "E06000059", "E07000244", "E07000245", "E07000246"),
    date(2020, 4, 1): ("E06000060",),
    date(2021, 4, 1): ("E06000061", "E06000062"),
    date(2023, 4, 1): ("E06000063", "E06000064", "E06000065", "E06000066"),
    date(2025, 4, 1): ("E08000038", "E08000039"),
}
"""First days of codes that replaced others; the replaced ones end the day before."""

SUCCESSORS = {
    "E10000002": ("E06000060",),
    "E10000006": ("E06000063", "E06000064"),
    "E10000009": ("E06000058", "E06000059"),
    "E10000021": ("E06000061", "E06000062"),
    "E10000023": ("E06000065",),
    "E10000027": ("E06000066",),
    "E07000190": ("E07000246",),
    "E07000191": ("E07000246",),
}
"""Counties that ended, and districts whose first successor has ended too."""

JOINT_RETURNS = {("E09000021", "E09000027"): None, ("E06000061", "E06000062"): date(2021, 4, 1)}

ALIASES = {
    "E12000003": ("Yorkshire and Humber", "Yorkshire and the Humber Region"),
    "E12000006": ("East", "Eastern", "Eastern Region"),
    "E23000001": ("MPS", "Met Police"),
    "E23000005": ("GMP",),
    "E23000034": ("CoLP",),
    "E06000010": ("Hull",),
    "E06000047": ("Durham",),
}


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.DictReader(lines))


class Lookups:
    """The published lookups, by code."""

    def __init__(self) -> None:
        tiers = rows_of(FRAMEWORK / "LTLA-UTLA_Apr23_Lookup_England-Wales.csv")
        self.upper = {row["LTLA23CD"]: row["UTLA23CD"] for row in tiers}
        self.welsh = {row["LTLA23CD"]: row["LTLA23NMW"] for row in tiers if row["LTLA23NMW"]}
        self.names: dict[str, str] = {}
        self.force: dict[str, str] = {}
        self.active: dict[str, str] = {}
        self._read_old_codes()
        self.names |= {row["LTLA23CD"]: row["LTLA23NM"] for row in tiers}
        self.region: dict[str, str] = {}
        self.old_code: dict[str, str] = {}
        self._read_framework()

    def _read_old_codes(self) -> None:
        for row in rows_of(AREAS / "la_all_codes_drkane.csv"):
            if row["LADCD"][:1] in ("E", "W") and row["LADCD"]:
                self.names[row["LADCD"]], self.active[row["LADCD"]] = row["LADNM"], row["LADCD_ACTIVE"]
        for year in ("18", "19"):
            for row in rows_of(AREAS / f"LAD{year}_CSP{year}_PFA{year}_EW_LU.csv"):
                self.force[row[f"LAD{year}CD"]] = row[f"PFA{year}CD"]

    def _read_framework(self) -> None:
        """Names, old codes and regions of upper-tier authorities; the DfE gives boroughs their sub-region."""
        for path in sorted(FRAMEWORK.glob("*.csv")):
            for row in rows_of(path):
                if code := row.get("new_la_code"):
                    self.region[code], self.old_code[code] = row["region_code"], row["old_la_code"]
                    self.names[code] = row["la_name"]


def nation() -> Iterator[Area]:
    yield from NATION
    forces = [row for row in rows_of(SHARED / "domain" / "forces.csv") if row["ons_pfa_code"]]
    regions = {row["statistical_region_code"]: row["statistical_region"] for row in forces}
    for code, name in regions.items():
        if code.startswith("E12"):
            yield Area(code, name, "region", "E92000001")
    for row in forces:
        yield Area(
            row["ons_pfa_code"],
            row["name"],
            "police force area",
            row["statistical_region_code"],
            aliases=tuple(filter(None, row["aliases_seen"].split("|"))),
        )


def authorities(lookups: Lookups) -> Iterator[Area]:
    for code in sorted(lookups.names):
        aliases = (lookups.welsh[code],) if code in lookups.welsh else ()
        if code.startswith("W06"):
            yield Area(code, lookups.names[code], "local authority", "W92000004", aliases=aliases)
        elif code.startswith("E07"):
            yield Area(code, lookups.names[code], "district", county_of(code, lookups))
        elif "/" not in code:
            region = lookups.region[code].replace("E13000001", "E12000007").replace("E13000002", "E12000007")
            yield Area(code, lookups.names[code], "local authority", region, lookups.old_code[code])


def county_of(district: str, lookups: Lookups) -> str:
    """The county a district is in, or was in before it became part of a unitary authority."""
    active = lookups.active.get(district, district)
    if active in lookups.upper and active.startswith("E07"):
        return lookups.upper[active]
    into = [county for county, ended in SUCCESSORS.items() if county.startswith("E10") and active in ended]
    return into[0]


def with_changes(areas: list[Area], lookups: Lookups) -> list[Area]:
    """Areas with first days, last days and successors."""
    first = {code: day for day, codes in FIRST_DAYS.items() for code in codes}
    changed = []
    for area in areas:
        active = lookups.active.get(area.code, area.code)
        after = SUCCESSORS.get(area.code) or ((active,) if active != area.code else ())
        last = first[after[0]] - timedelta(days=1) if after else area.valid_to
        start = first.get(area.code, area.valid_from)
        changed.append(replace(area, successors=after or area.successors, valid_from=start, valid_to=last))
    return changed


def sub_regions(lookups: Lookups) -> Iterator[Area]:
    for code, name in (("E13000001", "Inner London"), ("E13000002", "Outer London")):
        boroughs = sorted(la for la, region in lookups.region.items() if region == code and "/" not in la)
        yield Area(code, name, "sub-region", "E12000007", members=tuple(boroughs))


def joint_returns(by_code: dict[str, Area], lookups: Lookups) -> Iterator[Area]:
    for members, start in JOINT_RETURNS.items():
        written = " / ".join(members)
        name = " and ".join(by_code[code].name for code in members)
        yield Area(
            "+".join(members),
            name,
            "joint return",
            by_code[members[0]].parent,
            lookups.old_code[written],
            start,
            members=members,
            aliases=(written, " / ".join(by_code[code].name for code in members)),
        )


def with_force_members(areas: list[Area], lookups: Lookups) -> list[Area]:
    """Police force areas with their local authorities, in use or not; each authority is in exactly one."""
    of_code = {code: force for code, force in lookups.force.items() if code in lookups.names}
    for _ in range(3):  # a code without a force takes it from a district, a predecessor or a successor
        for area in areas:
            linked = (*area.successors, area.parent) if area.level == "district" else area.successors
            for other in linked:
                if area.code in of_code:
                    of_code.setdefault(other, of_code[area.code])
                elif other in of_code:
                    of_code[area.code] = of_code[other]
    members = defaultdict(list)
    for area in areas:
        if area.level == "local authority":
            members[of_code[area.code]].append(area.code)
    return [replace(area, members=tuple(members.get(area.code, area.members))) for area in areas]


def with_aliases(area: Area) -> Area:
    """Without spellings that the register forgives anyway."""
    kept = {spelling(area.name): ""}
    for alias in (*area.aliases, *ALIASES.get(area.code, ())):
        kept.setdefault(spelling(alias), alias)
    return replace(area, aliases=tuple(filter(None, kept.values())))


def build() -> tuple[Area, ...]:
    lookups = Lookups()
    areas = with_changes([*nation(), *authorities(lookups)], lookups)
    areas = with_force_members(areas, lookups)
    by_code = {area.code: area for area in areas}
    return in_order(map(with_aliases, [*areas, *sub_regions(lookups), *joint_returns(by_code, lookups)]))


def written(cell: object) -> str:
    return "|".join(cell) if isinstance(cell, tuple) else str(cell or "")


def main() -> None:
    target = CHECKOUT / "src" / "fullpicture" / "core" / "areas.csv"
    with target.open("w", encoding="utf-8", newline="") as lines:
        writer = csv.writer(lines, lineterminator="\n")
        writer.writerow(AREA_COLUMNS)
        writer.writerows([written(getattr(area, column)) for column in AREA_COLUMNS] for area in build())


if __name__ == "__main__":
    main()
