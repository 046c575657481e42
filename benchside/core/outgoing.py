"""The one way to ask another computer for something: a DOI, a credential's address.

Off unless `settings.OUTGOING_REQUESTS`. An address often comes from a person, so it must not
lead to where only this machine can go: its own ports, the private network, a cloud's metadata.
The name is resolved once, every address it has must be public, and the connection is made to
the address that was checked, so that a second answer of the name server changes nothing. A
redirect is checked like a first address. There are no cookies and no proxy.
"""

import http.client
import ipaddress
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from urllib.parse import SplitResult, urljoin, urlsplit

from django.conf import settings

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
PORTS = {"https": 443, "http": 80}
REDIRECTS = {301, 302, 303, 307, 308}
CHUNK = 16 * 1024


class OutgoingFailed(Exception):  # noqa: N818 - says what happened, as its kinds do
    """Nothing usable came back. The message says why, for a person."""


class SwitchedOff(OutgoingFailed):
    """This installation asks nobody anything."""


class AddressRefused(OutgoingFailed):
    """The address, or one it leads to, is not one we ask."""


class TooLarge(OutgoingFailed):
    """More came back than was agreed."""


class TooSlow(OutgoingFailed):
    """It took longer than was agreed."""


class TooManyRedirects(OutgoingFailed):
    """Sent from address to address without end."""


class NoAnswer(OutgoingFailed):
    """No connection, no valid certificate, or no sensible HTTP."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back, whatever its `status`; header names are in lower case."""

    url: str
    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def is_ok(self) -> bool:
        return 200 <= self.status < 300


def is_public(address: Address) -> bool:
    """Is this an address anybody on the internet reaches, and no disguise of another?"""
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped:
            return is_public(address.ipv4_mapped)
        if address.sixtofour or address.teredo or address.is_site_local:
            return False
    return address.is_global and not (address.is_multicast or address.is_reserved)


def resolve(host: str, port: int) -> list[Address]:
    """All addresses of a name, in the order the system would try them."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [ipaddress.ip_address(str(entry[4][0]).partition("%")[0]) for entry in found]


@dataclass(frozen=True, slots=True, kw_only=True)
class Client:
    """Limits, and the three things a test replaces: resolver, address rule and certificates."""

    schemes: tuple[str, ...] = ("https",)
    most_bytes: int = 1_000_000
    seconds: float = 10.0
    redirects: int = 3
    only_usual_ports: bool = True
    resolve: Callable[[str, int], Sequence[Address]] = resolve
    permits: Callable[[Address], bool] = is_public
    certificates: Callable[[], ssl.SSLContext] = ssl.create_default_context

    def get(self, url: str, *, accept: str = "*/*") -> Answer:
        """GET, following redirects. `seconds` is for all of it but the name server.

        Raises OutgoingFailed: SwitchedOff, AddressRefused, TooLarge, TooSlow, TooManyRedirects,
        NoAnswer.
        """
        if not settings.OUTGOING_REQUESTS:
            raise SwitchedOff("This installation asks no other computer for anything.")
        end = time.monotonic() + self.seconds
        for _ in range(self.redirects + 1):
            answer = self._ask(url, accept, end)
            location = answer.headers.get("location", "")
            if answer.status not in REDIRECTS or not location:
                return answer
            url = urljoin(url, location)
        raise TooManyRedirects(f"More than {self.redirects} redirects.")

    def _ask(self, url: str, accept: str, end: float) -> Answer:
        parts, port = self._parts(url)
        addresses = self._addresses(str(parts.hostname), port)
        target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        headers = {
            "Host": parts.netloc,
            "Accept": accept,
            "Accept-Encoding": "identity",
            "Connection": "close",
            "User-Agent": f"Benchside (+{settings.BASE_URL})",
        }
        with self._connection(parts, port, addresses, end) as connection:
            connection.request("GET", target, headers=headers)
            with connection.getresponse() as response:
                body = self._body(response)
            if time.monotonic() >= end:
                raise TooSlow(self._slow)
            named = {name.lower(): value for name, value in response.getheaders()}
            return Answer(url, response.status, named, body)

    def _parts(self, url: str) -> tuple[SplitResult, int]:
        try:
            parts = urlsplit(url)
            port = parts.port
        except ValueError:
            raise AddressRefused("This is not an address.") from None
        if parts.scheme not in self.schemes:
            raise AddressRefused(f"Only {' and '.join(self.schemes)} addresses are asked.")
        if not parts.hostname or parts.username is not None or parts.password is not None:
            raise AddressRefused("The address needs a host, and no name or password before it.")
        if not all("!" <= letter <= "~" for letter in url):
            raise AddressRefused("Spaces, signs and letters beyond a-z must be percent-encoded.")
        usual = PORTS[parts.scheme]
        if self.only_usual_ports and port not in {None, usual}:
            raise AddressRefused(f"Only port {usual} is asked.")
        return parts, port or usual

    def _addresses(self, host: str, port: int) -> Sequence[Address]:
        """The checked addresses of a host: all of them, or none."""
        try:
            addresses = self.resolve(host, port)
        except (OSError, UnicodeError):
            raise NoAnswer("No computer of this name is known.") from None
        if not addresses:
            raise NoAnswer("No computer of this name is known.")
        if not all(self.permits(address) for address in addresses):
            raise AddressRefused("The address leads into a private network.")
        return addresses

    @contextmanager
    def _connection(
        self, parts: SplitResult, port: int, addresses: Sequence[Address], end: float
    ) -> Iterator[http.client.HTTPConnection]:
        """A connection to a checked address, cut at the end of the time whatever it does."""
        connection = http.client.HTTPConnection(str(parts.hostname), port)
        connection.auto_open = 0  # else it would look the name up again, unchecked
        with ExitStack() as stack:
            stack.callback(connection.close)
            try:
                connected = _connect(addresses, port, end)
                connection.sock = connected
                stack.enter_context(_cut_at(end, connected))
                if parts.scheme == "https":
                    connection.sock = self.certificates().wrap_socket(
                        connected, server_hostname=parts.hostname
                    )
                yield connection
            except (OSError, http.client.HTTPException, ValueError) as error:
                if time.monotonic() >= end:
                    raise TooSlow(self._slow) from error
                raise NoAnswer(f"No sensible answer ({type(error).__name__}).") from error

    def _body(self, response: http.client.HTTPResponse) -> bytes:
        too_large = TooLarge(f"More than {self.most_bytes} bytes.")
        if (response.length or 0) > self.most_bytes:
            raise too_large
        body = bytearray()
        while chunk := response.read(CHUNK):
            body += chunk
            if len(body) > self.most_bytes:
                raise too_large
        if response.length:
            raise http.client.IncompleteRead(bytes(body), response.length)
        return bytes(body)

    @property
    def _slow(self) -> str:
        return f"No full answer within {self.seconds:g} seconds."


def get(url: str, *, accept: str = "*/*") -> Answer:
    """Ask with the usual limits; see `Client.get`."""
    return Client().get(url, accept=accept)


def _connect(addresses: Sequence[Address], port: int, end: float) -> socket.socket:
    """To the first address that answers. Raises OSError when none does."""
    error: OSError = TimeoutError("no time left")
    for address in addresses:
        left = end - time.monotonic()
        if left <= 0:
            break
        try:
            return socket.create_connection((str(address), port), timeout=left)
        except OSError as failed:
            error = failed
    raise error


@contextmanager
def _cut_at(end: float, connected: socket.socket) -> Iterator[None]:
    """Cut a connection at the end of the time, however busily it drips."""
    own = connected.dup()  # a TLS socket takes the other over

    def cut() -> None:
        with suppress(OSError):  # it had ended by itself
            own.shutdown(socket.SHUT_RDWR)

    timer = threading.Timer(max(0.0, end - time.monotonic()), cut)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
        timer.join()
        own.close()
