"""The certificate of each edition of an example holds."""

from __future__ import annotations

from pathlib import Path

import pytest

from fullpicture.programme.verify import verify
from tests.examples.figures import DATA

pytestmark = pytest.mark.skipif(not DATA.is_dir(), reason="the published files are not beside the checkout")


def test_the_certificate_of_the_national_framework_is_verified(framework_folder: Path) -> None:
    assert verify(framework_folder / "public", framework_folder / "internal") == []
