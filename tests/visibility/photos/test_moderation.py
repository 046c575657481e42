"""What a moderator may do with a photograph, and that nothing else makes one public."""

import re
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
import time_machine
from django.core import mail as outbox
from django.core.files.storage import storages
from django.db import IntegrityError, transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from PIL import Image, ImageStat

from benchside.core.actions import SYSTEM, VISITOR, Actor, Denied, Refused
from benchside.core.models import AuditEvent, OutgoingMail, Picture
from benchside.core.retouching import Box
from benchside.core.states import NeedsMore, NoSuchMove
from benchside.people.models import MediaConsent
from benchside.visibility.enums import HiddenFor, InPicture, PhotoState, RefusedFor
from benchside.visibility.models import Photo
from benchside.visibility.photos import moderation, moderation_tasks
from benchside.visibility.photos.moderation_undo import last_of, undo
from benchside.visibility.photos.moderation_words import TOLD
from tests.factories.desk import edith, person
from tests.factories.wall import a_photo, a_picture, drawn, mia, mo, on_the_wall

pytestmark = pytest.mark.django_db
FACE = Box(0.4, 0.2, 0.2, 0.3)


def actor(user: Any) -> Actor:
    return Actor.of(user)


def now(photo: Photo) -> Photo:
    return Photo.objects.get(pk=photo.pk)


def private_files(picture: Picture) -> list[str]:
    try:
        return storages["private"].listdir(f"pictures/{picture.key.hex}")[1]
    except FileNotFoundError:
        return []


def stamp(moment: Any) -> str:
    return str(moment.isoformat())


# --- one yes, or two ------------------------------------------------------------------------------
def test_a_yes_puts_it_on_the_wall_once_every_size_is_drawn() -> None:
    photo = a_photo(school="Made-Up High School")
    moderation.approve(actor=actor(mo()), photo=photo)
    held = now(photo)
    assert held.state == PhotoState.APPROVED
    assert held.picture is not None
    assert held.picture.is_approved
    assert not Photo.objects.on_wall().exists()
    moderation_tasks.draw.func(photo.pk)
    shown = Photo.objects.on_wall().get()
    assert shown.school_slug == "made-up-high-school"
    assert {r.file.name.split("/")[0] for r in shown.picture.renditions.all()} == {"public"}
    assert AuditEvent.objects.about(photo).first().verb == "photo.approve"


@pytest.mark.parametrize("who", ["editor", "visitor", "system", "sender"])
def test_nobody_else_says_yes(who: str) -> None:
    photo = a_photo()
    by = {
        "editor": lambda: actor(edith()),
        "visitor": lambda: VISITOR,
        "system": lambda: SYSTEM,
        "sender": lambda: Actor.holding_link(scope=f"photo:{photo.pk}"),
    }[who]()
    for verb in (
        lambda: moderation.approve(actor=by, photo=photo),
        lambda: moderation.refuse(actor=by, photo=photo, reason=RefusedFor.OTHER),
        lambda: moderation.skip(actor=by, photo=photo),
        lambda: moderation.raise_child(actor=by, photo=photo),
    ):
        with pytest.raises(Denied):
            verb()
    with pytest.raises((Denied, Refused)):
        moderation.retouch(actor=by, photo=photo, covered=[FACE])
    assert now(photo).state == PhotoState.QUEUED


def test_where_a_child_may_be_seen_two_people_say_yes() -> None:
    photo = a_photo(in_picture=InPicture.CHILD, child_may_be_seen=True)
    first, second = mo(), mia()
    moderation.approve(actor=actor(first), photo=photo)
    assert now(photo).state == PhotoState.ONCE_APPROVED
    assert not now(photo).picture.is_approved
    with pytest.raises(Denied):
        moderation.approve(actor=actor(first), photo=now(photo))
    assert now(photo).state == PhotoState.ONCE_APPROVED
    moderation.approve(actor=actor(second), photo=now(photo))
    assert now(photo).state == PhotoState.APPROVED


def test_the_database_holds_that_they_are_two() -> None:
    photo = a_photo(in_picture=InPicture.CHILD, child_may_be_seen=True)
    one = mo().person_id
    for first in (None, one):
        with pytest.raises(IntegrityError, match="two_people"), transaction.atomic():
            Photo.objects.filter(pk=photo.pk).update(
                state=PhotoState.APPROVED, approved_by=one, approved_at=timezone.now(),
                first_approved_by=first,
            )  # fmt: skip


def test_nothing_is_public_without_words_or_without_consent() -> None:
    by = actor(mo())
    silent = a_photo(picture=a_picture(description=" "))
    with pytest.raises(NeedsMore, match="cannot see it"):
        moderation.approve(actor=by, photo=silent)
    unasked = a_photo()
    MediaConsent.objects.of(unasked.subject).take_back()
    with pytest.raises(NeedsMore, match="those in it"):
        moderation.approve(actor=by, photo=unasked)
    nobody = a_photo(in_picture=InPicture.NOBODY)
    MediaConsent.objects.of(nobody.subject).take_back()
    moderation.approve(actor=by, photo=nobody)
    assert [p.pk for p in Photo.objects.public()] == [nobody.pk]


# --- a child may be seen --------------------------------------------------------------------------
def test_a_child_seen_on_the_wall_takes_it_off_at_once() -> None:
    photo = on_the_wall()
    moderation.raise_child(actor=actor(mo()), photo=photo)
    held = now(photo)
    assert (held.state, held.hidden_for) == (PhotoState.HIDDEN, HiddenFor.CHILD)
    assert not held.picture.is_approved
    moderation.approve(actor=actor(mia()), photo=held)
    assert now(photo).state == PhotoState.ONCE_APPROVED


def test_a_yes_that_comes_with_anothers_doubt_is_only_the_first() -> None:
    photo = a_photo()
    seen = now(photo)
    moderation.raise_child(actor=actor(mia()), photo=photo)
    moderation.approve(actor=actor(mo()), photo=seen)
    assert now(photo).state == PhotoState.ONCE_APPROVED


# --- somebody else has it -------------------------------------------------------------------------
def test_what_somebody_else_has_before_them_is_left_to_them() -> None:
    photo, other = a_photo(), mia()
    until = timezone.now() + timedelta(minutes=1)
    Photo.objects.filter(pk=photo.pk).update(held_by=other.person_id, held_until=until)
    with pytest.raises(Refused, match="Somebody else"):
        moderation.approve(actor=actor(mo()), photo=now(photo))
    with time_machine.travel(until + timedelta(seconds=1)):
        moderation.approve(actor=actor(person("Max", "Moderators")), photo=now(photo))
    assert now(photo).held_by is None


def test_a_yes_to_a_picture_that_was_changed_meanwhile_is_not_one() -> None:
    photo = a_photo()
    seen = now(photo)
    moderation.retouch(actor=actor(mia()), photo=photo, covered=[FACE])
    with pytest.raises(Refused, match="changed meanwhile"):
        moderation.approve(actor=actor(mo()), photo=seen)


# --- refused --------------------------------------------------------------------------------------
@pytest.mark.parametrize("reason", RefusedFor)
def test_the_sender_is_told_kindly_once_it_cannot_be_undone(reason: RefusedFor) -> None:
    photo = a_photo(reply_to="edie@benchside.example")
    moderation.refuse(actor=actor(mo()), photo=photo, reason=reason)
    queued = DBTaskResult.objects.get(task_path__endswith="settle_refusal")
    assert queued.run_after > timezone.now() + timedelta(minutes=9)
    moderation_tasks.settle_refusal.func(photo.pk, stamp(photo.refused_at))
    letter = OutgoingMail.objects.get()
    assert letter.to == ["edie@benchside.example"]
    assert TOLD[reason].why in letter.text
    assert TOLD[reason].do in letter.text
    assert len(outbox.outbox) == 0


def test_a_refusal_taken_back_sends_nothing() -> None:
    photo, by = a_photo(reply_to="edie@benchside.example"), actor(mo())
    moderation.refuse(actor=by, photo=photo, reason=RefusedFor.QUALITY)
    first = stamp(photo.refused_at)
    undo(actor=by)
    moderation_tasks.settle_refusal.func(photo.pk, first)
    moderation.refuse(actor=by, photo=now(photo), reason=RefusedFor.DATA)
    moderation_tasks.settle_refusal.func(photo.pk, first)
    assert not OutgoingMail.objects.exists()


def test_a_refusal_without_a_reason_is_none() -> None:
    photo = a_photo()
    with pytest.raises(IntegrityError), transaction.atomic():
        moderation.refuse(actor=actor(mo()), photo=photo, reason="")  # type: ignore[arg-type]


# --- asked ----------------------------------------------------------------------------------------
def test_a_question_goes_to_the_sender_and_the_answer_comes_back_to_the_front() -> None:
    photo = a_photo(reply_to="edie@benchside.example")
    younger = a_photo()
    moderation.ask(actor=actor(mo()), photo=photo, question="Who is on the left?")
    moderation_tasks.send_question.func(photo.pk, stamp(photo.asked_at))
    letter = OutgoingMail.objects.get()
    assert "Who is on the left?" in letter.text
    assert re.search(r"/wall/answer/\S+/", letter.text)
    link = Actor.holding_link(scope=f"photo:{photo.pk}")
    moderation.answer(actor=link, photo=now(photo), words="Olu, who said yes.")
    held = now(photo)
    assert (held.state, held.answer) == (PhotoState.QUEUED, "Olu, who said yes.")
    assert held.look_after < younger.look_after


def test_nobody_answers_for_another() -> None:
    photo, other = a_photo(reply_to="edie@benchside.example"), a_photo()
    moderation.ask(actor=actor(mo()), photo=photo, question="Who?")
    with pytest.raises(Denied):
        moderation.answer(
            actor=Actor.holding_link(scope=f"photo:{other.pk}"), photo=now(photo), words="Me"
        )


def test_where_nobody_can_be_asked_the_moderator_is_told() -> None:
    with pytest.raises(Refused, match="Nobody can be asked"):
        moderation.ask(actor=actor(mo()), photo=a_photo(), question="Who?")


# --- pixels ---------------------------------------------------------------------------------------
def test_covering_makes_a_new_picture_and_keeps_the_old_one_private_until_approved() -> None:
    photo, by = a_photo(), actor(mo())
    before = photo.picture
    moderation.retouch(actor=by, photo=photo, covered=[FACE])
    held = now(photo)
    assert held.original == before
    assert held.picture != before
    with held.picture.file.open("rb") as file:
        image = Image.open(BytesIO(file.read())).convert("RGB")
    # The drawn head is wheat on green: what is left of it is no longer either.
    box = tuple(round(v) for v in (0.42 * 480, 0.25 * 360, 0.58 * 480, 0.45 * 360))
    assert ImageStat.Stat(image.crop(box)).stddev[0] < 40
    moderation.approve(actor=by, photo=held)
    assert now(photo).original is None
    assert not Picture.objects.filter(pk=before.pk).exists()


@pytest.mark.django_db(transaction=True)
def test_the_file_before_the_cover_is_destroyed_with_the_yes() -> None:
    photo, by = a_photo(), actor(mo())
    before = photo.picture
    assert private_files(before)
    moderation.retouch(actor=by, photo=photo, covered=[FACE])
    moderation.approve(actor=by, photo=now(photo))
    assert private_files(before) == []


def test_covering_twice_keeps_only_what_was_sent_in() -> None:
    photo, by = a_photo(), actor(mo())
    first = photo.picture
    moderation.retouch(actor=by, photo=photo, covered=[FACE])
    between = now(photo).picture
    moderation.retouch(actor=by, photo=now(photo), kept=Box(0, 0, 0.5, 1))
    held = now(photo)
    assert held.original == first
    assert not Picture.objects.filter(pk=between.pk).exists()
    assert held.picture.width == 240
    moderation.restore(actor=by, photo=held)
    assert now(photo).picture == first
    assert now(photo).original is None


def test_a_cover_voids_a_first_yes() -> None:
    photo = a_photo(in_picture=InPicture.CHILD, child_may_be_seen=True)
    moderation.approve(actor=actor(mo()), photo=photo)
    moderation.retouch(actor=actor(mia()), photo=now(photo), covered=[FACE])
    held = now(photo)
    assert (held.state, held.first_approved_by) == (PhotoState.QUEUED, None)


def test_an_approved_picture_is_not_changed_under_everybodys_eyes() -> None:
    photo = on_the_wall()
    with pytest.raises(Refused):
        moderation.retouch(actor=actor(mo()), photo=photo, covered=[FACE])


def test_too_little_is_not_kept() -> None:
    photo = a_photo(data=drawn())
    with pytest.raises(Refused, match="Too little"):
        moderation.retouch(actor=actor(mo()), photo=photo, kept=Box(0, 0, 0.01, 1))


# --- off the wall ---------------------------------------------------------------------------------
def test_three_reports_hide_it_until_somebody_has_looked() -> None:
    photo = on_the_wall()
    for _ in range(2):
        moderation.report(actor=VISITOR, photo=photo)
    assert now(photo).state == PhotoState.APPROVED
    moderation.report(actor=VISITOR, photo=now(photo))
    held = now(photo)
    assert (held.state, held.hidden_for, held.hidden_by) == ("hidden", HiddenFor.REPORTS, None)
    moderation.approve(actor=actor(mo()), photo=held)
    assert now(photo).reports == 0


def test_hidden_means_gone_from_public_storage() -> None:
    photo = on_the_wall()
    moderation.hide(actor=actor(mo()), photo=photo)
    held = now(photo)
    assert held.drawn_at is None
    assert not held.picture.is_approved
    assert not Photo.objects.public().exists()


# --- taking back ----------------------------------------------------------------------------------
@pytest.mark.parametrize("verb", ["approve", "refuse", "ask", "skip", "raise_child", "retouch"])
def test_the_last_thing_done_can_be_taken_back(verb: str) -> None:
    by = actor(mo())
    photo = a_photo(reply_to="edie@benchside.example")
    before = photo.picture
    more: dict[str, Any] = {
        "refuse": {"reason": RefusedFor.QUALITY},
        "ask": {"question": "Who?"},
        "retouch": {"covered": [FACE]},
    }.get(verb, {})
    getattr(moderation, verb)(actor=by, photo=photo, **more)
    undo(actor=by)
    held = now(photo)
    assert held.state == PhotoState.QUEUED
    assert not held.child_may_be_seen
    assert held.picture == before
    assert not held.picture.is_approved
    assert held.approved_by is None
    assert held.refused_for == ""
    assert last_of(by.person_id) is None


def test_what_somebody_else_did_since_stands() -> None:
    first, second, photo = actor(mo()), actor(mia()), a_photo()
    moderation.approve(actor=first, photo=photo)
    moderation.hide(actor=second, photo=now(photo))
    with pytest.raises(Refused, match="nothing to take back"):
        undo(actor=first)


def test_what_was_withdrawn_cannot_be_approved() -> None:
    photo = a_photo(PhotoState.WITHDRAWN)
    with pytest.raises(NoSuchMove):
        moderation.approve(actor=actor(mo()), photo=photo)
