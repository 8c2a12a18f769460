"""Writes the invented nation's programme folder: 43 returns, a mapping for each, and what is true of them."""

from __future__ import annotations

from importlib import resources
from pathlib import Path

import numpy as np

from fullpicture.demo.case_files import YEAR, CaseFiles
from fullpicture.demo.layouts import LAYOUTS, Layout
from fullpicture.demo.people import pool
from fullpicture.demo.places import areas_csv, forces
from fullpicture.demo.planting import plan
from fullpicture.demo.returns import Return
from fullpicture.demo.shares import CSAE, ELSEWHERE, SIZES, Size
from fullpicture.demo.survey import write_survey
from fullpicture.demo.truth import Counts, TruthWriter
from fullpicture.demo.values import word
from fullpicture.demo.world import World, world

SMALLEST = 250_000
"""Residents that the smallest force is taken to have: more people are in a city's middle than live there."""
Numbers = dict[int, tuple[int, int]]


def write_nation(
    folder: Path | str, *, seed: int = 2024, size: str = "small", scale: float | None = None
) -> None:
    """Writes a programme folder with invented data; the same seed gives the same bytes.

    43 returns in `data/returns`, a mapping for each in `sources`, and in `truth` what is true of every row:
    which are refused and under which rule, what every field means, how many crimes and people there are.
    Besides a survey of personnel and victims with open questions, coded by people and by a machine.

    Args:
        size: `small` (24,000 crimes a year, a tenth of the nation's crimes of child sexual abuse and
            exploitation), `medium` (350,000, half of them) or `full` (6 million, all of them).
        scale: in place of a size: a share of the nation's crimes of child sexual abuse and exploitation, with
            about as many other crimes.
    """
    if size not in SIZES:
        raise ValueError(f'"{size}" is no size. Use one of {", ".join(SIZES)}.')
    how_much = SIZES[size] if scale is None else Size(scale, round(scale * 2 * max(CSAE.values())))
    folder = Path(folder)
    _write_programme(folder)
    for name in ("data/returns", "truth"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    numbers = _numbers(np.random.default_rng([seed, 0]), how_much)
    elsewhere = pool(seed, max(20, round(0.35 * ELSEWHERE * how_much.csae * sum(CSAE.values()))))
    truth, counts, planned = TruthWriter(folder / "truth" / "records.parquet"), Counts(), plan()
    files = CaseFiles()
    for place, (force, layout) in enumerate(zip(forces(), LAYOUTS, strict=True)):
        known = world(np.random.default_rng([seed, 10, place]), place + 1, numbers[place], elsewhere)
        known.is_delivered &= _delivered(known, layout)
        given = Return(folder / "data", truth, force, known, np.random.default_rng([seed, 11, place]))
        given.write(layout, {part: rules for (owner, part), rules in planned.items() if owner == place})
        _write(folder / "sources" / f"{force.stem}.toml", given.mapping)
        files.add(force.stem, force.region, _image_crimes(known))
        counts.add(force.name, _about(known, layout), given.tallies)
    people = 6_000 if scale is None else max(430, round(30_000 * scale))
    write_survey(folder, [force.name for force in forces()], people, seed)
    truth.close()
    files.write(folder / "data" / "samples" / "case-files", seed)
    counts.write(
        folder / "truth" / "counts.json",
        {"as_of": "2025-01-31", "first_day": "2022-01-01", "last_day": "2024-12-31"},
    )


def _write_programme(folder: Path) -> None:
    """What does not depend on the seed."""
    shipped = Path(str(resources.files("fullpicture.demo") / "programme"))
    for path in sorted(path for path in shipped.rglob("*") if path.is_file()):
        _write(folder / path.relative_to(shipped), path.read_text(encoding="utf-8"))
    _write(folder / "areas.csv", areas_csv())
    rows = [f"{force.code},{force.name},{force.residents}" for force in forces()]
    _write(folder / "data" / "population.csv", "\n".join(["area,name,residents", *rows]) + "\n")


def _numbers(rng: np.random.Generator, size: Size) -> list[Numbers]:
    """For each force how many crimes a year: by its residents, some recording more than others."""
    residents = np.array([max(force.residents, SMALLEST) for force in forces()])
    weights = residents * rng.normal(1.0, 0.12, len(residents))
    weights /= weights.sum()
    found: list[Numbers] = [{} for _ in residents]
    for year, csae in CSAE.items():
        of_children = round(csae * size.csae)
        drawn = (rng.multinomial(number, weights) for number in (of_children, size.crimes - of_children))
        for force, pair in zip(found, zip(*drawn, strict=True), strict=True):
            force[year] = (int(pair[0]), int(pair[1]))
    return found


def _delivered(known: World, layout: Layout) -> np.ndarray:
    """All crimes but those of a silent month, and most of a thin one."""
    months = known.crimes["recorded_on"].astype("datetime64[D]").astype("datetime64[M]").astype(str)
    one_in_six = np.arange(len(months)) % 6 == 0
    return np.asarray((months != layout.silent) & ((months != layout.thin) | one_in_six))


def _image_crimes(known: World) -> np.ndarray:
    """The numbers of a force's image crimes against children, of the year that a sample is drawn of."""
    years = known.crimes["recorded_on"].astype("datetime64[D]").astype("datetime64[Y]").astype(int) + 1970
    is_image = known.crimes["offence_code"] == word("offence_code", "86")
    return np.flatnonzero(known.is_csae & known.is_delivered & is_image & (years == YEAR))


def _about(known: World, layout: Layout) -> dict[str, object]:
    """What a force's return is: its layout, what is wrong with the whole of it, how much is of children."""
    years = known.crimes["recorded_on"].astype("datetime64[D]").astype("datetime64[Y]").astype(int) + 1970
    csae = {str(year): int((known.is_csae & known.is_delivered & (years == year)).sum()) for year in CSAE}
    whole = {"COV-001": bool(layout.silent), "COV-003": bool(layout.thin)}
    whole["COV-004"] = any(part.gaps.get("location_kind", 0) > 0.5 for part in layout.parts)
    faults = [rule for rule, there in whole.items() if there]
    return {"layout": layout.name, "clean": layout.clean, "return_faults": faults, "csae": csae}


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
