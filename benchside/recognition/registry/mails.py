"""Letters of a registrar's desk. What is private about conduct is never in them, only a link."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.conf import settings
from django.urls import reverse

from benchside.accounts.models import User
from benchside.assessment.awarding.queries import (
    keepers_of,
    rules_of,
    shown_state_of,
    state_of,
)
from benchside.assessment.enums import DutyKind
from benchside.assessment.models import AwardEvent
from benchside.assessment.standards.shapes import in_words
from benchside.core import mail
from benchside.organisations.models import Membership, Organisation
from benchside.organisations.queries import leads_of
from benchside.recognition.entries.publishing import is_public
from benchside.recognition.models import (
    CaseDecision,
    ConductCase,
    Entry,
    EntryRequest,
    Fee,
    ProposedMove,
    Spell,
)
from benchside.recognition.registry import life
from benchside.recognition.registry.checks import Missing


def absolute(path: str) -> str:
    return f"{settings.BASE_URL}{path}"


def address_of(entry: Entry) -> str:
    """Where the person on the register reads letters; nothing for one without an account."""
    technician = entry.award.technician
    account = technician.account if technician else None
    return account.email if account and account.is_active else ""


def anywhere(entry: Entry) -> str:
    """The same, or the work address their employer's list has: for letters without anything
    private, so that nobody lapses unawares for want of an account."""
    technician = entry.award.technician
    return address_of(entry) or (technician.work_email if technician else "")


def seconds_of(entry: Entry) -> list[User]:
    """Who could be the second person: ratifiers of the register who belong to its body, never
    whoever it is about."""
    here = Membership.objects.live().filter(organisation=entry.body_id).values("user")
    found = User.objects.filter(
        is_active=True,
        duties__kind=DutyKind.RATIFY,
        duties__standard=entry.register.standard,
        pk__in=here,
    )
    holder = entry.award.technician
    if holder is not None and holder.account_id is not None:
        found = found.exclude(pk=holder.account_id)
    return list(found.distinct())


def _to_desk(entry: Entry, readers: Iterable[User], what: str, path: str) -> None:
    context = {"register": entry.register.name, "what": what, "link": absolute(path)}
    for reader in readers:
        mail.send("recognition/desk_waits", reader.email, context)


def _case_path(case: ConductCase) -> str:
    return reverse("recognition:desk_case", args=[case.entry.register.slug, case.pk])


def concern_received(case: ConductCase) -> None:
    _to_desk(case.entry, keepers_of(case.entry.award), "a concern has come in", _case_path(case))


def proposed(proposal: ProposedMove) -> None:
    """To those who could be the second person, never to whoever proposed it."""
    entry = proposal.entry
    readers = [one for one in seconds_of(entry) if one.person_id != proposal.proposed_by]
    path = reverse("recognition:desk_entry", args=[entry.register.slug, entry.award.number])
    _to_desk(entry, readers, f"a change of {entry.award.number} to be confirmed", path)


def not_confirmed(proposal: ProposedMove) -> None:
    """To whoever proposed it, that the second person said no; why stands at the desk."""
    entry, proposer = proposal.entry, proposal.proposed_by
    if proposer is None:  # who has left for good
        return
    readers = User.objects.filter(person_id=proposer, is_active=True)
    path = reverse("recognition:desk_entry", args=[entry.register.slug, entry.award.number])
    _to_desk(entry, readers, f"why your change of {entry.award.number} was not confirmed", path)


def appealed(case: ConductCase) -> None:
    _to_desk(case.entry, seconds_of(case.entry), "an appeal to be heard", _case_path(case))


def _to_person(entry: Entry, name: str, path: str, **more: object) -> None:
    _to(address_of(entry), entry, name, path, **more)


def _to(address: str, entry: Entry, name: str, path: str, **more: object) -> None:
    if not address:
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
    _tell_whoever_wrote(case)


def appeal_heard(case: ConductCase, decision: CaseDecision) -> None:
    _conduct_news(case, "Your appeal is decided.")


def concern_ended(case: ConductCase) -> None:
    """There was nothing to answer: to whoever wrote, and to the person if they were told."""
    if case.told_at is not None:
        _conduct_news(case, "We looked into it, and you have nothing to answer. It is over.")
    _tell_whoever_wrote(case)


def _tell_whoever_wrote(case: ConductCase) -> None:
    """Whatever became of the entry, as was promised. It leads to a page only where there is one:
    whoever is hidden, or has died, may have been shown when it was written."""
    if not case.reply_to:
        return
    entry = case.entry
    context = {
        "register": entry.register.name,
        "number": entry.award.number,
        "link": absolute(public_path(entry)) if is_public(entry) else "",
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


def hiding_answered(entry: Entry) -> None:
    """That there is an answer, to their own address alone: what was asked may be a matter of
    their safety."""
    path = reverse("recognition:my_shown", args=[entry.award.number])
    _to_person(entry, "hiding_answered", path)


def return_agreed(request: EntryRequest) -> None:
    """They may come back, and what is left to do is the fee."""
    assert request.fee is not None
    _to_person(
        request.entry,
        "return_agreed",
        reverse("recognition:my_fees"),
        amount=request.fee.amount,
        due=request.fee.due_on,
    )


def entry_changed(entry: Entry, event: AwardEvent) -> None:
    """What it is now and until when, what that means, the door back where there is one, and whom
    to ask. An address at work is told what everybody is, never why, nor for how long they do not
    stand: others may read it, and it may be for their health."""
    own = address_of(entry)
    state = state_of(entry.award) if own else shown_state_of(entry.award)
    back = "" if state.key != entry.award.state else _door_back(entry, event.effective_on)
    lasts = event.target in entry.register.rules.timed and bool(own or state.stands)
    until = event.detail.get("until") if lasts else None
    _to(
        own or anywhere(entry),
        entry,
        "entry_changed",
        life_path(entry),
        title=state.title,
        meaning=state.meaning,
        day=event.effective_on,
        until=date.fromisoformat(until) if until else None,
        is_open=lasts and not until,
        ends=entry.award.period_end if life.renewing_move(entry) is not None else None,
        back=back,
        **_whom_to_ask(entry, event),
    )


def _whom_to_ask(entry: Entry, event: AwardEvent) -> dict[str, str]:
    """After what others decided and they cannot undo: their body, who can have it looked at."""
    decided = {one.verb for one in rules_of(entry.award).moves if one.right == "ratify"}
    if event.verb not in decided or state_of(entry.award).stands:
        return {"body": "", "website": ""}
    return {"body": entry.body.name, "website": entry.body.website}


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


def renewal_missing(
    entry: Entry, missing: list[Missing], last: date, told: Organisation | None = None
) -> None:
    """Names the one thing that is missing first. `told` is the employer that was written to."""
    first, more = missing[0], len(missing) - 1
    link = absolute(first.url) if first.url else ""
    things = f"{more} thing{'' if more == 1 else 's'}" if more else ""
    _to(
        anywhere(entry),
        entry,
        "renewal_missing",
        "",
        link=link,
        what=first.what,
        more=things,
        ended=entry.award.period_end,
        last=last,
        told=told.name if told else "",
    )


def readers_at(employer: Organisation) -> list[str]:
    """Who reads letters for an employer: its contact, or else its leads."""
    if employer.contact is not None and employer.contact.is_active:
        return [employer.contact.email]
    return [one.email for one in leads_of(employer) if one.is_active]


def employer_told(entry: Entry, employer: Organisation, fee: Fee, last: date) -> None:
    context = {
        "register": entry.register.name,
        "number": entry.award.number,
        "last": last,
        "reference": fee.reference,
        "link": absolute(reverse("recognition:registrations", args=[employer.slug])),
    }
    for address in readers_at(employer):
        mail.send("recognition/employer_told", address, context)


def spell_ends(spell: Spell) -> None:
    entry = spell.entry
    title = state_of(entry.award).title
    _to_person(entry, "spell_ends", life_path(entry), title=title, until=spell.until)


def break_goes_on(entry: Entry, since: date) -> None:
    title = state_of(entry.award).title
    _to(anywhere(entry), entry, "break_goes_on", life_path(entry), title=title, since=since)
