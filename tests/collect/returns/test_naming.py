"""What could name somebody is never shown, however often it stands in a column of codes."""

from __future__ import annotations

import pyarrow as pa
import pytest

from fullpicture.collect.delivered import Delivered
from fullpicture.collect.returns.mapped import check_header
from fullpicture.collect.returns.naming import could_name
from fullpicture.collect.returns.unread import quotable
from fullpicture.core.errors import SourceRefused


@pytest.mark.parametrize("text", ["John Smith (uncle)", "Barnabas Quagmire", "Coach Ted", "Uncle Bob"])
def test_a_name_is_not_quoted_however_often_it_stands_there(text: str) -> None:
    assert could_name(text)
    assert not quotable(text, 500, None)


@pytest.mark.parametrize(
    "text", ["Female", "Ex partner", "Charged or summonsed", "IC1", "#N/A", "Shoplifting"]
)
def test_words_of_lists_and_single_codes_are_quoted(text: str) -> None:
    assert not could_name(text)
    assert quotable(text, 3, None)


@pytest.mark.parametrize("header", ["17/04/2011", "2011-04-17", "KT/9/24", "4207781"])
def test_a_row_of_data_is_not_taken_for_headers(header: str) -> None:
    rows = pa.table({"row": [2], "Zqname Smith": ["x"], header: ["y"]})
    with pytest.raises(SourceRefused, match="looks like a row of data") as refused:
        check_header(Delivered("kent.csv", "", rows, 1))
    assert "Zqname" not in str(refused.value)
    assert header not in str(refused.value)


def test_headers_with_years_and_numbers_in_them_are_headers() -> None:
    names = ("row", "Crime no.", "2024", "Outcome 14/16", "Age (2 digits)", "N100/1 flag")
    check_header(Delivered("kent.csv", "", pa.table({name: ["1"] for name in names}), 1))
