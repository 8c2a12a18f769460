"""A sentence model that is made by hand: every word has a vector of its own, a text their mean."""

from __future__ import annotations

import json
from pathlib import Path

WORDS = ("[PAD]", "[UNK]", "waited", "hours", "queue", "weeks", "kind", "gentle", "caring", "helpful")
VECTORS = ((0, 0), (0.1, 0.1), (1, 0), (1, 0.1), (0.9, 0), (1, 0.2), (0, 1), (0.1, 1), (0, 0.9), (0.2, 1))


def write_model(folder: Path, asks: str = "attention_mask") -> Path:
    import numpy as np
    from onnx import TensorProto, helper, numpy_helper, save

    ids = [helper.make_tensor_value_info(name, TensorProto.INT64, ["b", "t"]) for name in ("input_ids", asks)]
    states = helper.make_tensor_value_info("states", TensorProto.FLOAT, ["b", "t", 2])
    table = numpy_helper.from_array(np.array(VECTORS, dtype=np.float32), "table")
    nodes = [helper.make_node("Gather", ["table", "input_ids"], ["states"])]
    graph = helper.make_graph(nodes, "words", ids, [states], [table])
    opset = [helper.make_opsetid("", 17)]
    folder.mkdir()
    save(helper.make_model(graph, opset_imports=opset, ir_version=9), str(folder / "model.onnx"))
    vocabulary = {word: number for number, word in enumerate(WORDS)}
    tokenizer = {
        "version": "1.0",
        "truncation": None,
        "padding": None,
        "added_tokens": [],
        "normalizer": {"type": "Lowercase"},
        "pre_tokenizer": {"type": "Whitespace"},
        "post_processor": None,
        "decoder": None,
        "model": {"type": "WordLevel", "vocab": vocabulary, "unk_token": "[UNK]"},
    }
    (folder / "tokenizer.json").write_text(json.dumps(tokenizer), encoding="utf-8")
    return folder
