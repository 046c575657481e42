"""Enter a competition; change an entry until the minute of closing; withdraw it; shortlist it."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.db import transaction
from django.db.models import Max
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac
from PIL import Image

from benchside.careers.models import Role
from benchside.core import mail, pictures
from benchside.core.actions import SYSTEM, Actor, Refused, acting
from benchside.core.models import Picture
from benchside.core.states import move
from benchside.people.actions.media_consents import Signed, give_consent
from benchside.people.enums import ConsentBy, Covers
from benchside.people.models import MediaConsent
from benchside.visibility.contests import blinding, rules
from benchside.visibility.contests.actions.competitions import lock, tell
from benchside.visibility.contests.enums import IN_THE_RUNNING, OutFor, Phase
from benchside.visibility.contests.states import ENTRY
from benchside.visibility.enums import InPicture, PhotoState
from benchside.visibility.models import (
    AgeGroup,
    Category,
    Competition,
    Entry,
    Photo,
    Pledge,
    Terms,
)
from benchside.visibility.photos import likeness, sending, wall_events

WORDS = (
    "I am 18 or over. Everybody who can be recognised in the picture has agreed to it being shown "
    "here with the entry, and a parent of anybody under 18. The picture is ours to send."
)


class TooLate(Refused):
    """It closed before this arrived. What was typed is kept on the page."""


class TooEarly(Refused):
    """It has not opened."""


class OverTheLimit(Refused):
    """This school has as many entries in the category as it may."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """What an adult sends in for a class or a child. `once` is the form's own random mark: the
    same form sent twice is one entry. `terms` is the version they were shown."""

    category: Category
    age_group: AgeGroup
    terms: Terms
    school: str
    nation: str
    caption: str
    in_picture: str
    signed_as: str
    reply_to: str
    once: str
    role: Role | None = None
    pledge: Pledge | None = None
    in_print: bool = False
    on_social: bool = False


def secret_of(once: str) -> str:
    """The end of the link to the entry a form with this mark made; nobody else can work it out."""
    return salted_hmac("visibility.contests.entry", once, algorithm="sha256").hexdigest()[:40]


def hashed(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def enter(*, actor: Actor, competition: Competition, sent: Sent, file: Any) -> tuple[Entry, str]:
    """Take an entry in, if it arrives before the minute of closing. Gives the secret of its link.

    Afterwards: a receipt by e-mail; the picture waits to be looked at.

    Raises TooLate, TooEarly, OverTheLimit, Refused; then nothing was kept.
    """
    secret = secret_of(sent.once)
    with acting("entry.send", actor=actor, subject=competition, may=rules.can_enter) as act:
        held = lock(competition)
        if known := Entry.objects.filter(secret_hash=hashed(secret)).first():
            act.about(known)
            act.note(again=True)
            return known, secret
        refuse_by_the_clock(held)
        _refuse_strangers(held, sent)
        entry = Entry(
            competition=held,
            number=(held.entries.aggregate(last=Max("number"))["last"] or 0) + 1,
            school_key=_key_of(sent),
            secret_hash=hashed(secret),
            sent_once=hashed(sent.once),
            reply_to=sent.reply_to,
            pledge=sent.pledge,
            **_said(sent),
        )
        entry.slot = _free_slot(held, entry)
        entry.photo = _take_in(actor, held, sent, file)
        entry.save()
        act.about(entry)
        act.note(competition=held.pk, terms=sent.terms.version)
        if entry.reply_to:
            _send_receipt(entry, secret)
        tell(held)
    return entry, secret


def change_entry(*, actor: Actor, entry: Entry, sent: Sent, file: Any = None) -> None:
    """Change what was sent, until the minute of closing. Its picture is looked at again.

    Raises Denied, TooLate, OverTheLimit, Refused.
    """
    with acting("entry.change", actor=actor, subject=entry, may=rules.can_change_entry) as act:
        held = lock(entry.competition)
        entry.refresh_from_db()
        refuse_by_the_clock(held)
        if entry.state not in IN_THE_RUNNING:
            raise Refused("This entry is not in the competition any more.", "Send a new one.")
        _refuse_strangers(held, sent)
        for name, value in _said(sent).items():
            setattr(entry, name, value)
        if entry.pledge_id is None:
            entry.school_key = blinding.key_of(sent.school)
        entry.slot = _free_slot(held, entry)
        entry.changed_at = timezone.now()
        _send_again(actor, held, entry, sent, file)
        entry.save()
        act.note(picture=file is not None)
        tell(held)


def withdraw_entry(*, actor: Actor, entry: Entry) -> None:
    """Take an entry back, at any time: its picture and words go, for good, and so does a prize.

    Raises Denied, Refused.
    """
    with transaction.atomic():
        held = lock(entry.competition)
        photo = entry.photo
        move(
            table=ENTRY,
            subject=entry,
            verb="withdraw",
            actor=actor,
            columns={"photo": None, "caption": "", "blind_caption": "", "reply_to": ""},
        )
        entry.prizes.update(entry=None, reason="", given_by=None)
        if photo is not None:
            _destroy(photo)
        tell(held)


def shortlist(*, actor: Actor, entry: Entry) -> None:
    """Put an entry before the judges. Raises Denied, Refused until its picture is approved."""
    _move(actor, entry, "shortlist")


def pass_over(*, actor: Actor, entry: Entry) -> None:
    """Leave an entry off the shortlist. Raises Denied, Refused."""
    _move(actor, entry, "pass_over")


def disqualify(*, actor: Actor, entry: Entry, why: OutFor) -> None:
    """Take an entry out, with a reason. Afterwards: its sender is told. Raises Denied, Refused."""
    with transaction.atomic():
        held = lock(entry.competition)
        move(table=ENTRY, subject=entry, verb="disqualify", actor=actor, columns={"out_for": why})
        entry.prizes.update(entry=None, reason="", given_by=None)
        if entry.reply_to:
            mail.send(
                "visibility/entry_out",
                entry.reply_to,
                {"title": held.title, "number": entry.number, "why": why.label},
            )
        tell(held)


def blind(*, actor: Actor, entry: Entry, caption: str) -> None:
    """Write the caption as judges read it: without school, place or name. Raises Denied."""
    with acting("entry.blind", actor=actor, subject=entry, may=rules.can_run):
        entry.blind_caption = caption
        entry.save(update_fields=["blind_caption"])


# --- by the clock ---------------------------------------------------------------------------------
def refuse_by_the_clock(held: Competition) -> None:
    """At the minute of closing it is too late. The clock is read once the row is held, so that
    nobody waits past the minute and is let in all the same."""
    phase = held.phase
    if phase == Phase.SOON:
        opens = timezone.localtime(held.opens_at)
        raise TooEarly(f"It opens on {opens:%-d %B %Y} at {opens:%H:%M}.", "Come back then.")
    if phase != Phase.OPEN:
        closed = timezone.localtime(held.closes_at)
        raise TooLate(
            f"It closed on {closed:%-d %B %Y} at {closed:%H:%M}, before this reached us.",
            "Nothing was sent. We are sorry. Your words are still on this page: copy what you "
            "want to keep.",
        )


# --- shared ---------------------------------------------------------------------------------------
def _said(sent: Sent) -> Mapping[str, Any]:
    return {
        "category": sent.category,
        "age_group": sent.age_group,
        "terms": sent.terms,
        "school": sent.school,
        "nation": sent.nation,
        "caption": sent.caption,
        "blind_caption": "",
    }


def _key_of(sent: Sent) -> str:
    """A school with a code is known by it, another by its name."""
    return f"pledge {sent.pledge.pk}" if sent.pledge else blinding.key_of(sent.school)


def _refuse_strangers(held: Competition, sent: Sent) -> None:
    parts = (sent.category, sent.age_group, sent.terms)
    if any(part.competition_id != held.pk for part in parts):
        raise Refused("Category, age group and terms are of another competition.", "Choose again.")


def _free_slot(held: Competition, entry: Entry) -> int:
    """The number this entry has among those of its school in the category."""
    taken = set(
        held.entries.running()
        .filter(category=entry.category, school_key=entry.school_key)
        .exclude(pk=entry.pk)
        .values_list("slot", flat=True)
    )
    free = next((n for n in range(1, held.most_each + 1) if n not in taken), None)
    if free is None:
        many = "one entry" if held.most_each == 1 else f"{held.most_each} entries"
        raise OverTheLimit(
            f"A school can send {many} in one category, and yours has.",
            "Choose another category, or change or withdraw the one you sent.",
        )
    return free


def _take_in(actor: Actor, held: Competition, sent: Sent, file: Any) -> Photo:
    """A photograph that waits to be looked at, and the sender's word on who is in it."""
    words = blinding.masked(sent.caption, sent.school)
    picture = Picture(title=f"Entry to {held.slug}", description=words[:255], file=file)
    picture.save()
    prints = _prints_of(picture)
    photo = Photo.objects.create(
        picture=picture,
        state=PhotoState.QUEUED,
        campaign=held.campaign,
        caption=words[:200],
        role=sent.role,
        in_picture=sent.in_picture,
        child_may_be_seen=sent.in_picture == InPicture.CHILD,
        reply_to=sent.reply_to,
        sending=uuid4(),
        likeness=likeness.signed(prints[0]),
        near_duplicate_of=sending.near(prints),
    )
    sending.keep_looks(photo, prints)
    _consent(actor, photo, sent)
    return photo


def _prints_of(picture: Picture) -> list[int]:
    """What it looks like, so that moderators see what was sent before."""
    with picture.file.open("rb") as file, Image.open(file) as image:
        return likeness.all_of(image)


def _consent(actor: Actor, photo: Photo, sent: Sent) -> None:
    MediaConsent.objects.of(photo.subject).take_back()
    is_childs = sent.in_picture == InPicture.CHILD
    by = ConsentBy.PARENT if is_childs else ConsentBy.THEMSELVES
    give_consent(
        actor=actor,
        subject=photo.subject,
        covers=Covers.PICTURE,
        signed=Signed(
            who=f"Those in the picture, {sent.school}"[:120],
            signed_as=sent.signed_as,
            words=WORDS,
            given_by=by,
            evidence=f"Entry form, terms version {sent.terms.version}",
            in_print=sent.in_print,
            on_social=sent.on_social,
        ),
    )


def _send_again(actor: Actor, held: Competition, entry: Entry, sent: Sent, file: Any) -> None:
    """A changed entry goes back into the queue: what was approved was another picture, or another
    caption. Raises Refused where the picture is gone and no other is sent.

    The photograph is held, so that a yes of this moment is seen and taken back."""
    photo = Photo.objects.select_for_update().filter(pk=entry.photo_id or 0).first()
    if file is not None:
        entry.photo = _take_in(actor, held, replace(sent, reply_to=entry.reply_to), file)
        Entry.objects.filter(pk=entry.pk).update(photo=entry.photo)
        if photo is not None:
            _destroy(photo)
        return
    if photo is None or photo.picture is None:
        raise Refused("The picture is gone.", "Choose another.")
    photo.caption = blinding.masked(sent.caption, sent.school)[:200]
    photo.role, photo.in_picture = sent.role, sent.in_picture
    photo.child_may_be_seen = photo.child_may_be_seen or sent.in_picture == InPicture.CHILD
    photo.state = PhotoState.QUEUED
    photo.approved_at = photo.approved_by = None
    photo.first_approved_at = photo.first_approved_by = None
    photo.drawn_at = None  # its sizes go with the yes: not on the wall before they are there again
    photo.save()
    photo.picture.description = photo.caption
    photo.picture.save(update_fields=["description"])
    if photo.picture.is_approved:
        pictures.make_private(photo.picture)
        wall_events.gone(photo)
    _consent(actor, photo, sent)


def _destroy(photo: Photo) -> None:
    """The photograph of an entry that was taken back: file, words and consent are gone."""
    if photo.state != PhotoState.WITHDRAWN:
        sending.withdraw_photo(actor=SYSTEM, photo=photo)


def _move(actor: Actor, entry: Entry, verb: str) -> None:
    with transaction.atomic():
        lock(entry.competition)
        entry.refresh_from_db()
        move(table=ENTRY, subject=entry, verb=verb, actor=actor)


def _send_receipt(entry: Entry, secret: str) -> None:
    competition = entry.competition
    link = reverse("visibility:entry", args=[competition.slug, secret])
    mail.send(
        "visibility/entry_received",
        entry.reply_to,
        {
            "title": competition.title,
            "number": entry.number,
            "school": entry.school,
            "category": str(entry.category),
            "closes": timezone.localtime(competition.closes_at),
            "link": settings.BASE_URL + link,
        },
    )


def links_of(entry: Entry) -> Actor:
    """Whoever came by the link of an entry."""
    return Actor.holding_link(scope=f"{rules.ENTRY_LINK}:{entry.pk}")


def of_secret(competition: Competition, secret: str) -> Entry | None:
    """The entry whose link ends so, whatever has become of it."""
    found = Entry.objects.select_related(
        "competition", "category", "age_group", "terms", "photo__picture", "photo__role", "pledge"
    )
    return found.filter(competition=competition, secret_hash=hashed(secret)).first()
