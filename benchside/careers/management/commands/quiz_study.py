"""How the quiz behaves, in figures anybody can make again.

python manage.py quiz_study                     print them
python manage.py quiz_study --write             also put them into the guide
python manage.py quiz_study --onet FOLDER       where O*NET's files of interests are
"""

import re
import time
from argparse import ArgumentParser
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from benchside.careers.live import live_catalogue
from benchside.careers.quiz import study
from benchside.careers.quiz.engine import matcher
from benchside.careers.quiz.matching import Matcher, RoleProfile
from benchside.careers.quiz.onet import Occupation, read_interests
from benchside.careers.quiz.version import current

GUIDE = settings.ROOT / "docs" / "guides" / "how-the-quiz-works.md"
MARKED = re.compile(r"(<!-- figures -->\n).*?(<!-- /figures -->)", re.DOTALL)
OLD, NEW = "onet_29_3_interests.csv", "onet_2026_02_interests.tsv"
Row = tuple[str, str, str]


class Command(BaseCommand):
    help = "Prove the quiz: reach, evenness, each role as itself, agreement with O*NET."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--readers", type=int, default=study.READERS)
        parser.add_argument("--seed", type=int, default=study.SEED)
        parser.add_argument("--onet", type=Path, default=settings.ROOT.parent / "shared/data/onet")
        parser.add_argument("--write", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        live = live_catalogue()
        if len(live.roles) < current().picks:
            raise CommandError("The catalogue is empty: run manage.py load_catalogue first.")
        over = matcher(live, current().name)
        readers, seed = options["readers"], options["seed"]
        rows = [*_chance(over, readers, seed), *_as_itself(over)]
        if options["onet"].is_dir():
            codes = {role.slug: role.onet_code for role in live.roles}
            rows += _onet(over, codes, options["onet"], readers, seed)
        else:
            self.stderr.write(f"No O*NET files in {options['onet']}: those lines are left out.")
        lines = ["| what | measured | goal |", "|---|---|---|"]
        table = "\n".join([*lines, *[f"| {' | '.join(row)} |" for row in rows]])
        self.stdout.write(table)
        if options["write"]:
            _write(table)


def _chance(over: Matcher, readers: int, seed: int) -> Iterator[Row]:
    started = time.perf_counter()
    found = study.exposure(over, readers, seed)
    each = (time.perf_counter() - started) / readers
    roles = len(over.profiles)
    times = sorted(found.shown.items(), key=lambda one: (one[1], one[0]))
    yield (f"readers by chance (seed {seed})", f"{readers:,}, {each * 1000:.2f} ms each", "-")
    yield ("roles reached", f"{roles - len(found.never)} of {roles}", "all")
    yield ("readers with fewer than six roles", f"{found.short}", "0")
    yield ("Gini coefficient of how often a role is shown", f"{found.gini:.3f}", "< .20")
    yield (
        "share of all places taken by the ten commonest roles",
        f"{found.share_of_commonest():.1%}",
        "≤ 15 %",
    )
    for name, (slug, count) in (("seldom", times[0]), ("often", times[-1])):
        yield (f"shown most {name}", f"{slug}, to {count / readers:.1%} of readers", "-")


def _as_itself(over: Matcher) -> Iterator[Row]:
    missed = study.missed(over)
    roles = len(over.profiles)
    said = f"{roles - len(missed)} of {roles}" + (f" (not {', '.join(missed)})" if missed else "")
    yield ("a role's own answers put it among the six", said, "≥ 95 of 100")


def _onet(
    over: Matcher, codes: dict[str, str], folder: Path, readers: int, seed: int
) -> Iterator[Row]:
    old, new = read_interests(folder / OLD), read_interests(folder / NEW)
    for name, release in (("29.3", old), ("02/2026", new)):
        same = sum(study.agrees(one.interests, one.high_points) for one in release.values())
        goal = "≥ 921 of 923" if release is old else "-"
        said = f"{same} of {len(release)}"
        yield (f"interest code begins as O*NET's high-points do, {name}", said, goal)
    known = [one for one in over.profiles if codes[one.slug] in old and codes[one.slug] in new]
    before, after = (
        Matcher(study.with_values(known, _values(known, codes, release)), over.version)
        for release in (old, new)
    )
    found = study.agreement(before, after, readers, seed)
    between = f"O*NET 29.3 and 02/2026, {len(known)} roles"
    yield (f"places of the six that stay, {between}", f"{found.places_shared:.2f} of 6", "-")
    yield (f"readers whose first role stays, {between}", _part(found.same_first, found), "-")
    yield (f"readers whose six all stay, {between}", _part(found.same, found), "-")


def _values(
    profiles: Iterable[RoleProfile], codes: dict[str, str], release: dict[str, Occupation]
) -> dict[str, tuple[float, ...]]:
    return {one.slug: release[codes[one.slug]].interests for one in profiles}


def _part(count: int, found: study.Agreement) -> str:
    return f"{count / found.readers:.1%}"


def _write(table: str) -> None:
    text = GUIDE.read_text(encoding="utf-8")
    if not MARKED.search(text):
        raise CommandError(f"{GUIDE.name} has no place between <!-- figures --> marks.")
    GUIDE.write_text(MARKED.sub(rf"\1{table}\n\2", text), encoding="utf-8")
