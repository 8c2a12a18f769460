"""Writes the table of checks in docs/review.md from the checks themselves."""

from __future__ import annotations

from pathlib import Path

from fullpicture.publish.review.checks import CHECKS

PAGE = Path(__file__).parent.parent / "docs" / "review.md"
BEGIN, END = "<!-- checks -->\n", "<!-- end of checks -->\n"


def table() -> str:
    """The checks by code, with what each looks at and why."""
    rows = ["| code | what must hold | what is found | why |", "|---|---|---|---|"]
    for check in CHECKS:
        found = " ".join((check.find.__doc__ or "").split())
        rows.append(f"| {check.code} | {check.title} | {found} | {check.why} |")
    return "\n".join(rows) + "\n"


def page(text: str) -> str:
    """The page with its table made anew."""
    before, _, rest = text.partition(BEGIN)
    return f"{before}{BEGIN}{table()}{END}{rest.partition(END)[2]}"


if __name__ == "__main__":
    PAGE.write_text(page(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
