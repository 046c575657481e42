"""What every measurement stands on: a prepared installation of its own, servers, a load."""

import atexit
import contextlib
import os
import re
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
OUT = ROOT / "var" / "bench.md"
ROUNDS = 5
SECONDS = 3
CONNECTIONS = 4


def write_down(lines: list[str]) -> None:
    OUT.parent.mkdir(exist_ok=True)
    OUT.write_text("\n".join(lines) + "\n")
    print(f"\nWritten to {OUT.relative_to(ROOT)}")


@cache
def var() -> Path:
    """A whole installation in a folder of its own: migrated, filled, static files collected."""
    path = Path(tempfile.mkdtemp(prefix="benchside-bench-"))
    atexit.register(shutil.rmtree, path, ignore_errors=True)
    subprocess.run(
        [sys.executable, "manage.py", "prepare", "--demo"],
        cwd=ROOT,
        env=environment(path),
        check=True,
        stdout=subprocess.DEVNULL,
    )
    return path


def environment(path: Path) -> dict[str, str]:
    return os.environ | {
        "BENCHSIDE_VAR": str(path),
        "BENCHSIDE_DEMO": "yes",
        "BENCHSIDE_DEBUG": "no",
        "BENCHSIDE_SECRET_KEY": "only-for-measuring",
        "BENCHSIDE_LOG_LEVEL": "ERROR",
        "DATABASE_URL": f"sqlite:///{path / 'benchside.sqlite3'}",
        "REDIS_URL": "",
        "DJANGO_SETTINGS_MODULE": "config.settings",
    }


def use_here() -> None:
    """Set Django up in this process on the measured installation."""
    os.environ.update(environment(var()))
    import django

    django.setup()


def free_port() -> int:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return int(trial.getsockname()[1])


@contextlib.contextmanager
def server(application: str, **extra: str) -> Iterator[str]:
    """Run a WSGI application under granian as `make run` does, and give its address."""
    port = free_port()
    command = [
        *(sys.executable, "-m", "granian", application, "--interface", "wsgi"),
        *("--host", "127.0.0.1", "--port", str(port), "--workers", "2", "--http", "1"),
        *("--blocking-threads", "4", "--backpressure", "64", "--no-ws", "--log-level", "error"),
    ]
    process = subprocess.Popen(command, cwd=ROOT, env=environment(var()) | extra)
    address = f"http://127.0.0.1:{port}"
    try:
        wait_for(address)
        yield address
    finally:
        process.terminate()
        process.wait(timeout=20)


def wait_for(address: str, seconds: float = 90) -> None:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(address, timeout=5):
                return
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.02)
    raise SystemExit(f"{address} did not answer within {seconds} s")


def size(url: str, header: str) -> int:
    """How many bytes an address answers with."""
    name, _, value = header.partition(": ")
    with urllib.request.urlopen(urllib.request.Request(url, headers={name: value})) as answer:
        return len(answer.read())


def load(url: str, header: str = "", script: Path | None = None) -> float:
    """Requests a second that `wrk` gets answered; refuses a figure with errors in it."""
    command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{SECONDS}s", url]
    if header:
        command += ["-H", header]
    if script:
        command += ["-s", str(script)]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    if "Non-2xx" in said or "Socket errors" in said:
        raise SystemExit(f"{url} answered with errors:\n{said}")
    return float(re.search(r"Requests/sec:\s+([\d.]+)", said)[1])  # type: ignore[index]


def side_by_side(targets: dict[str, tuple[str, str]]) -> dict[str, float]:
    """Median requests/s of each (url, header), taken in turns so that noise falls on all."""
    if not shutil.which("wrk"):
        raise SystemExit("wrk is missing: apt-get install wrk")
    got: dict[str, list[float]] = {name: [] for name in targets}
    for _ in range(ROUNDS):
        for name, (url, header) in targets.items():
            got[name].append(load(url, header))
    return {name: statistics.median(values) for name, values in got.items()}
