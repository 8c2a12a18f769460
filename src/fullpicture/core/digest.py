"""Short names for what tables and other inputs hold."""

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


def fingerprint(*parts: object) -> str:
    """A short name for a set of inputs; nouns speak through their `repr`."""
    digest = hashlib.sha256()
    for part in parts:
        digest.update(repr(part).encode())
        digest.update(b"\0")
    return digest.hexdigest()[:32]
