"""Lighthouse (npm, tests/node), run on a page as a phone would load it."""

import json
import subprocess
import tempfile
from pathlib import Path
from typing import Any

from tests import services

NODE = Path(__file__).resolve().parent / "node"
FLAGS = (
    "--headless --no-sandbox --disable-gpu --disable-quic "
    "--disable-background-networking --disable-component-update --disable-sync"
)
TRIES = 4


def is_here() -> bool:
    return (NODE / "node_modules" / "lighthouse").exists()


def report(url: str) -> dict[str, Any]:
    """Its whole report. On a busy machine Chromium at times records no trace (NO_NAVSTART); that
    is no finding about the page, and it is asked again."""
    for _ in range(TRIES):
        found = _ask(url)
        if "runtimeError" not in found:
            return found
    raise AssertionError(f"Lighthouse could not look at {url}: {found['runtimeError']}")


def scores(found: dict[str, Any]) -> dict[str, int]:
    return {key: round(part["score"] * 100) for key, part in found["categories"].items()}


def _ask(url: str) -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "report.json"
        said = subprocess.run(
            ["npx", "--no-install", "lighthouse", url, "--quiet", "--output=json",
             f"--output-path={out}", f"--chrome-flags={FLAGS}"],
            cwd=NODE, check=False, capture_output=True, text=True,
            env=services.node_environment(services.chromium()),
        )  # fmt: skip
        if not out.exists():
            raise AssertionError(f"Lighthouse failed: {said.stderr}")
        found: dict[str, Any] = json.loads(out.read_text())
        return found
