"""From a fresh clone to the first page, and a second start, each as a person would do it."""

import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks import ground


def run() -> Iterator[tuple[str, str, str]]:
    folder = Path(tempfile.mkdtemp(prefix="benchside-clone-"))
    try:
        clone, home = folder / "benchside", folder / "home"
        home.mkdir()
        subprocess.run(["git", "clone", "--quiet", ground.ROOT, clone], check=True)
        first = seconds_to_first_page(clone, home)
        second = seconds_to_first_page(clone, home)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    yield ("fresh clone to first page (`make run`, empty home)", f"{first:.1f} s", "< 90 s")
    yield ("second start to first page", f"{second:.1f} s", "< 5 s")


def seconds_to_first_page(clone: Path, home: Path) -> float:
    port = ground.free_port()
    keep = {k: v for k, v in os.environ.items() if k.startswith(("PIP_", "UV_", "SSL_"))}
    environ = keep | {"HOME": str(home), "PATH": os.environ["PATH"], "PORT": str(port)}
    began = time.monotonic()
    process = subprocess.Popen(
        ["make", "run"], cwd=clone, env=environ, stdout=subprocess.DEVNULL, start_new_session=True
    )
    try:
        ground.wait_for(f"http://127.0.0.1:{port}/", seconds=300)
        return time.monotonic() - began
    finally:
        os.killpg(process.pid, signal.SIGINT)
        process.wait(timeout=30)
