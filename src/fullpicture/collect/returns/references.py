"""References as keyed hashes: the same case has the same one in every file of its force; none can be read.

The hash is blake2b of 16 bytes with the programme's key. A reference is hashed with its force's code, for
forces number their cases alike; a name is hashed by its sound alone, so that forces can be compared.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from fullpicture.collect.returns.headers import plain

MANGLED = re.compile(r"[0-9](?:\.[0-9]+)?E\+[0-9]{1,3}", re.IGNORECASE)
"""A long number that a spreadsheet has shortened (4.2E+11): two cases may look the same."""

_SIZE = 16
_ODD = np.uint64(0x9E3779B97F4A7C15)
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


def all_differ(hashes: pa.ChunkedArray) -> bool:
    """Whether no hash comes twice, by the first half of each; false also where it cannot be told by that.

    Two halves of 8 bytes that are alike by chance make it false: whoever must know compares the whole.

    Examples:
        >>> once, again = hashed([b"7", b"8"], "", b"key"), hashed([b"8"], "", b"key")
        >>> all_differ(pa.chunked_array([once])), all_differ(pa.chunked_array([once, again]))
        (True, False)
    """
    halves = [_halves(chunk) for chunk in hashes.chunks]
    if not all(len(half) == len(chunk) for half, chunk in zip(halves, hashes.chunks, strict=True)):
        return False
    sorted_halves = np.sort(np.concatenate([np.empty(0, np.uint64), *halves]))
    return bool((sorted_halves[1:] != sorted_halves[:-1]).all())


def _halves(hashes: pa.StringArray) -> npt.NDArray[np.uint64]:
    """The two quarters that the first half is written with, as one number; none if some is no hash."""
    _, starts, letters = hashes.buffers()
    begins = np.frombuffer(starts, np.int32, len(hashes) + 1, hashes.offset * 4)
    if hashes.null_count or not len(hashes) or not (np.diff(begins) == _SIZE * 2).all():
        return np.empty(0, np.uint64)
    quarters = np.frombuffer(letters, np.uint64, len(hashes) * 4, int(begins[0])).reshape(-1, 4)
    mixed: npt.NDArray[np.uint64] = quarters[:, 0] * _ODD + quarters[:, 1]
    return mixed


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
