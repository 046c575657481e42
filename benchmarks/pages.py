"""Pages a second, cached against a bare WSGI application, uncached against bare Django."""

from collections.abc import Iterator

from benchmarks import ground

PAGES = {
    "home": "/",
    "list": "/careers/roles/",
    "role": "/careers/roles/wind-turbine-technician/",
    "search": "/search/?q=fixes+planes",
}
# Any session cookie sends a request past the page cache; this one belongs to nobody.
PAST_THE_CACHE = "Cookie: benchside_session=nobody"


def run() -> Iterator[tuple[str, str, str]]:
    with (
        ground.server("config.wsgi:application") as ours,
        ground.server("benchmarks.bare:wsgi") as bare,
        ground.server("benchmarks.bare:django_application", BENCH_BARE="django") as django,
    ):
        targets = {"bare WSGI": (bare, ""), "bare Django": (django, "")}
        for name, path in PAGES.items():
            targets[f"{name}, cached"] = (ours + path, "")
            targets[f"{name}, uncached"] = (ours + path, PAST_THE_CACHE)
        got = ground.side_by_side(targets)
    yield ("bare WSGI application, 20 kB", f"{got['bare WSGI']:,.0f} req/s", "floor")
    yield ("bare Django view, 20 rows", f"{got['bare Django']:,.0f} req/s", "floor")
    for name in PAGES:
        yield from rows(name, got)


def rows(name: str, got: dict[str, float]) -> Iterator[tuple[str, str, str]]:
    cached, uncached = got[f"{name}, cached"], got[f"{name}, uncached"]
    yield (
        f"{name} page, from the cache",
        f"{cached / got['bare WSGI']:.0%} of bare WSGI ({cached:,.0f} req/s), "
        f"{cached / uncached:,.0f}× uncached",
        "≥ 80 %, ≥ 100×",
    )
    yield (
        f"{name} page, uncached",
        f"{uncached / got['bare Django']:.1%} of bare Django ({uncached:,.1f} req/s)",
        "≥ 7 %",
    )
