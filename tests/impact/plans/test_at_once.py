"""Many propose at the same moment, each a process of its own: no code twice, no gap, one take-over.

In a file of its own: it commits. On PostgreSQL and on SQLite by how the suite is run.
"""

import pytest

from benchside.core.actions import SYSTEM
from benchside.impact.models import Action, Plan, PlanNumbers
from benchside.impact.plans import actions
from tests.factories.plans import a_plan
from tests.processes import at_once

PROCESSES, EACH = 4, 6


def propose() -> list[str]:
    """The codes of what one process proposed: of its own, and taken over from a review."""
    plan = Plan.objects.select_related("organisation").get()
    said = []
    for number in range(EACH):
        made = actions.propose_action(actor=SYSTEM, plan=plan, title="A", areas=["visibility"])
        taken = actions.propose_action(
            actor=SYSTEM,
            plan=plan,
            title="B",
            areas=["impact"],
            origin="review",
            origin_ref=str(number),
        )
        said += [made.code, taken.code]
    return said


@pytest.mark.services
@pytest.mark.django_db(transaction=True)
def test_of_many_who_propose_at_once_each_gets_a_code_of_its_own() -> None:
    a_plan()
    said = [code for codes in at_once(*[propose] * PROCESSES) for code in codes]
    own = sorted(code for code in said if code.startswith("V"))
    assert own == [f"V-{number:03d}" for number in range(1, PROCESSES * EACH + 1)]
    assert {code for code in said if code.startswith("I")} == {
        f"I-{n:03d}" for n in range(1, EACH + 1)
    }
    assert Action.objects.count() == PROCESSES * EACH + EACH
    assert dict(PlanNumbers.objects.values_list("letter", "last")) == {
        "V": PROCESSES * EACH,
        "I": EACH,
    }
