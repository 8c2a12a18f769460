"""Takes an edition over from the last build where nothing that goes into it has changed."""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from dataclasses import fields
from importlib.metadata import version
from pathlib import Path

from fullpicture.core.digest import digest_of, fingerprint
from fullpicture.programme.cache import code_of, sha256_of
from fullpicture.publish.publication import Publication
from fullpicture.publish.report.paper import why_no_pdf

CERTIFICATE = "certificate.json"
_ANEW = ("problems", "returns", "disclosure")
"""Folders that are written in every build."""


def edition_key(publication: Publication) -> str:
    """A short name for everything that an edition is written from: texts, figures, areas and our own code."""
    beside = ("tables", "comparisons", "joint")
    said = [getattr(publication, field.name) for field in fields(publication) if field.name not in beside]
    tables = [
        (table.description, digest_of(table.figures), digest_of(table.coverage))
        for table in publication.tables
    ]
    compared, joint = publication.comparisons, publication.joint
    others = [digest_of(table) for table in (compared.facts, compared.comparators, joint.rows)]
    libraries = [version(name) for name in ("jinja2", "xlsxwriter")]
    paper = why_no_pdf() or version("weasyprint") if publication.reports else ""
    return fingerprint(said, tables, others, joint.themes, libraries, paper, code_of("publish", "core"))


def take_over(old: Path, certificate: str, fresh: Path) -> bool:
    """Copies an old edition if it has the certificate asked for and every file is still as that says.

    Args:
        certificate: SHA-256 of the certificate of the edition that was written from the same things.

    The certificate, the problems, and the pages of returns and of disclosure are written anew.
    """
    said = old / CERTIFICATE
    if not said.exists() or sha256_of(said) != certificate or not _is_whole(old):
        return False

    def anew(folder: str, names: Sequence[str]) -> set[str]:
        return {CERTIFICATE, *_ANEW} & set(names) if Path(folder) == old else set()

    shutil.copytree(old, fresh, ignore=anew)
    return True


def _is_whole(edition: Path) -> bool:
    said = json.loads((edition / CERTIFICATE).read_text(encoding="utf-8"))["files"]
    found = {path.relative_to(edition).as_posix() for path in edition.rglob("*") if path.is_file()}
    return found - {CERTIFICATE} == {file["path"] for file in said} and all(
        sha256_of(edition / file["path"]) == file["sha256"] for file in said
    )
