"""Asks Digital Bazaar's verifier: one Node process for all cases, since its start costs most."""

import json
import subprocess
from pathlib import Path
from typing import Any

HERE = Path(__file__).parents[1] / "node"


def is_here() -> bool:
    return (HERE / "node_modules" / "@digitalbazaar" / "vc").exists()


def ask(asked: dict[str, Any]) -> dict[str, Any]:
    """The answers by the cases' names; the question's shape stands in `credentials.mjs`."""
    run = subprocess.run(
        ["node", "credentials.mjs"],
        cwd=HERE, input=json.dumps(asked), capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert run.returncode == 0, run.stderr
    answers: dict[str, Any] = json.loads(run.stdout)
    return answers
