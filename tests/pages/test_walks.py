"""What a newcomer does on the site of the National Framework: a walk by its links, and its script."""

from __future__ import annotations

import csv
import functools
import json
import subprocess
import threading
from collections.abc import Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote

import pytest

from tests.pages.conftest import DATA
from tests.pages.kinds import text_of
from tests.pages.test_pages import TOOLS, chromium, links_of

KENT, ESSEX = "E10000016", "E10000012"
INDICATOR = "repeat_referrals_pct"
pytestmark = [
    pytest.mark.pages,
    pytest.mark.skipif(not DATA.is_dir(), reason="the published files are not beside the checkout"),
]


@pytest.fixture(scope="module")
def site(editions: list[Path]) -> Path:
    """The public edition of the framework."""
    return editions[-1] / "public"


def after_clicks(page: Path, clicks: int) -> set[Path]:
    """Everything that is reached from a page in so many clicks at most."""
    reached = {page}
    for _ in range(clicks):
        pages = [one for one in reached if one.suffix == ".html"]
        links = {
            (one.parent, link.partition("#")[0].partition("?")[0]) for one in pages for link in links_of(one)
        }
        reached |= {(folder / unquote(link)).resolve() for folder, link in links if link}
    return reached


def test_repeat_referrals_of_kent_beside_its_neighbours_are_found_in_under_three_clicks(site: Path) -> None:
    reached = {path.relative_to(site).as_posix() for path in after_clicks(site / "index.html", 2)}
    page = f"neighbours/{KENT}.html"
    assert {page, f"neighbours/{KENT}.csv", f"indicators/{INDICATOR}.html", f"areas/{KENT}.csv"} <= reached
    row = text_of(site / page).split(f'id="{INDICATOR}"')[1].split("</tr>")[0]
    assert "within 12 months of a previous referral" in row
    assert row.count("<td>") >= 10
    assert f'href="{KENT}.csv"' in text_of(site / page)
    assert f'href="neighbours/{KENT}.html"' in text_of(site / "index.html")


def figures(site: Path, area: str) -> dict[str, str]:
    """The published totals of an indicator in an area by period."""
    with (site / "indicators" / f"{INDICATOR}.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["area_code"] == area and not row["breakdown"]]
    return {
        row["period"]: f"{float(row['value']):.1f}" if row["value"] else f"[{row['absence']}]" for row in rows
    }


@pytest.fixture(scope="module")
def address(site: Path) -> Iterator[str]:
    """The site behind a server of this machine: a browser reads no file beside a page that is a file."""
    quiet = type("Quiet", (SimpleHTTPRequestHandler,), {"log_message": lambda *_: None})
    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(quiet, directory=str(site)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def seen(address: str, selector: str) -> list[str]:
    """The texts of what a selector means once there is some."""
    command = ["node", str(Path(__file__).parent / "seen.mjs"), str(TOOLS), chromium(), address, selector]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, done.stderr[-2000:]
    found: list[str] = json.loads(done.stdout)
    return found


def test_an_address_fills_the_page_of_comparisons_with_the_figures_of_the_file(
    site: Path, address: str
) -> None:
    asked = f"{address}/compare.html?area={KENT}&area={ESSEX}&indicator={INDICATOR}"
    cells = seen(asked, "#compared tbody > tr > *")
    shown = {cells[at]: cells[at + 1 : at + 3] for at in range(0, len(cells), 3)}
    kent, essex = figures(site, KENT), figures(site, ESSEX)
    assert len(kent) > 10
    assert shown == {period: [kent[period], essex[period]] for period in kent}


def test_the_index_narrows_down_to_what_is_asked_for(address: str) -> None:
    found = seen(f"{address}/find.html?q=kent", "#index li:not([hidden]) a")
    assert found == ["Kent", "Kent"]
