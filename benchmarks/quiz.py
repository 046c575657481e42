"""The quiz: one match over 100 and 10,000 roles, and the whole round trip against bare Django."""

import contextlib
import random
import statistics
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

from benchmarks import ground

ROUNDS = 300
WARM = 2
# wrk's own language: the cards, then an answer to each, in turns.
ROUND_TRIP = """
local turn = 0
local form = {{ ["Content-Type"] = "application/x-www-form-urlencoded" }}
request = function()
  turn = turn + 1
  if turn % 2 == 1 then return wrk.format("GET", "/careers/quiz/", {{}}) end
  return wrk.format("POST", "/careers/quiz/result/", form, "{body}")
end
"""


def run() -> Iterator[tuple[str, str, str]]:
    ground.use_here()
    from benchside.careers.live import live_catalogue
    from benchside.careers.quiz.engine import profile
    from benchside.careers.quiz.matching import Matcher, RoleProfile
    from benchside.careers.quiz.study import by_chance
    from benchside.careers.quiz.version import INTERESTS, current

    profiles = [profile(role) for role in live_catalogue().roles]
    dice = random.Random(1)
    many = [
        RoleProfile(
            slug=f"role-{number}",
            sector=dice.choice(profiles).sector,
            interests=tuple(dice.uniform(1, 7) for _ in INTERESTS),
            subjects=frozenset(dice.sample(list(current().subjects), 4)),
            tags=dice.choice(profiles).tags,
        )
        for number in range(10_000)
    ]
    readers = list(by_chance(current(), ROUNDS))
    for roles, goal in ((profiles, "< 1 ms"), (many, "< 10 ms")):
        over = Matcher(roles, current())
        times = []
        for answers in readers:
            started = time.perf_counter()
            over.match(answers)
            times.append(time.perf_counter() - started)
        measured = f"{statistics.median(times) * 1000:.2f} ms"
        yield (f"quiz match, {len(roles):,} roles, reasons and all", measured, goal)
    yield from round_trip({f"card-{slug}": said for slug, said in readers[0].cards.items()})


def round_trip(form: dict[str, int]) -> Iterator[tuple[str, str, str]]:
    script = ground.var() / "quiz.lua"
    Path(script).write_text(ROUND_TRIP.format(body=urlencode(form)))
    with (
        ground.server("config.wsgi:application") as ours,
        ground.server("benchmarks.bare:django_application", BENCH_BARE="django") as bare,
    ):
        for _ in range(WARM):  # each process loads the catalogue and makes its drawings once
            with contextlib.suppress(SystemExit):
                ground.load(ours, script=script)
        floor, requests = [], []
        for _ in range(ground.ROUNDS):
            floor.append(ground.load(bare))
            requests.append(ground.load(ours, script=script))
    ours_a_second, rows = statistics.median(requests), statistics.median(floor)
    yield (
        "quiz, cards from the cache and a result in turns",
        f"{ours_a_second / rows:.1%} of bare Django ({ours_a_second / 2:,.1f} round trips/s)",
        "≥ 7 %",
    )
