"""In whatever order an award is moved, its chain holds, and one changed link is found."""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from benchside.assessment.actions import load_standard, move_award, publish_standard
from benchside.assessment.actions.awards import link_of
from benchside.assessment.chain import Link, verify
from benchside.assessment.models import Award, StandardVersion
from benchside.assessment.queries import faults_of
from benchside.assessment.standards import read
from benchside.core.actions import SYSTEM, Refused
from tests.assessment.awarding.conftest import an_award
from tests.factories.marks import FILE as MARK
from tests.factories.organisations import an_organisation

pytestmark = pytest.mark.django_db
VERBS = ["come-due", "renew", "lapse", "withdraw", "fly"]
REASONS = ["", "Untrue", "No longer met"]
STEPS = st.lists(
    st.tuples(st.sampled_from(VERBS), st.sampled_from(REASONS), st.integers(-3, 40)), max_size=8
)


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(STEPS, st.data())
def test_no_order_of_moves_breaks_it(
    bench: StandardVersion, steps: list[tuple[str, str, int]], data: st.DataObject
) -> None:
    award, day = an_award(bench), date(2026, 3, 1)
    for verb, reason, later in steps:
        when = day + timedelta(days=later)
        try:
            move_award(actor=SYSTEM, award=award, verb=verb, reason=reason, effective_on=when)
        except Refused:
            continue
        day = when
    award.refresh_from_db()
    assert list(faults_of(award)) == []
    events = list(award.events.order_by("number"))
    assert [one.effective_on for one in events] == sorted(one.effective_on for one in events)
    links = [link_of(one) for one in events]
    place = data.draw(st.integers(0, len(links) - 1))
    one = links[place]
    links[place] = Link(one.number, {**one.says, "target": "forged"}, one.before, one.digest)
    assert list(verify(links))


def test_every_pair_the_mark_does_not_list_is_refused(db: None) -> None:
    """The state table of the mark that comes with the program, walked whole."""
    version = load_standard(actor=SYSTEM, standard=read(MARK))
    publish_standard(actor=SYSTEM, version=version)
    rules = version.standard.award
    assert rules is not None
    listed = {(source, one.verb) for one in rules.moves for source in one.source}
    assert len(rules.states) * len({one.verb for one in rules.moves}) > len(listed)
    an_organisation("northmoor")
    award = an_award(version)
    for state in rules.states:
        for verb in sorted({one.verb for one in rules.moves} | {"fly"}):
            Award.objects.filter(pk=award.pk).update(state=state.key)
            reasons = next((one.reasons for one in rules.moves if one.verb == verb), ())
            reason = reasons[0] if reasons else ""
            try:
                move_award(actor=SYSTEM, award=award, verb=verb, reason=reason)
                moved = True
            except Refused:
                moved = False
            assert moved == ((state.key, verb) in listed), (state.key, verb)
