"""Letters of a registrar's desk. What is private about conduct is never in them, only a link."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.conf import settings
from django.urls import reverse

from benchside.accounts.models import User
from benchside.assessment.awarding.queries import keepers_of, rules_of, state_of
from benchside.assessment.enums import DutyKind
from benchside.assessment.models import AwardEvent
from benchside.assessment.standards.shapes import in_words
from benchside.core import mail
from benchside.organisations.models import Membership, Organisation
from benchside.recognition.models import (
    CaseDecision,
    ConductCase,
    Entry,
    EntryRequest,
    Fee,
    ProposedMove,
    Spell,
)
from benchside.recognition.registry.checks import Missing


def absolute(path: str) -> str:
    return f"{settings.BASE_URL}{path}"


def address_of(entry: Entry) -> str:
    """Where the person on the register reads letters; nothing for one without an account."""
    technician = entry.award.technician
    account = technician.account if technician else None
    return account.email if account and account.is_active else ""


def seconds_of(entry: Entry) -> list[User]:
    """Who could be the second person: ratifiers of the register who belong to its body."""
    here = Membership.objects.live().filter(organisation=entry.body_id).values("user")
    found = User.objects.filter(
        is_active=True,
        duties__kind=DutyKind.RATIFY,
        duties__standard=entry.register.standard,
        pk__in=here,
    )
    return list(found.distinct())


def _to_desk(entry: Entry, readers: Iterable[User], what: str, path: str) -> None:
    context = {"register": entry.register.name, "what": what, "link": absolute(path)}
    for reader in readers:
        mail.send("recognition/desk_waits", reader.email, context)


def _case_path(case: ConductCase) -> str:
    return reverse("recognition:desk_case", args=[case.entry.register.slug, case.pk])


def concern_received(case: ConductCase) -> None:
    keepers = keepers_of(case.entry.register.standard)
    _to_desk(case.entry, keepers, "a concern has come in", _case_path(case))


def proposed(proposal: ProposedMove) -> None:
    """To those who could be the second person, never to whoever proposed it."""
    entry = proposal.entry
    readers = [one for one in seconds_of(entry) if one.person_id != proposal.proposed_by]
    path = reverse("recognition:desk_entry", args=[entry.register.slug, entry.award.number])
    _to_desk(entry, readers, f"a change of {entry.award.number} to be confirmed", path)


def appealed(case: ConductCase) -> None:
    _to_desk(case.entry, seconds_of(case.entry), "an appeal to be heard", _case_path(case))


def _to_person(entry: Entry, name: str, path: str, **more: object) -> None:
    if not (address := address_of(entry)):
        return
    shell = {
        "register": entry.register.name,
        "number": entry.award.number,
        "name": entry.name,
        "link": absolute(path) if path else "",
    }
    mail.send(f"recognition/{name}", address, {**shell, **more})


def _conduct_news(case: ConductCase, what: str) -> None:
    path = reverse("recognition:my_case", args=[case.entry.award.number, case.pk])
    _to_person(case.entry, "conduct_news", path, what=what)


def told_of_concern(case: ConductCase) -> None:
    _conduct_news(
        case,
        "Somebody has told us something about your work. You can read it, and answer.",
    )


def hearing_called(case: ConductCase) -> None:
    _conduct_news(case, f"It is heard on {case.hearing_on:%-d %B %Y}.")


def case_decided(case: ConductCase, decision: CaseDecision) -> None:
    _conduct_news(case, f"It is decided. You may appeal until {decision.appeal_by:%-d %B %Y}.")
    if not case.entry.is_hidden:
        _tell_whoever_wrote(case)


def appeal_heard(case: ConductCase, decision: CaseDecision) -> None:
    _conduct_news(case, "Your appeal is decided.")


def concern_ended(case: ConductCase) -> None:
    """There was nothing to answer: to whoever wrote, and to the person if they were told."""
    if case.told_at is not None:
        _conduct_news(case, "We looked into it, and you have nothing to answer. It is over.")
    _tell_whoever_wrote(case)


def _tell_whoever_wrote(case: ConductCase) -> None:
    if not case.reply_to:
        return
    entry = case.entry
    context = {
        "register": entry.register.name,
        "number": entry.award.number,
        "link": absolute(public_path(entry)),
    }
    mail.send("recognition/concern_ended", case.reply_to, context)


def public_path(entry: Entry) -> str:
    return f"/registers/{entry.register.slug}/{entry.award.number}/"


def life_path(entry: Entry) -> str:
    return reverse("recognition:my_life", args=[entry.award.number])


def request_refused(request: EntryRequest) -> None:
    _to_person(
        request.entry,
        "request_refused",
        life_path(request.entry),
        what=in_words(request.verb).lower(),
        answer=request.answer,
    )


def entry_changed(entry: Entry, event: AwardEvent) -> None:
    """What it is now, what that means, and the door back where there is one."""
    state = state_of(entry.award)
    ends = entry.award.period_end if state.stands else None
    _to_person(
        entry,
        "entry_changed",
        life_path(entry),
        title=state.title,
        meaning=state.meaning,
        day=event.effective_on,
        ends=ends,
        back=_door_back(entry, event.effective_on),
    )


def _door_back(entry: Entry, day: date) -> str:
    asked = entry.register.rules.asked_by_holder
    for move in rules_of(entry.award).moves:
        if entry.award.state not in move.source or move.verb not in asked or not move.new_period:
            continue
        if move.from_days:
            return f"You can come back from {day + timedelta(days=move.from_days):%-d %B %Y} on."
        if move.until_days is not None:
            last = day + timedelta(days=move.until_days)
            return f"You can come back until {last:%-d %B %Y}. After that you apply anew."
    return ""


def renewal_missing(entry: Entry, missing: list[Missing], last: date) -> None:
    """Names the one thing that is missing first."""
    first, more = missing[0], len(missing) - 1
    link = absolute(first.url) if first.url else ""
    things = f"{more} thing{'' if more == 1 else 's'}" if more else ""
    _to_person(
        entry,
        "renewal_missing",
        "",
        link=link,
        what=first.what,
        more=things,
        ended=entry.award.period_end,
        last=last,
    )


def employer_told(entry: Entry, employer: Organisation, fee: Fee, last: date) -> bool:
    """False when nobody is there to read it."""
    if employer.contact is None:
        return False
    context = {
        "register": entry.register.name,
        "number": entry.award.number,
        "last": last,
        "reference": fee.reference,
    }
    mail.send("recognition/employer_told", employer.contact.email, context)
    return True


def spell_ends(spell: Spell) -> None:
    entry = spell.entry
    title = state_of(entry.award).title
    _to_person(entry, "spell_ends", life_path(entry), title=title, until=spell.until)
