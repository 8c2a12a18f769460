"""Holds an edition against its certificate: every byte, every hidden cell, and what can be worked out."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any

from fullpicture.core.errors import Mistake
from fullpicture.disclosure.recheck import Known, recheck, recheck_public
from fullpicture.programme.cache import sha256_of
from fullpicture.programme.edition_files import EditionFiles, Unreadable
from fullpicture.programme.reuse import CERTIFICATE

_BUILD_AGAIN = "Build again, and publish only what that writes."


def verify(public: Path, internal: Path | None = None) -> list[Mistake]:
    """What is not as the certificate of a public edition says; nothing where all is.

    Args:
        public: the public edition.
        internal: the internal edition of the same build; with it the audit knows every count, so that it sees
            what the public figures alone do not show.

    Raises:
        UsageError: there is no edition there.
    """
    found = [mistake for folder in (public, internal) if folder for mistake in _files(folder)]
    try:
        return list(dict.fromkeys([*found, *_audited(public, internal)]))
    except Unreadable:
        what = "the certificate, figures.csv or indicators.json cannot be read, so that nothing is audited."
        return [*found, Mistake(str(public), what, _BUILD_AGAIN)]


def _audited(public: Path, internal: Path | None) -> list[Mistake]:
    """What is wrong with the figures of an edition."""
    edition = EditionFiles.read(public)
    found = [*_tables(edition)]
    known = _known(edition)
    found += _exceptions(edition)
    leaks = recheck_public(edition.tables, edition.rules, edition.register, known)
    if internal is not None:
        inside = EditionFiles.read(internal)
        found += _withheld(edition, inside)
        if inside.exceptions != edition.exceptions:
            what = "its exceptions are not those of the internal certificate."
            found.append(Mistake(str(public / CERTIFICATE), what, _BUILD_AGAIN))
        shown = {id_ for id_, figure in edition.by_id.items() if _shows(figure)}
        leaks += recheck(inside.tables, shown, edition.rules, inside.register, known)
    return [*found, *(Mistake(leak.where, leak.what, _BUILD_AGAIN) for leak in leaks)]


def _known(edition: EditionFiles) -> Known:
    official = {table["id"] for table in edition.certificate["tables"] if not table["rule"]}
    beside = {figure for one in edition.exceptions for figure in one.also}
    return Known(official, {one.figure for one in edition.exceptions}, beside)


def _exceptions(edition: EditionFiles) -> Iterator[Mistake]:
    """Exceptions that nobody has signed for, or whose figure is not shown."""
    by_id = edition.by_id if edition.exceptions else {}
    for one in edition.exceptions:
        if not (one.signed_by.strip() and one.reason.strip()):
            what = "the exception does not say who has signed it, and why."
            yield Mistake(one.figure, what, _BUILD_AGAIN)
        if one.figure not in by_id or not _shows(by_id[one.figure]):
            what = "the certificate has an exception for this figure, and it is not shown."
            yield Mistake(one.figure, what, _BUILD_AGAIN)


def _files(folder: Path) -> Iterator[Mistake]:
    """Files that are not as certified, missing, or not certified at all."""
    try:
        text = (folder / CERTIFICATE).read_text(encoding="utf-8")
        certified = {file["path"]: file["sha256"] for file in json.loads(text)["files"]}
    except (OSError, ValueError, KeyError, TypeError):
        yield Mistake(f"{folder / CERTIFICATE}", "this certificate cannot be read.", _BUILD_AGAIN)
        return
    there = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    for path, sha256 in certified.items():
        where = f"{folder / path}"
        if path not in there:
            yield Mistake(where, "this file is missing.", _BUILD_AGAIN)
        elif sha256_of(folder / path) != sha256:
            yield Mistake(where, "this file is not as it was certified.", _BUILD_AGAIN)
    for path in sorted(there - certified.keys() - {CERTIFICATE}):
        yield Mistake(f"{folder / path}", "the certificate does not know this file.", _BUILD_AGAIN)


def _tables(edition: EditionFiles) -> Iterator[Mistake]:
    """Tables with more or fewer cells, or hidden cells, than the certificate says."""
    figures = {description.indicator: rows for description, rows in edition.tables}
    for table in edition.certificate["tables"]:
        rows = figures.get(table["id"], ())
        hidden = sum(figure.absence == "c" for figure in rows) if table["rule"] else 0
        for name, now in (("cells", len(rows)), ("hidden", hidden)):
            if now != table[name]:
                what = f"{now} {name} here, {table[name]} in the certificate."
                yield Mistake(f"{edition.folder / 'figures.csv'} {table['id']}", what, _BUILD_AGAIN)


def _withheld(public: EditionFiles, internal: EditionFiles) -> Iterator[Mistake]:
    """Cells that the internal certificate has as hidden and the public edition shows, or shows otherwise."""
    shown, inside = public.by_id, internal.by_id
    hidden: Collection[str] = {one["figure"] for one in internal.certificate["withheld"]}
    for id_, figure in shown.items():
        if id_ in hidden and _shows(figure):
            yield Mistake(id_, "this cell is to be hidden, and is shown.", _BUILD_AGAIN)
        elif _shows(figure) and (id_ not in inside or _numbers(figure) != _numbers(inside[id_])):
            yield Mistake(id_, "the public figure is not the internal one.", _BUILD_AGAIN)


def _shows(figure: Any) -> bool:
    return any(number is not None for number in _numbers(figure))


def _numbers(figure: Any) -> tuple[float | None, ...]:
    return figure.value, figure.lower, figure.upper, figure.numerator, figure.denominator
