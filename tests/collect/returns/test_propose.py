"""What is proposed for columns never seen: 53 variants of real layouts, a fifth of them held back."""

from __future__ import annotations

import csv
import random
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pyarrow as pa
import pytest

from fullpicture.collect.delivered import Delivered
from fullpicture.collect.returns.propose import ColumnProposal, Proposal, propose

_TEXT = Path(__file__).with_name("variants_proposed.csv").read_text(encoding="utf-8")
VARIANTS = list(csv.DictReader(_TEXT.splitlines()))
"""The variants of five forces' layouts with invented cells of the kind that each had; `@` says a kind."""
HELD_BACK = [variant for variant in VARIANTS if int(variant["row"]) % 5 == 0]
"""Every fifth: nothing was tuned on them while the proposing was written."""
ROWS = 240


def invented(values: str, chance: random.Random) -> list[str]:
    kinds: dict[str, Callable[[], str]] = {
        "@year": lambda: str(chance.randint(2018, 2020)),
        "@age": lambda: str(chance.randint(3, 79)),
        "@days": lambda: str(int(chance.expovariate(1 / 60))),
        "@dmy": lambda: (date(2018, 1, 1) + timedelta(chance.randint(0, 1_000))).strftime("%d/%m/%Y"),
    }
    pool = values.split("|")
    return [kinds[text]() if text in kinds else text for text in chance.choices(pool, k=ROWS)]


def proposal_of(force: str, seed: int = 3) -> Proposal:
    chance = random.Random(seed)
    columns = {
        variant["header"]: invented(variant["values"], chance)
        for variant in VARIANTS
        if variant["force"] == force
    }
    table = pa.table({"row": list(range(2, ROWS + 2)), **columns})
    return propose(Delivered("return.csv", "", table, ROWS))


@pytest.fixture(scope="module")
def columns() -> dict[tuple[str, str], ColumnProposal]:
    return {(f, column.header): column for f in "ABCDE" for column in proposal_of(f).columns}


def is_right(variant: dict[str, str], column: ColumnProposal) -> bool:
    basis = column.map.basis if column.map else ""
    return column.field == variant["field"] and (not variant["basis"] or basis == variant["basis"])


def test_at_least_four_fifths_of_the_columns_held_back_are_right(
    columns: dict[tuple[str, str], ColumnProposal], record_property: Callable[[str, object], None]
) -> None:
    right = [is_right(variant, columns[variant["force"], variant["header"]]) for variant in HELD_BACK]
    record_property("share right of columns held back", sum(right) / len(right))
    assert len(right) >= 10
    assert sum(right) >= 0.8 * len(right), f"{sum(right)} of {len(right)} columns held back are right"


@pytest.mark.parametrize(
    "variant",
    [variant for variant in VARIANTS if variant not in HELD_BACK],
    ids=lambda variant: f"row {variant['row']}: {variant['field']}, force {variant['force']}",
)
def test_a_column_of_a_known_layout_is_right(
    variant: dict[str, str], columns: dict[tuple[str, str], ColumnProposal]
) -> None:
    assert is_right(variant, columns[variant["force"], variant["header"]])


def split(headers: tuple[str, str, str], **others: list[str]) -> Proposal:
    days = [date(2020, 1, 1) + timedelta(7 * place) for place in range(100)]
    columns = {
        header: [day.strftime(form).removeprefix("0") for day in days]
        for header, form in zip(headers, ("%d", "%m", "%Y"), strict=True)
    }
    table = pa.table(
        {"row": list(range(2, 102)), "Crime ref": list(map(str, range(100))), **columns, **others}
    )
    return propose(Delivered("return.csv", "", table, 100))


@pytest.mark.parametrize(
    ("headers", "field"),
    [
        (("Recorded day", "Recorded month", "Recorded year"), "recorded_on"),
        (("Day reported", "Month reported", "Year reported"), "reported_on"),
        (("OUTCOME_DATE_DD", "OUTCOME_DATE_MM", "OUTCOME_DATE_YYYY"), "outcome_on"),
    ],
)
def test_day_month_and_year_in_three_columns_are_proposed_as_one_date(
    headers: tuple[str, str, str], field: str
) -> None:
    found = split(headers)
    assert {column.field for column in found.columns if column.header in headers} == {field}
    (one,) = (one for one in found.fields if one.name == field)
    assert (one.headers, one.join, one.date_order) == (headers, "/", "dmy")
    assert [bool(column.checks) for column in found.columns if column.header in headers] == [
        True,
        False,
        False,
    ]


def test_three_columns_that_are_no_date_or_whose_date_is_there_are_left_alone() -> None:
    headers = ("Recorded day", "Recorded month", "Recorded year")
    whole = split(headers, **{"Recorded date": ["25/01/2020"] * 100})
    assert [one.headers for one in whole.fields if one.name == "recorded_on"] == [("Recorded date",)]
    assert "recorded_year" in {one.name for one in whole.fields}
    odd = split(headers, **{"Recorded month": ["17"] * 100})
    assert all(len(one.headers) == 1 for one in odd.fields)


def test_of_a_list_only_texts_that_name_nobody_are_shown() -> None:
    texts = [
        "Dwelling",
        "School",
        "PC Quuxworth",
        "12 Quuxworth Street",
        "Quuxworth CT1 2AB",
        "42123456",
        "rare",
    ]
    cells = [text for text in texts[:-1] for _ in range(20)] + texts[-1:]
    table = pa.table({"row": list(range(2, len(cells) + 2)), "Kind of location": cells})
    (column,) = propose(Delivered("return.csv", "", table, len(cells))).columns
    assert column.field == "location_kind"
    assert [code.text for code in column.codes] == ["Dwelling", "School"]
    assert any("5 texts are not shown" in check for check in column.checks)


def test_the_order_of_dates_is_what_nearly_all_of_them_prove() -> None:
    def order(*days: str) -> tuple[str | None, str]:
        table = pa.table({"row": list(range(2, len(days) + 2)), "Date recorded": list(days)})
        proposal = propose(Delivered("return.csv", "", table, len(days)))
        return proposal.date_order, proposal.date_why

    assert order("13/01/2024", "01/02/2024")[0] == "dmy"
    assert order("01/13/2024", "01/02/2024")[0] == "mdy"
    assert order("2024-01-13", "2024-02-01T10:00:00")[0] == ""
    assert order("01/02/2024", "03/04/2024")[0] is None
    assert order("13/01/2024", "01/13/2024")[0] is None
    mostly, why = order(*["13/01/2024"] * 99, "01/13/2024")
    assert (mostly, why.endswith("will not be usable: 1")) == ("dmy", True)
