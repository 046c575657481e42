"""Real services for tests: started here, used on a socket, stopped here."""

import atexit
import os
import shutil
import subprocess
import tempfile
from pathlib import Path

import pytest

RUNNING: list[subprocess.Popen[bytes]] = []
_FOLDERS: list[Path] = []


def need(what: str, found: object) -> None:
    """Skip the test when `what` is not here; in CI that is a failure."""
    if found:
        return
    if os.environ.get("CI") == "true":
        pytest.fail(f"{what} is missing, and in CI nothing may be skipped")
    pytest.skip(f"needs {what}")


def folder(prefix: str) -> Path:
    path = Path(tempfile.mkdtemp(prefix=f"benchside-{prefix}-"))
    _FOLDERS.append(path)
    return path


def test_var() -> Path:
    return folder("var")


test_var.__test__ = False  # type: ignore[attr-defined]


# The same browser without its windows, menus and tabs opens a page in half the time.
BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")


def chromium() -> str | None:
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, BROWSERS)), None)


def node_environment(chromium_path: str | None) -> dict[str, str]:
    """For programs run by Node that start Chromium themselves."""
    return os.environ | {"CHROME_PATH": chromium_path or ""}


def postgresql_bin() -> Path | None:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if found:
        return found[-1].parent
    initdb = shutil.which("initdb")
    return Path(initdb).parent if initdb else None


def redis_server() -> str | None:
    return shutil.which("valkey-server") or shutil.which("redis-server")


def _as_nobody() -> list[str]:
    """PostgreSQL refuses to run as root."""
    if os.geteuid() != 0:
        return []
    return ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"]


def start_postgresql() -> str:
    """Start a private PostgreSQL on a socket and name it in DATABASE_URL."""
    bin_dir = postgresql_bin()
    if bin_dir is None:
        raise pytest.UsageError("PostgreSQL is missing: apt-get install postgresql")
    data = folder("pg")
    data.chmod(0o777)
    where = data / "data"
    as_nobody = _as_nobody()
    subprocess.run(
        [*as_nobody, bin_dir / "initdb", "-D", where, "-A", "trust", "-U", "benchside",
         "--no-sync", "-E", "UTF8", "--locale=C.UTF-8"],
        check=True, capture_output=True, cwd=data,
    )  # fmt: skip
    subprocess.run(
        [*as_nobody, bin_dir / "pg_ctl", "-D", where, "-w", "-l", data / "log", "-o",
         f"-k {data} -c listen_addresses= -c fsync=off -c full_page_writes=off", "start"],
        check=True, capture_output=True, cwd=data,
    )  # fmt: skip
    atexit.register(
        subprocess.run,
        [*as_nobody, bin_dir / "pg_ctl", "-D", where, "-m", "immediate", "stop"],
        capture_output=True,
        cwd="/",
    )
    url = f"postgresql://benchside@/postgres?host={data}"
    os.environ["DATABASE_URL"] = url
    return url


def start_redis() -> str:
    """Start a private Redis on a socket and name it in REDIS_URL."""
    server = redis_server()
    if server is None:
        raise pytest.UsageError("Redis is missing: apt-get install redis-server")
    where = folder("redis")
    socket = where / "redis.sock"
    process = subprocess.Popen(
        [server, "--port", "0", "--unixsocket", str(socket), "--save", "", "--dir", str(where)],
        stdout=subprocess.DEVNULL,
    )
    RUNNING.append(process)
    os.environ["REDIS_URL"] = url = f"unix://{socket}"
    return url


@atexit.register
def stop_all() -> None:
    for process in RUNNING:
        process.terminate()
    for process in RUNNING:
        process.wait(timeout=10)
    RUNNING.clear()


@atexit.register
def _remove_folders() -> None:
    for path in _FOLDERS:
        shutil.rmtree(path, ignore_errors=True)
