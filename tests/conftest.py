"""What every test may lean on: a quick database, a browser, open data, no network."""

import os
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from pytest_django import DjangoDbBlocker

from tests import databases, services, under_way

ROOT = Path(__file__).resolve().parent.parent
# A machine may be slow: how long an example takes says nothing about whether it is right.
settings.register_profile(
    "any machine", deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("any machine")


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker: DjangoDbBlocker) -> None:
    with django_db_blocker.unblock():
        databases.make()


@pytest.hookimpl(tryfirst=True)  # before xdist looks who belongs together
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """On PostgreSQL only what touches the database is tried: the rest has just run on SQLite.

    What is loaded once a module is loaded by one worker: scattered, all would load it. What is long
    begins first, so that nobody waits for it at the end.
    """
    items.sort(key=lambda item: item.get_closest_marker("first") is None)
    for item in items:
        if {"_loaded", "_filled"} & fixtures(item):
            item.add_marker(pytest.mark.xdist_group(item.nodeid.split("::")[0]))
    if os.environ.get("BENCHSIDE_TEST_ON") == "postgresql":
        asks = [item for item in items if asks_the_database(item)]
        config.hook.pytest_deselected(items=[item for item in items if item not in set(asks)])
        items[:] = asks


def fixtures(item: pytest.Item) -> set[str]:
    return set(getattr(item, "fixturenames", ()))


def asks_the_database(item: pytest.Item) -> bool:
    if item.get_closest_marker("once"):
        return False
    return bool(item.get_closest_marker("django_db")) or bool(
        {"db", "transactional_db", "live_server", "django_db_setup"} & fixtures(item)
    )


@pytest.fixture(autouse=True)
def _plain_and_quick(settings: Any) -> None:
    """Static files by their plain names (nothing is collected), and a hash that costs nothing."""
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = settings.STORAGES | {"staticfiles": plain}
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(autouse=True)
def _no_places_in_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    """Real lists are held in memory by their stamp, which two tests may have alike."""
    from benchside.organisations import live_places

    monkeypatch.setattr(live_places, "_held", None)


@pytest.fixture(autouse=True)
def _no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """A test reaches this machine and nothing else."""
    connect = socket.socket.connect

    def only_here(self: socket.socket, address: Any) -> None:
        local = isinstance(address, str | bytes) or address[0] in {"127.0.0.1", "::1", "localhost"}
        if not local:
            raise AssertionError(f"A test tried to reach {address}: tests use no network")
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", only_here)


@pytest.fixture(autouse=True)
def _no_request_outlives_its_test(
    request: pytest.FixtureRequest, _django_db_marker: None
) -> Iterator[None]:
    """A browser that leaves a page does not stop the server, whose answer would then be worked out
    in the database of the next test."""
    if "live_server" not in request.fixturenames:
        yield
        return
    with under_way.watched() as requests:
        yield
        requests.wait_for_the_last()


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """Other people's open data, kept beside the project; tests on it are skipped without it."""
    path = ROOT.parent / "shared" / "data"
    services.need("the open data in ../shared/data", path.is_dir())
    return path


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    path = services.chromium()
    services.need("Chromium (apt-get install chromium)", path)
    flags = (
        "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run "
        "--disable-background-networking --disable-component-update --disable-sync"
    )
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=path, args=flags.split())
        yield running
        running.close()
