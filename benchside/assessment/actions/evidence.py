"""Showing something: a link or a record of the house, for one criterion or several."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from urllib.parse import urlsplit

from benchside.assessment import writing_rules as rules
from benchside.assessment.enums import EvidenceKind
from benchside.assessment.limits import whole
from benchside.assessment.models import Evidence, Serves, Submission
from benchside.assessment.signatures import lapse_signatures
from benchside.core.actions import Act, Actor, Refused, acting

MOST = 200


@contextmanager
def _changing(verb: str, actor: Actor, submission: Submission) -> Iterator[tuple[Act, Submission]]:
    """One change of what is shown, while it is open; signatures lapse with it."""
    with acting(verb, actor=actor, subject=submission, may=rules.can_read_draft) as act:
        held = Submission.objects.select_for_update().get(pk=submission.pk)
        if not held.is_open:
            raise Refused(
                f"This is {held.get_state_display().lower()}: nothing can be added or taken out.",
                "Wait until you are asked for more.",
            )
        yield act, held
        lapse_signatures(held)


def add_link(
    *, actor: Actor, submission: Submission, title: str, url: str, serves: Mapping[str, str]
) -> Evidence:
    """Show a page of the web. `serves`: criterion, and how it serves it. Raises Denied, Refused."""
    if urlsplit(url).scheme not in {"http", "https"} or not urlsplit(url).netloc:
        raise Refused("This is not the address of a page.", "It begins with https://")
    return _add(actor, submission, serves, kind=EvidenceKind.LINK, title=title, url=url)


def add_record(
    *,
    actor: Actor,
    submission: Submission,
    title: str,
    record_kind: str,
    record_id: str,
    serves: Mapping[str, str],
) -> Evidence:
    """Show something that is kept here, by the kind that a room registered and its id there."""
    return _add(
        actor,
        submission,
        serves,
        kind=EvidenceKind.RECORD,
        title=title,
        record_kind=record_kind,
        record_id=record_id,
    )


def _add(actor: Actor, submission: Submission, serves: Mapping[str, str], **more: str) -> Evidence:
    if not more["title"].strip():
        raise Refused("It has no title.", "Say in a few words what it shows.")
    with _changing("evidence.add", actor, submission) as (act, held):
        if held.evidence.count() >= MOST:
            raise Refused(f"There are {MOST} pieces already.", "Take out what shows least.")
        made = Evidence.objects.create(
            submission=held,
            added_by=actor.person_id,
            round=held.evidence_rounds,
            **{**more, "title": whole(more["title"], 200, "The title")},
        )
        _set_serves(made, serves)
        act.note(evidence=made.pk, kind=more["kind"])
    return made


def change_evidence(
    *, actor: Actor, evidence: Evidence, title: str, serves: Mapping[str, str]
) -> None:
    """Reword its title and say anew what it serves. Raises Denied, Refused."""
    with _changing("evidence.change", actor, evidence.submission) as (act, _):
        evidence.title = whole(title, 200, "The title") or evidence.title
        evidence.save(update_fields=["title"])
        evidence.serves.all().delete()
        _set_serves(evidence, serves)
        act.note(evidence=evidence.pk)


def remove_evidence(*, actor: Actor, evidence: Evidence) -> None:
    """Take it out. Versions that are frozen still say that it was there. Raises Denied, Refused."""
    with _changing("evidence.remove", actor, evidence.submission) as (act, _):
        act.note(evidence=evidence.pk)
        evidence.delete()


def _set_serves(evidence: Evidence, serves: Mapping[str, str]) -> None:
    known = {one.key for one in evidence.submission.version.standard.criteria}
    if unknown := sorted(set(serves) - known):
        raise Refused(f"There is no question {unknown[0]!r} here.", "Choose one of the questions.")
    Serves.objects.bulk_create(
        Serves(evidence=evidence, criterion=key, how=whole(how, 300, "What you wrote"))
        for key, how in serves.items()
    )
