"""Whether a request was made on this very machine. Framework-free: headers in, yes or no out."""

import ipaddress
import re
from collections.abc import Mapping
from typing import Any

HOST = re.compile(r"(?:\[(?P<six>[0-9a-fA-F:.]+)\]|(?P<name>[^:\[\]]+))(?::\d+)?")
# Any of these says that something stands between: the caller then sits elsewhere, and what the
# header claims about where is the caller's own word.
FORWARDED = ("HTTP_FORWARDED", "HTTP_VIA", "HTTP_X_REAL_IP", "HTTP_CF_CONNECTING_IP")


def is_local(meta: Mapping[str, Any]) -> bool:
    """True when the WSGI environment `meta` shows a direct call from loopback to loopback.

    The peer's address and the Host header must both be loopback, and nothing may have been
    forwarded: behind a proxy on the same machine every visitor's peer address is 127.0.0.1.
    """
    if any(_is_forwarding(name) for name in meta):
        return False
    return _is_loopback(str(meta.get("REMOTE_ADDR", ""))) and _is_loopback_host(
        str(meta.get("HTTP_HOST") or meta.get("SERVER_NAME", ""))
    )


def _is_forwarding(name: str) -> bool:
    return name.startswith("HTTP_X_FORWARDED") or name in FORWARDED


def _is_loopback_host(host: str) -> bool:
    found = HOST.fullmatch(host)
    if found is None:
        return False
    name = found["six"] or found["name"]
    return name.lower() == "localhost" or _is_loopback(name)


def _is_loopback(address: str) -> bool:
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return False
