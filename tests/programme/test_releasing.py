"""`fullpicture release`: only what is signed, certified and announced, at an address that never changes."""

from __future__ import annotations

import json
import shutil
from datetime import UTC, datetime
from pathlib import Path
from xml.etree import ElementTree

import html5lib
import pytest

from fullpicture.core.errors import ProgrammeRefused
from fullpicture.programme.build import build
from fullpicture.programme.releasing import Asked, release
from fullpicture.programme.reviewing import review
from fullpicture.programme.signing import sign
from fullpicture.programme.verify import verify
from tests.programme.folders import PROGRAMME, write_programme

RELEASE = """
[release]
address = "https://example.org/crime"

[[release.calendar]]
on = 2025-06-01
what = "Recorded crime </script>"
"""
NOW = datetime(2025, 6, 1, 9, 30, tzinfo=UTC)


def _built(folder: Path, text: str = PROGRAMME + RELEASE) -> Path:
    programme = write_programme(folder / "programme", programme=text)
    (programme / "reports").mkdir(exist_ok=True)
    build(programme, folder / "build")
    return folder / "build"


def _signed(folder: Path) -> Path:
    made = _built(folder)
    sign(made, review(made), "Lead Analyst", {})
    return made


def _files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


def test_a_signed_build_is_released_byte_for_byte(tmp_path: Path) -> None:
    made = _signed(tmp_path)
    issue = release(Asked(made, tmp_path / "site", NOW))
    assert issue.version == "2025-06-01"
    assert _files(tmp_path / "site" / "2025-06-01") == _files(made / "public")
    assert verify(tmp_path / "site" / "2025-06-01") == []
    [line] = (tmp_path / "programme" / "state" / "issues.jsonl").read_text().splitlines()
    assert json.loads(line)["signed_by"] == "Lead Analyst"


def test_what_catalogues_and_feeds_read_is_written(tmp_path: Path) -> None:
    made, site = _signed(tmp_path), tmp_path / "site"
    release(Asked(made, site, NOW))
    data = json.loads((site / "2025-06-01.jsonld").read_text())
    assert (data["@type"], data["datePublished"]) == ("Dataset", "2025-06-01")
    assert data["temporalCoverage"] == "2023-04-01/2025-03-31"
    assert "https://example.org/crime/2025-06-01/figures.csv" in {
        d["contentUrl"] for d in data["distribution"]
    }
    assert all(
        (site / d["contentUrl"].removeprefix("https://example.org/crime/")).exists()
        for d in data["distribution"]
    )
    feed = ElementTree.parse(site / "feed.xml").getroot()
    atom = "{http://www.w3.org/2005/Atom}"
    assert [one.findtext(f"{atom}id") for one in feed.iter(f"{atom}entry")] == [
        "https://example.org/crime/2025-06-01/"
    ]
    assert feed.findtext(f"{atom}updated") == "2025-06-01T09:30:00Z"
    page = (site / "index.html").read_text()
    html5lib.HTMLParser(strict=True).parse(page)
    assert "Lead Analyst" in page
    assert "Recorded crime &lt;/script&gt;" in page


def test_what_is_not_signed_announced_or_due_is_refused_all_at_once(tmp_path: Path) -> None:
    made = _built(tmp_path, PROGRAMME)
    with pytest.raises(ProgrammeRefused) as refused:
        release(Asked(made, tmp_path / "site", datetime(2025, 5, 31, tzinfo=UTC)))
    said = str(refused.value)
    for part in ("nobody has signed", "it is not said where", "2025-06-01 was not announced", "has not come"):
        assert part in said
    assert not (tmp_path / "site").exists()


def test_a_byte_changed_after_signing_is_refused(tmp_path: Path) -> None:
    made = _signed(tmp_path)
    page = made / "public" / "index.html"
    page.write_bytes(page.read_bytes() + b" ")
    with pytest.raises(ProgrammeRefused, match=r"index.html: this file is not as it was certified"):
        release(Asked(made, tmp_path / "site", NOW))


def test_a_released_version_never_changes_and_a_correction_says_what_it_corrects(tmp_path: Path) -> None:
    made, site = _signed(tmp_path), tmp_path / "site"
    with pytest.raises(ProgrammeRefused, match="nothing can be corrected"):
        release(Asked(made, site, NOW, "Table 3"))
    release(Asked(made, site, NOW))
    before = _files(site / "2025-06-01")
    with pytest.raises(ProgrammeRefused, match="never changes"):
        release(Asked(made, site, NOW))
    crime = tmp_path / "programme" / "data" / "crime.csv"
    crime.write_text(crime.read_text().replace("Kent,Theft,40", "Kent,Theft,41"))
    shutil.rmtree(made)
    build(tmp_path / "programme", made)
    with pytest.raises(ProgrammeRefused, match="nobody has signed"):
        release(Asked(made, site, NOW, "Thefts in Kent were one too few."))
    sign(made, review(made), "Lead Analyst", {})
    issue = release(Asked(made, site, datetime(2025, 6, 9, tzinfo=UTC), "Thefts in Kent were one too few."))
    assert issue.version == "2025-06-01.1"
    assert _files(site / "2025-06-01") == before
    assert (
        "version 2025-06-01.1:</strong> Thefts in Kent were one too few." in (site / "index.html").read_text()
    )
    assert (site / "feed.xml").read_text().index("Correction: ") < (site / "feed.xml").read_text().index(
        "Release: "
    )
