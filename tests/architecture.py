"""What may import what, and how large things may be, read off any source folder."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

STAGES = ("collect", "analyse", "disclosure", "publish", "act")
ALLOWED = {
    "core": {"core"},
    **{stage: {"core", stage} for stage in STAGES},
    "programme": {"core", *STAGES, "programme"},
    "demo": {"core", *STAGES, "demo"},
    "cli": {"core", *STAGES, "programme", "demo", "cli"},
}
LONGEST_MODULE, LONGEST_FUNCTION = 400, 35
VAGUE = {"utils", "helpers", "manager", "common", "misc"}


def broken_rules(package: Path) -> list[str]:
    """Every rule that the package's modules break, in words."""
    broken: list[str] = []
    for path in sorted(package.rglob("*.py")):
        name = path.relative_to(package).as_posix()
        source = path.read_text(encoding="utf-8")
        tree = ast.parse(source)
        folder = name.split("/")[0]
        if folder in ALLOWED:
            broken += [f"{name} imports {other}" for other in _folders(tree) if other not in ALLOWED[folder]]
        if "_SEAL" in _names(tree) and name not in ("core/table.py", "disclosure/protect.py"):
            broken.append(f"{name} uses the seal of public tables")
        if len(source.splitlines()) > LONGEST_MODULE:
            broken.append(f"{name} is longer than {LONGEST_MODULE} lines")
        if path.stem in VAGUE:
            broken.append(f"{name} has a vague name")
        broken += [f"{name} {function} is too long" for function in _too_long(tree)]
    return broken


def _folders(tree: ast.AST) -> Iterator[str]:
    """Our folders that a module imports from, wherever in it."""
    for node in ast.walk(tree):
        names = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
        names += [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        yield from (name.split(".")[1] for name in names if name.startswith("fullpicture."))


def _names(tree: ast.AST) -> set[str]:
    imported = {a.name for n in ast.walk(tree) if isinstance(n, ast.ImportFrom) for a in n.names}
    return imported | {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}


def _too_long(tree: ast.AST) -> Iterator[str]:
    """Functions longer than allowed, their docstrings not counted."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            docstring = ast.get_docstring(node, clean=False)
            lines = (node.end_lineno or node.lineno) - node.lineno + 1
            lines -= len(docstring.splitlines()) if docstring else 0
            if lines > LONGEST_FUNCTION:
                yield node.name
