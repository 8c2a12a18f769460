"""Reads a page for what checks need: its anchors, its links, and what has no alternative text."""

from __future__ import annotations

from html.parser import HTMLParser

from fullpicture.publish.review.reviewed import PageFacts

_LINKS = {"a": "href", "link": "href", "img": "src", "script": "src", "iframe": "src", "source": "src"}


def facts_of(path: str, html: str) -> PageFacts:
    """What is on a page.

    Examples:
        >>> found = facts_of("a.html", '<p id="x"><a href="b.html">b</a><img src="c.png"></p>')
        >>> sorted(found.anchors), found.links, found.without_text
        (['x'], ('b.html', 'c.png'), ('the image c.png',))
    """
    reader = _Reader()
    reader.feed(html)
    return PageFacts(path, frozenset(reader.anchors), tuple(reader.links), tuple(reader.without_text()))


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.anchors: set[str] = set()
        self.links: list[str] = []
        self._images: list[str] = []
        self._drawings: list[bool] = []
        self._is_in_title = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if given.get("id"):
            self.anchors.add(given["id"] or "")
        if tag in _LINKS and _LINKS[tag] in given:
            self.links.append(given[_LINKS[tag]] or "")
        if tag == "img" and ("alt" not in given or not (given["alt"] or given.get("role") == "presentation")):
            self._images.append(given.get("src") or "")
        if tag == "svg":
            is_hidden = given.get("aria-hidden") == "true" or given.get("role") == "presentation"
            self._drawings.append(is_hidden or bool((given.get("aria-label") or "").strip()))
        self._is_in_title = tag == "title" and bool(self._drawings)

    def handle_data(self, data: str) -> None:
        if self._is_in_title and data.strip():
            self._drawings[-1] = True
        self._is_in_title = False

    def without_text(self) -> list[str]:
        """Images without a description, and how many drawings have no title."""
        silent = self._drawings.count(False)
        return [f"the image {name}" for name in self._images] + ([f"{silent} drawing(s)"] if silent else [])
