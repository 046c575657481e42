"""A letter to whoever has gone quiet: seldom, never twice, off with one press."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from benchside.core.models.mail import OutgoingMail
from benchside.people.cpd import actions, reminding
from benchside.people.models import CpdActivity, CpdLog, Technician
from benchside.people.tasks import forget_ended_shares, remind_of_cpd
from tests.factories.cpd import a_file, a_logger, actor_of, an_activity

pytestmark = pytest.mark.django_db
LONG = timedelta(days=61)


def gone_quiet(local: str = "edie", days: int = 61) -> Technician:
    technician = a_logger(local)
    an_activity(technician)
    since = timezone.now() - timedelta(days=days)
    CpdActivity.objects.filter(technician=technician).update(changed_at=since)
    return technician


def letters() -> list[str]:
    return [one.to[0] for one in OutgoingMail.objects.all()]


def a_month_passes() -> None:
    CpdLog.objects.update(nudged_at=timezone.now() - timedelta(days=31))


def test_one_letter_a_month_three_at_most_until_they_write_again() -> None:
    edie = gone_quiet()
    for _ in range(6):
        remind_of_cpd.func()
        remind_of_cpd.func()
        a_month_passes()
    assert len(letters()) == 3
    assert "last reminder" in OutgoingMail.objects.latest("pk").text
    an_activity(edie, "At last")
    CpdActivity.objects.update(changed_at=timezone.now() - LONG)
    remind_of_cpd.func()
    assert len(letters()) == 4


@pytest.mark.parametrize("why", ["wrote lately", "off", "away", "no log", "closed account"])
def test_nobody_is_reminded_who(why: str) -> None:
    edie = gone_quiet(days=59 if why == "wrote lately" else 61)
    assert edie.account is not None
    today = timezone.localdate()
    if why == "off":
        actions.remind(actor=actor_of(edie), technician=edie, reminds=False)
    elif why == "away":
        actions.take_break(actor=actor_of(edie), technician=edie, begins=today, ends=today)
    elif why == "no log":
        CpdActivity.objects.all().delete()
    elif why == "closed account":
        edie.account.is_active = False
        edie.account.save()
    remind_of_cpd.func()
    assert letters() == []


def test_killed_between_two_letters_and_run_again_nobody_has_two(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for number in range(5):
        gone_quiet(f"edie{number}")
    sent = reminding.send
    count = 0

    def killed(*args: object, **more: object) -> None:
        nonlocal count
        count += 1
        if count == 3:
            raise KeyboardInterrupt
        sent(*args, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(reminding, "send", killed)
    with pytest.raises(KeyboardInterrupt):
        remind_of_cpd.func()
    assert len(letters()) == 2
    monkeypatch.setattr(reminding, "send", sent)
    remind_of_cpd.func()
    assert sorted(letters()) == [f"edie{number}@benchside.example" for number in range(5)]


def test_two_workers_with_the_same_list_write_one_letter() -> None:
    edie = gone_quiet()
    for _ in range(2):
        reminding.remind(edie.cpd_log.pk)
    assert letters() == ["edie@benchside.example"]


def test_the_letters_link_stops_them_with_one_press_and_no_account() -> None:
    edie, olu = gone_quiet(), gone_quiet("olu")
    address = f"/my/cpd/quiet/{reminding.token_of(edie.pk)}/"
    visitor = Client()
    assert visitor.get(address).status_code == 200
    assert CpdLog.objects.get(technician=edie).reminds  # looking changes nothing
    assert b"No more reminders" in visitor.post(address).content
    assert not CpdLog.objects.get(technician=edie).reminds
    assert CpdLog.objects.get(technician=olu).reminds
    assert visitor.cookies == {}
    assert visitor.get(f"{address[:-3]}xx/").status_code == 404


def test_after_its_last_day_of_a_share_the_digest_alone_is_kept(
    django_capture_on_commit_callbacks: object,
) -> None:
    from benchside.core import vault
    from benchside.core.actions import SYSTEM
    from benchside.people.cpd import keeping
    from benchside.people.models import CpdShare

    edie = a_logger()
    one = an_activity(edie)
    a_file(one)
    today = timezone.localdate()
    share = actions.share_year(
        actor=actor_of(edie), technician=edie, begins=one.begins, ends=one.ends,
        with_whom="Made-Up Institute", until=today,
    )  # fmt: skip
    held = actions.freeze_share(actor=SYSTEM, share=share)
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        actions.delete_activity(actor=actor_of(edie), activity=one)
    forget_ended_shares.func()
    share.refresh_from_db()
    assert share.content == held.content
    CpdShare.objects.update(until=today - timedelta(days=1))
    forget_ended_shares.func()
    share.refresh_from_db()
    assert (share.content, share.digest) == ("", held.digest)
    assert vault.names_below(keeping.folder_of(edie)) == []
