"""The Atom feed of releases and corrections (RFC 4287)."""

from __future__ import annotations

from datetime import UTC, datetime
from xml.etree import ElementTree

from fullpicture.publish.release.issue import Issue, Series

_ATOM = "http://www.w3.org/2005/Atom"


def feed(series: Series) -> bytes:
    """The feed, latest first; an entry's id is its permanent address, so that it never changes."""
    ElementTree.register_namespace("", _ATOM)
    root = ElementTree.Element(f"{{{_ATOM}}}feed")
    _text(root, "title", series.title)
    _text(root, "id", f"{series.address.rstrip('/')}/")
    _text(root, "updated", _moment(series.issues[0].released_at))
    author = ElementTree.SubElement(root, f"{{{_ATOM}}}author")
    _text(author, "name", series.publisher)
    address = f"{series.address.rstrip('/')}/feed.xml"
    ElementTree.SubElement(root, f"{{{_ATOM}}}link", {"rel": "self", "href": address})
    for issue in series.issues:
        _entry(root, series, issue)
    ElementTree.indent(root)
    return bytes(ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)) + b"\n"


def _entry(root: ElementTree.Element, series: Series, issue: Issue) -> None:
    entry = ElementTree.SubElement(root, f"{{{_ATOM}}}entry")
    said = "Correction" if issue.correction else "Release"
    _text(entry, "title", f"{said}: {issue.title}, version {issue.version}")
    _text(entry, "id", series.address_of(issue))
    _text(entry, "published", _moment(issue.released_at))
    _text(entry, "updated", _moment(issue.released_at))
    _text(entry, "summary", issue.correction or issue.summary)
    ElementTree.SubElement(entry, f"{{{_ATOM}}}link", {"rel": "alternate", "href": series.address_of(issue)})


def _text(parent: ElementTree.Element, tag: str, text: str) -> None:
    ElementTree.SubElement(parent, f"{{{_ATOM}}}{tag}").text = text


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
