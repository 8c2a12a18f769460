"""The places of an invented nation: regions, and 43 forces whose sizes are as uneven as real ones."""

from __future__ import annotations

from dataclasses import dataclass

COUNTRY = ("NAT", "The Nation")

_REGIONS = {
    "Northmoor": ("Aldermoor", "Brackenhope", "Cairnside", "Dunmere"),
    "Westmarch": ("Eastlode", "Fallowby", "Greywater", "Harrowdale", "Ivelcombe"),
    "Highpeak": ("Jarrowfell", "Kestrelby", "Larkshire", "Midfold"),
    "Greenvale": ("Netherwick", "Oakhamstow", "Pellmere", "Quarrington", "Ravensford"),
    "Eastfen": ("Saltmarsh", "Thornholme", "Underwold", "Vexhall"),
    "Middlewold": ("Wexcombe", "Yarrowdale", "Zeldon", "Ashlode"),
    "Capital": ("Great Haven", "Old Haven City"),
    "Southdown": ("Birchover", "Chalkmere", "Dovercliffe", "Elmstead", "Fernhurst"),
    "Westholm": ("Gorsehill", "Heathcombe", "Inglemere", "Kingsbarrow", "Longstone"),
    "Farland": ("Mossgarth", "Nantwell", "Orrisdale", "Penhallow", "Rushmere"),
}

_RESIDENTS = (
    510, 1602, 1459, 2911, 1113, 1479, 642, 849, 2422, 1420, 939, 571, 3006, 1161, 1337, 619, 1098, 1200, 793,
    1154, 805, 929, 939, 775, 721, 1216, 9075, 45, 1941, 2584, 2048, 1231, 1932, 1755, 1830, 1779, 671, 747,
    789, 705, 612, 1371, 533,
)  # fmt: skip
"""Residents in thousands, as uneven as those of real force areas at mid-2024 (ONS)."""


@dataclass(frozen=True)
class Force:
    """An invented force: its code, its name, its region, its residents."""

    code: str
    name: str
    region: str
    residents: int

    @property
    def stem(self) -> str:
        """What its files' names begin with."""
        return self.name.lower().replace(" ", "-")


def regions() -> list[tuple[str, str]]:
    """Codes and names of the regions."""
    return [(f"R{number:02d}", name) for number, name in enumerate(_REGIONS, start=1)]


def forces() -> list[Force]:
    """The 43 forces, region by region."""
    codes = {name: code for code, name in regions()}
    named = [(region, force) for region, names in _REGIONS.items() for force in names]
    return [
        Force(f"F{number:02d}", name, codes[region], thousands * 1000)
        for number, ((region, name), thousands) in enumerate(zip(named, _RESIDENTS, strict=True), start=1)
    ]


def areas_csv() -> str:
    """The programme's `areas.csv`."""
    rows = ["code,name,level,parent,old_la_code,valid_from,valid_to,successors,members,aliases"]
    rows.append(f"{COUNTRY[0]},{COUNTRY[1]},country,,,,,,,")
    rows += [f"{code},{name},region,{COUNTRY[0]},,,,,," for code, name in regions()]
    rows += [f"{force.code},{force.name},police force area,{force.region},,,,,," for force in forces()]
    return "\n".join(rows) + "\n"
