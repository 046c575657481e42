"""Queries a page, with a hundred roles and with one. The tests pin the same figures."""

from collections.abc import Iterator

from benchmarks import ground

BUDGETS = {
    "/": 18,
    "/careers/roles/": 15,
    "/careers/roles/wind-turbine-technician/": 12,
    "/careers/routes/": 15,
    "/careers/routes/t-level-science/": 12,
    "/search/?q=fixes+planes": 15,
}


def run() -> Iterator[tuple[str, str, str]]:
    ground.use_here()
    from django.db import transaction

    from benchside.careers.models import Role

    full = count_all()
    with transaction.atomic():
        Role.objects.exclude(slug="wind-turbine-technician").delete()
        one = count_all()
        transaction.set_rollback(True)
    for path, budget in BUDGETS.items():
        yield (f"queries, {path}", f"{one[path]} at 1 role, {full[path]} at 100", f"≤ {budget}")


def count_all() -> dict[str, int]:
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = Client(SERVER_NAME="127.0.0.1")
    counts = {}
    for path in BUDGETS:
        client.get(path)  # what a process learns once is not counted
        with CaptureQueriesContext(
            connection,
        ) as seen:
            client.get(path)
        counts[path] = len(seen)
    return counts
