"""Every area in the published files that we read is in the register."""

from __future__ import annotations

import csv
import runpy
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from python_calamine import CalamineWorkbook

from fullpicture.core.areas import Register
from fullpicture.core.period import Period

CHECKOUT = Path(__file__).resolve().parents[2]
DATA = CHECKOUT / ".." / "shared" / "data"
FRAMEWORK = DATA / "national-framework"
REGISTER = Register.shipped()
FORCES = ("police force area", "police force", "fraud body")

pytestmark = pytest.mark.skipif(not DATA.is_dir(), reason="no folder shared/data beside the checkout")


def rows_of(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as lines:
        yield from csv.DictReader(lines)


def test_the_register_is_what_its_builder_makes_of_the_lookups():
    builder = runpy.run_path(str(CHECKOUT / "scripts" / "build_areas.py"))
    assert builder["build"]() == REGISTER.areas


@pytest.fixture(scope="module")
def framework() -> dict[str, dict[str, dict[str, str]]]:
    """One row for each code in the framework's files, by column and code."""
    found: dict[str, dict[str, dict[str, str]]] = defaultdict(dict)
    for path in sorted(FRAMEWORK.glob("*.csv")):
        for row in rows_of(path):
            for column in ("new_la_code", "region_code", "country_code"):
                if row.get(column):
                    found[column].setdefault(row[column], row)
    return found


def test_every_code_of_the_framework_files_is_found_under_its_name(framework):
    assert {column: len(rows) for column, rows in framework.items()} == {
        "country_code": 1, "region_code": 11, "new_la_code": 167,
    }  # fmt: skip
    for column, name in (("country_code", "country_name"), ("region_code", "region_name")):
        for code, row in framework[column].items():
            assert REGISTER.area(code).name == row[name]
    for code, row in framework["new_la_code"].items():
        area = REGISTER.area(REGISTER.find(code))
        assert area.old_la_code == row["old_la_code"]
        assert row["la_name"] in (area.name, *area.aliases)


def test_every_authority_is_in_the_region_that_the_framework_files_give_it(framework):
    for code, row in framework["new_la_code"].items():
        found = REGISTER.find(code)
        region = row["region_code"]
        assert region in REGISTER.above(found) or found in REGISTER.area(region).members or "+" in found


SCHOOL_FILES = ("absence_la.csv", "ks2_la.csv", "ks4_la.csv")
YEAR_END_FILES = (
    "b1_children_in_need_2013_to_2025.csv",
    "c4_children_in_need_section_47s_and_icpcs_2013_to_2025.csv",
)


@pytest.mark.parametrize("name", [*SCHOOL_FILES, *YEAR_END_FILES])
def test_the_authorities_of_a_year_are_those_that_its_file_has(name):
    in_file = defaultdict(set)
    for row in rows_of(FRAMEWORK / name):
        if row["new_la_code"]:
            year = row["time_period"]
            school = Period("academic", f"{year[:4]}-{year[4:]}") if len(year) == 6 else None
            in_file[school or Period("reporting", year)].add(row["new_la_code"])
    england = [REGISTER.area(code) for code in REGISTER.base_members("E92000001", "local authority")]
    for period, codes in in_file.items():
        expected = {area.code for area in england if area.existed_in(period)}
        assert {REGISTER.same_place(code, period) for code in codes} == expected, period


@pytest.mark.parametrize("name", ["la_hospital_admissions_2324.csv", "region_hospital_admissions_2324.csv"])
def test_every_area_of_the_hospital_files_is_in_the_register(name):
    codes = {row["Area Code"] for row in rows_of(FRAMEWORK / name) if "deprivation" not in row["Area Type"]}
    assert len(codes) >= 154
    assert {code for code in codes if code not in REGISTER} == set()


def test_every_authority_of_the_revenue_outturn_is_in_the_register():
    workbook = CalamineWorkbook.from_path(FRAMEWORK / "RSX_LA_Data_2024-25_data_by_LA.ods")
    rows = workbook.get_sheet_by_name("RSX_LA_Data_202425").to_python(skip_empty_area=False)
    code, kind = rows[6].index("ONS Code"), rows[6].index("Class")
    wanted = ("UA", "MD", "LB", "SC", "SD", "Eng")
    codes = {row[code] for row in rows[7:] if row[kind] in wanted and len(row[code]) == 9}
    assert len(codes) == 153 + 164 + 1
    assert {found for found in codes if found not in REGISTER} == set()


@pytest.mark.parametrize(
    ("name", "forces"), [("prc_pfa_2012-13_to_2025-26Q3.parquet", 49), ("outcomes_2024_25.parquet", 44)]
)
def test_every_force_of_the_home_office_files_is_found(name, forces):
    table = pq.read_table(DATA / "police" / "home_office" / name, columns=["Force"])
    names = table.column("Force").unique().to_pylist()
    assert len(names) == forces
    assert [name for name in names if REGISTER.find(name, FORCES) is None] == []


def test_every_police_force_area_with_a_population_is_found_by_its_name():
    rows = list(rows_of(DATA / "areas" / "pfa_population_mid2024.csv"))
    assert len(rows) == 43
    for row in rows:
        assert REGISTER.find(row["PFA 2023 Name"], ["police force area"]) == row["PFA 2023 Code"]


def test_every_force_title_on_police_uk_is_found_but_the_one_that_is_not_ours():
    path = DATA / "police" / "police_uk" / "bbc_crime outcomes by category force year 2012-16.csv"
    lines = path.read_text(encoding="utf-8").replace("\r", "\n").splitlines()
    titles = {row["reported_by"] for row in csv.DictReader(lines)}
    assert {title for title in titles if REGISTER.find(title, FORCES) is None} == {
        "Police Service of Northern Ireland"
    }


def test_every_authority_of_the_statistical_neighbours_is_found_by_name_and_old_code():
    current = {area.old_la_code: area for area in REGISTER.at_level("local authority") if not area.valid_to}
    rows = list(rows_of(FRAMEWORK / "sn_model_2025_wide.csv"))
    assert len(rows) == 153
    for row in rows:
        found = REGISTER.find(row["la_name"], ["local authority"])
        assert current[row["old_la_code"]].code == found, row["la_name"]
