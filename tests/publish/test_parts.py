"""What indicators say on pages is kept for as long as nothing that it is made of has changed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from fullpicture.core.areas import Register
from fullpicture.publish import write_site
from fullpicture.publish.publication import Publication, Section
from fullpicture.publish.site import parts
from tests.publish.editions import Memory, compared, comparisons, edition, figure, table

KENT, ESSEX, ENGLAND = "E23000032", "E23000028", "E92000001"
SHARE = "unsupported_of_closed_pct"


def share(value: float = 30.0, **other: object) -> object:
    rows = [figure(KENT, "2025", value), figure(ESSEX, "2025", 40.0), figure(ENGLAND, "2025", 20.0)]
    return table(SHARE, rows, **other)


def edition_of(*tables: object, sums: float = 11.25, england: float = 20.0, **other: object) -> Publication:
    kent = compared(SHARE, KENT, 30.0, england_value=england, **{"neighbours": ESSEX} | other)
    sussex = {"area_code": "E23000033", "area_name": "Sussex", "basis": "sum of authorities"}
    facts = kent, compared(SHARE, KENT, 12.5, **sussex)
    before = {"indicator": SHARE, "area_code": "E23000033", "period": "2024", "period_kind": "reporting"}
    before |= {"comparator": "sum of authorities", "value": sums}
    return replace(edition(*tables or [share()]), comparisons=comparisons(*facts, sums=[before]))  # type: ignore[arg-type]


def pages(ready: Publication, folder: Path, kept: Memory | None) -> dict[str, bytes]:
    write_site(ready, folder, kept=kept)
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*.*")}


def renamed() -> Publication:
    register = Register.shipped().changed_by([{"code": KENT, "name": "Kentshire"}])
    return replace(edition_of(), register=register)


def many() -> Publication:
    """More indicators of Kent than are charted."""
    rows = [figure(area, "2025", 1.0) for area in (KENT, ENGLAND)]
    others = [table(f"other_{number}", rows) for number in range(30)]
    sections = (Section("all", "All", (SHARE, *(f"other_{number}" for number in range(30)))),)
    return replace(edition_of(share(), *others), sections=sections)


CHANGED: dict[str, Callable[[], Publication]] = {
    "a figure": lambda: edition_of(share(31.0)),
    "a title": lambda: edition_of(share(title="A & B")),
    "what England has": lambda: edition_of(england=21.0),
    "what authorities have together": lambda: edition_of(sums=10.0),
    "a neighbour": lambda: edition_of(neighbours=ENGLAND),
    "an area's name": renamed,
    "how many indicators there are": many,
}


@pytest.mark.parametrize("what", CHANGED)
def test_pages_are_those_that_would_be_made_from_nothing(what: str, tmp_path: Path) -> None:
    kept, changed = Memory(), CHANGED[what]()
    before = pages(edition_of(), tmp_path / "before", kept)
    after = pages(changed, tmp_path / "after", kept)
    assert after == pages(changed, tmp_path / "alone", None)
    assert after != before


def test_an_indicator_that_is_as_it_was_is_not_made_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept, crimes = Memory(), table("crimes_recorded", [figure(KENT, "2025", 7.0, unit="count")], unit="count")
    pages(edition_of(share(), crimes), tmp_path / "before", kept)
    made: list[str] = []
    making = parts._made

    def counted(series: parts.Series, places: parts.Places) -> parts.Parts:
        made.append(series.description.indicator)
        return making(series, places)

    monkeypatch.setattr(parts, "_made", counted)
    pages(edition_of(share(title="Another"), crimes), tmp_path / "after", kept)
    assert made == [SHARE]
