"""What can be done with an entry beside the moves of its award, one function a verb."""

from collections.abc import Collection
from datetime import date

from django.utils import timezone

from benchside.assessment.actions import note_beside
from benchside.assessment.limits import whole
from benchside.core.actions import Act, Actor, Refused, acting
from benchside.core.registries import publish
from benchside.recognition.entries import folding, names, rules, seals
from benchside.recognition.enums import AskedState
from benchside.recognition.events import ENTRY_CHANGED
from benchside.recognition.models import Entry, FormerName, HidingRequest
from benchside.recognition.registry import mails

# What a chain may keep for ever: no words about anybody.
RENAMED = ("They changed it", "It was written wrong", "The law asks for it")
ON_A_BASIS = "On a basis that stands with the entry"


def choose_shown(
    *,
    actor: Actor,
    entry: Entry,
    area: str,
    shows_area: bool,
    employer: str,
    shows_employer: bool,
    former_shown: Collection[int],
) -> None:
    """The person says what is shown beside what always is. `former_shown` are ids of former names.
    Afterwards: its page leaves the cache. Raises Denied; Refused for what is shown and empty."""
    with acting("entry.choose_shown", actor=actor, subject=entry, may=rules.is_own) as act:
        area, employer = whole(area, 60, "The area"), whole(employer, 120, "The employer")
        if shows_area and not area:
            raise Refused("There is no area to show.", "Write one, such as a town or a county.")
        if shows_employer and not employer:
            raise Refused("There is no employer to show.", "Write where you work.")
        entry.area, entry.shows_area = area, shows_area
        entry.employer, entry.shows_employer = employer, shows_employer
        entry.save(update_fields=["area", "shows_area", "employer", "shows_employer"])
        entry.former_names.filter(pk__in=former_shown).update(is_shown=True)
        entry.former_names.exclude(pk__in=former_shown).update(is_shown=False)
        act.note(area=shows_area, employer=shows_employer, former=len(former_shown))
        seals.seal(entry)
        _changed(entry)


def ask_hiding(*, actor: Actor, entry: Entry, words: str) -> HidingRequest:
    """The person asks the registrar that their entry be shown to nobody. Raises Denied; Refused
    without a reason, while one waits, and for an entry that is hidden already."""
    with acting("entry.ask_hiding", actor=actor, subject=entry, may=rules.is_own) as act:
        held = Entry.objects.select_for_update().get(pk=entry.pk)
        if held.is_hidden:
            raise Refused("Your entry is hidden already.")
        if not words.strip():
            raise Refused("There is no reason in it.", "Say why, in a sentence or two.")
        return _ask(act, held, words, wants_shown=False)


def ask_showing(*, actor: Actor, entry: Entry, words: str = "") -> HidingRequest:
    """The person asks the registrar that everybody may find their entry again. Raises Denied;
    Refused while a request waits, and for an entry that is not hidden."""
    with acting("entry.ask_showing", actor=actor, subject=entry, may=rules.is_own) as act:
        held = Entry.objects.select_for_update().get(pk=entry.pk)
        if not held.is_hidden:
            raise Refused("Everybody finds your entry already.")
        return _ask(act, held, words, wants_shown=True)


def _ask(act: Act, held: Entry, words: str, *, wants_shown: bool) -> HidingRequest:
    if held.hiding_requests.filter(state=AskedState.OPEN).exists():
        raise Refused("You have asked already.", "The registrar answers on this page.")
    words = whole(words, 2000, "What you wrote")
    made = HidingRequest.objects.create(entry=held, words=words, wants_shown=wants_shown)
    act.note(request=made.pk)
    return made


def answer_hiding(
    *, actor: Actor, request: HidingRequest, grant: bool, answer: str, basis: str = ""
) -> None:
    """Say yes, and hide it on a stated basis, or show it again; or say no, and why. Afterwards: a
    letter that there is an answer, never which. Raises Denied; Refused without words to the
    person, and for one that is answered."""
    answer = whole(answer, 2000, "The answer")
    with acting("entry.answer_hiding", actor=actor, subject=request, may=rules.can_keep) as act:
        held = HidingRequest.objects.select_for_update().get(pk=request.pk)
        if held.state != AskedState.OPEN:
            raise Refused("This was answered already.")
        if not answer:
            raise Refused("There are no words to the person.", "Write what you decided, and why.")
        held.state = AskedState.GRANTED if grant else AskedState.REFUSED
        held.answer, held.answered_at = answer, timezone.now()
        held.answered_by = actor.person_id
        held.save(update_fields=["state", "answer", "answered_at", "answered_by"])
        act.note(granted=grant, wants_shown=held.wants_shown)
        act.afterwards(lambda: mails.hiding_answered(held.entry))
        if grant and held.wants_shown:
            show_entry(actor=actor, entry=held.entry)
        elif grant:
            hide_entry(actor=actor, entry=held.entry, basis=basis)


def hide_entry(*, actor: Actor, entry: Entry, basis: str) -> None:
    """Show nothing of an entry to anybody outside. Afterwards: it is gone from every page within
    the second. Raises Denied; Refused without a basis."""
    basis = whole(basis, 200, "The basis")
    with acting("entry.hide", actor=actor, subject=entry, may=rules.can_keep) as act:
        if not basis:
            raise Refused("The basis is missing.", "Say on what ground it is hidden.")
        _set_hidden(act, entry, is_hidden=True, basis=basis)


def show_entry(*, actor: Actor, entry: Entry) -> None:
    """Show a hidden entry again. Raises Denied."""
    with acting("entry.show", actor=actor, subject=entry, may=rules.can_keep) as act:
        _set_hidden(act, entry, is_hidden=False, basis="")


def _set_hidden(act: Act, entry: Entry, *, is_hidden: bool, basis: str) -> None:
    """The chain says that there is a basis, never which: it may be forgotten, a chain cannot."""
    held = Entry.objects.select_for_update().get(pk=entry.pk)
    if held.is_hidden != is_hidden:
        what, why = ("entry.hide", ON_A_BASIS) if is_hidden else ("entry.show", "")
        note_beside(act, award=entry.award, what=what, reason=why)
    entry.is_hidden, entry.hidden_basis = is_hidden, basis
    entry.save(update_fields=["is_hidden", "hidden_basis"])
    names.index(entry)
    _changed(entry)


def rename_entry(
    *,
    actor: Actor,
    entry: Entry,
    name: str,
    keep_former: bool = True,
    reason: str = "",
    on: date | None = None,
) -> None:
    """Register somebody under another name. The former one still finds them, and is shown to
    nobody unless they choose so; without `keep_former` it is forgotten, for a slip of the pen or
    where the law asks for it. `on` is the day from which it holds; that and the `reason`, one of
    RENAMED, go into the chain, no name does.

    Raises Denied; Refused without a name, for the same, and for a day that cannot be."""
    name = " ".join(whole(name, 120, "The name").split())
    with acting("entry.rename", actor=actor, subject=entry, may=rules.can_keep) as act:
        held = Entry.objects.select_for_update().get(pk=entry.pk)
        if not name or not folding.fold(name):
            raise Refused("The name is missing.", "Write it as it should stand on the register.")
        if name == held.name:
            raise Refused("This is the name on the register already.")
        if reason and reason not in RENAMED:
            raise Refused("There is no such reason.", "Choose one of the list.")
        day = note_beside(
            act, award=held.award, what="entry.rename", reason=reason, effective_on=on
        )
        if keep_former:
            FormerName.objects.create(entry=held, name=held.name, until=day)
        entry.name = held.name = name
        held.save(update_fields=["name"])
        act.note(kept=keep_former)
        names.index(held)
        _changed(held)


def _changed(entry: Entry) -> None:
    publish(ENTRY_CHANGED.key, entry_id=entry.pk, register=entry.register.slug)
