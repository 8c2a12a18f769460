"""Every page of both editions, in a browser: accessible, valid, small, and whole at 320 px."""

from __future__ import annotations

import gzip
import json
import os
import shutil
import subprocess
import warnings
from functools import cache
from pathlib import Path
from urllib.parse import unquote

import html5lib
import pytest

from fullpicture.demo import write_nation
from fullpicture.programme.build import build

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT.parent / "shared" / "data"
TOOLS = Path(os.environ.get("PAGE_TOOLS", ROOT / "build" / "page-tools"))
EXAMPLES = ("recorded-crime", "national-framework") if DATA.is_dir() else ()
MOST_BYTES = 60_000
pytestmark = pytest.mark.pages

GOOD = """<!doctype html><html lang="en-GB"><head><title>Good</title></head>
<body><main><h1>Good</h1><p>Nothing is wrong here.</p></main></body></html>"""
BAD = """<!doctype html><html><head><title>Bad</title></head>
<body><main><h1>Bad</h1><img src="none.png">
<p style="color:#ccc;background:#fff;width:900px">Pale</p></main></body></html>"""


def looked_at(pages: list[Path]) -> dict[str, list[str]]:
    """What is wrong with each page, as the browser sees it."""
    chromium = shutil.which("chromium")
    assert chromium, "Chromium is not here: run make test-pages, which installs it"
    command = ["node", str(Path(__file__).parent / "axe.mjs"), str(TOOLS), chromium]
    listed = "\n".join(map(str, pages))
    done = subprocess.run(command, input=listed, capture_output=True, text=True, check=False, timeout=1500)
    assert done.returncode == 0, done.stderr[-2000:]
    found = [json.loads(line) for line in done.stdout.splitlines()]
    return {one["page"]: one["wrong"] for one in found}


def faults_of_html(text: str) -> list[str]:
    """What the HTML parser of the standard objects to, and ids that stand twice."""
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        tree = parser.parse(text)
    ids = [element.get("id") for element in tree.iter() if element.get("id")]
    twice = sorted({id_ for id_ in ids if ids.count(id_) > 1})
    return [str(error[1]) for error in parser.errors] + [f"id {id_} stands twice" for id_ in twice]


@pytest.fixture(scope="module")
def editions(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """The invented nation, and the examples whose published files are here."""
    folder = tmp_path_factory.mktemp("pages")
    write_nation(folder / "nation", scale=0.2)
    build(folder / "nation", folder / "demo")
    for example in EXAMPLES:
        build(ROOT / "examples" / example, folder / example, DATA)
    return [folder / name for name in ("demo", *EXAMPLES)]


def test_the_test_sees_what_is_wrong(tmp_path: Path) -> None:
    good, bad = tmp_path / "good.html", tmp_path / "bad.html"
    good.write_text(GOOD, encoding="utf-8")
    bad.write_text(BAD, encoding="utf-8")
    found = looked_at([good, bad])
    assert found[str(good)] == []
    seen = " ".join(found[str(bad)])
    assert all(word in seen for word in ("image-alt", "color-contrast", "html-has-lang", "at 320 px"))


def test_every_page_is_accessible_and_whole_at_320_px(editions: list[Path]) -> None:
    pages = [page for edition in editions for page in sorted(edition.rglob("*.html"))]
    found = looked_at(pages)
    assert len(found) == len(pages) > 100
    assert {page: wrong for page, wrong in found.items() if wrong} == {}


def test_every_page_is_valid_and_small(editions: list[Path]) -> None:
    for page in (page for edition in editions for page in edition.rglob("*.html")):
        text = page.read_text(encoding="utf-8")
        assert faults_of_html(text) == [], page
        assert len(gzip.compress(text.encode())) <= MOST_BYTES, page


@cache
def ids_of(page: Path) -> frozenset[str]:
    """What a link may point at within a page."""
    tree = html5lib.parse(page.read_text(encoding="utf-8"), namespaceHTMLElements=False)
    return frozenset(element.get("id") for element in tree.iter() if element.get("id"))


def is_dead(page: Path, link: str) -> bool:
    """Whether a link within the edition leads to no file, or to no place in its page."""
    path, _, place = unquote(link).partition("#")
    target = page.parent / path if path else page
    return not target.exists() or (bool(place) and place not in ids_of(target.resolve()))


def test_every_link_leads_to_a_page_or_file_and_to_its_place_there(editions: list[Path]) -> None:
    for page in (page for edition in editions for page in edition.rglob("*.html")):
        tree = html5lib.parse(page.read_text(encoding="utf-8"), namespaceHTMLElements=False)
        links = [element.get("href") for element in tree.iter("a")]
        local = [link for link in links if link and "://" not in link]
        assert [link for link in local if is_dead(page, link)] == [], page
