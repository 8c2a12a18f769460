"""Figures that a force has been given already: those of its area in the public edition of a build."""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping
from pathlib import Path

from fullpicture.core.errors import Mistake, ProgrammeRefused, UsageError
from fullpicture.core.figure import Figure
from fullpicture.core.period import Period
from fullpicture.core.table import Description
from fullpicture.programme.cache import sha256_of
from fullpicture.programme.described import description_of
from fullpicture.programme.reuse import CERTIFICATE
from fullpicture.publish.force_report import SharedFigure
from fullpicture.publish.words import with_unit

_FIGURES, _INDICATORS = "figures.csv", "indicators.json"


def shared_figures(build: Path, police_force: str) -> tuple[SharedFigure, ...]:
    """Totals of the force's area that the public edition shows, in its order; breakdowns are left to it.

    Raises:
        UsageError: there is no build.
        ProgrammeRefused: the public edition is not what its certificate says, so that it may not be public.
    """
    edition = build / "public"
    if not (edition / _FIGURES).is_file():
        raise UsageError(f"--build {build}: there is no public edition in it. Run fullpicture build first.")
    _check(edition)
    described = json.loads((edition / _INDICATORS).read_text(encoding="utf-8"))
    known = {one["id"]: description_of(one) for one in described}
    with (edition / _FIGURES).open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["area_code"] == police_force]
    return tuple(
        _shared(row, known[row["indicator"]]) for row in rows if row["value"] and not row["breakdown"]
    )


def _check(edition: Path) -> None:
    """The edition is public, and what is read of it is as it was certified."""
    path = edition / CERTIFICATE
    said = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
    certified = {file["path"]: file["sha256"] for file in said.get("files", ())}
    asked = {name: sha256_of(edition / name) for name in (_FIGURES, _INDICATORS)}
    if "withheld" in said or not asked.items() <= certified.items():
        what = "this is not the public edition as it was protected."
        raise ProgrammeRefused([Mistake(f"{edition}", what, "Build again, and take figures from that.")])


def _shared(row: Mapping[str, str], description: Description) -> SharedFigure:
    figure = _figure(row)
    sources = "; ".join(source.title for source in description.sources)
    return SharedFigure(description.title, with_unit(figure, description), f"{figure.when.label}; {sources}")


def _figure(row: Mapping[str, str]) -> Figure:
    texts = {name: row[name] for name in ("indicator", "area_code", "area_name", "area_level")}
    when = Period(row["period_kind"], row["period"])  # type: ignore[arg-type]
    return Figure(
        **texts,
        period=when.name,
        period_kind=when.kind,
        breakdown="",
        category="",
        value=float(row["value"]),
        lower=None,
        upper=None,
        numerator=None,
        denominator=None,
        unit=row["unit"],
        absence=row["absence"],
        note=row["note"],
        source=row["source"],
    )
