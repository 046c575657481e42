"""Bytes transferred for the first view of a page, in a real browser, by kind of file."""

from collections import Counter
from collections.abc import Iterator

from benchmarks import ground
from benchmarks.pages import PAGES

BUDGET = 100_000  # bytes


def run() -> Iterator[tuple[str, str, str]]:
    from playwright.sync_api import sync_playwright

    from tests.services import chromium

    flags = "--headless --no-sandbox --disable-gpu --disable-quic --disable-background-networking"
    with ground.server("config.wsgi:application") as ours, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=flags.split())
        for name, path in PAGES.items():
            page = browser.new_context().new_page()
            sizes: Counter[str] = Counter()
            elsewhere: set[str] = set()

            def weigh(
                request: object,
                sizes: "Counter[str]" = sizes,
                elsewhere: "set[str]" = elsewhere,
                ours: str = ours,
            ) -> None:
                got = request.sizes()  # type: ignore[attr-defined]
                sizes[request.resource_type] += (  # type: ignore[attr-defined]
                    got["responseBodySize"] + got["responseHeadersSize"]
                )
                if not request.url.startswith(ours):  # type: ignore[attr-defined]
                    elsewhere.add(request.url)  # type: ignore[attr-defined]

            page.on("requestfinished", weigh)
            page.goto(ours + path, wait_until="networkidle")
            total = sum(sizes.values())
            parts = ", ".join(f"{kind} {size / 1000:.0f}" for kind, size in sizes.most_common())
            yield (
                f"weight, {name} page",
                f"{total / 1000:.1f} kB ({parts}), {len(elsewhere)} third-party requests",
                f"≤ {BUDGET // 1000} kB, 0",
            )
            page.close()
        browser.close()
