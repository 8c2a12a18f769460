"""What in a text could lead to a person; every text here is invented."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fullpicture.analyse.redaction import KINDS, Corpus, found_in, masked
from fullpicture.analyse.redaction.checksums import is_national_insurance_prefix, is_nhs_number

CORPUS = Corpus.of(
    [
        "the road to the park was long and the mark on my arm will not fade",
        "they may come in june; I hope there is grace in the ward and no harm",
    ]
)


def _found(text: str, corpus: Corpus = CORPUS) -> list[tuple[str, str]]:
    return [(text[span.start : span.end], span.kind) for span in found_in(text, corpus)]


@pytest.mark.parametrize(
    ("text", "found", "kind"),
    [
        ("write to a.b+c@mail.example.org now", "a.b+c@mail.example.org", "email"),
        ("see https://example.org/a?b=1.", "https://example.org/a?b=1", "url"),
        ("on facebook.com/someone there", "facebook.com/someone", "url"),
        ("ask @some_one there", "@some_one", "handle"),
        ("we live in sw1a1aa now", "sw1a1aa", "postcode"),
        ("we live at M1 1AE.", "M1 1AE", "postcode"),
        ("ring 0161 496 0000 please", "0161 496 0000", "phone"),
        ("ring (01632) 960 001 please", "(01632) 960 001", "phone"),
        ("ring +44 7700 900123", "+44 7700 900123", "phone"),
        ("number 943 476 5919 it is", "943 476 5919", "nhs_number"),
        ("NHS no. 123 456 7890", "123 456 7890", "nhs_number"),
        ("NI number ab 12 34 56 c ok", "ab 12 34 56 c", "national_insurance"),
        ("crime ref 42/123456/24 was", "42/123456/24", "crime_reference"),
        ("incident number CAD4711-24 was", "CAD4711-24", "crime_reference"),
        ("the officer was PC 1234.", "1234", "collar_number"),
        ("collar number: 77 he said", "77", "collar_number"),
        ("the car AB12 CDE drove", "AB12 CDE", "vehicle"),
        ("reg number M5 ABC it was", "M5 ABC", "vehicle"),
        ("DOB 01/02/1980 and", "01/02/1980", "date_of_birth"),
        ("I was born on the 3rd of March 1971 in", "3rd of March 1971", "date_of_birth"),
        ("it was at 12 High Street there", "12 High Street", "address"),
        ("it was at flat 3, 14b oak lane there", "flat 3, 14b oak lane", "address"),
        ("I spoke to Priya Bowen-Hart there", "Priya Bowen-Hart", "name"),
        ("thanks to alison and the team", "alison", "name"),
        ("PC Zywicki came", "Zywicki", "name"),
        ("we saw Dr Okafor today", "Dr Okafor", "name"),
        ("my daughter Ludmilla was there", "Ludmilla", "name"),
        ("Mark was brilliant", "Mark", "name"),
        ("thanks to mark for this", "mark", "name"),
    ],
)
def test_each_kind_is_found_whole(text: str, found: str, kind: str) -> None:
    assert _found(text) == [(found, kind)]


@pytest.mark.parametrize(
    "text",
    [
        "I waited 20 minutes and drove 5 miles; 3rd time in 2 years, 100% sure.",
        "They may come in June 2024 or in may; I will mark the date.",
        "Mark the date. Will it rain? May I come? Hope so.",
        "It cost 1,200.50 on 21/09/2021 at 10:30, ward 12, room 4.",
        "The NHS and CAMHS were great. I've been to A&E at 2pm.",
        "2nd floor, a 20 minute drive, 10 to 15 people in a row.",
        "Version 1234567 of 11 forms.",
    ],
)
def test_what_leads_to_nobody_is_left_alone(text: str) -> None:
    assert _found(text) == []


def test_a_users_own_list_is_found_whatever_its_case() -> None:
    corpus = Corpus.of([], ["Grey Gables", "  "])
    assert _found("she lives near GREY GABLES there", corpus) == [("GREY GABLES", "listed")]


def test_the_corpus_own_capitals_tell_a_word_from_a_name() -> None:
    usual = Corpus.of(["the manager said the rota was bad", "rota again"])
    assert _found("my manager Rota said so", usual) == []
    assert _found("my manager Oduya said so", usual) == [("Oduya", "name")]


def test_a_masked_text_shows_kinds_and_nothing_else_changes() -> None:
    text = "PC Jones (collar number 77) rang 07700 900123, he said."
    assert (
        masked(text, found_in(text, CORPUS))
        == "PC [name] (collar number [collar number]) rang [phone], he said."
    )


def test_checksums() -> None:
    assert is_nhs_number("9434765919")
    assert not is_nhs_number("9434765910")
    assert not is_nhs_number("943476591")
    assert is_national_insurance_prefix("ab")
    assert not any(map(is_national_insurance_prefix, ("QQ", "AO", "GB", "DA")))


@given(st.text(max_size=200))
def test_spans_lie_within_any_text_in_order_and_apart(text: str) -> None:
    spans = found_in(text, CORPUS)
    assert all(0 <= span.start < span.end <= len(text) and span.kind in KINDS for span in spans)
    assert all(one.end <= other.start for one, other in pairwise(spans))


def test_a_name_in_an_address_is_not_written_small() -> None:
    texts = ["Write to alva.thorn@example.com or alva@example.com", "My mother Alva knows."]
    corpus = Corpus.of(texts)
    assert [texts[1][one.start : one.end] for one in found_in(texts[1], corpus)] == ["Alva"]
