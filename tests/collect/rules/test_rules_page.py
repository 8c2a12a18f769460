"""The page of rules is that of the rules."""

from __future__ import annotations

import importlib.util
from pathlib import Path

from fullpicture.collect.rules import RULES

SCRIPT = Path(__file__).parents[3] / "scripts/write_rules.py"
SPEC = importlib.util.spec_from_file_location("write_rules", SCRIPT)
assert SPEC is not None
assert SPEC.loader is not None
SCRIPT_MODULE = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(SCRIPT_MODULE)


def test_the_page_of_rules_is_current() -> None:
    written = SCRIPT_MODULE.PAGE.read_text(encoding="utf-8")
    assert written == SCRIPT_MODULE.page(), "run scripts/write_rules.py"
    assert all(f"| `{code}` |" in written for code in RULES)
