"""`make run`: starts, says where, stops all it started, and loses nothing."""

import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

from tests import services
from tests.journeys.conftest import ROOT, Site, free_port, plain_environment, wait_until_up


@pytest.fixture
def prepared(site: Site) -> Path:
    """A copy of a prepared installation, as a second start finds it."""
    var = services.folder("second")
    for name in ("prepared", "secret-key", "sign-ins.txt"):
        shutil.copy(site.var / name, var / name)
    shutil.copytree(site.var / "static", var / "static")
    with sqlite3.connect(site.var / "benchside.sqlite3") as source:
        source.backup(sqlite3.connect(var / "benchside.sqlite3"))
    return var


def start(var: Path, *words: str) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-m", "config.serve", *words],
        cwd=ROOT,
        env=plain_environment(var),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def children_of(pid: int) -> list[int]:
    found = subprocess.run(["ps", "-eo", "pid,ppid"], capture_output=True, text=True, check=True)
    pairs = [tuple(map(int, line.split())) for line in found.stdout.splitlines()[1:]]
    mine = {pid}
    for _ in range(5):
        mine |= {child for child, parent in pairs if parent in mine}
    return sorted(mine - {pid})


def task_worker(pid: int) -> int:
    """The process id of the worker, which starts once the first page is there."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        for child in children_of(pid):
            if b"manage.py\0worker" in Path(f"/proc/{child}/cmdline").read_bytes():
                return child
    raise AssertionError("the worker never started")


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return "Z" not in Path(f"/proc/{pid}/stat").read_text().split(")")[1].split()[0]


@pytest.mark.parametrize("word", [signal.SIGINT, signal.SIGTERM])
def test_second_start_serves_and_stops_everything(prepared: Path, word: signal.Signals) -> None:
    port = free_port()
    process = start(prepared, "--demo", "--port", str(port))
    wait_until_up(f"http://127.0.0.1:{port}", process)
    page = urllib.request.urlopen(f"http://127.0.0.1:{port}/careers/roles/").read().decode()
    assert "Wind turbine" in page or "technician" in page
    task_worker(process.pid)
    started = children_of(process.pid)
    assert len(started) >= 4  # web server, its two workers, the task worker
    process.send_signal(word)
    said, _ = process.communicate(timeout=30)
    assert process.returncode == 0
    assert f"http://127.0.0.1:{port}/" in said
    assert "benchside-demonstration" in said
    assert "[1/" not in said, "a second start sets nothing up again"
    assert [pid for pid in started if alive(pid)] == []


def test_taken_port_is_named_with_a_remedy(prepared: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        process = start(prepared, "--port", str(port))
        said, _ = process.communicate(timeout=60)
    assert process.returncode == 1
    assert f"Cannot listen on 127.0.0.1:{port}" in said
    assert f"PORT={port + 1} make run" in said


@pytest.mark.parametrize("port", ["eighty", "0", "70000", "-1"])
def test_port_that_is_none_is_refused(prepared: Path, port: str) -> None:
    process = start(prepared, f"--port={port}")
    said, _ = process.communicate(timeout=60)
    assert process.returncode == 2
    assert "is not a port: give 1 to 65535" in said


def test_one_process_ending_ends_the_other(prepared: Path) -> None:
    port = free_port()
    process = start(prepared, "--demo", "--port", str(port))
    wait_until_up(f"http://127.0.0.1:{port}", process)
    worker = task_worker(process.pid)
    started = children_of(process.pid)
    os.kill(worker, signal.SIGKILL)
    said, _ = process.communicate(timeout=30)
    assert process.returncode != 0
    assert "stopping" in said
    assert [pid for pid in started if alive(pid)] == []


def test_failed_set_up_starts_nothing_and_says_so(prepared: Path) -> None:
    """Setting up fails: the message of what went wrong stands last, and no server runs."""
    (prepared / "prepared").write_text("something older")
    with sqlite3.connect(prepared / "benchside.sqlite3") as database:
        database.execute("DROP TABLE django_migrations")
    process = start(prepared, "--demo", "--port", str(free_port()))
    said, _ = process.communicate(timeout=120)
    assert process.returncode == 1
    assert "Setting up failed" in said
