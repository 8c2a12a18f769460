"""`fullpicture release`: a signed and certified public edition under an address that never changes."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from fullpicture.core.errors import Mistake, ProgrammeRefused, UsageError
from fullpicture.programme.edition_files import EditionFiles
from fullpicture.programme.explain import programme_of
from fullpicture.programme.load import Programme, load
from fullpicture.programme.signing import SignOff, signature_of
from fullpicture.programme.state import Log, State
from fullpicture.programme.verify import verify
from fullpicture.publish.release.front import write_front
from fullpicture.publish.release.issue import Announced, Issue, Series

_DATA = (".csv", ".ods", ".xlsx", ".pdf")
_MOST_FILES = 40


@dataclass(frozen=True)
class Asked:
    """What to release, where to and when; `correction` says what a further version of one day puts right."""

    build: Path
    to: Path
    now: datetime
    correction: str = ""


def release(asked: Asked) -> Issue:
    """Releases the public edition of a build, and writes the page of releases, the feed and the metadata.

    Raises:
        UsageError: there is no build, or its programme does not say under which address it is released.
        ProgrammeRefused: it is not signed, not as certified, not announced, too early, released before, or a
            further version does not say what it corrects; all of it at once.
    """
    programme = load(programme_of(asked.build))
    log = Log[Issue](State(programme.folder), "issues", Issue)
    with State(programme.folder).locked():
        before = log.read()
        signed = signature_of(asked.build)
        mistakes = [
            *_not_signed(asked, signed),
            *_not_due(programme, asked),
            *_again(before, asked, programme),
        ]
        mistakes += verify(asked.build / "public", asked.build / "internal")
        if mistakes or signed is None:
            raise ProgrammeRefused(mistakes)
        issue = _issue(programme, asked, signed, before)
        _put(asked.build / "public", asked.to / issue.version)
        log.add([issue])
        write_front(_series(programme, (*before, issue)), asked.to)
    return issue


def _not_signed(asked: Asked, signed: SignOff | None) -> list[Mistake]:
    if signed is not None:
        return []
    what = "nobody has signed a review of these very bytes."
    return [Mistake(str(asked.build), what, "Run fullpicture review, and sign it with --sign NAME.")]


def _not_due(programme: Programme, asked: Asked) -> list[Mistake]:
    """Released on a day that was announced, and not before it."""
    form, on = programme.form.release, programme.form.published_on
    where, found = "programme.toml [release]", []
    if not form.address:
        mend = 'Write address = "https://..." in [release]; see docs/release.md.'
        found.append(Mistake(f"{where} address", "it is not said where releases are found.", mend))
    if not asked.correction and on not in {one.on for one in form.calendar}:
        mend = "Announce it in [[release.calendar]], with what is to be released."
        found.append(Mistake(f"{where} calendar", f"{on} was not announced.", mend))
    if asked.now.date() < on:
        found.append(
            Mistake(str(asked.build), f"it is for {on}, and that day has not come.", "Wait until then.")
        )
    return found


def _again(before: Sequence[Issue], asked: Asked, programme: Programme) -> list[Mistake]:
    """A further version of one day says what it corrects; a first one corrects nothing."""
    same_day = [one for one in before if one.published_on == programme.form.published_on]
    said = any(map(str.isalpha, asked.correction))
    if same_day and not said:
        what = f"version {same_day[-1].version} was released, and a released version never changes."
        return [Mistake(str(asked.build), what, "Say with --correction what was wrong, and is now right.")]
    if asked.correction and not same_day:
        what = f"nothing was released for {programme.form.published_on}, so nothing can be corrected."
        return [Mistake(str(asked.build), what, "Release it without --correction.")]
    return []


def _issue(programme: Programme, asked: Asked, signed: SignOff, before: Sequence[Issue]) -> Issue:
    form, edition = programme.form, EditionFiles.read(asked.build / "public")
    figures = [figure for figure in edition.by_id.values() if figure.value is not None]
    days = [day for figure in figures for day in (figure.when.first_day, figure.when.last_day)]
    earlier = sum(one.published_on == form.published_on for one in before)
    return Issue(
        version=f"{form.published_on}.{earlier}" if earlier else form.published_on.isoformat(),
        title=form.title,
        summary=form.summary,
        publisher=form.publisher,
        contact=form.contact,
        licence=form.licence,
        published_on=form.published_on,
        released_at=asked.now,
        signed_by=signed.who,
        checks=signed.checks,
        waived=tuple(one.finding.rpartition("-")[0] for one in signed.waived),
        sha256=signed.build["public"],
        correction=" ".join(asked.correction.split()),
        keywords=tuple(dict.fromkeys(described.title for described, _ in edition.tables)),
        first_day=min(days).isoformat() if days else "",
        last_day=max(days).isoformat() if days else "",
        places=tuple(dict.fromkeys(f.area_name for f in figures if f.area_level == "country")),
        files=tuple(_files(asked.build / "public")),
    )


def _files(folder: Path) -> list[str]:
    paths = (path.relative_to(folder) for path in folder.rglob("*") if path.suffix in _DATA)
    return sorted((path.as_posix() for path in paths), key=lambda path: (path.count("/"), path))[:_MOST_FILES]


def _put(edition: Path, address: Path) -> None:
    """Copies an edition to its address, in one step; what stands there already is never replaced."""
    if address.exists():
        raise UsageError(
            f"{address}: a version stands here that is not in the log of releases. Move it away."
        )
    beside = address.with_name(f".{address.name}.new")
    shutil.rmtree(beside, ignore_errors=True)
    shutil.copytree(edition, beside)
    beside.rename(address)


def _series(programme: Programme, issues: Sequence[Issue]) -> Series:
    form = programme.form
    calendar = tuple(Announced(one.on, one.what, one.moved) for one in form.release.calendar)
    latest = sorted(issues, key=lambda one: (one.released_at, one.version), reverse=True)
    return Series(form.title, form.publisher, form.release.address, latest, calendar)
