"""The outgoing client, against a server on this machine and a name server of our own."""

import datetime
import ipaddress
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchside.core.outgoing import (
    AddressRefused,
    Client,
    NoAnswer,
    OutgoingFailed,
    SwitchedOff,
    TooLarge,
    TooManyRedirects,
    TooSlow,
    get,
    is_public,
)

HERE = ipaddress.ip_address("127.0.0.1")
NAME = "records.example"


class Handler(BaseHTTPRequestHandler):
    """Answers by path, and keeps what it was asked."""

    asked: list[tuple[str, dict[str, str]]]
    released: threading.Event

    def do_GET(self) -> None:
        self.asked.append((self.path, {k.lower(): v for k, v in self.headers.items()}))
        what, _, rest = self.path.lstrip("/").partition("/")
        getattr(self, f"say_{what}", self.say_hello)(rest)

    def say(self, status: int, body: bytes = b"", **headers: str) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def say_hello(self, rest: str) -> None:
        self.say(200, b"hello", Content_Type="text/plain", Set_Cookie="a=b")

    def say_missing(self, rest: str) -> None:
        self.say(404, b"no")

    def say_to(self, rest: str) -> None:
        self.say(302, Location=rest)

    def say_round(self, rest: str) -> None:
        self.say(302, Location="/round")

    def say_large(self, rest: str) -> None:
        self.say(200, b"x" * 2_000, Content_Length="2000")

    def say_endless(self, rest: str) -> None:
        self.say(200, b"x" * 2_000)

    def say_short(self, rest: str) -> None:
        self.say(200, b"only this", Content_Length="500")

    def say_nothing(self, rest: str) -> None:
        self.released.wait(10)

    def say_part(self, rest: str) -> None:
        self.say(200, b"a start")
        self.released.wait(10)

    def say_drip(self, rest: str) -> None:
        """Never silent for long, and never done."""
        self.say(200)
        with suppress(OSError):
            while not self.released.wait(0.05):
                self.wfile.write(b"x")

    def say_nonsense(self, rest: str) -> None:
        self.wfile.write(b"SSH-2.0-whatever\r\n")

    def log_message(self, *args: object) -> None:
        """Say nothing on the terminal."""


@pytest.fixture
def server() -> Iterator[ThreadingHTTPServer]:
    Handler.asked, Handler.released = [], threading.Event()
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    yield server
    Handler.released.set()
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def client(settings) -> Client:
    """May reach this machine, where every name leads."""
    settings.OUTGOING_REQUESTS = True
    return Client(
        schemes=("http",),
        only_usual_ports=False,
        most_bytes=1_000,
        seconds=5,
        resolve=lambda host, port: [HERE],
        permits=lambda address: address == HERE,
    )


@pytest.fixture
def base(server) -> str:
    return f"http://{NAME}:{server.server_port}"


def test_answer_has_status_headers_and_body(client, base):
    answer = client.get(f"{base}/hello?doi=10.1/x#part", accept="application/json")

    assert (answer.status, answer.body, answer.is_ok) == (200, b"hello", True)
    assert answer.headers["content-type"] == "text/plain"
    path, headers = Handler.asked[0]
    assert path == "/hello?doi=10.1/x"
    assert headers["host"] == base.removeprefix("http://")
    assert headers["accept"] == "application/json"
    assert headers["user-agent"].startswith("Benchside (+http")
    assert "cookie" not in headers


def test_error_of_the_other_side_is_an_answer(client, base):
    answer = client.get(f"{base}/missing")

    assert (answer.status, answer.is_ok) == (404, False)


def test_nothing_is_asked_while_switched_off(client, base, settings):
    settings.OUTGOING_REQUESTS = False

    with pytest.raises(SwitchedOff):
        client.get(f"{base}/hello")
    with pytest.raises(SwitchedOff):
        get("https://doi.org/10.1/x")
    assert Handler.asked == []


def test_redirects_are_followed_without_cookies(client, base):
    answer = client.get(f"{base}/to/{base}/hello")

    assert (answer.url, answer.body) == (f"{base}/hello", b"hello")
    assert "cookie" not in Handler.asked[1][1]


def test_redirects_end(client, base):
    with pytest.raises(TooManyRedirects, match="More than 3"):
        client.get(f"{base}/round")

    assert len(Handler.asked) == 4


def test_redirect_to_a_private_address_is_refused(client, base):
    inner = ipaddress.ip_address("10.0.0.8")
    client = replace(
        client, resolve=lambda host, port: [inner if host == "intranet.example" else HERE]
    )

    with pytest.raises(AddressRefused, match="private network"):
        client.get(f"{base}/to/http://intranet.example/")


@pytest.mark.parametrize("location", ["file:///etc/passwd", "ftp://x.example/", "gopher:x"])
def test_redirect_to_another_scheme_is_refused(client, base, location):
    with pytest.raises(AddressRefused, match="Only http"):
        client.get(f"{base}/to/{location}")


def test_host_with_one_private_address_among_public_ones_is_refused(client, base):
    public = ipaddress.ip_address("93.184.216.34")
    client = replace(client, resolve=lambda host, port: [public, HERE], permits=is_public)

    with pytest.raises(AddressRefused):
        client.get(f"{base}/hello")


def test_name_is_resolved_once_and_its_checked_address_used(client, base):
    """A name server that answers differently the second time gains nothing."""
    answers = [[HERE], [ipaddress.ip_address("10.0.0.8")]]
    client = replace(client, resolve=lambda host, port: answers.pop(0))

    assert client.get(f"{base}/hello").is_ok
    assert len(answers) == 1


@pytest.mark.parametrize("path", ["large", "endless"])
def test_large_answers_are_dropped(client, base, path):
    with pytest.raises(TooLarge, match="More than 1000 bytes"):
        client.get(f"{base}/{path}")


@pytest.mark.parametrize("path", ["nothing", "part", "drip"])
def test_slow_answers_are_cut(client, base, path):
    start = time.monotonic()
    with pytest.raises(TooSlow, match=r"within 0\.2 seconds"):
        replace(client, seconds=0.2).get(f"{base}/{path}")

    assert time.monotonic() - start < 3


@pytest.mark.parametrize("path", ["short", "nonsense"])
def test_broken_answers_are_no_answers(client, base, path):
    with pytest.raises(NoAnswer):
        client.get(f"{base}/{path}")


def test_closed_port_is_no_answer(client, server, base):
    Handler.released.set()
    server.shutdown()
    server.server_close()

    with pytest.raises(NoAnswer):
        client.get(base)


def test_unknown_name_is_no_answer(client):
    def unknown(host: str, port: int) -> list[ipaddress.IPv4Address]:
        raise OSError("name or service not known")

    with pytest.raises(NoAnswer, match="No computer of this name"):
        replace(client, resolve=unknown).get("http://nowhere.example/")


@pytest.mark.parametrize(
    "url",
    [
        "http://example.org/",
        "ftp://example.org/",
        "file:///etc/passwd",
        "javascript:alert(1)",
        "https:///path",
        "https://",
        "https://user:secret@example.org/",
        "https://@example.org/",
        "https://example.org:22/",
        "https://example.org:99999/",
        "https://[::1/",
        "https://example.org/a b",
        "https://example.org/a\x00b",
        "https://exämple.org/",
        "",
    ],
)
def test_unfit_addresses_are_refused_before_anything_is_asked(settings, url):
    settings.OUTGOING_REQUESTS = True

    with pytest.raises(AddressRefused):
        Client(resolve=lambda host, port: pytest.fail("resolved")).get(url)


@pytest.mark.parametrize(
    "url",
    [
        "https://127.0.0.1/",
        "https://localhost/",
        "https://2130706433/",
        "https://0x7f.1/",
        "https://[::1]/",
        "https://[::ffff:127.0.0.1]/",
        "https://169.254.169.254/latest/meta-data/",
        "https://0.0.0.0/",
    ],
)
def test_this_machine_is_refused_however_it_is_written(settings, url):
    settings.OUTGOING_REQUESTS = True

    with pytest.raises(AddressRefused, match="private network"):
        get(url)


@pytest.mark.parametrize(
    "address",
    [
        "0.0.0.0",
        "10.1.2.3",
        "100.64.0.1",
        "127.0.0.53",
        "169.254.169.254",
        "172.16.0.1",
        "192.0.2.1",
        "192.168.1.1",
        "198.18.0.1",
        "224.0.0.1",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::ffff:10.0.0.1",
        "64:ff9b::a00:1",
        "2001:db8::1",
        "2002:a00:1::",
        "2001:0:a00:1::1",
        "fc00::1",
        "fe80::1",
        "fec0::1",
        "ff02::1",
    ],
)
def test_addresses_only_this_machine_or_network_reaches_are_not_public(address):
    assert not is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize("address", ["93.184.216.34", "8.8.8.8", "2606:2800:220:1::1"])
def test_other_addresses_are_public(address):
    assert is_public(ipaddress.ip_address(address))


@given(st.ip_addresses(v=4))
def test_disguise_changes_nothing(address):
    mapped = ipaddress.ip_address(f"::ffff:{address}")

    assert is_public(mapped) == is_public(address)


@given(st.text())
def test_any_text_is_an_answer_or_a_named_error(text):
    client = Client(resolve=lambda host, port: [])

    with pytest.raises(OutgoingFailed):
        client.get(text)


# --- certificates ---------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def certificate(tmp_path_factory) -> str:
    """A certificate for NAME, good for a day, with its key, in one file."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, NAME)])
    now = datetime.datetime.now(datetime.UTC)
    signed = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(hours=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(NAME)]), critical=False)
        .sign(key, hashes.SHA256())
    )
    path = tmp_path_factory.mktemp("tls") / "both.pem"
    path.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        + signed.public_bytes(serialization.Encoding.PEM)
    )
    return str(path)


@pytest.fixture
def secure_client(client, server, certificate) -> Client:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    return replace(
        client,
        schemes=("https",),
        certificates=lambda: ssl.create_default_context(cafile=certificate),
    )


def test_certificate_must_be_of_the_name_not_of_the_address(secure_client, server):
    answer = secure_client.get(f"https://{NAME}:{server.server_port}/hello")
    assert answer.body == b"hello"

    with pytest.raises(NoAnswer, match="SSLCertVerificationError"):
        secure_client.get(f"https://other.example:{server.server_port}/hello")


def test_unknown_certificates_are_refused(secure_client, server):
    client = replace(secure_client, certificates=ssl.create_default_context)

    with pytest.raises(NoAnswer, match="SSLCertVerificationError"):
        client.get(f"https://{NAME}:{server.server_port}/hello")
    assert Handler.asked == []


def test_slow_answers_are_cut_under_tls_too(secure_client, server):
    with pytest.raises(TooSlow):
        replace(secure_client, seconds=0.5).get(f"https://{NAME}:{server.server_port}/part")
