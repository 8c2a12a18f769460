"""What the documentation must mention, and what of it must run."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import pytest

from fullpicture.core.absence import Absence
from fullpicture.programme import forms, return_form

DOCS = Path(__file__).resolve().parents[1] / "docs"
FORMS = [
    value for module in (forms, return_form) for name, value in vars(module).items() if name.endswith("Form")
]
SETTINGS = sorted({field.name for form in FORMS for field in fields(form)} | {"abstract"})


@pytest.mark.parametrize("setting", SETTINGS)
def test_every_setting_has_a_line(setting: str) -> None:
    text = (DOCS / "settings.md").read_text(encoding="utf-8")
    assert any(f"`{said}`" in text for said in (setting, f"[{setting}]", f"[[{setting}]]"))


def test_the_glossary_explains_every_absence() -> None:
    text = (DOCS / "glossary.md").read_text(encoding="utf-8")
    assert all(absence.in_brackets in text for absence in Absence)


def python_blocks(text: str) -> str:
    """All Python of a page, as one program."""
    blocks = text.split("```python\n")[1:]
    return "\n".join(block.split("```")[0] for block in blocks)


@pytest.mark.parametrize("page", ["README.md", "docs/tutorial.md"])
def test_the_python_of_a_page_runs(page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    program = python_blocks((DOCS.parent / page).read_text(encoding="utf-8"))
    exec(compile(program, page, "exec"), {})


def test_the_table_of_the_readme_says_where_each_of_the_eight_things_lives() -> None:
    table = (
        (DOCS.parent / "README.md").read_text(encoding="utf-8").split("## What it covers")[1].split("## ")[0]
    )
    rows = [line for line in table.splitlines() if line.startswith("|")][2:]
    assert len(rows) == 9
    assert all(row.split("|")[2].strip() for row in rows)
