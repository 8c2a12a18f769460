"""Every page of both editions: small, its links alive, its ids its own, and in a browser whole at 320 px.

Axe and the parser of the standard look at one page of each kind, which is a set of elements with their
classes and roles, and at the largest of that kind: hundreds of pages of areas differ in their figures
alone. `PAGES=all` has them look at every page (half an hour).
"""

from __future__ import annotations

import gzip
import json
import os
import re
import shutil
import subprocess
import warnings
from collections import Counter
from collections.abc import Iterable
from functools import cache
from html import unescape
from pathlib import Path
from urllib.parse import unquote

import html5lib
import pytest

from tests.pages.conftest import ROOT
from tests.pages.kinds import distinct, kinds, text_of

TOOLS = Path(os.environ.get("PAGE_TOOLS", ROOT / "build" / "page-tools"))
MOST_BYTES = 60_000
pytestmark = pytest.mark.pages

GOOD = """<!doctype html><html lang="en-GB"><head><title>Good</title></head>
<body><main><h1>Good</h1><p>Nothing is wrong here.</p></main></body></html>"""
BAD = """<!doctype html><html><head><title>Bad</title></head>
<body><main><h1>Bad</h1><img src="none.png">
<p style="color:#ccc;background:#fff;width:900px">Pale</p></main></body></html>"""


def chromium() -> str:
    found = shutil.which("chromium")
    assert found, "Chromium is not here: run make test-pages, which installs it"
    return found


def looked_at(pages: Iterable[Path], narrow: Iterable[Path] = ()) -> dict[str, list[str]]:
    """What is wrong with each page, as the browser sees it; of `narrow`, only whether it fits 320 px."""
    command = ["node", str(Path(__file__).parent / "axe.mjs"), str(TOOLS), chromium()]
    listed = "\n".join([*map(str, pages), *(f"narrow {page}" for page in narrow)])
    done = subprocess.run(command, input=listed, capture_output=True, text=True, check=False, timeout=5400)
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


def test_the_test_sees_what_is_wrong(tmp_path: Path) -> None:
    good, bad = tmp_path / "good.html", tmp_path / "bad.html"
    good.write_text(GOOD, encoding="utf-8")
    bad.write_text(BAD, encoding="utf-8")
    found = looked_at([good, bad])
    assert found[str(good)] == []
    seen = " ".join(found[str(bad)])
    assert all(word in seen for word in ("image-alt", "color-contrast", "html-has-lang", "at 320 px"))


@pytest.fixture(scope="module")
def pages(editions: list[Path]) -> list[Path]:
    return [page for edition in editions for page in sorted(edition.rglob("*.html"))]


@pytest.fixture(scope="module")
def of_each_kind(pages: list[Path]) -> list[Path]:
    if os.environ.get("PAGES") == "all":
        return pages
    homes = [page for page in pages if page.name == "index.html"]
    return list(dict.fromkeys([*homes, *kinds(distinct(pages))]))


def test_every_page_is_accessible_and_whole_at_320_px(pages: list[Path], of_each_kind: list[Path]) -> None:
    narrow = set(distinct(pages)) - set(of_each_kind)
    found = looked_at(of_each_kind, sorted(narrow))
    assert len(found) == len(of_each_kind) + len(narrow) > 100
    assert {page: wrong for page, wrong in found.items() if wrong} == {}


def test_a_page_of_each_kind_is_valid(of_each_kind: list[Path]) -> None:
    for page in of_each_kind:
        assert faults_of_html(text_of(page)) == [], page


def test_every_page_is_small_and_no_id_stands_twice_on_it(pages: list[Path]) -> None:
    for page in pages:
        assert len(gzip.compress(text_of(page).encode())) <= MOST_BYTES, page
        assert [id_ for id_, count in Counter(ids_in(page)).items() if count > 1] == [], page


def ids_in(page: Path) -> list[str]:
    return [unescape(id_) for id_ in re.findall(r'<[^>]*?\sid="([^"]*)"', text_of(page))]


@cache
def ids_of(page: Path) -> frozenset[str]:
    """What a link may point at within a page."""
    return frozenset(ids_in(page))


@cache
def there_is(target: Path) -> bool:
    return target.exists()


def is_dead(page: Path, link: str) -> bool:
    """Whether a link within the edition leads to no file, or to no place in its page."""
    path, _, place = link.partition("#")
    target = page.parent / unquote(path.partition("?")[0]) if path else page
    place_is_missing = bool(place) and not {place, unquote(place)} & ids_of(target.resolve())
    return not there_is(target) or place_is_missing


def links_of(page: Path) -> list[str]:
    """The links of a page that stay within its edition."""
    found = [unescape(link) for link in re.findall(r'<a [^>]*?href="([^"]*)"', text_of(page))]
    return [link for link in found if "://" not in link]


def test_every_link_leads_to_a_page_or_file_and_to_its_place_there(pages: list[Path]) -> None:
    for page in pages:
        assert [link for link in links_of(page) if is_dead(page, link)] == [], page


def test_the_test_sees_a_dead_link_and_an_id_that_stands_twice(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text('<p id="a"><a href="none.html">x</a><a href="#b">x</a><b id="a"></b>', encoding="utf-8")
    assert [link for link in links_of(page) if is_dead(page, link)] == ["none.html", "#b"]
    assert Counter(ids_in(page))["a"] == 2
