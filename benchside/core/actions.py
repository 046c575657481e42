"""The one way to change state: permission, one transaction, one audit event, effects after.

A verb is written once, as a function of a room's `actions.py` with keyword-only arguments, and
called by view, API, desk, task and command alike:

    def publish_role(*, actor: Actor, role: Role, note: str) -> None:
        \"\"\"Put a role before the public. Afterwards: its pages leave the cache.\"\"\"
        with acting("role.publish", actor=actor, subject=role, may=rules.can_publish) as act:
            role.live = True
            role.save(update_fields=["live"])
            act.note(level=role.level)
            act.afterwards(partial(purge, role.get_absolute_url()))

What fails inside leaves nothing behind: no change, no event, no effect. An action called from
within another joins its transaction and writes an event of its own, before the outer one's; if
it is refused and the outer action carries on, only the inner one is undone.
"""

import uuid
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Protocol

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db import models, transaction

from benchside.core import logs
from benchside.core.models.audit import ActorKind, AuditEvent


class Account(Protocol):
    """What is asked of a user; `accounts.User` has it."""

    pk: Any
    person_id: uuid.UUID
    is_active: bool
    is_superuser: bool

    def has_perm(self, perm: str, obj: Any = None) -> bool: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """Who acts: somebody signed in, somebody holding a link, a visitor, or Benchside itself.

    `person_id` is opaque and outlives the name of the person. `scope` says what a link opens,
    as `<what>:<id>`; it is empty for everybody else.
    """

    kind: ActorKind
    person_id: uuid.UUID | None = None
    account: Account | None = field(default=None, compare=False, repr=False)
    scope: str = ""

    @classmethod
    def of(cls, user: Account | AnonymousUser) -> "Actor":
        """The actor behind `request.user`. An account that was closed acts as a visitor."""
        if isinstance(user, AnonymousUser) or not user.is_active:
            return cls(kind=ActorKind.VISITOR)
        return cls(kind=ActorKind.USER, person_id=user.person_id, account=user)

    @classmethod
    def holding_link(cls, *, scope: str, person_id: uuid.UUID | None = None) -> "Actor":
        """Somebody who opened a signed link, such as a supporter: may do what it says."""
        return cls(kind=ActorKind.LINK, person_id=person_id, scope=scope)


VISITOR = Actor(kind=ActorKind.VISITOR)
SYSTEM = Actor(kind=ActorKind.SYSTEM)

Rule = Callable[[Actor, Any], bool]
Effect = Callable[[], object]


class Denied(PermissionDenied):
    """This actor may not do this to this subject. Unhandled, it is answered 403."""

    def __init__(self, verb: str) -> None:
        self.verb = verb
        super().__init__(f"You may not do this ({verb}).")


class Refused(Exception):  # noqa: N818
    """It cannot be done now, whoever asks. `message` and `remedy` are written for a person."""

    def __init__(self, message: str, remedy: str = "") -> None:
        self.message, self.remedy = message, remedy
        super().__init__(f"{message} {remedy}".strip())


class Act:
    """One action under way."""

    def __init__(self, verb: str, actor: Actor, subject: models.Model | None) -> None:
        self.verb, self.actor, self.subject = verb, actor, subject
        self.detail: dict[str, Any] = {}

    def about(self, subject: models.Model) -> None:
        """Name the subject, when it did not exist before the action."""
        self.subject = subject

    def note(self, **detail: Any) -> None:
        """Add to the event: plain JSON values and opaque ids, never a name or an address."""
        self.detail |= detail

    def afterwards(self, effect: Effect) -> None:
        """Call `effect` once all is committed. One that fails is logged; the others still run."""
        transaction.on_commit(effect, robust=True)


@contextmanager
def acting(verb: str, *, actor: Actor, subject: models.Model | None, may: Rule) -> Iterator[Act]:
    """Run the body as one action of `actor`, called `verb` ("role.publish").

    `may` is asked of actor and subject first. For a subject that the action itself makes, give
    what it is made under, or None, and name it with `act.about()`.

    Raises Denied before anything is touched; whatever the body raises undoes the body.
    """
    if not may(actor, subject):
        raise Denied(verb)
    with transaction.atomic():
        act = Act(verb, actor, subject)
        yield act
        _write_event(act)


def _write_event(act: Act) -> None:
    if act.subject is None or act.subject.pk is None:
        raise ValueError(f"{act.verb} does not say what it was done to: call act.about().")
    _refuse_addresses(act.verb, act.detail)
    AuditEvent.objects.create(
        verb=act.verb,
        actor=act.actor.person_id,
        actor_kind=act.actor.kind,
        subject_type=act.subject._meta.label,
        subject_id=str(act.subject.pk),
        detail=act.detail,
        request_id=logs.request_id.get(),
    )


def _refuse_addresses(verb: str, detail: Mapping[str, Any]) -> None:
    """A net under the rule that events hold no personal data, not the rule itself."""
    if logs.EMAIL.search(repr(detail)):
        raise ValueError(f"The detail of {verb} holds an e-mail address; note an id instead.")
