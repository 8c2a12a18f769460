"""`fullpicture themes discover --model FOLDER`, with a model made here."""

from __future__ import annotations

import csv
import json
import sys
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner

from fullpicture.cli.themes import command
from fullpicture.core.errors import EngineMissing, SourceRefused
from fullpicture.programme.sentence_model import SentenceModel
from tests.programme.sentence_models import write_model

pytest.importorskip("onnx")
pytest.importorskip("onnxruntime")
pytest.importorskip("tokenizers")
pytest.importorskip("sklearn")


def test_a_text_is_the_mean_of_its_pieces_whatever_stands_beside_it(tmp_path: Path) -> None:
    model = SentenceModel(write_model(tmp_path / "model"))
    found = model.vectors(["waited kind", "Kind", "waited waited waited hours"])
    long = np.array([4, 0.1]) / np.hypot(4, 0.1)
    assert np.allclose(found, [[2**-0.5, 2**-0.5], [0, 1], long])


def test_the_first_piece_alone_where_the_folder_says_so(tmp_path: Path) -> None:
    folder = write_model(tmp_path / "model")
    (folder / "1_Pooling").mkdir()
    said = json.dumps({"pooling_mode_cls_token": True})
    (folder / "1_Pooling" / "config.json").write_text(said)
    assert np.allclose(SentenceModel(folder).vectors(["kind waited"]), [[0, 1]])


def test_clusters_follow_the_model_and_not_the_words(tmp_path: Path) -> None:
    """No two answers of a kind share a word; the model alone knows that they are alike."""
    kinds = [
        ("waited", 0),
        ("hours", 0),
        ("queue", 0),
        ("weeks", 0),
        ("kind", 1),
        ("gentle", 1),
        ("caring", 1),
    ]
    file, out = tmp_path / "answers.csv", tmp_path / "out.csv"
    file.write_text("id,text\n" + "".join(f"{at},{word}\n" for at, (word, _) in enumerate(kinds)))
    asked = ["discover", str(file), "--id", "id", "--text", "text", "--clusters", "2", "-o", str(out)]
    folder = write_model(tmp_path / "model")
    done = CliRunner().invoke(command, [*asked, "--model", str(folder)], catch_exceptions=False)
    assert done.exit_code == 0
    with out.open(encoding="utf-8", newline="") as rows:
        cluster = [row["cluster"] for row in csv.DictReader(rows)]
    assert len(set(cluster)) == 2
    assert len({(kind, one) for (_, kind), one in zip(kinds, cluster, strict=True)}) == 2


def test_a_folder_without_a_model_or_with_another_kind_says_what_is_asked_for(tmp_path: Path) -> None:
    with pytest.raises(SourceRefused, match=r"tokenizer\.json and model\.onnx"):
        SentenceModel(tmp_path)
    with pytest.raises(SourceRefused, match="the model asks for pixels"):
        SentenceModel(write_model(tmp_path / "other", asks="pixels"))
    folder = write_model(tmp_path / "cut")
    (folder / "model.onnx").write_bytes(b"cut short")
    with pytest.raises(SourceRefused, match="cannot be read"):
        SentenceModel(folder)


def test_what_is_missing_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "onnxruntime", None)
    with pytest.raises(EngineMissing, match=r"pip install 'fullpicture\[themes\]'"):
        SentenceModel(tmp_path)
