"""Where words for a badge wait for a yes: the registrar's desk, one's own space, a workspace."""

from collections.abc import Iterator, Sequence

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from benchside.accounts.models import User
from benchside.core.registries import OwnSource, ToDo, ToDoSource
from benchside.core.sitting import Sitting
from benchside.organisations import roles
from benchside.organisations.models import Organisation
from benchside.recognition.credentials import queries
from benchside.recognition.credentials.badging import said_of
from benchside.recognition.enums import WordState
from benchside.recognition.models import Endorsement, Register
from benchside.recognition.registry.queues import Queue, Reader, Waiting


def _waiting(reader: Reader) -> Iterator[Waiting]:
    if not reader.desk.keeps:
        return
    found = queries.words_to_answer(reader.desk.user)
    for one in found.filter(standard=reader.desk.register.standard):
        since = timezone.localdate(one.made_at)
        url = f"{reverse('recognition:words')}#words-{one.pk}"
        due = reader.due("asked", since)
        yield Waiting(one.organisation.name, "Wants to speak for the badge", url, since, due)


QUEUE = Queue(key="words", title="Words for the badge", waiting=_waiting, order=127)


def own_things(user: User) -> Sequence[ToDo]:
    """For holders, and for keepers of badges that have no registrar's desk."""
    at_no_desk = Q(standard__in=queries.kept_by(user)) & ~Q(
        standard__in=Register.objects.values("standard")
    )
    found = queries.words_to_answer(user).filter(at_no_desk | Q(credential__isnull=False))
    return [_to_do(one, reverse("recognition:words")) for one in found]


def inside_things(sitting: Sitting) -> Sequence[ToDo]:
    if not sitting.has_one_of(roles.with_right(roles.SPEAK)):
        return []
    here = Organisation(pk=sitting.organisation_id, slug=sitting.slug)
    url = reverse("recognition:inside_credentials", args=[here.slug])
    found = queries.words_for_organisation(here).filter(state=WordState.WAITING)
    return [_to_do(one, url) for one in found]


def _to_do(one: Endorsement, url: str) -> ToDo:
    about, _ = said_of(one)
    return ToDo(
        title=f"{one.organisation.name} wants to speak for a badge",
        why=f"{about}. Nobody else reads it until you say yes.",
        do="Read it, and answer",
        url=f"{url}#words-{one.pk}",
        order=timezone.localdate(one.made_at).toordinal(),
    )


OWN = OwnSource(key="recognition.credentials", things=own_things)
INSIDE = ToDoSource(key="recognition.credentials", things=inside_things)
