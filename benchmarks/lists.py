"""Official lists brought in, beside the least that could be done with the same rows.

The floor reads the same CSV with Python's own reader and writes bare rows with bulk_create: no
check, no difference, nothing to undo, no search. The lists are other people's open data, kept
beside the project; without them there is nothing to measure.
"""

import csv
import io
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

from benchmarks import ground

DATA = ground.ROOT.parent / "shared" / "data"
STANDARDS = DATA / "pathways" / "apprenticeship_standards_merged_2021.csv"
SOC = DATA / "soc2020" / "soc2020_coding_index.csv"
Row = tuple[str, str, str]


def run() -> Iterator[Row]:
    missing = [path.name for path in (STANDARDS, SOC) if not path.exists()]
    if missing:
        yield ("official lists", f"not measured: no {', '.join(missing)} in ../shared/data", "-")
        return
    ground.use_here()
    yield from measure("767 apprenticeship standards", preview_standards, bare_standards)
    yield from measure("32,195 titles of the SOC index", preview_soc, bare_soc)


def measure(what: str, preview: Callable[[], object], bare: Callable[[], int]) -> Iterator[Row]:
    from django.db import transaction

    from benchside.careers import actions
    from benchside.core.actions import SYSTEM

    with transaction.atomic():
        read, found = timed(preview)
        apply, _ = timed(lambda: actions.apply_list(actor=SYSTEM, run=found))
        transaction.set_rollback(True)
    with transaction.atomic():
        floor, _ = timed(bare)
        transaction.set_rollback(True)
    whole = read + apply
    yield (
        f"import, {what}",
        f"{read:.2f} s read, checked and compared, {apply:.2f} s applied: "
        f"{whole / floor:.0f}× the floor ({floor:.2f} s)",
        "-",
    )


def timed(call: Callable[[], object]) -> tuple[float, object]:
    began = time.perf_counter()
    result = call()
    return time.perf_counter() - began, result


def preview_standards() -> object:
    from benchside.careers import actions
    from benchside.core.actions import SYSTEM

    return actions.preview_routes(
        actor=SYSTEM,
        kind="apprenticeships",
        data=STANDARDS.read_bytes(),
        filename=STANDARDS.name,
        as_of=date(2021, 6, 1),
        source="dfe-standards-2021",
    )


def preview_soc() -> object:
    from benchside.careers import actions
    from benchside.core.actions import SYSTEM

    return actions.preview_soc(actor=SYSTEM, data=SOC.read_bytes(), filename=SOC.name)


def rows_of(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"), newline="")))


def bare_standards() -> int:
    from benchside.careers.models import Route, Source

    source = Source.objects.get(slug="dfe-standards-2021")
    there = set(Route.objects.values_list("reference", flat=True))
    made = [
        Route(
            slug=f"bare-{number}",
            kind="apprenticeship",
            title=row["title"],
            reference=row["reference"],
            level=int(row["level"]) if row["level"] else None,
            source=source,
            as_of=date(2021, 6, 1),
        )
        for number, row in enumerate(rows_of(STANDARDS))
        if row["reference"] not in there
    ]
    return len(Route.objects.bulk_create(made))


def bare_soc() -> int:
    from benchside.careers.models import SocTitle

    made = [
        SocTitle(
            key=row["unique_id"],
            title=row["index_occupation"],
            words=row["index_occupation"].lower(),
            soc2020=row["soc_2020"].strip("}"),
            extension=row["soc_2020_ext"].strip("}/"),
        )
        for row in rows_of(SOC)
    ]
    return len(SocTitle.objects.bulk_create(made, batch_size=500))
