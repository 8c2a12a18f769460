"""A programme folder is read whole, or refused with all of its mistakes at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from fullpicture.core.errors import ProgrammeRefused
from fullpicture.disclosure import Rule, Rules
from fullpicture.programme.load import load
from fullpicture.programme.rules import rules_of
from tests.programme.folders import INDICATORS, PROGRAMME, SOURCES, write_programme


def mistakes(folder: Path) -> list[str]:
    with pytest.raises(ProgrammeRefused) as refused:
        load(folder)
    return [str(mistake) for mistake in refused.value.mistakes]


def test_a_folder_is_read_into_nouns(tmp_path: Path) -> None:
    programme = load(write_programme(tmp_path))
    assert list(programme.indicators) == ["crimes", "theft_of_all_pct"]
    share = programme.indicators["theft_of_all_pct"]
    assert (share.per, share.proportion) == (100, True)
    assert programme.sources["crime"].base_levels == ("police force area", "police force", "fraud body")


def test_every_mistake_is_listed_at_once_with_file_key_and_what_to_write(tmp_path: Path) -> None:
    folder = write_programme(
        tmp_path,
        programme=PROGRAMME.replace("summary", "sumary"),
        sources=SOURCES.replace('"home-office-crime"', '"homeoffice"'),
        indicators=INDICATORS.replace("decimals = 1", "decimal = 1").replace('unit = "count"', ""),
    )
    assert mistakes(folder) == [
        "indicators/crime.toml [indicator.crimes] unit: this key is missing. Write unit = ... in this table.",
        "indicators/crime.toml [indicator.theft_of_all_pct] decimal: this key is not known. "
        "Did you mean decimals?",
        "programme.toml sumary: this key is not known. Did you mean summary?",
        "programme.toml summary: this key is missing. Write summary = ... in this table.",
        "sources/crime.toml [source.crime] layout: this value is not known. "
        "Write one of 'tidy', 'fingertips', 'home-office-crime', 'home-office-outcomes', "
        "'sheet', 'return', 'neighbours', 'responses' or 'transcripts'.",
    ]


def test_an_unknown_key_of_a_table_in_a_table_is_told_from_the_keys_of_that_table(tmp_path: Path) -> None:
    folder = write_programme(tmp_path, programme=PROGRAMME + "\n[[rule]]\nthresold = 4\n")
    assert "programme.toml rule.0.thresold: this key is not known. Did you mean threshold?" in mistakes(
        folder
    )


def test_names_of_nothing_are_mistakes_with_the_nearest_real_name(tmp_path: Path) -> None:
    folder = write_programme(
        tmp_path,
        programme=PROGRAMME.replace('headlines = ["crimes"]', 'headlines = ["crime"]'),
        indicators=INDICATORS.replace('"country"', '"county"'),
    )
    found = mistakes(folder)
    assert 'programme.toml headlines: there is no indicator "crime". Did you mean crimes?' in found
    assert '[indicator.crimes]: there is no level of area "county". Did you mean country?' in found


def test_a_broken_toml_file_is_named_with_its_line(tmp_path: Path) -> None:
    folder = write_programme(tmp_path, sources="[source.crime\n")
    assert any("sources/crime.toml" in mistake and "line 1" in mistake for mistake in mistakes(folder))


def test_an_empty_folder_says_what_is_missing(tmp_path: Path) -> None:
    found = mistakes(tmp_path)
    assert any("programme.toml: this file is missing" in mistake for mistake in found)
    assert any("sources/: there is no TOML file here" in mistake for mistake in found)


def test_published_needs_to_say_by_whom_and_records_are_never_published(tmp_path: Path) -> None:
    folder = write_programme(tmp_path, sources=SOURCES.replace("files =", "published = true\nfiles ="))
    assert [mistake.split(":")[0].split()[-1] for mistake in mistakes(folder)] == [
        "licence",
        "publisher",
        "url",
    ]
    records = write_programme(
        tmp_path, sources=SOURCES.replace('"home-office-crime"', '"return"\njoins = "all"\npublished = true')
    )
    assert any("rows of layout return are never published" in mistake for mistake in mistakes(records))


def test_an_indicator_has_one_way_to_its_value(tmp_path: Path) -> None:
    folder = write_programme(
        tmp_path, indicators=INDICATORS.replace('sum = "crimes"', 'sum = "crimes"\nvalue = "n"', 1)
    )
    assert "one way to its value; it says value and sum" in mistakes(folder)[0]


def test_one_table_stands_for_a_family(tmp_path: Path) -> None:
    family = (
        INDICATORS
        + """
[indicator."{kind}_recorded"]
each.kind.theft = { label = "Theft" }
each.kind.robbery = { label = "Robbery" }
title = "{kind.label} recorded"
source = "crime"
sum = "crimes"
where = { offence_group = "{kind.label}" }
unit = "count"
"""
    )
    programme = load(write_programme(tmp_path, indicators=family))
    assert programme.indicators["robbery_recorded"].title == "Robbery recorded"
    assert programme.indicators["robbery_recorded"].main.where == {"offence_group": ("Robbery",)}


def test_a_slot_that_names_nothing_is_a_mistake(tmp_path: Path) -> None:
    family = INDICATORS.replace(
        "[indicator.crimes]", '[indicator."{kind}"]\neach.kind.crimes = { label = "A" }'
    )
    family = family.replace('"Crimes recorded"', '"{kind.lable}"')
    assert "there is no '{kind.lable}' in each" in mistakes(write_programme(tmp_path, indicators=family))[0]


def test_a_source_extends_another(tmp_path: Path) -> None:
    shared = '[source.office]\nabstract = true\nlayout = "home-office-crime"\npublisher = "Home Office"\n'
    sources = shared + SOURCES.replace('layout = "home-office-crime"', 'extends = "office"')
    programme = load(write_programme(tmp_path, sources=sources))
    assert list(programme.sources) == ["crime"]
    assert programme.sources["crime"].publisher == "Home Office"


def test_a_rule_says_of_which_sources_and_takes_the_rest_from_the_one_for_everything(tmp_path: Path) -> None:
    rules = (
        '[[rule]]\nsmallest_base = 20\n[[rule]]\nsources = ["crime"]\nthreshold = 4\nwhole_groups = true\n'
    )
    form = load(write_programme(tmp_path, programme=PROGRAMME + rules)).form
    every = Rule(9, smallest_base=20)
    assert rules_of(form) == Rules(every, (("crime", Rule(4, smallest_base=20, whole_groups=True)),))


def test_a_rule_for_no_source_and_two_for_one_are_mistakes(tmp_path: Path) -> None:
    rules = '[[rule]]\nsources = ["crimes"]\n[[rule]]\nfewest_forces = 3\n[[rule]]\nhide_zeros = true\n'
    with pytest.raises(ProgrammeRefused) as refused:
        load(write_programme(tmp_path, programme=PROGRAMME + rules))
    assert [str(one) for one in refused.value.mistakes] == [
        "programme.toml [[rule]]: two rules are for the same. Put all that is asked into one of them.",
        'programme.toml [[rule]] sources "crimes": there is no such source. Did you mean crime?',
    ]
