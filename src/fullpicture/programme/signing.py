"""The review sheet: what was checked and found, and the name of who signs for it, of these very bytes."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from fullpicture.core.errors import Mistake, ProgrammeRefused, UsageError
from fullpicture.programme.cache import sha256_of
from fullpicture.programme.explain import programme_of
from fullpicture.programme.reviewing import EDITIONS
from fullpicture.programme.state import Log, State
from fullpicture.programme.toml import nearest_hint
from fullpicture.publish.review.check import Finding
from fullpicture.publish.review.checks import CHECKS
from fullpicture.publish.review.sheet import write_sheet

SHEET = "review.json"


@dataclass(frozen=True)
class Waived:
    """A finding that somebody has looked at and lets stand, and why."""

    finding: str
    what: str
    why: str


@dataclass(frozen=True)
class SignOff:
    """One line of `state/reviews.jsonl`: who signed which build, when, and what was waived.

    `build` has the SHA-256 of each edition's certificate, which has that of every other file.
    """

    who: str
    at: datetime
    build: Mapping[str, str]
    checks: int
    waived: tuple[Waived, ...]


def bytes_of(build: Path) -> dict[str, str]:
    """What a signature is of: the hash of each edition's certificate."""
    return {name: sha256_of(build / name / "certificate.json") for name in EDITIONS}


def sign(build: Path, found: Sequence[Finding], who: str, waive: Mapping[str, str]) -> SignOff:
    """Signs a build, with a reason for each finding that is waived, and records it.

    Raises:
        UsageError: nobody is named, a reason is empty, or what is waived was not found.
        ProgrammeRefused: a finding is neither mended nor waived.
    """
    if not who.strip():
        raise UsageError("--sign: nobody is named. A lead analyst signs with their name.")
    known = {one.id: one for one in found}
    for id_, why in waive.items():
        if id_ not in known:
            raise UsageError(f"--waive {id_}: this was not found. {nearest_hint(id_, list(known))}")
        if not any(map(str.isalpha, why)):
            raise UsageError(f"--waive {id_}: the reason says nothing. Say why it may stand.")
    left = [one for one in found if one.id not in waive]
    if left:
        raise ProgrammeRefused([Mistake(f"{one.id} {one.where}", one.what, one.mend) for one in left])
    waived = tuple(Waived(id_, known[id_].what, " ".join(why.split())) for id_, why in waive.items())
    signed = SignOff(who.strip(), datetime.now(UTC), bytes_of(build), len(CHECKS), waived)
    _log(build).add([signed])
    write_review(build, found, signed)
    return signed


def signature_of(build: Path) -> SignOff | None:
    """The latest signature of these very bytes, or None."""
    now = bytes_of(build)
    return next((one for one in reversed(_log(build).read()) if dict(one.build) == now), None)


def write_review(build: Path, found: Sequence[Finding], signed: SignOff | None) -> None:
    """Writes the sheet beside the editions: `review.json`, and `review.html` to read and to print."""
    sheet: dict[str, Any] = {
        "build": bytes_of(build),
        "checks": [{"code": one.code, "title": one.title} for one in CHECKS],
        "found": [{"id": one.id, **asdict(one)} for one in found],
        "signed": TypeAdapter(SignOff).dump_python(signed, mode="json") if signed else None,
    }
    text = json.dumps(sheet, indent=2, ensure_ascii=False) + "\n"
    (build / SHEET).write_text(text, encoding="utf-8")
    write_sheet(sheet, build / "review.html")


def _log(build: Path) -> Log[SignOff]:
    return Log(State(programme_of(build)), "reviews", SignOff)
