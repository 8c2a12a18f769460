"""The page of releases: every version, what was corrected, and the days announced."""

from __future__ import annotations

from importlib import resources
from pathlib import Path

from fullpicture.publish.release.dataset import dataset
from fullpicture.publish.release.feed import feed
from fullpicture.publish.release.issue import Series
from fullpicture.publish.site.render import environment


def write_front(series: Series, folder: Path) -> None:
    """Writes `index.html`, `feed.xml`, `style.css` and the JSON-LD of each version beside its folder."""
    templates = resources.files("fullpicture.publish") / "templates"
    (folder / "style.css").write_text((templates / "style.css").read_text(encoding="utf-8"), encoding="utf-8")
    for issue in series.issues:
        text = dataset(series, issue) + "\n"
        (folder / f"{issue.version}.jsonld").write_text(text, encoding="utf-8")
    page = environment().get_template("releases.html")
    latest = dataset(series, series.issues[0])
    (folder / "index.html").write_text(page.render(series=series, latest=latest), encoding="utf-8")
    (folder / "feed.xml").write_bytes(feed(series))
