"""What thinks without Django: devices in words, loopback, sealing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchside.accounts import tokens
from benchside.accounts.devices import UNKNOWN, describe
from benchside.accounts.loopback import is_local
from benchside.accounts.sealing import CannotOpen, seal, unseal

# Headers as the browsers' makers publish them.
AGENTS = {
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:128.0) Gecko/20100101 Firefox/128.0": (
        "Firefox on Windows"
    ),
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/128.0.0.0 Safari/537.36 Edg/128.0.0.0": "Edge on Windows",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like "
    "Gecko) Version/17.6 Mobile/15E148 Safari/604.1": "Safari on iPhone",
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) "
    "Version/17.6 Safari/605.1.15": "Safari on Mac",
    "Mozilla/5.0 (Linux; Android 14; SM-S921B) AppleWebKit/537.36 (KHTML, like Gecko) "
    "SamsungBrowser/26.0 Chrome/122.0.0.0 Mobile Safari/537.36": "Samsung Internet on Android",
    "Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/128.0.0.0 Safari/537.36": "Chrome on Chromebook",
    "curl/8.9.1": UNKNOWN,
    "": UNKNOWN,
}


@pytest.mark.parametrize(("header", "words"), AGENTS.items())
def test_device_is_told_in_words(header: str, words: str) -> None:
    assert describe(header) == words


@given(st.one_of(st.text(), st.sampled_from(list(AGENTS))))
def test_what_was_described_stays_as_it_is(header: str) -> None:
    assert describe(describe(header)) == describe(header)


LOCAL = {"REMOTE_ADDR": "127.0.0.1", "HTTP_HOST": "127.0.0.1:8000"}


@pytest.mark.parametrize(
    "meta",
    [
        LOCAL,
        LOCAL | {"HTTP_HOST": "localhost:9000"},
        LOCAL | {"HTTP_HOST": "LOCALHOST"},
        LOCAL | {"REMOTE_ADDR": "::1", "HTTP_HOST": "[::1]:8000"},
        LOCAL | {"REMOTE_ADDR": "127.8.9.1"},
    ],
)
def test_own_machine_is_local(meta: dict[str, str]) -> None:
    assert is_local(meta)


@pytest.mark.parametrize(
    "change",
    [
        {"REMOTE_ADDR": "192.168.1.7"},
        {"REMOTE_ADDR": ""},
        {"REMOTE_ADDR": "localhost.evil.example"},
        {"HTTP_HOST": "benchside.example"},
        {"HTTP_HOST": "localhost.evil.example"},
        {"HTTP_HOST": "127.0.0.1.evil.example"},
        {"HTTP_HOST": "[::1].evil.example"},
        {"HTTP_HOST": "192.168.1.7:8000"},
        {"HTTP_X_FORWARDED_FOR": "127.0.0.1"},
        {"HTTP_X_FORWARDED_HOST": "localhost"},
        {"HTTP_FORWARDED": "for=127.0.0.1"},
        {"HTTP_X_REAL_IP": "127.0.0.1"},
        {"HTTP_VIA": "1.1 proxy"},
    ],
)
def test_anything_else_is_not_local(change: dict[str, str]) -> None:
    assert not is_local(LOCAL | change)


def test_sealed_text_opens_and_says_nothing(settings) -> None:
    sealed = seal("GEZDGNBVGY3TQOJQ")
    assert "GEZDGNBV" not in sealed
    assert unseal(sealed) == "GEZDGNBVGY3TQOJQ"


def test_sealed_text_opens_under_a_fallback_key_and_not_without(settings) -> None:
    sealed = seal("a secret")
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "a new key"
    assert unseal(sealed) == "a secret"
    settings.SECRET_KEY_FALLBACKS = []
    with pytest.raises(CannotOpen, match="SECRET_KEY_FALLBACKS"):
        unseal(sealed)


def test_tokens_are_long_and_only_their_hash_is_kept() -> None:
    token = tokens.new()
    assert len(token) >= 43  # 32 bytes in base 64
    assert token not in tokens.digest(token)
    assert tokens.digest("abc") == (  # FIPS 180-4, example B.1
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    )
    assert len(tokens.digest("\udcff")) == 64
