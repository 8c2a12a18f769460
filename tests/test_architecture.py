"""The folders are the mission, and imports go one way."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from fullpicture.core.errors import NotProtected
from fullpicture.core.table import PublicTable
from tests.architecture import broken_rules
from tests.tables import internal_table

PACKAGE = Path(__file__).resolve().parents[1] / "src" / "fullpicture"


def test_the_package_keeps_its_rules() -> None:
    assert broken_rules(PACKAGE) == []


@pytest.mark.parametrize(
    ("planted", "line", "found"),
    [
        (
            "collect/findings.py",
            "from fullpicture.publish import write_site",
            "collect/findings.py imports publish",
        ),
        ("core/period.py", "import fullpicture.analyse.figures", "core/period.py imports analyse"),
        (
            "publish/site/write.py",
            "from fullpicture.core.table import _SEAL",
            "publish/site/write.py uses the seal of public tables",
        ),
    ],
)
def test_a_planted_import_is_found(planted: str, line: str, found: str, tmp_path: Path) -> None:
    copy = Path(shutil.copytree(PACKAGE, tmp_path / "fullpicture"))
    module = copy / planted
    module.write_text(module.read_text(encoding="utf-8") + f"\n{line}\n", encoding="utf-8")
    assert broken_rules(copy) == [found]


def test_nobody_but_protect_makes_a_public_table() -> None:
    table = internal_table([("A", 5.0)])
    with pytest.raises(NotProtected, match=r"comes out of protect\(\) only"):
        PublicTable(table.description, table.figures, table.coverage)


def test_all_public_names_can_be_imported() -> None:
    import fullpicture

    assert fullpicture.__all__ == sorted(fullpicture.__all__)
    assert all(getattr(fullpicture, name) for name in fullpicture.__all__)
    with pytest.raises(AttributeError, match="fullpicture has no nothing"):
        _ = fullpicture.nothing
