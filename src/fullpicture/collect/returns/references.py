"""References as keyed hashes: the same case has the same one in every file of its force; none can be read.

The hash is blake2b of 16 bytes with the programme's key. A reference is hashed with its force's code, for
forces number their cases alike; a name is hashed by its sound alone, so that forces can be compared.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence

import numpy as np
import pyarrow as pa

from fullpicture.collect.returns.headers import plain

MANGLED = re.compile(r"[0-9](?:\.[0-9]+)?E\+[0-9]{1,3}", re.IGNORECASE)
"""A long number that a spreadsheet has shortened (4.2E+11): two cases may look the same."""

_SIZE = 16
_FORGIVEN = bytes(
    byte if chr(byte).isalnum() or byte == ord("\n") else ord(" ") for byte in range(128)
).ljust(256)
_SOUNDS = str.maketrans("bfpvcgjkqsxzdtlmnr", "111122222222334556")


def forms(texts: Sequence[str]) -> list[bytes]:
    """The forgiving form of every text, all at once; a sign before it does not tell a reference apart.

    Examples:
        >>> forms(["42/0001/23", " 42-0001-23", "Cás 7", "-"])
        [b'42 0001 23', b'42 0001 23', b'cas 7', b'']
    """
    whole = "\n".join(texts)
    if not whole.isascii() or whole.count("\n") != len(texts) - 1:
        return [" ".join(re.sub(r"[\W_]+", " ", plain(text)).split()).encode() for text in texts]
    spaced = whole.lower().encode().translate(_FORGIVEN)
    if b"  " in spaced or b" \n" in spaced or b"\n " in spaced or spaced.strip(b" ") != spaced:
        return [b" ".join(form.split()) for form in spaced.split(b"\n")]
    return spaced.split(b"\n")


def hashed(texts: Sequence[bytes], force: str, key: bytes) -> pa.StringArray:
    """The hash of each text together with the force's code, in hexadecimal."""
    copied = hashlib.blake2b(f"{force}\x1f".encode(), key=key, digest_size=_SIZE).copy
    digests = []
    for text in texts:
        digest = copied()
        digest.update(text)
        digests.append(digest.digest())
    letters = b"".join(digests).hex().encode()
    starts = np.arange(len(texts) + 1, dtype=np.int32) * (_SIZE * 2)
    return pa.StringArray.from_buffers(len(texts), pa.py_buffer(starts), pa.py_buffer(letters))


def sound(name: str) -> str:
    """A name by the sound of its words (American Soundex), in alphabetical order.

    Examples:
        >>> sound("Robert Ashcroft"), sound("ASHCRAFT, Rupert")
        ('A261 R163', 'A261 R163')
    """
    words = (word for word in plain(name).split() if word.isalpha() and word.isascii())
    return " ".join(sorted(_soundex(word) for word in words))


def _soundex(word: str) -> str:
    """https://www.archives.gov/research/census/soundex: h and w do not part letters of the same sound."""
    sounds = word[1:].replace("h", "").replace("w", "").translate(_SOUNDS)
    code, last = "", word[0].translate(_SOUNDS)
    for one in sounds:
        if one.isdigit() and one != last:
            code += one
        last = one
    return (word[0].upper() + code + "000")[:4]
