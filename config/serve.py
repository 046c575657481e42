"""`make run`: set up what is missing, then run the web server and the worker together.

Only the standard library is imported here, so that a second start spends its time on the
server. Everything that Django must do is done by `manage.py prepare`, and only when something
it depends on has changed since it was last done.
"""

import argparse
import hashlib
import ipaddress
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from types import FrameType

from config import env

ROOT = env.ROOT
WATCHED = ("uv.lock", "benchside/**/*", "config/*.py")
START_SECONDS = 300
STOP_SECONDS = 15


def main() -> int:
    args = parse()
    env.load_dotenv(ROOT / ".env")
    var = Path(os.environ.setdefault("BENCHSIDE_VAR", str(ROOT / "var"))).resolve()
    var.mkdir(parents=True, exist_ok=True)
    set_environment(args, var)
    refuse_taken_port(args.host, args.port)
    prepare(var, demo=args.demo)
    return 0 if args.only_prepare else run(args)


def parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Run Benchside: web server and worker.")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=port, default=8000)
    parser.add_argument("--web-workers", type=int, default=2)
    parser.add_argument("--demo", action="store_true", help="with demonstration content")
    parser.add_argument("--only-prepare", action="store_true", help="set up, and serve nothing")
    return parser.parse_args()


def port(value: str) -> int:
    if not value.isdigit() or not 1 <= int(value) <= 65535:
        raise argparse.ArgumentTypeError(f"PORT={value} is not a port: give 1 to 65535")
    return int(value)


def set_environment(args: argparse.Namespace, var: Path) -> None:
    environ = os.environ
    environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
    if args.demo:
        environ["BENCHSIDE_DEMO"] = "yes"
    if not (environ.get("BENCHSIDE_SECRET_KEY") or environ.get("BENCHSIDE_SECRET_KEY_FILE")):
        environ["BENCHSIDE_SECRET_KEY_FILE"] = str(own_secret(var))
    environ.setdefault("BENCHSIDE_BASE_URL", address(args))
    if args.host not in {"127.0.0.1", "localhost", "::1"}:
        # Asked to listen on the network: answer to the names a neighbour would use.
        environ.setdefault("BENCHSIDE_ALLOWED_HOSTS", "*")


def own_secret(var: Path) -> Path:
    """A key of this installation's own, made once: sessions outlive a restart."""
    path = var / "secret-key"
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(64))
    return path


def address(args: argparse.Namespace) -> str:
    host = "127.0.0.1" if args.host == "0.0.0.0" else args.host  # noqa: S104
    return f"http://[{host}]:{args.port}" if ":" in host else f"http://{host}:{args.port}"


def refuse_taken_port(host: str, number: int) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((host, number))
        except OSError as error:
            sys.exit(
                f"Cannot listen on {host}:{number}: {error.strerror}. "
                f"Something else may be using it; try PORT={number % 65535 + 1} make run"
            )


def fingerprint() -> str:
    """Changes when code, content, styles or dependencies do; reads names, sizes and times."""
    digest = hashlib.sha256()
    for pattern in WATCHED:
        for path in sorted(ROOT.glob(pattern)):
            if path.is_file() and path.suffix != ".pyc":
                seen = path.stat()
                digest.update(f"{path}{seen.st_size}{seen.st_mtime_ns}".encode())
    digest.update(os.environ.get("DATABASE_URL", "").encode())
    return digest.hexdigest()


def prepare(var: Path, *, demo: bool) -> None:
    stamp, now = var / "prepared", fingerprint()
    database = os.environ.get("DATABASE_URL", "")
    there = bool(database) or (var / "benchside.sqlite3").exists()
    if there and stamp.exists() and stamp.read_text() == now:
        return
    command = [sys.executable, "manage.py", "prepare", *(["--demo"] if demo else [])]
    if subprocess.run(command, cwd=ROOT, check=False).returncode:
        sys.exit("Setting up failed; what went wrong stands above. Nothing was started.")
    stamp.write_text(now)


def run(args: argparse.Namespace) -> int:
    children = [start_web(args)]

    def stop(number: int, _frame: FrameType | None) -> None:
        raise SystemExit(0)

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    try:
        if wait_until_up(args, children[0]):
            announce(args)
            # Only now: until the first page is there, every core belongs to the web server.
            children.append(start_worker())
        return watch(children)
    finally:
        end(children)


def start_web(args: argparse.Namespace) -> "subprocess.Popen[bytes]":
    command = [
        *(sys.executable, "-m", "granian", "config.wsgi:application"),
        *("--interface", "wsgi", "--host", args.host, "--port", str(args.port)),
        *("--workers", str(args.web_workers), "--blocking-threads", "4"),
        *("--backpressure", "64", "--http", "1", "--workers-kill-timeout", "10"),
        *("--respawn-failed-workers", "--no-ws", "--log-level", "warning"),
    ]
    # A session of its own: Ctrl-C reaches only this parent, which then stops both in order.
    return subprocess.Popen(command, cwd=ROOT, start_new_session=True)


def start_worker() -> "subprocess.Popen[bytes]":
    command = [sys.executable, "manage.py", "worker"]
    return subprocess.Popen(command, cwd=ROOT, start_new_session=True)


def wait_until_up(args: argparse.Namespace, web: "subprocess.Popen[bytes]") -> bool:
    url = f"{address(args)}/healthz"
    deadline = time.monotonic() + START_SECONDS
    while web.poll() is None and time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(url, timeout=2):  # noqa: S310 (our own address)
                return True
        except (urllib.error.URLError, OSError):
            time.sleep(0.05)
    return False


def announce(args: argparse.Namespace) -> None:
    base = address(args)
    lines = [
        "",
        "Benchside is running.",
        f"  The site            {base}/",
        f"  A hundred roles     {base}/careers/roles/",
        f"  The editors' desk   {base}/desk/",
        f"  The style sheet     {base}/design/",
        f"  The API             {base}/api/v1/docs",
    ]
    if args.demo:
        lines += [f"  Mail sent here      {base}/outbox/", *sign_ins(args.host)]
    else:
        lines += ["  First administrator: .venv/bin/python manage.py first_admin"]
    print("\n".join([*lines, "", "Press Ctrl-C to stop.", ""]), flush=True)  # noqa: T201


def sign_ins(host: str) -> list[str]:
    """The demonstration people, as `manage.py prepare` wrote them down."""
    path = Path(os.environ["BENCHSIDE_VAR"]) / "sign-ins.txt"
    if not is_loopback(host):
        return ["", "Demonstration sign-ins are refused: they work on the loopback address only."]
    return ["", "Demonstration sign-ins:", *path.read_text().splitlines()] if path.exists() else []


def is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def watch(children: "list[subprocess.Popen[bytes]]") -> int:
    """Wait; when one ends by itself, say so and end the other."""
    while True:
        for child in children:
            if child.poll() is not None:
                print(f"Process {child.pid} ended by itself; stopping the rest.")  # noqa: T201
                return child.returncode or 1
        time.sleep(0.25)


def end(children: "list[subprocess.Popen[bytes]]") -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    for child in children:
        if child.poll() is None:
            child.terminate()
    deadline = time.monotonic() + STOP_SECONDS
    for child in children:
        try:
            child.wait(timeout=max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            os.killpg(child.pid, signal.SIGKILL)


if __name__ == "__main__":
    sys.exit(main())
