"""Builds of the example programmes from the published files, made once for all tests of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from fullpicture.programme.build import build
from tests.examples.figures import DATA, Editions, by_id

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def framework_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("framework") / "build"
    build(ROOT / "examples" / "national-framework", folder, DATA)
    return folder


@pytest.fixture(scope="session")
def framework(framework_folder: Path) -> Editions:
    return by_id(framework_folder)
