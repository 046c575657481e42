"""Saying yes to being shown: the person, and a parent of somebody under 18."""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from benchside.core.actions import Actor, Refused, acting
from benchside.people.actions import give_consent
from benchside.people.actions.media_consents import Signed
from benchside.people.enums import ConsentBy
from benchside.people.models import MediaConsent
from benchside.visibility.enums import StoryState
from benchside.visibility.models import Story
from benchside.visibility.stories import gate
from benchside.visibility.stories.actions.publishing import consent_until, locked, tell
from benchside.visibility.stories.rules import can_sign_as_parent, can_tell

USES = ("on_social", "in_print", "by_partners")
EVIDENCE = "Signed in the form, at an address sent to the signer alone."


@dataclass(frozen=True, slots=True, kw_only=True)
class Yes:
    """What was signed: a whole name, the words above it, where else it may be used, until when."""

    signed_as: str
    words: str
    on_social: bool = False
    in_print: bool = False
    by_partners: bool = False
    until: date | None = None


def sign_consent(*, actor: Actor, story: Story, yes: Yes) -> None:
    """The person's own yes, to all the story has now. One before is replaced.

    Raises Denied; Refused without a name or once the story can be seen.
    """
    with acting("story.sign", actor=actor, subject=story, may=can_tell) as act:
        locked(story)
        if story.state in {StoryState.PUBLISHED, StoryState.WITHDRAWN, StoryState.REFUSED}:
            raise Refused("This cannot be signed now.", "Take the story back, or write to us.")
        _record(actor, story, yes, ConsentBy.THEMSELVES)
        story.consent_at = timezone.now()
        _as_all_said(story)
        story.save(update_fields=["consent_at", *USES])
        act.note(on_social=yes.on_social, in_print=yes.in_print, by_partners=yes.by_partners)


def sign_as_parent(*, actor: Actor, story: Story, yes: Yes) -> None:
    """The yes of a parent or carer, beside the person's own. Uses they leave out are left out, and
    it ends when the first of the two does, also once everybody can see it.

    Raises Denied; Refused where none is needed.
    """
    with acting("story.sign_as_parent", actor=actor, subject=story, may=can_sign_as_parent):
        locked(story)
        if not story.is_minor or story.state in {StoryState.WITHDRAWN, StoryState.REFUSED}:
            raise Refused("No parent needs to sign this.", "Nothing more is to be done.")
        _record(actor, story, yes, ConsentBy.PARENT)
        story.parent_consent_at = timezone.now()
        _as_all_said(story)
        if story.state == StoryState.PUBLISHED:
            story.consent_until = consent_until(story)
            tell(story)
        story.save(update_fields=["parent_consent_at", "consent_until", *USES])


def _as_all_said(story: Story) -> None:
    """It may be used elsewhere only as far as everybody who signed said so."""
    given = list(MediaConsent.objects.of(story.subject).standing().values(*USES))
    for use in USES:
        setattr(story, use, bool(given) and all(one[use] for one in given))


def _record(actor: Actor, story: Story, yes: Yes, by: ConsentBy) -> None:
    if len(yes.signed_as.split()) < 2:
        raise Refused(
            "Please sign with your whole name.", "Type first name and surname. It is not shown."
        )
    MediaConsent.objects.of(story.subject).filter(given_by=by).take_back()
    for covers in gate.covers_needed(story):
        signed = Signed(
            who=story.shown_as,
            signed_as=yes.signed_as,
            words=yes.words,
            given_by=by,
            person_id=story.person_id if by == ConsentBy.THEMSELVES else None,
            evidence=EVIDENCE,
            on_social=yes.on_social,
            in_print=yes.in_print,
            by_partners=yes.by_partners,
            until=yes.until,
        )
        give_consent(actor=actor, subject=story.subject, covers=covers, signed=signed)
