"""Say who counts as a technician: the rules, and decisions about job titles."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import Max
from django.utils import timezone

from benchside.core.actions import Actor, Refused, acting
from benchside.organisations.enums import TechnicianVerdict
from benchside.organisations.models import (
    Organisation,
    TechnicianDefinition,
    TitleDecision,
)
from benchside.organisations.staff_list import BadDefinition, Definition, plain_title
from benchside.organisations.staff_rules import can_keep_list


def write_definition(
    *,
    actor: Actor,
    organisation: Organisation,
    rules: Sequence[Mapping[str, Any]],
    otherwise: str = "unlikely",
    note: str = "",
) -> TechnicianDefinition:
    """Write a new version; it holds for lists brought in from now on.

    Raises Denied; Refused for rules that cannot be meant, naming the rule.
    """
    with acting("definition.write", actor=actor, subject=organisation, may=can_keep_list) as act:
        Organisation.objects.select_for_update().get(pk=organisation.pk)
        versions = organisation.technician_definitions.aggregate(newest=Max("version"))
        data = {"version": (versions["newest"] or 0) + 1, "rules": rules, "otherwise": otherwise}
        try:
            made = Definition.from_json(data)
        except BadDefinition as error:
            raise Refused(str(error), "Mend the rule and save again.") from error
        written = TechnicianDefinition.objects.create(
            organisation=organisation,
            version=made.version,
            rules=made.as_json(),
            note=note[:1000],
            written_by=actor.person_id,
        )
        act.note(version=made.version)
    return written


def decide_title(
    *, actor: Actor, organisation: Organisation, title: str, verdict: TechnicianVerdict
) -> TitleDecision:
    """Decide about a job title, however it is spelt, for every list from now on.

    Raises Denied; Refused for a title without letters.
    """
    decide_titles(actor=actor, organisation=organisation, titles=[title], verdict=verdict)
    return organisation.title_decisions.get(plain=plain_title(title)[:200])


def decide_titles(
    *,
    actor: Actor,
    organisation: Organisation,
    titles: Sequence[str],
    verdict: TechnicianVerdict,
) -> int:
    """Decide about several titles alike, all or none. Gives how many.

    Raises Denied; Refused for a title without letters.
    """
    with acting("title.decide", actor=actor, subject=organisation, may=can_keep_list) as act:
        by_plain = {plain_title(title)[:200]: title[:160] for title in titles}
        if "" in by_plain:
            raise Refused("This title has no letters we can read.", "Give it as the list has it.")
        for plain, spelling in by_plain.items():
            TitleDecision.objects.update_or_create(
                organisation=organisation,
                plain=plain,
                defaults={
                    "spelling": spelling,
                    "verdict": verdict,
                    "decided_by": actor.person_id,
                    "decided_at": timezone.now(),
                },
            )
        act.note(titles=list(by_plain), verdict=str(verdict))
    return len(by_plain)


def forget_titles(*, actor: Actor, organisation: Organisation, titles: Sequence[str]) -> int:
    """Take decisions back: the rules judge these titles again. Gives how many. Raises Denied."""
    with acting("title.forget", actor=actor, subject=organisation, may=can_keep_list) as act:
        plain = [plain_title(title)[:200] for title in titles]
        count, _ = organisation.title_decisions.filter(plain__in=plain).delete()
        act.note(titles=plain)
    return count
