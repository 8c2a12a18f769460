"""Templates and where a rendered page goes."""

from __future__ import annotations

from functools import cache
from importlib import resources
from pathlib import Path
from urllib.parse import quote

from jinja2 import Environment, PackageLoader, StrictUndefined

from fullpicture.publish.publication import Publication
from fullpicture.publish.site.grouped import called


@cache
def environment() -> Environment:
    """Where the templates are; `link` makes a code fit for an address, `called` names an area."""
    environment = Environment(
        loader=PackageLoader("fullpicture.publish"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["link"] = quote
    environment.filters["called"] = called
    return environment


def write_page(
    publication: Publication, target: Path, path: str, title: str, content: dict[str, object]
) -> None:
    """Renders the template of the content's `template` to a path within the edition's folder."""
    page = environment().get_template(f"{content['template']}.html")
    html = page.render(
        publication=publication, title=title, root="../" * path.count("/"), here=path, **content
    )
    (target / path).parent.mkdir(parents=True, exist_ok=True)
    (target / path).write_text(html, encoding="utf-8")


def copy_asset(name: str, target: Path) -> None:
    """Copies a file of ours that pages need: the stylesheet, the script."""
    text = (resources.files("fullpicture.publish") / "templates" / name).read_text(encoding="utf-8")
    target.mkdir(parents=True, exist_ok=True)
    (target / name).write_text(text, encoding="utf-8")
