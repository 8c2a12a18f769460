"""The editions whose pages are looked at: the invented nation, and the examples whose files are here."""

from __future__ import annotations

from pathlib import Path

import pytest

from fullpicture.cli.demo import release_some
from fullpicture.demo import write_nation
from fullpicture.programme.build import build

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT.parent / "shared" / "data"
EXAMPLES = ("recorded-crime", "national-framework") if DATA.is_dir() else ()


@pytest.fixture(scope="session")
def editions(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """A build of each, both editions in it."""
    folder = tmp_path_factory.mktemp("pages")
    write_nation(folder / "nation", scale=0.2)
    release_some(folder / "nation")
    build(folder / "nation", folder / "demo")
    for example in EXAMPLES:
        build(ROOT / "examples" / example, folder / example, DATA)
    return [folder / name for name in ("demo", *EXAMPLES)]
