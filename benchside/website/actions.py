"""What can be done with a concern. Each verb is one function; desk and site call the same."""

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from benchside.core import mail
from benchside.core.actions import Actor, Refused, acting
from benchside.core.registries import publish
from benchside.core.states import move
from benchside.website.events import CONCERN_REPORTED
from benchside.website.models import Concern, ConcernNote
from benchside.website.rules import can_forget_concern, can_handle_concern, can_report_concern
from benchside.website.states import CONCERN


def report_concern(
    *, actor: Actor, kind: str, about: str = "", message: str = "", reply_to: str = ""
) -> Concern:
    """Take in what somebody is worried about. Mails the safeguarding contact that there is one;
    what was typed stays at the desk and is not in the mail. The room whose page it is about is told
    that there is one, by the page's address."""
    with acting("concern.report", actor=actor, subject=None, may=can_report_concern) as act:
        concern = Concern.objects.create(kind=kind, about=about, message=message, reply_to=reply_to)
        act.about(concern)
        act.note(kind=kind)
        mail.send("website/concern_received", settings.SAFEGUARDING_EMAIL, _known(concern))
        publish(CONCERN_REPORTED.key, kind=kind, about=about)
    return concern


def see_concern(*, actor: Actor, concern: Concern) -> None:
    """Say that somebody has read it and is looking into it."""
    move(table=CONCERN, subject=concern, verb="see", actor=actor)


def answer_concern(*, actor: Actor, concern: Concern, answer: str) -> None:
    """Write down what was done, and mail it to whoever left an address."""
    with transaction.atomic():
        move(
            table=CONCERN,
            subject=concern,
            verb="answer",
            actor=actor,
            columns={"answer": answer},
            detail={"mailed": bool(concern.reply_to)},
        )
        if concern.reply_to:
            mail.send(
                "website/concern_answered",
                concern.reply_to,
                {**_known(concern), "answer": answer},
                reply_to=settings.SAFEGUARDING_EMAIL,
            )


def close_concern(*, actor: Actor, concern: Concern) -> None:
    """End it. From now its days are counted until it is forgotten."""
    move(table=CONCERN, subject=concern, verb="close", actor=actor)


def reopen_concern(*, actor: Actor, concern: Concern) -> None:
    """Take it up again, because there is more to it."""
    nothing = {"closed_at": None, "closed_by": None}
    move(table=CONCERN, subject=concern, verb="reopen", actor=actor, columns=nothing)


def note_on_concern(*, actor: Actor, concern: Concern, text: str) -> ConcernNote:
    """Write something down for whoever handles it next. Sent to nobody.

    Raises Refused for an empty note.
    """
    with acting("concern.note", actor=actor, subject=concern, may=can_handle_concern):
        if not text.strip() or actor.person_id is None:
            raise Refused("The note is empty.", "Write what the next person should know.")
        return ConcernNote.objects.create(concern=concern, text=text, written_by=actor.person_id)


def forget_concern(*, actor: Actor, concern: Concern) -> None:
    """Delete a concern with its notes. The audit keeps that there was one, by number."""
    with acting("concern.forget", actor=actor, subject=concern, may=can_forget_concern) as act:
        number = concern.pk
        concern.delete()
        concern.pk = number
        act.about(concern)


def forget_address(*, actor: Actor, concern: Concern) -> None:
    """Blank the e-mail address a reply went to."""
    with acting("concern.forget_address", actor=actor, subject=concern, may=can_forget_concern):
        concern.reply_to = ""
        concern.save(update_fields=["reply_to"])


def _known(concern: Concern) -> dict[str, object]:
    """What a mail may say of a concern: nothing that was typed freely."""
    return {
        "reference": concern.reference,
        "kind": concern.get_kind_display(),
        "about": concern.about,
        "received_at": concern.received_at,
        "desk_url": settings.BASE_URL + reverse("desk_concern", args=[concern.reference]),
        "contact": settings.SAFEGUARDING_CONTACT,
    }
