"""The outbox: mail of development, seen on the machine it was made on and nowhere else."""

from pathlib import Path
from typing import Any

import pytest
from django.core.mail import EmailMultiAlternatives
from django.test import Client

from benchside.core.mail import OutboxBackend

pytestmark = pytest.mark.django_db
HTML = '<p>Hello <a href="https://example.org/in">in</a></p><script>alert(1)</script>'


@pytest.fixture(autouse=True)
def _demonstration(settings: Any, tmp_path: Path) -> None:
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = settings.STORAGES | {"staticfiles": plain}
    settings.OUTBOX = tmp_path / "outbox"
    settings.DEMO = True


@pytest.fixture
def name(settings: Any) -> str:
    """One message; gives the name it has in addresses."""
    text = "Zoë, come in: https://example.org/in?code=1&x=2.\n<script>alert(1)</script>"
    message = EmailMultiAlternatives("Invitation für Zoë", text, to=["zoe@example.org"])
    message.attach_alternative(HTML, "text/html")
    OutboxBackend().send_messages([message])
    (path,) = Path(settings.OUTBOX).iterdir()
    return path.stem


def test_an_empty_outbox_says_what_to_do(client: Client) -> None:
    page = client.get("/outbox/").content.decode()
    assert "No mail yet" in page
    assert "manage.py worker" in page


def test_messages_are_listed_newest_first(client: Client, name: str) -> None:
    newer = EmailMultiAlternatives("Another", "Text", to=["ada@example.org"])
    OutboxBackend().send_messages([newer])
    page = client.get("/outbox/").content.decode()
    assert page.index("Another") < page.index("Invitation für Zoë")
    assert f"/outbox/{name}/" in page
    assert "zoe@example.org" in page


def test_a_message_is_opened(client: Client, name: str) -> None:
    response = client.get(f"/outbox/{name}/")
    page = response.content.decode()
    assert "Invitation für Zoë" in page
    assert "Zoë, come in" in page
    assert '<a href="https://example.org/in?code=1&amp;x=2">' in page
    assert "&lt;script&gt;alert(1)" in page
    assert "<script>alert(1)" not in page
    assert "no-store" in response["Cache-Control"]


def test_its_html_stands_in_a_sandbox(client: Client, name: str) -> None:
    response = client.get(f"/outbox/{name}/html/")
    assert HTML in response.content.decode()
    policy = response["Content-Security-Policy"]
    assert policy.startswith("sandbox")
    assert "allow-scripts" not in policy
    assert "default-src 'none'" in policy
    assert response["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("path", ["", "{name}/", "{name}/html/"])
@pytest.mark.parametrize(
    ("demo", "headers", "address"),
    [
        (False, {}, "127.0.0.1"),
        (True, {}, "192.0.2.7"),
        (True, {}, "2001:db8::7"),
        (True, {"X-Forwarded-For": "192.0.2.7"}, "127.0.0.1"),
        (True, {"Forwarded": "for=192.0.2.7"}, "127.0.0.1"),
    ],
)
def test_nobody_else_sees_it(
    client: Client,
    settings: Any,
    name: str,
    path: str,
    demo: bool,
    headers: dict[str, str],
    address: str,
) -> None:
    settings.DEMO = demo
    where = f"/outbox/{path.format(name=name)}"
    response = client.get(where, headers=headers, REMOTE_ADDR=address)
    assert response.status_code == 404
    assert b"zoe@example.org" not in response.content


@pytest.mark.parametrize("address", ["127.0.0.1", "127.0.0.53", "::1"])
def test_this_machine_has_several_addresses(client: Client, address: str) -> None:
    assert client.get("/outbox/", REMOTE_ADDR=address).status_code == 200


@pytest.mark.parametrize("name", ["settings", "20270101-000000-000000-abcdef", "x%2f..%2fsecret"])
def test_no_other_file_is_opened(client: Client, settings: Any, name: str) -> None:
    Path(settings.OUTBOX).mkdir()
    (Path(settings.OUTBOX) / "settings.eml").write_text("Subject: secret\n\nsecret")
    assert client.get(f"/outbox/{name}/").status_code == 404


def test_the_outbox_is_only_read(client: Client) -> None:
    assert client.post("/outbox/").status_code == 405
