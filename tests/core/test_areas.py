"""The register of areas knows who covers which place, under which code, from when to when."""

from __future__ import annotations

import time
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fullpicture.core import areas
from fullpicture.core.area_names import spelling
from fullpicture.core.area_rows import AREA_COLUMNS
from fullpicture.core.areas import LEVELS, Area, Register
from fullpicture.core.errors import ProgrammeRefused, UnknownArea
from fullpicture.core.period import Period

REGISTER = Register.shipped()
POLICE = ("police force area",)
AUTHORITY = ("local authority",)


def in_period(codes, period):
    return [code for code in codes if REGISTER.area(code).existed_in(period)]


def test_the_file_has_the_columns_of_the_contract():
    assert ",".join(AREA_COLUMNS) == (
        "code,name,level,parent,old_la_code,valid_from,valid_to,successors,members,aliases"
    )


def test_the_register_holds_the_nation():
    counts = {level: len(REGISTER.at_level(level)) for level in LEVELS}
    assert counts == {
        "all bodies": 1, "country": 3, "region": 9, "sub-region": 2, "police force area": 43,
        "police force": 1, "fraud body": 4, "local authority": 187, "joint return": 2, "district": 208,
    }  # fmt: skip
    assert REGISTER.area("E23000032") == Area(
        "E23000032", "Kent", "police force area", "E12000008", members=("E06000035", "E10000016")
    )


def test_every_code_that_an_area_names_is_in_the_register():
    for area in REGISTER.areas:
        named = {*area.successors, *area.members, area.parent or "ALL"}
        assert all(code in REGISTER for code in named), area.code


def test_a_code_that_ended_has_successors_that_start_the_day_after():
    ended = [area for area in REGISTER.areas if area.valid_to is not None]
    assert len(ended) == 57
    for area in ended:
        starts = {REGISTER.area(code).valid_from for code in area.successors}
        assert starts == {area.valid_to + timedelta(days=1)}, area.code


def test_each_authority_is_in_one_police_force_area_and_that_is_in_its_region():
    forces = REGISTER.at_level("police force area")
    for authority in REGISTER.at_level("local authority"):
        (force,) = [force for force in forces if authority.code in force.members]
        assert force.parent == authority.parent, authority.code


@pytest.mark.parametrize(
    ("code", "last_day", "successors"),
    [
        ("E10000006", date(2023, 3, 31), ("E06000063", "E06000064")),
        ("E10000023", date(2023, 3, 31), ("E06000065",)),
        ("E10000027", date(2023, 3, 31), ("E06000066",)),
        ("E10000021", date(2021, 3, 31), ("E06000061", "E06000062")),
        ("E10000002", date(2020, 3, 31), ("E06000060",)),
        ("E10000009", date(2019, 3, 31), ("E06000058", "E06000059")),
        ("E06000028", date(2019, 3, 31), ("E06000058",)),
        ("E06000029", date(2019, 3, 31), ("E06000058",)),
        ("E06000048", date(2013, 3, 31), ("E06000057",)),
        ("E08000020", date(2013, 3, 31), ("E08000037",)),
        ("E08000016", date(2025, 3, 31), ("E08000038",)),
        ("E08000019", date(2025, 3, 31), ("E08000039",)),
        ("FFAUK", date(2017, 6, 30), ("UKF",)),
    ],
)
def test_codes_that_were_replaced_say_when_and_by_what(code, last_day, successors):
    area = REGISTER.area(code)
    assert (area.valid_to, area.successors) == (last_day, successors)


@pytest.mark.parametrize(
    ("kind", "name", "cumbria", "cumberland"),
    [
        ("reporting", "2023", True, False),
        ("financial", "2023-24", False, True),
        ("academic", "2022-23", True, False),
        ("academic", "2023-24", False, True),
        ("calendar", "2022", True, False),
        ("as-at", "2023-03-31", True, False),
        ("as-at", "2023-04-01", False, True),
    ],
)
def test_an_area_exists_in_a_period_if_it_does_on_the_last_day(kind, name, cumbria, cumberland):
    period = Period(kind, name)
    assert REGISTER.area("E10000006").existed_in(period) is cumbria
    assert REGISTER.area("E06000063").existed_in(period) is cumberland


@pytest.mark.parametrize(
    ("year", "authorities"),
    [("2018", 152), ("2020", 151), ("2021", 151), ("2022", 152), ("2023", 152), ("2024", 153)],
)
def test_england_has_all_its_upper_tier_authorities_in_every_year(year, authorities):
    codes = REGISTER.base_members("E92000001", "local authority")
    assert len(in_period(codes, Period("reporting", year))) == authorities


@pytest.mark.parametrize(
    ("code", "period", "same"),
    [
        ("E06000065", Period("reporting", "2022"), "E10000023"),
        ("E10000023", Period("reporting", "2024"), "E06000065"),
        ("E08000016", Period("financial", "2025-26"), "E08000038"),
        ("E08000016", Period("reporting", "2025"), "E08000016"),
        ("E06000063", Period("reporting", "2022"), "E06000063"),
        ("E06000028", Period("reporting", "2022"), "E06000028"),
        ("FFAUK", Period("reporting", "2022"), "FFAUK"),
    ],
)
def test_a_place_that_only_changed_its_code_is_the_same_place(code, period, same):
    assert REGISTER.same_place(code, period) == same


def test_base_members_go_through_parents_and_members():
    forces = REGISTER.base_members("K04000001", "police force area")
    assert len(forces) == 43
    assert REGISTER.base_members("E12000002", "police force area") == tuple(
        f"E2300000{n}" for n in range(2, 7)
    )
    assert REGISTER.base_members("ALL", "police force area") == forces
    assert REGISTER.base_members("ALL", "police force") == ("BTP",)
    assert REGISTER.base_members("K04000001", "police force") == ()
    assert REGISTER.base_members("ALL", "fraud body") == ("AF", "CIFAS", "FFAUK", "UKF")
    assert REGISTER.base_members("E23000002", "local authority") == ("E06000063", "E06000064", "E10000006")
    assert len(REGISTER.base_members("E23000002", "district")) == 6
    assert REGISTER.base_members("E09000021+E09000027", "local authority") == ("E09000021", "E09000027")


def test_london_is_counted_once():
    london = REGISTER.base_members("E12000007", "local authority")
    inner = REGISTER.base_members("E13000001", "local authority")
    outer = REGISTER.base_members("E13000002", "local authority")
    assert (len(london), len(inner), len(outer)) == (33, 14, 19)
    assert sorted(inner + outer) == sorted(london)
    assert len(set(london)) == 33


def test_the_areas_above_come_nearest_first():
    assert REGISTER.above("E23000032") == ("E12000008", "E92000001", "K04000001", "ALL")
    assert REGISTER.above("E07000110") == ("E10000016", "E12000008", "E92000001", "K04000001", "ALL")
    assert REGISTER.above("W06000015") == ("W92000004", "K04000001", "ALL")
    assert REGISTER.above("BTP") == ("ALL",)


def test_bodies_without_residents_say_so():
    without = {area.code for area in REGISTER.areas if not area.has_residents}
    assert without == {"ALL", "BTP", "AF", "CIFAS", "FFAUK", "UKF", "E23000034"}


@pytest.mark.parametrize(
    ("text", "levels", "code"),
    [
        ("E23000032", (), "E23000032"),
        ("Kent", (), "E23000032"),
        ("Kent", AUTHORITY, "E10000016"),
        ("Kent Police", (), "E23000032"),
        ("Kent Police", AUTHORITY, None),
        ("Cheshire Constabulary", (), "E23000006"),
        ("West Midlands", (), "E12000005"),
        ("West Midlands", POLICE, "E23000014"),
        ("West Midlands Police", (), "E23000014"),
        ("Devon & Cornwall", POLICE, "E23000035"),
        ("  devon\N{NO-BREAK SPACE}AND  cornwall ", POLICE, "E23000035"),
        ("London, City of", POLICE, "E23000034"),
        ("City of London Police", (), "E23000034"),
        ("City of London", AUTHORITY, "E09000001"),
        ("London", (), "E12000007"),
        ("London", POLICE, None),
        ("Bristol", (), "E06000023"),
        ("City of Bristol", (), "E06000023"),
        ("Herefordshire", (), "E06000019"),
        ("Hampshire and Isle of Wight Constabulary", POLICE, "E23000030"),
        ("Dyfed Powys", (), "W15000004"),
        ("avon-and-somerset", (), "E23000036"),
        ("Ynys Môn", (), "W06000001"),
        ("Northumberland", (), "E06000057"),
        ("North Yorkshire", AUTHORITY, "E06000065"),
        ("Cumbria", AUTHORITY, "E10000006"),
        ("Cifas", (), "CIFAS"),
        ("E09000021 / E09000027", (), "E09000021+E09000027"),
        ("E06000061 / E06000062", (), "E06000061+E06000062"),
        ("886", (), None),
        ("Rutland Police", (), None),
        ("", (), None),
    ],
)
def test_an_area_is_found_by_what_people_write(text, levels, code):
    assert REGISTER.find(text, levels) == code


@given(st.sampled_from(REGISTER.areas))
def test_every_name_and_alias_finds_an_area_of_that_name_at_its_level(area):
    for text in (area.name, area.name.upper(), area.code, *area.aliases):
        found = REGISTER.area(REGISTER.find(text, [area.level]))
        assert spelling(text) in map(spelling, (found.name, found.code, *found.aliases))


def test_the_nearest_name_is_offered_as_it_is_written():
    assert REGISTER.nearest("Northumbira", POLICE) == "Northumbria"
    assert REGISTER.nearest("zzzzzzzz") is None
    with pytest.raises(UnknownArea, match=r"E23000099: no area .* Did you mean E230000"):
        REGISTER.area("E23000099")


def test_a_programme_changes_only_the_cells_it_fills():
    changed = REGISTER.changed_by([{"code": "E23000030", "name": "Hampshire and Isle of Wight", "level": ""}])
    assert changed.area("E23000030").name == "Hampshire and Isle of Wight"
    assert changed.area("E23000030").members == REGISTER.area("E23000030").members
    assert REGISTER.area("E23000030").name == "Hampshire"
    assert len(changed.areas) == len(REGISTER.areas)


def test_a_programme_may_invent_areas_in_any_order():
    rows = [
        {"code": "F1", "name": "Eastmarch", "level": "police force area", "parent": "R1",
         "valid_to": "2024-03-31", "successors": "F2", "aliases": "East March|EM"},
        {"code": "F2", "name": "Marches", "level": "police force area", "parent": "R1",
         "valid_from": "2024-04-01"},
        {"code": "R1", "name": "The Marches", "level": "region", "parent": "N"},
        {"code": "N", "name": "Invented nation", "level": "country"},
    ]  # fmt: skip
    invented = REGISTER.changed_by(rows)
    assert invented.base_members("N", "police force area") == ("F1", "F2")
    assert invented.above("F1") == ("R1", "N")
    assert invented.find("em") == "F1"
    assert invented.area("F1").valid_to == date(2024, 3, 31)
    assert len(invented.base_members("K04000001", "police force area")) == 43


def test_all_mistakes_of_a_programme_are_named_at_once_by_line():
    rows = [
        {"code": "", "name": "Nowhere", "level": "region"},
        {"code": "A", "name": "A", "level": "regoin"},
        {"code": "B", "name": "B"},
        {"code": "C", "name": "C", "level": "region", "valid_from": "1 April 2023", "colour": "red"},
        {"code": "D", "name": "D", "level": "region", "parent": "NOT", "members": "NEVER"},
        {"code": "D", "name": "D", "level": "region"},
        {"code": "E", "name": "E", "level": "region", "parent": "F"},
        {"code": "F", "name": "F", "level": "region", "parent": "E"},
        {"code": "G", "name": "G", "level": "region", "valid_from": "2024-01-01", "valid_to": "2023-01-01"},
        {"code": "H", "name": "H", "level": "region", None: ["one cell too many"]},
    ]
    with pytest.raises(ProgrammeRefused) as refused:
        REGISTER.changed_by(rows)
    assert [(mistake.where, mistake.what) for mistake in refused.value.mistakes] == [
        ("areas.csv:2 code", "there is no code."),
        ("areas.csv:3 level", '"regoin" is not a level.'),
        ("areas.csv:4 level", "B is a new area without one."),
        ("areas.csv:5 valid_from", '"1 April 2023" is not a date.'),
        ("areas.csv:5", '"colour" is in no column of areas.csv.'),
        ("areas.csv:7 code", "D is on line 6 already."),
        ("areas.csv:11", "\"['one cell too many']\" is in no column of areas.csv."),
        ("areas.csv:6 parent", "NOT is not in the register."),
        ("areas.csv:6 members", "NEVER is not in the register."),
        ("areas.csv:8 parent", "E is above itself."),
        ("areas.csv:9 parent", "F is above itself."),
        ("areas.csv:10 valid_to", "G ends before it starts."),
    ]


def test_the_register_loads_in_under_30_ms():
    def seconds():
        areas._shipped.cache_clear()
        start = time.perf_counter()
        Register.shipped()
        return time.perf_counter() - start

    assert min(seconds() for _ in range(5)) < 0.03
    assert Register.shipped() is Register.shipped()
