"""Every header and trap that five forces delivered in a study of rape cases is in the invented returns.

`variants.csv` lists them: what the column is for, the force, the header (of two, a comma between) and the
cells to be found under it, between bars; a cell after ~ is a pattern.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.demo.nation import Nation

ROWS = list(csv.DictReader(Path(__file__).with_name("variants.csv").read_text("utf-8").splitlines()))


@pytest.fixture(scope="module")
def columns(nation: Nation) -> dict[str, list[Mapping[str, set[str]]]]:
    """By force of the study, the cells by header of each return in its layout."""
    found: dict[str, list[Mapping[str, set[str]]]] = {}
    for name, force in nation.counts["forces"].items():
        if force["layout"].startswith("seen in force"):
            rows = nation.delivered(name.lower().replace(" ", "_"))[0].rows
            cells = {header: set(rows[header].to_pylist()) for header in rows.column_names[1:]}
            found.setdefault(force["layout"][-1], []).append(cells)
    return found


def test_the_list_has_53_variants_of_five_forces() -> None:
    assert len(ROWS) == 53
    assert {row["force"] for row in ROWS} == set("ABCDE")


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['field']}-{row['force']}".replace(" ", "_"))
def test_variant_is_delivered(
    row: Mapping[str, str], columns: Mapping[str, list[Mapping[str, set[str]]]]
) -> None:
    returns = columns[row["force"]]
    headers = row["header"].split(", ")
    through_r = [cells for cells in returns if all(header in cells for header in headers)]
    assert through_r, f"no return has {headers}"
    texts = {
        text for cells in returns for header, there in cells.items() if _is(header, headers) for text in there
    }
    missing = [cell for cell in row["cells"].split("|") if not _found(cell, texts)]
    assert not missing, f"{missing} not among {sorted(texts)[:20]}"


def _is(header: str, wanted: list[str]) -> bool:
    """The same header, whether or not it went through R."""
    plain = [
        re.sub(r"\W+", " ", one.replace(".", " ").removeprefix("X")).strip() for one in (header, *wanted)
    ]
    return plain[0] in plain[1:]


def _found(cell: str, texts: set[str]) -> bool:
    if cell.startswith("~"):
        return any(re.fullmatch(cell[1:], text) for text in texts)
    return cell in texts
