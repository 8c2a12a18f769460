"""What the internal page of crimes followed in time is made of."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from fullpicture.programme.build import build
from fullpicture.programme.followed import months_between
from tests.programme.test_incidence import expected, written


def test_months_are_whole_and_begin_once_crimes_can_be_as_old_as_they_get() -> None:
    assert months_between(date(2023, 11, 2), date(2024, 2, 28)) == ["2023-12", "2024-01"]
    assert months_between(date(2024, 1, 1), date(2024, 3, 1)) == ["2024-01", "2024-02"]
    assert months_between(date(2024, 3, 1), date(2024, 2, 1)) == []


def test_the_page_is_in_the_internal_edition_alone(tmp_path: Path) -> None:
    build(written(tmp_path / "programme"), tmp_path / "build")
    page = (tmp_path / "build" / "internal" / "returns" / "followed.html").read_text(encoding="utf-8")
    share = 100 * expected()["estimate"]
    assert f"By day 30 it is {share:.1f}%" in page
    assert 'href="followed.html"' in (tmp_path / "build/internal/returns/index.html").read_text(
        encoding="utf-8"
    )
    assert not list((tmp_path / "build" / "public").rglob("followed.html"))
    assert expected()["estimate"] == pytest.approx(3 / 6)
