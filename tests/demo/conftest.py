"""One invented nation for all tests of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from fullpicture.demo import write_nation
from tests.demo.nation import Nation


@pytest.fixture(scope="session")
def nation(tmp_path_factory: pytest.TempPathFactory) -> Nation:
    folder: Path = tmp_path_factory.mktemp("nation")
    write_nation(folder)
    return Nation(folder)
