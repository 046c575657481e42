"""Lighthouse's four scores, the middle one of several runs on a simulated phone."""

import statistics
from collections.abc import Iterator

from benchmarks import ground
from benchmarks.pages import PAGES

RUNS = 3


def run() -> Iterator[tuple[str, str, str]]:
    from tests import lighthouse

    with ground.server("config.wsgi:application") as ours:
        for name in ("home", "list", "role"):
            found = [lighthouse.scores(lighthouse.report(ours + PAGES[name])) for _ in range(RUNS)]
            marks = [
                f"{statistics.median(one[key] for one in found):.0f}"
                for key in ("performance", "accessibility", "best-practices", "seo")
            ]
            yield (f"Lighthouse, {name} page", " / ".join(marks), "100 / 100 / 100 / 100")
