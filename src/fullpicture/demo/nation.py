"""Writes the invented nation's programme folder: what an analyst would write, and 43 returns."""

from __future__ import annotations

from importlib import resources
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.csv as pacsv

from fullpicture.demo.crimes import crimes
from fullpicture.demo.places import Force, areas_csv, forces

MISTAKES_PER_RETURN = 2
"""Planted in each of the first ten returns, so that there are problems to look at: see `_with_mistakes`."""


def write_nation(folder: Path | str, *, seed: int = 2024, scale: float = 1.0) -> None:
    """Writes a programme folder with invented data; the same seed gives the same bytes.

    Args:
        scale: how much of the nation's 345,000 crimes to invent.
    """
    folder = Path(folder)
    for name in ("programme.toml", "sources/nation.toml", "indicators/nation.toml", "README.txt"):
        _write(
            folder / name,
            (resources.files("fullpicture.demo") / "programme" / name).read_text(encoding="utf-8"),
        )
    _write(folder / "areas.csv", areas_csv())
    rows = [f"{force.code},{force.name},{force.residents}" for force in forces()]
    _write(folder / "data" / "population.csv", "\n".join(["area,name,residents", *rows]) + "\n")
    (folder / "data" / "returns").mkdir(parents=True, exist_ok=True)
    tables = crimes(np.random.default_rng(seed), scale)
    for place, (force, table) in enumerate(tables.items()):
        _write_return(folder / "data" / "returns" / force.file, table, force if place < 10 else None)


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def _write_return(path: Path, table: pa.Table, careless: Force | None) -> None:
    options = pacsv.WriteOptions(quoting_style="needed")
    pacsv.write_csv(table, path, options)
    if careless is not None:
        with path.open("a", encoding="utf-8") as file:
            file.writelines(_with_mistakes(careless, table.num_columns))


def _with_mistakes(force: Force, columns: int) -> list[str]:
    """A row with a force nobody knows, and a row with the day written the wrong way."""
    rest = "," * (columns - 5)
    return [
        f"{force.name} Constabulary North,{force.code}-2024-900001,20B,rape of a child,2024-05-01{rest}\n",
        f"{force.name},{force.code}-2024-900002,20B,rape of a child,01.05.2024{rest}\n",
    ]
