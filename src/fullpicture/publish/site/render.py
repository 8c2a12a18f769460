"""Templates, and pages made of them: what a page shows, and the frame of its edition around it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, MutableMapping
from functools import cache
from importlib import resources
from pathlib import Path
from urllib.parse import quote

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from fullpicture.publish.publication import Publication
from fullpicture.publish.site.places import called

_CHART = re.compile(
    r'(<svg role="img")[^>]*?( viewBox="[^"]*">)<title[^>]*>([^<]*)</title><desc[^>]*>([^<]*)</desc>'
)
Bodies = MutableMapping[str, bytes]
"""What pages show by path, in UTF-8 and without the frame: the same in two editions that say the same."""


@cache
def environment() -> Environment:
    """Where the templates are; `link` makes a code fit for an address, `called` names an area."""
    environment = Environment(
        loader=PackageLoader("fullpicture.publish"),
        autoescape=True,
        undefined=StrictUndefined,
        auto_reload=False,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["link"] = cache(quote)
    environment.filters["called"] = called
    environment.filters["for_paper"] = for_paper
    return environment


def for_paper(html: Markup, style: str) -> Markup:
    """Charts with a stylesheet of their own and their words in the title, which is what PDF takes."""

    def titled(found: re.Match[str]) -> str:
        return f"{found[1]}{found[2]}<style>{style}</style><title>{found[3]}. {found[4]}</title>"

    return Markup(_CHART.sub(titled, html))


def shown(template: str, content: Mapping[str, object]) -> str:
    """A template filled in."""
    return environment().get_template(template).render(content)


def macro(template: str, name: str, *given: object) -> str:
    """A part of a page: what a macro of a template makes of things."""
    return str(_macro(template, name)(*given))


@cache
def _macro(template: str, name: str) -> Callable[..., str]:
    made: Callable[..., str] = getattr(environment().get_template(template).module, name)
    return made


class Pages:
    """Writes pages of an edition into its folder; what `bodies` has already is not made again."""

    def __init__(self, publication: Publication, folder: Path, bodies: Bodies) -> None:
        self._publication, self._folder, self._bodies = publication, folder, bodies
        self._frame = environment().get_template("page.html")

    def write(
        self, path: str, title: str, template: str, content: Callable[[], dict[str, object]] = dict
    ) -> None:
        """Writes one page: the template shows the content."""
        if path not in self._bodies:
            given = {"publication": self._publication, **content()}
            self._bodies[path] = shown(template, given).encode()
        self.frame(path, title)

    def put(self, path: str, title: str, body: str) -> None:
        """Writes one page whose body is made already."""
        self._bodies[path] = body.encode()
        self.frame(path, title)

    def frame(self, path: str, title: str) -> None:
        """Writes a page with the frame of its edition around its body."""
        html = self._frame.render(
            publication=self._publication,
            title=title,
            root="../" * path.count("/"),
            here=path,
            main=self._bodies[path].decode(),
            scripted=path in ("find.html", "compare.html"),
        )
        (self._folder / path).parent.mkdir(parents=True, exist_ok=True)
        (self._folder / path).write_text(html, encoding="utf-8")

    def copy(self, name: str) -> None:
        """Copies a file of ours that pages need: the stylesheet, the script."""
        text = (resources.files("fullpicture.publish") / "templates" / name).read_text(encoding="utf-8")
        self._folder.mkdir(parents=True, exist_ok=True)
        (self._folder / name).write_text(text, encoding="utf-8")
