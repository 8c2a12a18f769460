"""A small programme folder for tests, written file by file."""

from __future__ import annotations

from pathlib import Path

PROGRAMME = """
title = "Recorded crime"
summary = "A small programme for tests."
publisher = "Tests"
contact = "Tests"
published_on = "2025-06-01"
notice = "Invented data."
headlines = ["crimes"]

[[section]]
id = "scale"
title = "Scale"
indicators = ["crimes", "theft_of_all_pct"]
"""

SOURCES = """
[source.crime]
title = "Recorded crime"
layout = "home-office-crime"
files = ["crime.csv"]

[source.crime.columns]
financial_year = "Year"
quarter = "Quarter"
police_force = "Force"
offence_group = "Group"
crimes = "n"
"""

INDICATORS = """
[indicator.crimes]
title = "Crimes recorded"
population = "Crimes recorded by the police"
source = "crime"
sum = "crimes"
areas = ["country", "region", "police force area"]
periods = ["financial", "financial-quarter"]
breakdowns = [["offence_group"]]
unit = "count"
change = true

[indicator.theft_of_all_pct]
title = "Theft, share of crimes recorded"
population = "Crimes recorded by the police"
source = "crime"
numerator = { sum = "crimes", where = { offence_group = "Theft" } }
denominator = { sum = "crimes" }
areas = ["country", "region", "police force area"]
periods = ["financial"]
unit = "%"
decimals = 1
"""


def crime_csv(forces: tuple[str, ...] = ("Kent", "Surrey", "Sussex", "Hampshire", "Thames Valley")) -> str:
    """Two years of quarters: 40 thefts and 60 robberies in the first force, one more in each next."""
    rows = ["Year,Quarter,Force,Group,n"]
    for year in ("2023/24", "2024/25"):
        for quarter in (1, 2, 3, 4):
            for more, force in enumerate(forces):
                rows += [
                    f"{year},{quarter},{force},Theft,{40 + more}",
                    f"{year},{quarter},{force},Robbery,{60 + more}",
                ]
    return "\n".join(rows) + "\n"


def write_programme(folder: Path, **files: str) -> Path:
    """Writes the folder; `files` replaces contents by name: programme, sources, indicators, crime."""
    contents = {
        "programme.toml": files.get("programme", PROGRAMME),
        "sources/crime.toml": files.get("sources", SOURCES),
        "indicators/crime.toml": files.get("indicators", INDICATORS),
        "data/crime.csv": files.get("crime", crime_csv()),
    }
    for name, text in contents.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder
