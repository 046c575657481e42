"""What this part has for somebody's own space: the registers they look after, and what keeps their
own entries alive."""

from collections.abc import Iterator, Sequence
from datetime import date

from django.urls import reverse
from django.utils import timezone

from benchside.accounts.models import User
from benchside.assessment.awarding.queries import last_day
from benchside.core.registries import OwnSource, ToDo
from benchside.recognition.models import Entry
from benchside.recognition.registers.upkeep import Due, Upkeep
from benchside.recognition.registry import queries, queues
from benchside.recognition.registry.actions import is_open
from benchside.recognition.registry.checks import missing_of, renew_url
from benchside.recognition.registry.states import OPEN_TO_ANSWER

COUNTED = 5  # registers whose queues are read for somebody's first page; of more, only the list


def desks(user: User) -> Sequence[ToDo]:
    """Each register they look after, and how much waits there."""
    found = queries.desks_of(user)
    if len(found) > COUNTED:
        every = reverse("recognition:registry_desks")
        why = f"You look after {len(found)} registers."
        return [_desk("Registers you look after", why, every)]
    return [
        _desk(
            f"Register you look after: {one.register.name}",
            _waits(queues.how_many_wait(one)),
            reverse("recognition:registry_desk", args=[one.register.slug]),
        )
        for one in found
    ]


def _desk(title: str, why: str, url: str) -> ToDo:
    return ToDo(title=title, why=why, do="Open the desk", url=url, order=20)


def _waits(count: int) -> str:
    if not count:
        return "Nothing waits for you."
    return f"{count} thing{' waits' if count == 1 else 's wait'} for you."


DESKS = OwnSource(key="recognition.registry", things=desks)


# --- one's own entry ------------------------------------------------------------------------------
def renewal(entry: Entry, today: date) -> Iterator[Due]:
    """Another year, while something is missing that they see to themselves."""
    end = entry.award.period_end
    if end is None or not is_open(entry):
        return
    missing = [one.what for one in missing_of(entry) if not one.waits_for_us]
    if not missing:
        return
    last = last_day(entry.award) if end < today else end
    why = f"Your year ends on {end:%-d %B %Y}."
    if end < today:
        why = f"Your year ended on {end:%-d %B %Y}: you are in extra time."
    by = f" by {last:%-d %B %Y}" if last else ""
    yield Due(f"Renew{by}", " ".join((why, "What is missing:", *missing)), renew_url(entry), last)


def concerns(entry: Entry, _: date) -> Iterator[Due]:
    """A concern they were told of and have not answered."""
    for one in queries.own_cases(entry).filter(state__in=OPEN_TO_ANSWER, answered_at=None):
        why = f"We told you of it on {timezone.localdate(one.told_at):%-d %B %Y}."
        if one.hearing_on:
            why += f" It is heard on {one.hearing_on:%-d %B %Y}."
        url = reverse("recognition:my_case", args=[entry.award.number, one.pk])
        yield Due("Answer a concern about your work", why, url, one.hearing_on)


UPKEEP = (
    Upkeep(key="registry.renewal", due=renewal, order=10),
    Upkeep(key="registry.concerns", due=concerns, order=20),
)
