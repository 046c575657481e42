"""W3C Bitstring Status List 1.0: one bit a credential, all of a list fetched at once.

Whoever fetches the list does not say whose credential they look at. Index 0 is the left-most bit;
packed with gzip, in base64url without padding, behind a `u` (2.2, 3.2 and 3.3 of the standard).
"""

import base64
import binascii
import gzip
import re
import zlib

from benchside.recognition.credentials.vc.faults import BadStatusListError

SMALLEST = 131_072  # the standard's: among fewer, a holder would be found
LARGEST_BYTES = 2 * 1024 * 1024
LONGEST_TEXT = 4 * 1024 * 1024
GZIP = 31  # zlib's way to say "a gzip header, and the largest window"
TEXT = re.compile(r"u[A-Za-z0-9_-]+")


class Bits:
    """A list of bits, all clear at first. Raises BadStatusListError when shorter than may be."""

    def __init__(self, size: int = SMALLEST) -> None:
        if size < SMALLEST or size % 8:
            raise BadStatusListError(f"A status list has at least {SMALLEST:,} entries, in eights.")
        self._bytes = bytearray(size // 8)

    def __len__(self) -> int:
        return len(self._bytes) * 8

    def __getitem__(self, index: int) -> bool:
        place, mask = self._place(index)
        return bool(self._bytes[place] & mask)

    def __setitem__(self, index: int, on: bool) -> None:
        place, mask = self._place(index)
        self._bytes[place] = self._bytes[place] | mask if on else self._bytes[place] & ~mask

    def count(self) -> int:
        """How many are set."""
        return int.from_bytes(self._bytes).bit_count()

    def encode(self) -> str:
        """The list as `encodedList`; the same bits always give the same text."""
        packed = gzip.compress(bytes(self._bytes), mtime=0)
        return "u" + base64.urlsafe_b64encode(packed).rstrip(b"=").decode()

    def _place(self, index: int) -> tuple[int, int]:
        if not 0 <= index < len(self):
            raise BadStatusListError("The status list has no such entry.")
        return index // 8, 0x80 >> index % 8


def decode(text: object) -> Bits:
    """The list behind `encodedList`. Raises BadStatusListError for none, a short one, a bomb."""
    if not isinstance(text, str) or len(text) > LONGEST_TEXT or not TEXT.fullmatch(text):
        raise BadStatusListError("The status list is not written as the standard says.")
    raw = _unpack(text[1:])
    bits = Bits(len(raw) * 8)
    bits._bytes[:] = raw
    return bits


def _unpack(text: str) -> bytes:
    unpacking = zlib.decompressobj(GZIP)
    try:
        packed = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
        raw = unpacking.decompress(packed, LARGEST_BYTES + 1)
    except (binascii.Error, ValueError, zlib.error) as error:
        raise BadStatusListError("The status list cannot be unpacked.") from error
    if len(raw) > LARGEST_BYTES or unpacking.unconsumed_tail:
        raise BadStatusListError("The status list unpacks to more than a list holds.")
    if not unpacking.eof or unpacking.unused_data:
        raise BadStatusListError("The status list is cut off, or has something behind it.")
    return raw


def read_index(text: object) -> int:
    """The number behind `statusListIndex`, which is a text. Raises BadStatusListError."""
    if not isinstance(text, str) or not text.isascii() or not text.isdigit() or len(text) > 9:
        raise BadStatusListError("The place in the status list is no number.")
    return int(text)
