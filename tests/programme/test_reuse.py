"""An edition that says the same is copied, and no more is left out than is written anew."""

from __future__ import annotations

import json
from pathlib import Path

from fullpicture.programme.cache import sha256_of
from fullpicture.programme.reuse import CERTIFICATE, take_over


def test_a_report_may_be_called_what_a_folder_that_is_written_anew_is_called(tmp_path: Path) -> None:
    old, fresh = tmp_path / "old", tmp_path / "fresh"
    paths = ["index.html", "disclosure/index.html", "reports/disclosure/index.html"]
    for path in paths:
        (old / path).parent.mkdir(parents=True, exist_ok=True)
        (old / path).write_text(path)
    files = [{"path": path, "sha256": sha256_of(old / path)} for path in paths]
    (old / CERTIFICATE).write_text(json.dumps({"files": files}))
    assert take_over(old, sha256_of(old / CERTIFICATE), fresh)
    found = {path.relative_to(fresh).as_posix() for path in fresh.rglob("*") if path.is_file()}
    assert found == {"index.html", "reports/disclosure/index.html"}
