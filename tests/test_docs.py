"""What the documentation must mention, and what of it must run."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import pytest

from fullpicture.core.absence import Absence
from fullpicture.programme import forms

DOCS = Path(__file__).resolve().parents[1] / "docs"
FORMS = [value for name, value in vars(forms).items() if name.endswith("Form")]
SETTINGS = sorted({field.name for form in FORMS for field in fields(form)} | {"abstract"})


@pytest.mark.parametrize("setting", SETTINGS)
def test_every_setting_has_a_line(setting: str) -> None:
    text = (DOCS / "settings.md").read_text(encoding="utf-8")
    assert f"`{setting}`" in text or f"`[[{setting}]]`" in text


def test_the_glossary_explains_every_absence() -> None:
    text = (DOCS / "glossary.md").read_text(encoding="utf-8")
    assert all(absence.in_brackets in text for absence in Absence)
