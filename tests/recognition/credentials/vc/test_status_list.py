"""Bits against another's reading of them, and against what wants to harm the reader."""

import base64
import gzip
import tracemalloc
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openvc.status import decode_bitstring, get_status_bit

from benchside.recognition.credentials.vc.faults import BadStatusListError
from benchside.recognition.credentials.vc.status_list import (
    SMALLEST,
    Bits,
    decode,
    read_index,
)

# W3C Bitstring Status List 1.0, 2.2: the list of the standard's example, with no bit set.
PUBLISHED = "uH4sIAAAAAAAAA-3BMQEAAADCoPVPbQwfoAAAAAAAAAAAAAAAAAAAAIC3AYbSVKsAQAAA"


@settings(max_examples=20, deadline=None)
@given(st.sets(st.integers(0, SMALLEST - 1), max_size=50))
def test_what_is_set_is_what_is_read(revoked: set[int]) -> None:
    bits = Bits()
    for index in revoked:
        bits[index] = True
    text = bits.encode()
    assert text == bits.encode()
    again, theirs = decode(text), decode_bitstring(text)
    assert again.count() == len(revoked)
    for index in revoked | {0, 7, 8, SMALLEST - 1}:
        assert again[index] is (index in revoked)
        assert get_status_bit(theirs, index) == int(index in revoked)


def test_the_published_list_is_read() -> None:
    bits = decode(PUBLISHED)
    assert len(bits) == SMALLEST
    assert bits.count() == 0


def test_a_bit_is_taken_back() -> None:
    bits = Bits()
    bits[5] = True
    bits[5] = True
    bits[5] = False
    assert bits.count() == 0


@pytest.mark.parametrize("index", [-1, SMALLEST])
def test_beyond_the_list_there_is_nothing(index: int) -> None:
    with pytest.raises(BadStatusListError):
        Bits()[index]
    with pytest.raises(BadStatusListError):
        Bits()[index] = True


@pytest.mark.parametrize("size", [0, SMALLEST - 8, SMALLEST + 1])
def test_a_short_list_would_name_its_holders(size: int) -> None:
    with pytest.raises(BadStatusListError):
        Bits(size)


def packed(raw: bytes) -> str:
    return "u" + base64.urlsafe_b64encode(gzip.compress(raw)).rstrip(b"=").decode()


HOSTILE = {
    "a bomb": packed(bytes(64 * 1024 * 1024)),
    "too short": packed(bytes(100)),
    "cut off": Bits().encode()[:-12],
    "something behind": packed(bytes(16_384))
    + base64.urlsafe_b64encode(b"and more of it").decode().rstrip("="),
    "two in one": "u"
    + base64.urlsafe_b64encode(gzip.compress(bytes(16_384)) * 2).decode().rstrip("="),
    "without its u": Bits().encode()[1:],
    "another base": "z" + Bits().encode()[1:],
    "not packed": "u" + base64.urlsafe_b64encode(bytes(16_384)).decode(),
    "empty": "",
    "only its u": "u",
    "a newline": Bits().encode() + "\n",
    "one letter too many": Bits().encode() + "A",
    "no text": 7,
    "nothing": None,
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_a_list_that_is_none_is_refused(text: Any) -> None:
    with pytest.raises(BadStatusListError):
        decode(text)


def test_a_bomb_is_stopped_while_it_unpacks() -> None:
    text = HOSTILE["a bomb"]
    tracemalloc.start()
    try:
        with pytest.raises(BadStatusListError):
            decode(text)
        _now, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert most < 8 * 1024 * 1024


@pytest.mark.parametrize("text", [7, None, "", "-1", "1.0", " 1", "١", "9" * 10, "0x1", "1e3"])
def test_a_place_is_a_plain_number_in_a_text(text: Any) -> None:
    with pytest.raises(BadStatusListError):
        read_index(text)
