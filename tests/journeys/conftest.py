"""The whole site as a visitor meets it: prepared once, served by the real server, real browser."""

import os
import re
import shutil
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from email import message_from_bytes
from email.policy import default
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from tests import databases, services

ROOT = Path(__file__).resolve().parent.parent.parent
AXE = ROOT / "tests" / "node" / "node_modules" / "axe-core" / "axe.min.js"
PASSWORD = "benchside-demonstration"
SERVE = [sys.executable, "-m", "config.serve", "--demo"]
SOMEWHERE = "http://this-site.invalid"
QUEUE = "django_tasks_database_dbtaskresult"
NAMING = (
    "task_path = 'benchside.core.mail.deliver' OR"
    " task_path LIKE 'benchside.recognition.credentials.%'"
)
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "journeys" in str(item.path):
            item.add_marker(pytest.mark.browser)


@dataclass
class Site:
    address: str
    var: Path

    def outbox(self) -> list[Path]:
        """The letters that are out whole: one that is being written ends in .part."""
        found = (self.var / "outbox").glob("*")
        return sorted(path for path in found if path.suffix != ".part")

    def letter_to(self, address: str, *, holding: str) -> str:
        """The words of the newest letter to an address that has `holding` in it, once it is out."""
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            for path in reversed(self.outbox()):
                letter = message_from_bytes(path.read_bytes(), policy=default)
                body = letter.get_body(("plain",))
                words = str(body.get_content()) if body else ""
                if letter["To"] == address and holding in words:
                    return words
            time.sleep(0.1)
        raise AssertionError(f"No letter to {address} with {holding!r}")

    def manage(self, *words: str) -> None:
        """A command of manage.py on the site's own installation."""
        subprocess.run(
            [sys.executable, "manage.py", *words],
            cwd=ROOT,
            env=plain_environment(self.var) | {"BENCHSIDE_DEBUG": "yes"},
            check=True,
            capture_output=True,
        )


@pytest.fixture(scope="session")
def site(django_db_blocker: Any) -> Iterator[Site]:
    """A site of this worker's own, with the demonstration as it was set up once for the run."""
    with django_db_blocker.unblock():
        template = databases.sqlite_template()
    var = services.folder("site")
    shutil.copytree(prepared(template), var, dirs_exist_ok=True)
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    point_here(var / "benchside.sqlite3", address)
    process = subprocess.Popen(
        [*SERVE, "--port", str(port)],
        cwd=ROOT,
        env=plain_environment(var),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        wait_until_up(address, process)
        yield Site(address, var)
    finally:
        process.terminate()
        process.wait(timeout=30)


def prepared(template: Path) -> Path:
    """The installation of the demonstration, set up by the first worker of a run that wants it."""
    run = os.environ.get("PYTEST_XDIST_TESTRUNUID", str(os.getpid()))
    ready = databases.TEMPLATES / f"site-{run}"
    with databases.only_one("site"):
        if not ready.exists():
            for old in databases.TEMPLATES.glob("site-*/"):
                shutil.rmtree(old)
            var = services.folder("prepared")
            shutil.copy(template, var / "benchside.sqlite3")
            run_nowhere(var, *SERVE, "--only-prepare", "--port", str(free_port()))
            with what_names_the_site_held_back(var / "benchside.sqlite3"):
                run_nowhere(var, sys.executable, "manage.py", "worker", "--batch")
            shutil.copytree(var, ready)
    return ready


def run_nowhere(var: Path, *command: str) -> None:
    """Run a program on an installation of which nobody knows yet where it will be."""
    environment = plain_environment(var) | {
        "BENCHSIDE_BASE_URL": SOMEWHERE,
        "BENCHSIDE_DEMO": "yes",
    }
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, f"The site was not set up:\n{done.stdout}{done.stderr}"


@contextmanager
def what_names_the_site_held_back(database: Path) -> Iterator[None]:
    """What the demonstration queued is worked off once for all workers; but letters and badges, in
    which a site's address stands, are left to the sites."""
    held = f"UPDATE {QUEUE} SET run_after = {{}} WHERE ({NAMING})"
    later, now = held.format("'9998-01-01 00:00:00'"), held.format("'9999-01-01 00:00:00'")
    with closing(sqlite3.connect(database)) as connection, connection:
        connection.execute(later)
        connection.execute(
            f"CREATE TRIGGER hold AFTER INSERT ON {QUEUE} BEGIN {later} AND id = NEW.id; END"
        )
    yield
    with closing(sqlite3.connect(database)) as connection, connection:
        connection.execute("DROP TRIGGER hold")
        connection.execute(now)


def point_here(database: Path, address: str) -> None:
    """Letters that wait were written, and the list of badges taken back was perhaps signed, before
    it was known where this site is."""
    with closing(sqlite3.connect(database)) as connection, connection:
        connection.execute(
            "UPDATE core_outgoingmail"
            " SET text = replace(text, ?1, ?2), html = replace(html, ?1, ?2)",
            (SOMEWHERE, address),
        )
        connection.execute("UPDATE recognition_statuslist SET signed = ''")


def free_port() -> int:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return int(trial.getsockname()[1])


def plain_environment(var: Path) -> dict[str, str]:
    """What a person's shell would give, with the installation in a folder of the test's."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("BENCHSIDE_", "DATABASE"))}
    return kept | {"BENCHSIDE_VAR": str(var), "BENCHSIDE_LOG_LEVEL": "ERROR", "REDIS_URL": ""}


def wait_until_up(address: str, process: "subprocess.Popen[str]") -> None:
    deadline = time.monotonic() + 180
    while time.monotonic() < deadline:
        if process.poll() is not None:
            assert process.stdout
            pytest.fail(f"The site did not start:\n{process.stdout.read()}")
        try:
            urllib.request.urlopen(f"{address}/healthz", timeout=5)
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
        else:
            return
    pytest.fail("The site did not answer within three minutes")


def watch(page: Any, site: Site, problems: list[str]) -> None:
    """Note what the page logs as an error, and what it asks of another site."""
    page.on("console", lambda said: said.type == "error" and problems.append(said.text))
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.on(
        "request",
        lambda asked: (
            asked.url.startswith((site.address, "data:", "blob:"))
            or problems.append(f"asked {asked.url}")
        ),
    )
    page.problems = problems


def nothing_astray(problems: list[str]) -> None:
    # A 4xx answer is logged by the browser itself; the journey that meant it has looked at it.
    unexpected = [p for p in problems if not re.search(r"status of 4\d\d", p)]
    assert unexpected == []


@pytest.fixture
def visit(browser: Any, site: Site) -> Iterator[Callable[..., Any]]:
    """Open an address in a fresh browser context; what the page logs as an error fails the test.

    visit("/careers/roles/", width=320, scheme="dark", javascript=False)
    """
    contexts: list[Any] = []
    problems: list[str] = []

    def open_page(
        path: str, *, width: int = 1280, scheme: str = "light", javascript: bool = True, **more: Any
    ) -> Any:
        context = browser.new_context(
            viewport={"width": width, "height": 900},
            color_scheme=scheme,
            java_script_enabled=javascript,
            reduced_motion="reduce",
            **more,
        )
        contexts.append(context)
        page = context.new_page()
        watch(page, site, problems)
        page.goto(site.address + path)
        return page

    yield open_page
    for context in contexts:
        context.close()
    nothing_astray(problems)


@pytest.fixture
def as_(browser: Any, site: Site) -> Iterator[Callable[..., Any]]:
    """as_("editor") is a page on which that demonstration person has signed in."""
    contexts = []

    def sign_in(who: str, *, width: int = 1280, **more: Any) -> Any:
        context = browser.new_context(viewport={"width": width, "height": 900}, **more)
        contexts.append(context)
        page = context.new_page()
        page.goto(f"{site.address}/accounts/login/")
        page.get_by_label("E-mail").fill(f"{who}@benchside.example")
        page.get_by_label("Password", exact=True).fill(PASSWORD)
        page.get_by_role("button", name="Sign in", exact=True).click()
        expect(page).not_to_have_url(f"{site.address}/accounts/login/")
        return page

    yield sign_in
    for context in contexts:
        context.close()


def width_of(page: Any) -> int:
    """How wide the page is, once it is there: after a click, the next may only just have begun."""
    page.wait_for_load_state()
    return int(page.evaluate("document.documentElement.scrollWidth"))


def narrow(page: Any) -> None:
    """Make its window as wide as the smallest phone, in the dark: also 1280 px at 400 % zoom."""
    page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    page.set_viewport_size({"width": 320, "height": 900})


@pytest.fixture
def axe() -> Callable[[Any], list[str]]:
    """Run axe-core in the page; each violation as one readable line."""
    services.need("axe-core (npm ci in tests/node)", AXE.exists())
    script = AXE.read_text()

    def run(page: Any) -> list[str]:
        page.wait_for_load_state()
        if not page.evaluate("'axe' in window"):
            page.evaluate(script)
        # Of what it can fetch anew before it looks, no rule we ask for needs the style sheets.
        options = {
            "runOnly": WCAG,
            "resultTypes": ["violations"],
            "preload": {"assets": ["media"]},
        }
        found = page.evaluate("options => axe.run(document, options)", options)
        return [
            f"{page.url} {rule['id']}: {node['target']} {node['failureSummary']}"
            for rule in found["violations"]
            for node in rule["nodes"]
        ]

    return run
