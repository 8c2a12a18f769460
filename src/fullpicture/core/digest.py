"""A short name for what a table holds."""

from __future__ import annotations

import hashlib

import pyarrow as pa


def digest_of(table: pa.Table) -> str:
    """The SHA-256 of a table's contents."""
    digest = hashlib.sha256()
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema) as stream:
        stream.write_table(table.combine_chunks())
    digest.update(sink.getvalue())
    return digest.hexdigest()
