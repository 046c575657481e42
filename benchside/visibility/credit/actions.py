"""What a technician does with their part in an output: state it, change it, withdraw it.

The lead author's side is in `asking`.
"""

from datetime import timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models.functions import Lower
from django.utils import timezone

from benchside.core.actions import SYSTEM, Actor, Refused, acting
from benchside.core.registries import publish
from benchside.core.states import move
from benchside.people.events import PROFILE_CHANGED
from benchside.people.models import Technician
from benchside.visibility.credit.enums import ContributionState
from benchside.visibility.credit.parts import OutputWords, Part
from benchside.visibility.credit.rules import can_lapse, can_state
from benchside.visibility.credit.states import CONTRIBUTIONS
from benchside.visibility.credit.taxonomy import roles_of
from benchside.visibility.models import Contribution, ContributionRole, CreditLetter, Output

MOST = 500  # parts of one person
KEEP_WITHDRAWN = timedelta(days=365)
# What belongs to an answer, and goes when the answer holds no longer.
UNANSWERED: dict[str, Any] = {
    "confirmed_at": None, "confirmed_by": "", "disputed_at": None, "reason": "",
}  # fmt: skip
HAVE_IT = (
    "You have this one in your list already.",
    "Open it there to change your part in it.",
)


class HaveIt(Refused):
    """Somebody states the same twice; `contribution_id` is the one there is."""

    def __init__(self, contribution_id: int) -> None:
        self.contribution_id = contribution_id
        super().__init__(*HAVE_IT)


def state_contribution(
    *, actor: Actor, technician: Technician, output: OutputWords, part: Part
) -> Contribution:
    """Say what part one had. An output known by its DOI is not made twice; a part that was
    withdrawn comes back. Afterwards: pages that show the person are made anew.

    Raises Denied; HaveIt where it is stated already; Refused for too many, or without a role.
    """
    with acting("contribution.state", actor=actor, subject=technician, may=can_state) as act:
        Technician.objects.select_for_update().get(pk=technician.pk)
        known = _known(output, actor)
        found = Contribution.objects.filter(technician=technician, output=known).first()
        if found is not None and found.state != ContributionState.WITHDRAWN:
            raise HaveIt(found.pk)
        if found is None:
            if technician.contributions.count() >= MOST:
                raise Refused(f"More than {MOST} are too many.", "Withdraw some first.")
            found = Contribution(technician=technician, output=known)
            found.save()
        else:
            _state_again(actor, found)
        _write(found, part)
        act.about(found)
        act.note(output=known.pk)
        tell(found)
    return found


def change_contribution(
    *, actor: Actor, contribution: Contribution, part: Part, output: OutputWords | None = None
) -> None:
    """Say it otherwise. An answer or a question to the lead author was about other words, so it
    holds no longer; the link in an open letter ends. Nothing changed is nothing done. `output`
    changes words typed by hand, while nobody else has a part in it.

    Raises Denied; Refused for a withdrawn one, without a role, and for words that are not theirs.
    """
    with acting("contribution.change", actor=actor, subject=contribution, may=can_state) as act:
        found = locked(contribution)
        if found.state == ContributionState.WITHDRAWN:
            raise Refused("This one is withdrawn.", "State it again first.")
        before = _said(found)
        if output is not None and output != _words_of(found.output):
            _rewrite(found, output)
        _write(found, part)
        if _said(found) == before:
            return
        end_letter(found)
        if found.state != ContributionState.STATED:
            is_open = found.state == ContributionState.ASKED
            verb = "call_back" if is_open else "correct"
            move(table=CONTRIBUTIONS, subject=found, verb=verb, actor=actor, columns=UNANSWERED)
        act.note(roles=sorted(line.code for line in found.roles.all()))
        tell(found)
        contribution.refresh_from_db()


def withdraw_contribution(*, actor: Actor, contribution: Contribution) -> None:
    """Take it down everywhere. The lead author's name and address go. Raises Denied, Refused."""
    with transaction.atomic():
        found = locked(contribution)
        end_letter(found)
        gone = {"confirmed_by": "", "disputed_at": None, "reason": ""}
        move(table=CONTRIBUTIONS, subject=found, verb="withdraw", actor=actor, columns=gone)
        tell(found)
        contribution.refresh_from_db()


def state_again(*, actor: Actor, contribution: Contribution) -> None:
    """Bring back what was withdrawn, as it was stated. Raises Denied, Refused."""
    with transaction.atomic():
        _state_again(actor, locked(contribution))
        tell(contribution)
        contribution.refresh_from_db()


def forget_withdrawn(*, actor: Actor = SYSTEM) -> int:
    """Delete what was withdrawn a year ago, and outputs nobody has a part in. Raises Denied."""
    old = Contribution.objects.filter(
        state=ContributionState.WITHDRAWN, withdrawn_at__lt=timezone.now() - KEEP_WITHDRAWN
    )
    count = 0
    for one in old.select_related("technician"):
        with acting("contribution.forget", actor=actor, subject=one, may=can_lapse) as act:
            act.note(output=one.output_id)
            forget(Contribution.objects.filter(pk=one.pk, state=ContributionState.WITHDRAWN))
            count += 1
    return count


def verbs_of(actor: Actor, contribution: Contribution) -> list[str]:
    """What this person may do to it now: which buttons to show."""
    return CONTRIBUTIONS.verbs(actor, contribution)


# --- what they share ------------------------------------------------------------------------------
def locked(contribution: Contribution) -> Contribution:
    """As it is now, so that of two who act at once the second sees what the first did."""
    found = Contribution.objects.select_for_update(of=("self",))
    return found.select_related("technician", "output").get(pk=contribution.pk)


def end_letter(contribution: Contribution) -> None:
    """The link works no longer, and the author's address is gone."""
    CreditLetter.objects.filter(contribution=contribution).delete()


def tell(contribution: Contribution) -> None:
    """What others see of the person has changed."""
    profile = getattr(contribution.technician, "profile", None)
    publish(
        PROFILE_CHANGED.key,
        technician_id=contribution.technician_id,
        public_id=profile.public_id if profile else "",
    )


def forget(contributions: Any) -> None:
    """Delete contributions, and outputs in which nobody has a part any more."""
    outputs = list(contributions.values_list("output_id", flat=True))
    contributions.delete()
    Output.objects.filter(pk__in=outputs, contributions__isnull=True).delete()


def _state_again(actor: Actor, found: Contribution) -> None:
    move(
        table=CONTRIBUTIONS, subject=found, verb="state_again", actor=actor,
        columns={**UNANSWERED, "withdrawn_at": None},
    )  # fmt: skip


def _known(words: OutputWords, actor: Actor) -> Output:
    """The output of that DOI, in a registry's words as soon as one has told us; else a new one."""
    found = _with_doi(words.doi)
    if found is None:
        try:
            with transaction.atomic():
                return Output.objects.create(**_columns(words), added_by=actor.person_id)
        except IntegrityError:  # somebody else was first with this DOI
            if (found := _with_doi(words.doi)) is None:
                raise
    if found.is_typed and not words.is_typed:
        _set(found, words)
    return found


def _with_doi(doi: str) -> Output | None:
    """By the index that keeps it one."""
    return Output.objects.alias(folded=Lower("doi")).filter(folded=doi).first() if doi else None


def _rewrite(contribution: Contribution, words: OutputWords) -> None:
    """Raises Refused for a registry's words, for others' and for a DOI that is known."""
    output = Output.objects.select_for_update().get(pk=contribution.output_id)
    others = output.contributions.exclude(pk=contribution.pk)
    if not output.is_typed or others.exists():
        raise Refused(
            "The title and the rest are not yours alone to change.",
            "Tell us about a mistake by “Report a concern” at the foot of the page.",
        )
    same = _with_doi(words.doi)
    if same is not None and same.pk != output.pk:
        raise Refused("This DOI is known already.", "Withdraw this one and add it by its DOI.")
    _set(output, words)


def _said(contribution: Contribution) -> tuple[Any, ...]:
    """All that a lead author would be asked about."""
    return (
        contribution.stands_as,
        contribution.note,
        _words_of(Output.objects.get(pk=contribution.output_id)),
        *(
            frozenset(getattr(contribution, name).values_list(key, flat=True))
            for name, key in (("roles", "code"), ("kit", "pk"), ("equipment", "pk"))
        ),
    )


def _words_of(output: Output) -> OutputWords:
    return OutputWords(
        title=output.title, doi=output.doi, kind=output.kind, year=output.year,
        venue=output.venue, source=output.source,
    )  # fmt: skip


def _set(output: Output, words: OutputWords) -> None:
    for name, value in _columns(words).items():
        setattr(output, name, value)
    output.save()


def _columns(words: OutputWords) -> dict[str, Any]:
    return {
        "doi": words.doi, "title": words.title, "kind": words.kind, "year": words.year,
        "venue": words.venue, "source": words.source, "as_of": timezone.localdate(),
    }  # fmt: skip


def _write(contribution: Contribution, part: Part) -> None:
    codes = [role.code for role in roles_of(part.roles)]
    if not codes:
        raise Refused("Choose at least one role.", "Without it nobody knows what you did.")
    contribution.stands_as, contribution.note = part.stands_as, part.note
    contribution.save(update_fields=["stands_as", "note"])
    contribution.roles.exclude(code__in=codes).delete()
    held = set(contribution.roles.values_list("code", flat=True))
    ContributionRole.objects.bulk_create(
        ContributionRole(contribution=contribution, code=code) for code in codes if code not in held
    )
    contribution.kit.set(part.kit)
    contribution.equipment.set(part.equipment)
