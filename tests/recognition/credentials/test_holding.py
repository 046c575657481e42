"""Made, replaced and taken back as the award goes; a person's only if the person asks."""

import json
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
import time_machine
from django.core.management import call_command
from django.utils import timezone

from benchside.assessment.actions import move_award
from benchside.assessment.models import Award
from benchside.core.actions import SYSTEM, Actor, Denied, Refused
from benchside.core.schedule import jobs
from benchside.people.models import Technician
from benchside.recognition.credentials import actions, forgetting, lists, queries, tasks
from benchside.recognition.credentials.vc import status_list
from benchside.recognition.models import Credential, Entry, StatusList
from tests.factories import credentials as made
from tests.factories import registers
from tests.factories.people import person

pytestmark = pytest.mark.django_db


def holder_of(entry: Entry) -> Actor:
    assert entry.award.technician is not None
    assert entry.award.technician.account is not None
    return Actor.of(entry.award.technician.account)


def in_use(award: Award) -> Credential:
    return Credential.objects.in_use().get(award=award)


def bit_of(credential: Credential) -> bool:
    """As anybody reads it who has the signed list."""
    held = StatusList.objects.get(pk=credential.status_list_id)
    subject = json.loads(held.signed)["credentialSubject"]
    return status_list.decode(subject["encodedList"])[credential.index]


def step(award: Award, verb: str, reason: str = "", **options: Any) -> None:
    move_award(actor=SYSTEM, award=award, verb=verb, reason=reason, **options)
    actions.keep_in_step(award=award)


def test_nobody_has_a_badge_who_did_not_ask() -> None:
    entry = made.a_registered_person()
    assert actions.keep_in_step(award=entry.award) is None
    assert not queries.out_of_step().exists()
    stranger = person("nosy@work.example")
    with pytest.raises(Denied):
        actions.claim(actor=Actor.of(stranger), award=entry.award)
    assert not Credential.objects.exists()


def test_what_is_in_it_and_what_is_not() -> None:
    entry = made.a_registered_person()
    said = made.document_of(made.claimed(entry))
    subject = said["credentialSubject"]
    assert [one["identityHash"] for one in subject["identifier"]] == [entry.name]
    assert subject["licenseNumber"] == entry.award.number
    assert subject["source"]["name"] == entry.body.name
    (aligned,) = subject["achievement"]["alignment"]
    assert aligned["targetCode"] == entry.award.version.version
    assert said["issuer"]["id"].startswith("did:web:")
    # A year, and the 90 days that the standard gives after it (registered-technician.toml).
    assert entry.award.period_end is not None
    last = entry.award.period_end + timedelta(days=89)  # the day before it lapses
    assert said["validUntil"].startswith(last.isoformat())
    account = entry.award.technician.account  # type: ignore[union-attr]
    assert account is not None
    assert account.email not in json.dumps(said)


def test_asked_twice_it_is_one_and_events_told_twice_change_nothing() -> None:
    entry = made.a_registered_person()
    first = made.claimed(entry)
    assert actions.claim(actor=holder_of(entry), award=entry.award) == first
    for _ in range(3):
        assert actions.keep_in_step(award=entry.award) == first
    assert Credential.objects.count() == 1


def test_suspension_takes_it_back_and_lifting_makes_another() -> None:
    entry = made.a_registered_person()
    first = made.claimed(entry)
    assert not bit_of(first)
    step(entry.award, "suspend", "Conduct")
    made.sign_all()
    first.refresh_from_db()
    assert (first.state, first.reason) == ("revoked", "ended")
    assert bit_of(first)
    assert not Credential.objects.in_use().exists()
    step(entry.award, "lift", "The time is over")
    made.sign_all()
    second = in_use(entry.award)
    assert second.key != first.key
    assert not bit_of(second)
    assert bit_of(first)  # never comes back


def test_renewal_and_a_new_name_each_make_a_newer_one() -> None:
    entry = made.a_registered_person()
    first = made.claimed(entry)
    step(entry.award, "renew", period_from=entry.award.period_end)
    second = in_use(entry.award)
    first.refresh_from_db()
    assert (first.reason, first.replaced_by) == ("replaced", second)
    Entry.objects.filter(pk=entry.pk).update(name="Regina Newly-Named")
    assert list(queries.out_of_step()) == [entry.award]
    tasks.keep_all_in_step.func()
    third = in_use(entry.award)
    assert made.document_of(third)["credentialSubject"]["identifier"][0]["identityHash"] == (
        "Regina Newly-Named"
    )
    assert not queries.out_of_step().exists()


def test_coming_due_and_grace_change_no_badge() -> None:
    entry = made.a_registered_person(since=timezone.localdate() - timedelta(days=300))
    first = made.claimed(entry)
    step(entry.award, "come-due")
    assert in_use(entry.award) == first


def test_given_back_it_counts_no_more_and_stays_away() -> None:
    entry = made.a_registered_person()
    first = made.claimed(entry)
    actions.give_back(actor=holder_of(entry), award=entry.award)
    with pytest.raises(Refused):
        actions.give_back(actor=holder_of(entry), award=entry.award)
    made.sign_all()
    first.refresh_from_db()
    assert (first.state, first.reason) == ("revoked", "given-back")
    assert bit_of(first)
    step(entry.award, "renew")
    assert not Credential.objects.in_use().exists()


def test_organisations_have_theirs_at_once() -> None:
    award = made.a_marked_school()
    made.sign_all()
    said = made.document_of(in_use(award))
    assert said["credentialSubject"]["identifier"][0]["identityHash"] == award.organisation.name  # type: ignore[union-attr]
    assert said["credentialSubject"]["achievement"]["achievementType"] == (
        "QualityAssuranceCredential"
    )
    assert "Gold" in said["name"]


def test_a_change_that_no_event_told_of_is_on_the_list_within_five_minutes() -> None:
    """The event is lost, as when a process dies after the commit; the clock alone is left."""
    entry = made.a_registered_person()
    first = made.claimed(entry)
    job = jobs["benchside.recognition.credentials.tasks.keep_all_in_step"]
    with time_machine.travel(timezone.now(), tick=False) as clock:
        move_award(actor=SYSTEM, award=entry.award, verb="suspend", reason="Conduct")
        assert not bit_of(first)
        changed, slot = timezone.now(), job.slot(timezone.now())
        while job.slot(timezone.now()) == slot:
            clock.shift(timedelta(seconds=15))
        tasks.keep_all_in_step.func()
        assert timezone.now() - changed <= timedelta(minutes=5)
        assert bit_of(first)
        ttl = json.loads(first.status_list.signed or StatusList.objects.get().signed)
        keep = timedelta(milliseconds=ttl["credentialSubject"]["ttl"])
        assert timezone.now() - changed + keep <= timedelta(minutes=5)


def test_the_event_is_heard_and_signing_asked_for_once(
    django_capture_on_commit_callbacks: Any,
) -> None:
    from django_tasks_db.models import DBTaskResult

    entry = made.a_registered_person()
    first = made.claimed(entry)
    DBTaskResult.objects.all().delete()
    with django_capture_on_commit_callbacks(execute=True):
        move_award(actor=SYSTEM, award=entry.award, verb="suspend", reason="Conduct")
    first.refresh_from_db()
    assert first.state == "revoked"
    asked = DBTaskResult.objects.filter(task_path__endswith="sign_what_waits")
    assert asked.count() == 1
    tasks.sign_soon()
    assert asked.count() == 1


def test_places_are_drawn_by_chance_never_twice_and_a_full_list_is_left() -> None:
    entry = made.a_registered_person()
    first = made.claimed(entry)
    StatusList.objects.update(size=8)
    indexes = {(1, first.index)}
    for verb in ["suspend", "lift"] * 14:
        step(entry.award, verb, "Conduct" if verb == "suspend" else "The time is over")
    found = Credential.objects.values_list("status_list__number", "index")
    assert len(set(found)) == len(found) == 15
    assert indexes <= set(found)
    assert StatusList.objects.filter(is_open=False).count() >= 1
    assert StatusList.objects.filter(is_open=True).count() == 1


def test_the_list_is_signed_anew_only_when_a_bit_changed_or_it_grows_old() -> None:
    entry = made.a_registered_person()
    made.claimed(entry)
    before = StatusList.objects.get().signed
    made.sign_all()
    assert StatusList.objects.get().signed == before
    assert lists.stale() == []
    with time_machine.travel(timezone.now() + timedelta(days=1)):
        tasks.sign_lists_anew.func()
    assert StatusList.objects.get().signed != before


def test_where_the_site_has_moved_its_lists_are_signed_for_the_new_address(settings: Any) -> None:
    made.claimed(made.a_registered_person())
    settings.BASE_URL = "https://moved.example"
    assert lists.stale() == [1]
    tasks.keep_all_in_step.func()
    said = json.loads(StatusList.objects.get().signed)
    assert said["id"].startswith("https://moved.example/")
    assert said["issuer"] == "did:web:moved.example"
    assert lists.stale() == []


def test_erased_it_is_blank_and_its_bit_is_set() -> None:
    entry = made.a_registered_person()
    first = made.claimed(entry)
    technician = Technician.objects.get(pk=entry.award.technician_id)
    assert technician.account is not None
    person_id = technician.account.person_id
    assert forgetting.export(person_id)["credentials"][0]["name"] == entry.name
    forgetting.erase(person_id)
    forgetting.erase(person_id)
    made.sign_all()
    first.refresh_from_db()
    assert (first.name, first.document, first.state, first.reason) == ("", "", "revoked", "erased")
    assert bit_of(first)


def test_one_that_cannot_be_signed_keeps_nobody_else_waiting(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from benchside.recognition.credentials import badging

    bad, good = made.a_marked_school("bad-high"), made.a_marked_school("good-high")
    real = badging.badge_of

    def spoilt(one: Credential, *args: Any) -> Any:
        if one.award == bad:
            raise ValueError("made up")
        return real(one, *args)

    monkeypatch.setattr(badging, "badge_of", spoilt)
    made.sign_all()
    assert in_use(good).state == "live"
    assert in_use(bad).state == "waiting"


def test_old_keys_stay_good_and_a_stolen_one_is_worth_nothing() -> None:
    from benchside.recognition.credentials import checking, keyring
    from benchside.recognition.models import SigningKey

    entry, school = made.a_registered_person(), made.a_marked_school()
    first = made.claimed(entry)
    old = keyring.current()
    call_command("rotate_key", verbosity=0, stdout=StringIO())
    assert old.fragment in json.dumps(keyring.document())
    assert keyring.current() != old
    assert checking.check(made.document_of(first)).verdict == "genuine"
    new = actions.compromise_key(actor=SYSTEM, key=old)
    assert new == keyring.current()
    assert old.fragment not in json.dumps(keyring.document())
    assert checking.check(made.document_of(first)).verdict == "over"
    tasks.reissue.func(old.pk)
    first.refresh_from_db()
    assert (first.state, first.reason) == ("revoked", "key")
    assert bit_of(first)
    for award in (entry.award, school):
        assert in_use(award).signed_with == new
        assert checking.check(made.document_of(in_use(award))).verdict == "genuine"
    assert actions.reissue_some(key=old) == 0
    with pytest.raises(Refused):
        actions.compromise_key(actor=SYSTEM, key=SigningKey.objects.get(pk=old.pk))
    with pytest.raises(Denied):
        actions.rotate_key(actor=Actor.of(registers.a_registrar()))
