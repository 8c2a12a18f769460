"""The review sheet as a page, to be read, printed and kept."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from importlib import resources
from pathlib import Path
from typing import Any

from fullpicture.publish.site.render import environment


def write_sheet(sheet: Mapping[str, Any], path: Path) -> None:
    """Writes the page; it has its style in it, so that it can be kept by itself."""
    many = Counter(one["code"] for one in sheet["found"])
    signed = sheet["signed"] or {"waived": []}
    reasons = {one["finding"]: one["why"] for one in signed["waived"]}
    style = (resources.files("fullpicture.publish") / "templates" / "style.css").read_text(encoding="utf-8")
    page = environment().get_template("review_sheet.html")
    shown = page.render(sheet=sheet, many=many, reasons=reasons, style=style)
    path.write_text(shown, encoding="utf-8")
