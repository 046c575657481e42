"""Every state of an entry × every verb, against a table written by hand from the domain."""

from datetime import date, timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from benchside.assessment.actions import move_award
from benchside.assessment.awarding.queries import rules_of
from benchside.core.actions import SYSTEM, Actor, Denied, Refused
from benchside.recognition.models import Entry
from benchside.recognition.registry import life
from tests.factories import registry as made

pytestmark = pytest.mark.django_db

ON_IT = "active renewal-due grace career-break"
SUSPENDED = "suspended-interim suspended-conduct suspended-health suspended-cpd"
# From the domain document, section 5: what leads from where to where, whose it is, and the days
# since the state began between which alone it may be done. Nothing else may be.
BY_HAND = [
    ("come-due", "active", "renewal-due", "clock", 0, None),
    ("give-grace", "renewal-due", "grace", "clock", 0, None),
    ("lapse", "grace", "lapsed", "clock", 0, None),
    ("renew", "active renewal-due grace", "active", "keeper", 0, None),
    ("reinstate", "lapsed", "active", "keeper", 0, 1096),  # within three years
    ("begin-break", "active renewal-due grace", "career-break", "keeper", 0, None),
    ("end-break", "career-break", "active", "keeper", 0, None),
    ("suspend-meanwhile", ON_IT, "suspended-interim", "two", 0, None),
    ("suspend", f"{ON_IT} suspended-interim", "suspended-conduct", "two", 0, None),
    ("suspend-for-health", f"{ON_IT} suspended-interim", "suspended-health", "two", 0, None),
    ("suspend-for-cpd", "active renewal-due grace", "suspended-cpd", "two", 0, None),
    ("lift", SUSPENDED, "active", "two", 0, None),
    ("remove-for-cpd", "suspended-cpd", "removed-cpd", "two", 0, None),
    ("return-after-cpd", "removed-cpd", "active", "keeper", 548, None),  # barred for 18 months
    ("remove", f"{ON_IT} {SUSPENDED} lapsed resigned retired", "removed-conduct", "two", 0, None),
    # What only an appeal does, each to where somebody was.
    ("reverse-removal", "removed-conduct", "active", "appeal", 0, None),
    *(
        (f"reverse-to-{one}", "removed-conduct", one, "appeal", 0, None)
        for one in f"{SUSPENDED} lapsed resigned retired".split()
    ),
    ("hear-restoration", "removed-conduct", "restoration-hearing", "two", 1826, None),  # 5 years
    ("hear-again", "restoration-refused", "restoration-hearing", "two", 365, None),
    ("restore", "restoration-hearing", "active", "two", 0, None),
    ("refuse-restoration", "restoration-hearing", "restoration-refused", "two", 0, None),
    ("resign", ON_IT, "resigned", "keeper", 0, None),
    ("retire", ON_IT, "retired", "keeper", 0, None),
    ("return", "resigned retired", "active", "keeper", 0, 1096),
    (
        "record-death",
        f"{ON_IT} lapsed resigned retired {SUSPENDED} removed-cpd removed-conduct "
        "restoration-hearing restoration-refused transferred annulled",
        "deceased", "keeper", 0, None,
    ),
    ("transfer", ON_IT, "transferred", "keeper", 0, None),
    (
        "annul",
        f"{ON_IT} lapsed {SUSPENDED} removed-cpd removed-conduct restoration-hearing "
        "restoration-refused resigned retired transferred",
        "annulled", "two", 0, None,
    ),
]  # fmt: skip
STATES = (
    f"{ON_IT} lapsed {SUSPENDED} removed-cpd removed-conduct restoration-hearing "
    "restoration-refused resigned retired deceased transferred annulled"
).split()
WAYS = {
    (source, verb): (target, who, first, last)
    for verb, sources, target, who, first, last in BY_HAND
    for source in sources.split()
}
LONG_AGO = 6000


def attempt(entry: Entry, actor: Actor, verb: str, day: date) -> str:
    """The state it comes to, or what kept it; then all is as before."""
    step = next(one for one in rules_of(entry.award).moves if one.verb == verb)
    said = ""
    try:
        with transaction.atomic():
            move_award(
                actor=actor,
                award=entry.award,
                verb=verb,
                reason=step.reasons[0] if step.reasons else "",
                effective_on=day,
                confirmed=step.needs,
            )
            said = entry.award.state
            transaction.set_rollback(True)
    except Refused:
        said = "refused"
    except Denied:
        said = "denied"
    entry.award.refresh_from_db()
    return said


@pytest.fixture
def entry() -> Entry:
    return made.somebody(days=LONG_AGO)


def test_the_table_by_hand_names_every_state_and_verb_of_the_file(entry: Entry) -> None:
    rules = rules_of(entry.award)
    assert sorted(one.key for one in rules.states) == sorted(STATES)
    assert {one.verb for one in rules.moves} == {verb for verb, *_ in BY_HAND}


def test_every_state_with_every_verb(entry: Entry) -> None:
    """By whom the file lets; on the first day that it may be done, or today."""
    desk = made.a_desk()
    who_does = {"clock": SYSTEM, "keeper": desk.registrar, "two": desk.ratifier}
    who_does["appeal"] = desk.ratifier
    began, wrong = made.began(entry), []
    for state in STATES:
        made.put_into(entry, state)
        for verb, *_ in BY_HAND:
            way = WAYS.get((state, verb))
            target, who, first, last = way or ("refused", "two", 0, None)
            days = [first, LONG_AGO if last is None else last] if way else [0]
            for day in days:
                got = attempt(entry, who_does[who], verb, began + timedelta(days=day))
                if got != target:
                    wrong.append(f"{state} {verb} on day {day}: {got}, not {target}")
    assert wrong == []


def test_not_a_day_too_early_nor_too_late(entry: Entry) -> None:
    desk, began = made.a_desk(), made.began(entry)
    who_does = {"keeper": desk.registrar, "two": desk.ratifier}
    bounded = [(key, way) for key, way in WAYS.items() if way[2] or way[3] is not None]
    assert len(bounded) == 6
    for (state, verb), (_, who, first, last) in bounded:
        made.put_into(entry, state)
        outside = [first - 1] if first else []
        outside += [last + 1] if last is not None else []
        for day in outside:
            got = attempt(entry, who_does[who], verb, began + timedelta(days=day))
            assert got == "refused", f"{state} {verb} on day {day}"


def test_nobody_does_what_is_anothers(entry: Entry) -> None:
    """A keeper does nothing that ratifiers do, they nothing of a keeper's, neither the clock's."""
    desk, today = made.a_desk(), timezone.localdate()
    others = {
        "clock": [desk.registrar, desk.ratifier],
        "keeper": [desk.ratifier, made.holder_of(entry)],
        "two": [desk.registrar, made.holder_of(entry)],
        "appeal": [desk.registrar, made.holder_of(entry)],
    }
    wrong = []
    for (state, verb), (_, who, first, last) in WAYS.items():
        made.put_into(entry, state)
        day = made.began(entry) + timedelta(days=first) if last is not None or first else today
        for actor in others[who]:
            if (got := attempt(entry, actor, verb, day)) != "denied":
                wrong.append(f"{state} {verb}: {got}")
    assert wrong == []


def test_the_desk_offers_what_the_table_has_and_no_more(entry: Entry) -> None:
    began = made.began(entry)
    for state in STATES:
        made.put_into(entry, state)
        offered = {
            one.verb: (one.target.key, one.needs_two, one.first, one.last)
            for one in life.steps(entry)
        }
        expected = {
            verb: (
                target,
                who == "two",
                began + timedelta(days=first),
                None if last is None else began + timedelta(days=last),
            )
            for (source, verb), (target, who, first, last) in WAYS.items()
            if source == state and who not in {"clock", "appeal"}
        }
        assert offered == expected, state
