"""A log is its owner's alone, until they share a period of it; then it is held as it was."""

from datetime import date, timedelta
from pathlib import PurePosixPath

import pytest
from django.utils import timezone

from benchside.core import vault
from benchside.core.actions import SYSTEM, VISITOR, Actor, Denied, Refused
from benchside.core.personal_data import erase_person, export_person
from benchside.people.cpd import actions, keeping, queries
from benchside.people.cpd.rule import PLAIN, judge
from benchside.people.models import (
    CpdActivity,
    CpdBreak,
    CpdEvidence,
    CpdLog,
    CpdShare,
    Technician,
)
from tests.factories.cpd import FULL, a_file, a_logger, actor_of, an_activity
from tests.factories.people import person

pytestmark = pytest.mark.django_db
YEAR = {"begins": date(2026, 1, 1), "ends": date(2026, 12, 31)}


def a_share(technician: Technician, **more: object) -> CpdShare:
    until = timezone.localdate() + timedelta(days=30)
    said = {**YEAR, "with_whom": "Made-Up Institute", "until": until, **more}
    return actions.share_year(actor=actor_of(technician), technician=technician, **said)  # type: ignore[arg-type]


def test_a_share_shows_what_ended_in_its_days_and_was_done() -> None:
    edie = a_logger()
    for day in ("2025-12-31", "2026-01-01", "2026-12-31", "2027-01-01"):
        an_activity(edie, day, date.fromisoformat(day))
    an_activity(edie, "planned", is_done=False)
    an_activity(a_logger("olu"), "of somebody else")
    seen = [one.title for one in queries.activities_of(a_share(edie))]
    assert seen == ["2026-01-01", "2026-12-31"]


def test_used_it_is_held_word_for_word_whatever_becomes_of_the_log(
    django_capture_on_commit_callbacks: object,
) -> None:
    edie = a_logger()
    one = an_activity(edie, **FULL)
    file = a_file(one)
    share = a_share(edie)
    held = actions.freeze_share(actor=SYSTEM, share=share)
    standing = judge(held.activities(), PLAIN, date(2026, 12, 31), held.breaks())
    assert standing.activities == 1
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        actions.delete_activity(actor=actor_of(edie), activity=one)
    assert queries.frozen(share) == held
    assert actions.freeze_share(actor=SYSTEM, share=share) == held
    assert queries.file_of(share, file.file_digest) == ("note.txt", b"I was there")
    assert queries.file_of(share, "0" * 64) is None
    assert queries.file_of(share, "") is None


def test_what_no_share_in_use_names_goes_with_its_activity(
    django_capture_on_commit_callbacks: object,
) -> None:
    edie = a_logger()
    first, second = an_activity(edie), an_activity(edie, "Another")
    kept, same = a_file(first), a_file(second)
    assert kept.file == same.file
    folder = keeping.folder_of(edie)
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        actions.delete_activity(actor=actor_of(edie), activity=first)
    assert [PurePosixPath(name).name for name in vault.names_below(folder)] == [
        f"{same.file_digest}.txt"
    ]
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        actions.remove_evidence(actor=actor_of(edie), evidence=same)
    assert vault.names_below(folder) == []


def test_taken_back_it_shows_nothing_and_used_it_cannot_be() -> None:
    edie = a_logger()
    an_activity(edie)
    back, used = a_share(edie), a_share(edie)
    actions.revoke_share(actor=actor_of(edie), share=back)
    assert list(queries.activities_of(back)) == []
    assert queries.shared(edie, back.key) is None
    with pytest.raises(Refused, match="shared no longer"):
        actions.freeze_share(actor=SYSTEM, share=back)
    actions.freeze_share(actor=actor_of(edie), share=used)
    with pytest.raises(Refused, match="used it already"):
        actions.revoke_share(actor=actor_of(edie), share=used)


def test_after_its_last_day_it_shows_nothing() -> None:
    edie = a_logger()
    an_activity(edie)
    share = a_share(edie)
    actions.freeze_share(actor=SYSTEM, share=share)
    CpdShare.objects.filter(pk=share.pk).update(until=timezone.localdate() - timedelta(days=1))
    share.refresh_from_db()
    with pytest.raises(Refused):
        queries.frozen(share)
    assert queries.shared(edie, share.key) is None


@pytest.mark.parametrize("who", ["visitor", "somebody else", "administrator", "clock"])
def test_nobody_but_the_person_writes_or_shares(who: str) -> None:
    edie = a_logger()
    one = an_activity(edie)
    actor = {
        "visitor": VISITOR,
        "somebody else": Actor.of(person("other@benchside.example")),
        "administrator": Actor.of(person("ada@benchside.example", is_superuser=True)),
        "clock": SYSTEM,
    }[who]
    until = timezone.localdate()
    tries = [
        lambda: actions.add_activity(actor=actor, technician=edie, values={"begins": until}),
        lambda: actions.change_activity(actor=actor, activity=one, values={"title": "x"}),
        lambda: actions.delete_activity(actor=actor, activity=one),
        lambda: actions.do_again(actor=actor, activity=one, on=until),
        lambda: actions.add_link(actor=actor, activity=one, url="https://benchside.example"),
        lambda: actions.add_file(actor=actor, activity=one, name="a.txt", data=b"words"),
        lambda: actions.take_break(actor=actor, technician=edie, begins=until, ends=until),
        lambda: actions.remind(actor=actor, technician=edie, reminds=False),
        lambda: actions.share_year(
            actor=actor, technician=edie, **YEAR, with_whom="Me", until=until
        ),
    ]
    for attempt in tries:
        with pytest.raises(Denied):
            attempt()
    assert CpdActivity.objects.get().title == "Laser safety"


def test_a_person_takes_all_of_it_with_them_and_erases_all_of_it(
    django_capture_on_commit_callbacks: object,
) -> None:
    edie, olu = a_logger(), a_logger("olu")
    person_id = edie.account.person_id
    for one in (edie, olu):
        a_file(an_activity(one, **FULL))
        actions.take_break(actor=actor_of(one), technician=one, **YEAR)
        actions.freeze_share(actor=SYSTEM, share=a_share(one))
    told = repr(export_person(person_id)["Your CPD log"])
    for mark in ("Laser safety", FULL["learned"], "note.txt", "Made-Up Institute"):
        assert mark in told
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        erase_person(person_id)
    for kind in (CpdActivity, CpdBreak, CpdLog, CpdShare):
        assert [one.technician for one in kind._default_manager.all()] == [olu], kind
    assert CpdEvidence.objects.get().activity.technician == olu
    assert vault.names_below(keeping.folder_of(edie)) == []
    assert len(vault.names_below(keeping.folder_of(olu))) == 1
