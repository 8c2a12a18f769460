"""Vectors of sentences from a model in a folder that the user names (ONNX); nothing is ever downloaded."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from fullpicture.core.errors import EngineMissing, SourceRefused

Vectors = NDArray[np.float64]
BATCH = 32
LONGEST = 256
"""Pieces of a text that are read where the folder does not say how many."""
_ERRORS_ALONE = 3
_INPUTS = {"input_ids", "attention_mask", "token_type_ids"}
_MODELS = ("model.onnx", "onnx/model.onnx")
Tick = Callable[[int, int], None]


class SentenceModel:
    """A sentence model: `tokenizer.json`, and `model.onnx` in the folder or in its `onnx/`.

    What the model says of each piece of a text is averaged, or that of the first one is taken where
    `1_Pooling/config.json` says so; every vector has length 1.

    Raises:
        EngineMissing: onnxruntime or tokenizers is not installed.
        SourceRefused: the folder has no such model, or one that cannot be read.
    """

    def __init__(self, folder: Path) -> None:
        onnxruntime, tokenizers = _libraries()
        model = next((folder / name for name in _MODELS if (folder / name).is_file()), None)
        if model is None or not (folder / "tokenizer.json").is_file():
            mend = "Name a folder with tokenizer.json and model.onnx, or onnx/model.onnx."
            raise SourceRefused(folder.name, "there is no sentence model in this folder.", mend)
        try:
            options = onnxruntime.SessionOptions()
            options.log_severity_level = _ERRORS_ALONE
            self._session = onnxruntime.InferenceSession(
                str(model), options, providers=["CPUExecutionProvider"]
            )
            self._tokenizer = tokenizers.Tokenizer.from_file(str(folder / "tokenizer.json"))
            self._by_first = bool(_said(folder, "1_Pooling/config.json").get("pooling_mode_cls_token", False))
            longest = int(_said(folder, "sentence_bert_config.json").get("max_seq_length", LONGEST))
        except Exception:  # both libraries raise classes of their own for files that are damaged
            mend = "Export the model again; its files may be cut short, or refer to files that are not here."
            raise SourceRefused(folder.name, "the model in this folder cannot be read.", mend) from None
        self._tokenizer.enable_truncation(longest)
        self._tokenizer.enable_padding()
        self._inputs = [one.name for one in self._session.get_inputs()]
        if strange := set(self._inputs) - _INPUTS:
            what = f"the model asks for {', '.join(sorted(strange))}, which is not of a sentence model."
            raise SourceRefused(folder.name, what, "Export it as one that turns a text into a vector.")

    def vectors(self, texts: Sequence[str], tick: Tick = lambda _at, _of: None) -> Vectors:
        """A row of length 1 for each text; texts of like length are read together."""
        order = sorted(range(len(texts)), key=lambda at: (len(texts[at]), at))
        rows = [np.zeros(0)] * len(texts)
        for start in range(0, len(order), BATCH):
            tick(start, len(order))
            some = order[start : start + BATCH]
            for at, row in zip(some, self._read([texts[at] for at in some]), strict=True):
                rows[at] = row
        found = np.array(rows, dtype=np.float64)
        return np.asarray(found / np.maximum(np.linalg.norm(found, axis=1, keepdims=True), 1e-12))

    def _read(self, texts: list[str]) -> Vectors:
        pieces = self._tokenizer.encode_batch(texts)
        given = {
            "input_ids": np.array([one.ids for one in pieces], dtype=np.int64),
            "attention_mask": np.array([one.attention_mask for one in pieces], dtype=np.int64),
            "token_type_ids": np.array([one.type_ids for one in pieces], dtype=np.int64),
        }
        said = self._session.run(None, {name: given[name] for name in self._inputs})
        states = np.asarray(said[0], dtype=np.float64)
        if states.ndim == 2 or self._by_first:
            return states if states.ndim == 2 else states[:, 0]
        counts = given["attention_mask"][:, :, None].astype(np.float64)
        return np.asarray((states * counts).sum(axis=1) / np.maximum(counts.sum(axis=1), 1))


def _libraries() -> tuple[Any, Any]:
    try:
        import onnxruntime
        import tokenizers
    except ImportError:
        raise EngineMissing(
            "a sentence model needs onnxruntime and tokenizers, which are not installed. "
            "Run: pip install 'fullpicture[themes]'"
        ) from None
    onnxruntime.disable_telemetry_events()
    return onnxruntime, tokenizers


def _said(folder: Path, name: str) -> dict[str, Any]:
    path = folder / name
    found = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
    return found if isinstance(found, dict) else {}
