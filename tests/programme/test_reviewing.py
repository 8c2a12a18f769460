"""`fullpicture review`: a build is read, a sheet is written, and a lead analyst signs these very bytes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from fullpicture.core.errors import ProgrammeRefused, UsageError
from fullpicture.programme.build import build
from fullpicture.programme.reviewing import review
from fullpicture.programme.signing import sign, signature_of, write_review
from tests.programme.folders import write_programme

REPORT = """+++
title = "Recorded crime"
area = "E12000008"
period = "2024-25"
+++

# Scale {#scale}

In {{ period() }}, forces of the South East recorded {{ figure("crimes") }}.
The number {{ words_of_change("crimes") }}.
Thefts were {{ figure("theft_of_all_pct") }} of all.

{{ table("crimes", by="offence_group") }}

{{ chart("crimes", level="police force area") }}

{{ tables() }}
"""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A build whose report is clean."""
    return _build(tmp_path_factory.mktemp("clean"), REPORT)


def _build(folder: Path, report: str) -> Path:
    programme = write_programme(folder / "programme")
    (programme / "reports").mkdir()
    (programme / "reports" / "crime.md").write_text(report, encoding="utf-8")
    build(programme, folder / "build")
    return folder / "build"


def test_a_clean_build_passes_and_is_signed_with_its_bytes(built: Path) -> None:
    found = review(built)
    assert [str(one) for one in found] == []
    assert signature_of(built) is None
    signed = sign(built, found, "Lead Analyst", {})
    assert signature_of(built) == signed
    sheet = json.loads((built / "review.json").read_text())
    assert (sheet["signed"]["who"], sheet["found"]) == ("Lead Analyst", [])
    assert "Signed by Lead Analyst" in (built / "review.html").read_text()


def test_a_signature_is_of_these_bytes_alone(built: Path) -> None:
    certificate = built / "public" / "certificate.json"
    kept = certificate.read_bytes()
    sign(built, [], "Lead Analyst", {})
    certificate.write_bytes(kept + b" ")
    try:
        assert signature_of(built) is None
    finally:
        certificate.write_bytes(kept)


def test_a_changed_page_and_a_broken_link_are_found_with_their_place(built: Path) -> None:
    page = built / "public" / "about.html"
    kept = page.read_bytes()
    page.write_bytes(kept.replace(b"</main>", b'<a href="gone.html">x</a><img src="style.css"></main>'))
    try:
        found = {one.code: str(one) for one in review(built)}
    finally:
        page.write_bytes(kept)
    assert "public/about.html" in found["REV-027"]
    assert '"gone.html" leads to a file that is not there' in found["REV-026"]
    assert "the image style.css has no alternative text" in found["REV-025"]


def test_planted_mistakes_must_be_mended_or_waived_with_a_reason(tmp_path: Path) -> None:
    planted = REPORT + "\nThree quarters of victims were girls. Theft is soaring.\n"
    made = _build(tmp_path, planted)
    found = review(made)
    assert {one.code for one in found} == {"REV-001", "REV-006"}
    assert [one.where.split(",")[1].strip() for one in found] == ["both editions"] * 2
    with pytest.raises(ProgrammeRefused, match=r"reports/crime.md:1\d"):
        sign(made, found, "Lead Analyst", {})
    with pytest.raises(UsageError, match="was not found"):
        sign(made, found, "Lead Analyst", {"REV-001-000000": "No reason"})
    with pytest.raises(UsageError, match="says nothing"):
        sign(made, found, "Lead Analyst", {found[0].id: "..."})
    reasons = {one.id: "Quoted from the survey named in the sentence" for one in found}
    signed = sign(made, found, "Lead Analyst", reasons)
    assert len(signed.waived) == len(found)
    line = json.loads((tmp_path / "programme" / "state" / "reviews.jsonl").read_text())
    assert line["waived"][0]["why"] == "Quoted from the survey named in the sentence"
    write_review(made, found, signed)
    assert "Waived:" in (made / "review.html").read_text()


def test_what_is_no_build_is_said(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no internal and no public edition"):
        review(tmp_path)
