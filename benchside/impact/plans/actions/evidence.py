"""What shows that an action was done: a link, or a record kept in Benchside."""

from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator

from benchside.core.actions import Actor, Refused, acting
from benchside.core.registries import evidence_kinds
from benchside.impact.models import Action, ActionEvidence
from benchside.impact.plans import changes as history
from benchside.impact.plans import rules
from benchside.impact.plans.actions.writing import refuse_closed

_is_address = URLValidator(schemes=["http", "https"])


def add_evidence(
    *, actor: Actor, action: Action, title: str, url: str, is_public: bool = False
) -> ActionEvidence:
    """A page elsewhere. Raises Refused for an address that is none, a closed plan; Denied."""
    refuse_closed(action.plan)
    url = url.strip()
    try:
        _is_address(url)
    except ValidationError:
        raise Refused(
            "This is not the address of a page.", "It begins with https:// or http://."
        ) from None
    made = ActionEvidence(action=action, title=title.strip() or urlsplit(url).netloc, url=url)
    return _add(actor, action, made, is_public)


def add_record(
    *, actor: Actor, action: Action, kind: str, record_id: str, is_public: bool = False
) -> ActionEvidence:
    """Something a room of Benchside keeps. Raises Refused where this member may not see it."""
    refuse_closed(action.plan)
    found = None
    if kind in evidence_kinds:
        found = evidence_kinds[kind].describe(record_id, actor.person_id)
    if found is None:
        raise Refused("There is no such record, or not for you.", "Look at its number again.")
    made = ActionEvidence(
        action=action, title=str(found["title"])[:200], record_kind=kind, record_id=record_id
    )
    return _add(actor, action, made, is_public)


def _add(actor: Actor, action: Action, made: ActionEvidence, is_public: bool) -> ActionEvidence:
    with acting("evidence.add", actor=actor, subject=action, may=rules.can_deliver) as act:
        made.title = made.title[:200]
        made.is_public = is_public and rules.can_keep(actor, action)
        made.added_by = actor.person_id
        made.save()
        history.write(action, actor, {"evidence": ("", made.title)})
        act.note(code=action.code)
    return made


def drop_evidence(*, actor: Actor, evidence: ActionEvidence) -> None:
    action = evidence.action
    refuse_closed(action.plan)
    with acting("evidence.drop", actor=actor, subject=action, may=rules.can_deliver) as act:
        history.write(action, actor, {"evidence": (evidence.title, "")})
        evidence.delete()
        act.note(code=action.code)
