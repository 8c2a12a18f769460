"""What is still marked `# CHECK:` in the TOML of a mapping: lines that nobody has decided yet."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

CHECK = "# CHECK:"
_TABLE = re.compile(r"""\s*\[\s*source\s*\.\s*(?:"([^"]*)"|'([^']*)'|([\w-]+))""")


def undecided(path: Path) -> Mapping[str, int]:
    """How many lines of each source are marked; what stands above the first of them is of the first.

    A file that cannot be read as text has none: whoever reads its TOML says so.
    """
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError):
        return {}
    tables = [_TABLE.match(line) for line in lines]
    ids = [next(filter(None, found.groups()), "") for found in tables if found]
    id_, counts = next(iter(ids), ""), Counter[str]()
    for line, found in zip(lines, tables, strict=True):
        id_ = next(filter(None, found.groups()), "") if found else id_
        counts[id_] += CHECK in line
    return +counts


def said(count: int, mapping: str) -> str:
    """How many lines ask for a decision, in words."""
    lines = "1 line is" if count == 1 else f"{count:,} lines are"
    return f"{lines} still marked {CHECK} in the mapping {mapping}: decide each, then take its mark away."
