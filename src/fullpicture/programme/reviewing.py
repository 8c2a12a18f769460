"""`fullpicture review`: reads a build and what its reports say, and finds what nobody should sign."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path
from typing import Literal

from fullpicture.core.errors import UsageError
from fullpicture.programme.edition_files import EditionFiles, Unreadable
from fullpicture.programme.verify import verify
from fullpicture.publish.report.pages import FOLDER
from fullpicture.publish.report.saving import NAME, saved
from fullpicture.publish.review.check import Finding
from fullpicture.publish.review.checks import findings
from fullpicture.publish.review.page_facts import facts_of
from fullpicture.publish.review.reviewed import Edition, PageFacts, Reviewed

Watch = Callable[[str], None]
EDITIONS: tuple[Literal["internal"], Literal["public"]] = ("internal", "public")


def review(build: Path, watch: Watch = lambda detail: None) -> list[Finding]:
    """What is wrong with a build, check by check; nothing where it may be signed.

    Raises:
        UsageError: there is no build there.
    """
    missing = [name for name in EDITIONS if not (build / name / "certificate.json").is_file()]
    if missing:
        raise UsageError(
            f"{build}: there is no {' and no '.join(missing)} edition here. Name a build folder."
        )
    watch("certificate")
    broken = tuple((one.where, one.what) for one in verify(build / "public", build / "internal"))
    watch("reports and pages")
    try:
        reviewed = Reviewed(tuple(_edition(build / name, name) for name in EDITIONS), broken)
    except Unreadable:
        reviewed = Reviewed((), broken)
    return findings(reviewed, watch)


def _edition(folder: Path, name: Literal["internal", "public"]) -> Edition:
    """An edition as it lies in its folder.

    Raises:
        Unreadable: its files cannot be read as such; the audit of the certificate says which.
    """
    files = EditionFiles.read(folder)
    paths = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    try:
        documents = tuple(
            saved(path.parent) for path in sorted(folder.glob(f"{FOLDER}/*/{NAME}")) if path.is_file()
        )
        missing = _missing(folder / "coverage.csv")
    except (OSError, ValueError, KeyError) as error:
        raise Unreadable(type(error).__name__) from error
    return Edition(
        name=name,
        documents=documents,
        figures=files.by_id,
        descriptions={described.indicator: described for described, _ in files.tables},
        missing=missing,
        certified=frozenset(table["id"] for table in files.certificate["tables"]),
        excepted=frozenset(one.figure for one in files.exceptions),
        pages=tuple(_pages(folder, paths)),
        files=frozenset(paths),
    )


def _missing(path: Path) -> dict[tuple[str, str, str], frozenset[str]]:
    """The areas that each indicator lacks in each period."""
    with path.open(encoding="utf-8", newline="") as file:
        return {
            (row["indicator"], row["period_kind"], row["period"]): frozenset(
                filter(None, row["missing"].split("|"))
            )
            for row in csv.DictReader(file)
        }


def _pages(folder: Path, paths: set[str]) -> list[PageFacts]:
    names = sorted(path for path in paths if path.endswith(".html"))
    return [facts_of(name, (folder / name).read_text(encoding="utf-8")) for name in names]
