"""A child is seen only when the photograph is already on its way: two people all the same, a
parent's yes, and what was taken back stays empty."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from benchside.core.actions import SYSTEM, Actor, Refused
from benchside.core.states import NeedsMore
from benchside.people.actions.media_consents import Signed, give_consent
from benchside.people.enums import ConsentBy, Covers
from benchside.people.models import MediaConsent
from benchside.visibility.enums import InPicture, PhotoState
from benchside.visibility.models import Photo
from benchside.visibility.photos import moderation, sending
from benchside.visibility.photos.keeping import forget_photos
from benchside.visibility.photos.moderation import Words
from tests.factories.wall import a_photo, mia, mo, on_the_wall

pytestmark = pytest.mark.django_db


def words(**more: Any) -> Words:
    said = {
        "caption": "At the lathe",
        "display_name": "Made-Up High",
        "description": "A class at a lathe",
        "in_picture": InPicture.CHILD,
    }
    return Words(**(said | more))


def a_parent_says_yes(photo: Photo) -> None:
    signed = Signed(who="A child", signed_as="Pat Made-Up", words="Yes.", given_by=ConsentBy.PARENT)
    give_consent(actor=SYSTEM, subject=photo.subject, covers=Covers.PICTURE, signed=signed)


def test_said_in_the_words_form_it_takes_two_as_by_the_key() -> None:
    photo, one = a_photo(in_picture=InPicture.AGREED), Actor.of(mo())
    a_parent_says_yes(photo)
    moderation.describe(actor=one, photo=photo, words=words())
    moderation.approve(actor=one, photo=photo)
    held = Photo.objects.get()
    assert held.child_may_be_seen
    assert held.state == PhotoState.ONCE_APPROVED
    moderation.approve(actor=Actor.of(mia()), photo=held)
    assert Photo.objects.get().state == PhotoState.APPROVED


def test_said_of_one_on_the_wall_it_is_off_it_at_once() -> None:
    photo = on_the_wall()
    moderation.describe(actor=Actor.of(mo()), photo=photo, words=words())
    held = Photo.objects.select_related("picture").get()
    assert held.state == PhotoState.HIDDEN
    assert held.picture is not None
    assert not held.picture.is_approved
    assert not Photo.objects.on_wall().exists()


def test_for_a_child_the_yes_of_somebody_else_is_none() -> None:
    photo, one = a_photo(in_picture=InPicture.CHILD, child_may_be_seen=True), Actor.of(mo())
    MediaConsent.objects.of(photo.subject).filter(given_by=ConsentBy.PARENT).take_back()
    signed = Signed(who="Tess", signed_as="Tess Teacher", words="Yes.")
    give_consent(actor=SYSTEM, subject=photo.subject, covers=Covers.PICTURE, signed=signed)
    with pytest.raises(NeedsMore, match="the yes of those in it"):
        moderation.approve(actor=one, photo=photo)


def test_the_yes_of_a_sender_who_saw_nobody_is_none_of_those_who_are_seen() -> None:
    photo, shown = a_photo(in_picture=InPicture.NOBODY), on_the_wall(in_picture=InPicture.NOBODY)
    one = Actor.of(mo())
    for each in (photo, shown):
        moderation.describe(actor=one, photo=each, words=words(in_picture=InPicture.AGREED))
    with pytest.raises(NeedsMore, match="say who agreed"):
        moderation.approve(actor=one, photo=photo)
    assert not Photo.objects.on_wall().exists()
    moderation.describe(actor=one, photo=photo, words=words(in_picture=InPicture.NOBODY))
    moderation.approve(actor=one, photo=photo)
    assert Photo.objects.get(pk=photo.pk).state == PhotoState.APPROVED


def test_a_yes_that_was_for_a_time_ends_with_it() -> None:
    gone, stays = on_the_wall(), on_the_wall()
    today = timezone.localdate()
    MediaConsent.objects.of(gone.subject).update(until=today - timedelta(days=1))
    MediaConsent.objects.of(stays.subject).update(until=today)
    forget_photos.func()
    assert [one.pk for one in Photo.objects.on_wall()] == [stays.pk]


def test_words_of_one_that_was_taken_back_meanwhile_are_not_written() -> None:
    photo = a_photo(caption="Olu sets up the lathe")
    before_a_moderator = Photo.objects.select_related("picture").get()
    sending.withdraw_photo(actor=SYSTEM, photo=photo)
    with pytest.raises(Refused):
        moderation.describe(
            actor=Actor.of(mo()),
            photo=before_a_moderator,
            words=words(caption="Olu", in_picture=InPicture.AGREED),
        )
    held = Photo.objects.get()
    assert (held.caption, held.display_name, held.picture) == ("", "", None)
