"""Cells and hierarchies become equations."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from fullpicture.core.errors import TablesRefused
from fullpicture.disclosure.linked import LinkedTables
from fullpicture.disclosure.long_form import Layout, read_long_form, refuse_inconsistent


def written(folder: Path, **files: str) -> dict[str, Path]:
    """Small CSV files, one line after another separated by spaces."""
    paths = {name: folder / f"{name}.csv" for name in files}
    for name, text in files.items():
        paths[name].write_text("\n".join(text.split()) + "\n", encoding="utf-8")
    return paths


AREAS = "code,parent E, N,E S,E n1,N n2,N s1,S"
SEXES = "code,parent all, f,all m,all"


def shown(tables: LinkedTables) -> set[str]:
    """Equations in words."""
    equations = tables.equations
    said = set()
    for start, end in zip(equations.starts[:-1], equations.starts[1:], strict=True):
        total, *parts = ("/".join(tables.name(cell).split(", ")) for cell in equations.cells[start:end])
        said.add(f"{total} = {' + '.join(parts)}")
    return said


def test_totals_are_the_sums_of_their_parts_along_each_dimension(tmp_path: Path) -> None:
    files = written(
        tmp_path,
        area=AREAS,
        sex=SEXES,
        cells="area,sex,freq N,all,5 N,f,3 N,m,2 n1,f,1 n2,f,2 E,all,9 S,all,4",
    )
    tables = read_long_form(
        [files["cells"]], Layout("freq", {"area": [files["area"]], "sex": [files["sex"]]})
    ).tables
    assert shown(tables) == {
        "area N/sex all = area N/sex f + area N/sex m",
        "area N/sex f = area n1/sex f + area n2/sex f",
        "area E/sex all = area N/sex all + area S/sex all",
    }
    assert not len(tables.inconsistent())


def test_a_level_that_is_not_shown_is_skipped(tmp_path: Path) -> None:
    files = written(tmp_path, area=AREAS, cells="area,freq E,9 N,5 s1,4")
    tables = read_long_form([files["cells"]], Layout("freq", {"area": [files["area"]]})).tables
    assert shown(tables) == {"area E = area N + area s1"}


def test_tables_of_one_total_meet_in_it(tmp_path: Path) -> None:
    files = written(
        tmp_path, area=AREAS, sex=SEXES, age="code,parent any, y,any o,any",
        one="area,sex,freq E,all,9 E,f,9 N,f,9", two="area,age,freq E,any,9 E,y,4 E,o,5 S,o,5",
    )  # fmt: skip
    hierarchies = {name: [files[name]] for name in ("area", "sex", "age")}
    delivered = read_long_form([files["one"], files["two"]], Layout("freq", hierarchies))
    assert len(delivered.tables) == 6
    assert delivered.files[0][3][0] == delivered.files[1][3][0]


def test_a_second_way_to_split_is_a_second_file(tmp_path: Path) -> None:
    files = written(
        tmp_path, area="code,parent E, N,E S,E", kind="code,parent E, town,E land,E",
        cells="area,freq E,9 N,5 S,4 town,8 land,1",
    )  # fmt: skip
    layout = Layout("freq", {"area": [files["area"], files["kind"]]})
    assert shown(read_long_form([files["cells"]], layout).tables) == {
        "area E = area N + area S",
        "area E = area town + area land",
    }


def test_all_mistakes_are_said_at_once_and_no_count(tmp_path: Path) -> None:
    files = written(
        tmp_path, area=AREAS, cells="area,freq E,9 N,1.5 X,2 N,4", odd="area,name,freq E,England,9"
    )
    with pytest.raises(TablesRefused) as refused:
        read_long_form([files["cells"], files["odd"]], Layout("freq", {"area": [files["area"]]}))
    said = [mistake.where for mistake in refused.value.mistakes]
    assert said == ["cells.csv:3", "cells.csv:4", "cells.csv:5", "odd.csv:1"]
    assert "1.5" not in str(refused.value)


def test_totals_that_do_not_add_up_are_listed(tmp_path: Path) -> None:
    files = written(tmp_path, area=AREAS, cells="area,freq E,9 N,5 S,3 n1,5 s1,4")
    delivered = read_long_form([files["cells"]], Layout("freq", {"area": [files["area"]]}))
    with pytest.raises(TablesRefused) as refused:
        refuse_inconsistent(delivered)
    assert [mistake.where for mistake in refused.value.mistakes] == ["cells.csv:2", "cells.csv:4"]


def test_what_is_hidden_is_gone(tmp_path: Path) -> None:
    files = written(tmp_path, area=AREAS, cells="area,freq E,9 N,5 S,4 n1,5")
    tables = read_long_form([files["cells"]], Layout("freq", {"area": [files["area"]]})).tables
    published = tables.without(np.array([False, True, True, False])).where_zeros_show()
    assert published.counts.tolist() == [9, 0, 0, 5]
    assert published.known.tolist() == [True, False, False, True]
    assert published.lower.tolist() == [1, 1, 1, 1]
