"""Pages a second, cached against a bare WSGI application, uncached against bare Django.

Asked as browsers ask, for compressed pages. The bare application answers with as many bytes as
the page beside it: bytes cost, whoever sends them.
"""

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
AS_BROWSERS_DO = "Accept-Encoding: gzip"


def run() -> Iterator[tuple[str, str, str]]:
    with (
        ground.server("config.wsgi:application") as ours,
        ground.server("benchmarks.bare:wsgi") as bare,
        ground.server("benchmarks.bare:django_application", BENCH_BARE="django") as django,
    ):
        sizes = {name: ground.size(ours + path, AS_BROWSERS_DO) for name, path in PAGES.items()}
        targets = {"bare Django": (django, "")}
        for name, path in PAGES.items():
            targets[f"{name}, floor"] = (f"{bare}/{sizes[name]}", "")
            targets[f"{name}, cached"] = (ours + path, AS_BROWSERS_DO)
            targets[f"{name}, uncached"] = (ours + path, PAST_THE_CACHE)
        got = ground.side_by_side(targets)
    yield ("bare Django view, 20 rows", f"{got['bare Django']:,.0f} req/s", "floor")
    for name in PAGES:
        yield from rows(name, got, sizes[name])


def rows(name: str, got: dict[str, float], size: int) -> Iterator[tuple[str, str, str]]:
    floor, cached, uncached = (got[f"{name}, {how}"] for how in ("floor", "cached", "uncached"))
    yield (
        f"{name} page, from the cache",
        f"{cached / floor:.0%} of bare WSGI sending the same {size / 1000:.0f} kB "
        f"({cached:,.0f} req/s), {cached / uncached:,.0f}× uncached",
        "≥ 80 %, ≥ 100×",
    )
    yield (
        f"{name} page, uncached",
        f"{uncached / got['bare Django']:.1%} of bare Django ({uncached:,.1f} req/s)",
        "≥ 7 %",
    )
