"""A small programme of four forces' returns, each in a layout of its own, written file by file."""

from __future__ import annotations

from pathlib import Path

PROGRAMME = """
title = "Child sexual abuse and exploitation"
summary = "Four forces' returns, for tests."
publisher = "Tests"
contact = "Tests"
published_on = 2025-03-01
notice = "Invented data."

[returns]
first_day = 2023-01-01
last_day = 2024-12-31
drawn_on = 2025-01-31
"""

WIDE = """
[source.kent]
title = "Kent's return"
layout = "return"
police_force = "E23000032"
unit = "crime-victim-suspect"
files = ["kent.csv"]
date_order = "dmy"
owner = "National team"
purpose = "Annual report"
retained_until = "2030-12-31"

[source.kent.field]
crime_ref = { header = "Crime no." }
offence_code = { header = "Code" }
recorded_on = { header = "Recorded" }
victim_ref = { header = "Victim" }
victim_sex = { header = "Sex", uses = "sex" }
victim_age = { header = "Age at offence", basis = "offence" }
"""

PARTS = """
[source.surrey_crimes]
title = "Surrey's crimes"
layout = "return"
police_force = "E23000031"
unit = "crime"
files = ["surrey-crimes.csv"]
owner = "National team"
purpose = "Annual report"
retained_until = "2030-12-31"

[source.surrey_crimes.field]
crime_ref = { header = "ref" }
offence_code = { header = "code" }
recorded_on = { header = "day" }

[source.surrey_victims]
title = "Surrey's victims"
layout = "return"
police_force = "E23000031"
unit = "victim"
files = ["surrey-victims.csv"]
owner = "National team"
purpose = "Annual report"
retained_until = "2030-12-31"

[source.surrey_victims.field]
crime_ref = { header = "ref" }
victim_sex = { header = "sex", uses = "sex" }
victim_age = { header = "age", basis = "offence" }
"""

NATIONAL = """
[source.returns]
title = "Returns of the forces"
layout = "return"
joins = "all"
unit = "crime"
covers = "E12000008"

[source.victims]
title = "Victims in the returns of the forces"
layout = "return"
joins = "all"
unit = "victim"
covers = "E12000008"
"""

INDICATORS = """
[indicator.csae_offences]
title = "Child sexual abuse and exploitation crimes recorded"
population = "Crimes recorded"
source = "returns"
sum = "crimes"
where = { csae = "yes" }
areas = ["region", "police force area"]
periods = ["calendar"]
unit = "count"
counting_unit = "crime"

[indicator.girls_of_victims_pct]
title = "Victims who are girls or women, where known"
population = "Victims of child sexual abuse and exploitation"
source = "victims"
numerator = { sum = "victims", where = { csae = "yes", victim_sex = "female" } }
denominator = { sum = "victims", where = { csae = "yes", victim_sex = ["female", "male"] } }
areas = ["region", "police force area"]
periods = ["calendar"]
unit = "%"
counting_unit = "victim"
"""

KENT = """Crime no.,Code,Recorded,Victim,Sex,Age at offence
K1,19D,05/01/2024,V1,F,12
K1,19D,05/01/2024,V2,M,11
K2,20A,06/02/2024,V3,F,15
K3,20A,06/02/2024,V4,F,40
K4,19D,31/02/2024,V5,F,13
"""
SURREY_CRIMES = "ref,code,day\nS1,19E,2024-03-01\nS2,17B,2024-04-01\n"
SURREY_VICTIMS = "ref,sex,age\nS1,Female,9\nS2,Male,10\nS2,Male,8\nS9,Female,7\n"


def write_returns(folder: Path, **files: str) -> Path:
    """Writes the folder; `files` replaces the contents of data files by name, or leaves them out if empty."""
    data = {"kent.csv": KENT, "surrey-crimes.csv": SURREY_CRIMES, "surrey-victims.csv": SURREY_VICTIMS}
    data |= {name.replace("__", "-") + ".csv": text for name, text in files.items()}
    contents = {
        "programme.toml": PROGRAMME,
        "sources/kent.toml": WIDE,
        "sources/surrey.toml": PARTS,
        "sources/national.toml": NATIONAL,
        "indicators/csae.toml": INDICATORS,
        **{f"data/{name}": text for name, text in data.items() if text},
    }
    for name, text in contents.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder
