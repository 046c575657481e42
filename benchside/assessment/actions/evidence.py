"""Showing something: a file, a link or a record of the house, for one criterion or several."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from typing import Any
from urllib.parse import urlsplit

from django.db import transaction
from django.db.models import Sum

from benchside.assessment import writing_rules as rules
from benchside.assessment.content import asked
from benchside.assessment.embargo import state_told
from benchside.assessment.enums import EvidenceKind, SubmissionState
from benchside.assessment.limits import whole
from benchside.assessment.models import Evidence, Serves, Submission
from benchside.assessment.showing.keeping import drop_unless_frozen, folder_of
from benchside.assessment.signatures import lapse_signatures
from benchside.core import vault
from benchside.core.actions import Act, Actor, Denied, Refused, acting
from benchside.core.registries import evidence_kinds
from benchside.core.safe_files import FileRefused, accept

MOST = 200
MOST_BYTES = 500 * 1024 * 1024
KINDS = {"file": "a file", "link": "a link", "record": "a record kept here"}


@contextmanager
def _changing(verb: str, actor: Actor, submission: Submission) -> Iterator[tuple[Act, Submission]]:
    """One change of what is shown, while it is open; signatures lapse with it."""
    with acting(verb, actor=actor, subject=submission, may=rules.can_read_draft) as act:
        held = Submission.objects.select_for_update().get(pk=submission.pk)
        if not held.is_open:
            raise Refused(
                f"This is {state_told(held).label.lower()}: nothing can be added or taken out.",
                "Wait until you are asked for more.",
            )
        yield act, held
        lapse_signatures(held)


def add_file(
    *,
    actor: Actor,
    submission: Submission,
    name: str,
    data: bytes,
    title: str = "",
    serves: Mapping[str, str],
) -> tuple[Evidence, bool]:
    """Show a file, under its name where no title is given. Returns it, and whether it is new: a
    file that is here already is not kept twice, and serves what is named beside what it served.

    Raises Denied; Refused for a file that is not taken in, or too much.
    """
    if not rules.can_read_draft(actor, submission):
        raise Denied("evidence.add")  # before anything is unpacked
    try:
        safe = accept(name, data)
    except FileRefused as refusal:
        raise Refused(refusal.message, refusal.remedy) from refusal
    digest = vault.digest(safe.data)
    found = submission.evidence.filter(file_digest=digest).first()
    if found is not None:
        both = {one.criterion: one.how for one in found.serves.all()}
        both |= {key: how for key, how in serves.items() if how or key not in both}
        may_name = rules.can_lead(actor, submission) or found.added_by == actor.person_id
        said = title if may_name and title else found.title
        change_evidence(actor=actor, evidence=found, title=said, serves=both)
        return found, False
    _refuse_too_much(submission, len(safe.data))
    stored = vault.put(folder_of(submission), safe.ending, safe.data, is_picture=safe.is_picture)
    made = _add(
        actor,
        submission,
        serves,
        kind=EvidenceKind.FILE,
        title=title if title.strip() else safe.name,
        file=stored,
        file_name=safe.name,
        file_digest=digest,
        file_size=len(safe.data),
    )
    # Somebody who took the same file out in this very moment may have deleted it.
    vault.put(folder_of(submission), safe.ending, safe.data, is_picture=safe.is_picture)
    return made, True


def _refuse_too_much(submission: Submission, size: int) -> None:
    kept = submission.evidence.aggregate(all=Sum("file_size"))["all"] or 0
    if kept + size > MOST_BYTES:
        limit = MOST_BYTES // 1024**2
        raise Refused(
            f"All files together would be more than {limit} MB.",
            "Take out what shows least, or add a link to where it is kept.",
        )


def add_link(
    *, actor: Actor, submission: Submission, title: str, url: str, serves: Mapping[str, str]
) -> Evidence:
    """Show a page of the web. `serves`: criterion, and how it serves it. Raises Denied, Refused."""
    try:
        parts = urlsplit(url)
    except ValueError:
        parts = urlsplit("")
    if parts.scheme not in {"http", "https"} or not parts.netloc or len(url) > 500:
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
    """Show something that is kept here, by the kind that a room registered and its id there.

    Raises Denied; Refused for what is not there, or not shown to whoever adds it.
    """
    said = None
    if record_kind in evidence_kinds:
        said = evidence_kinds[record_kind].describe(record_id, actor.person_id)
    if said is None:
        raise Refused("There is no such record.", "Choose one of the list.")
    return _add(
        actor,
        submission,
        serves,
        kind=EvidenceKind.RECORD,
        title=title if title.strip() else str(said.get("title", "")),
        record_kind=record_kind,
        record_id=record_id,
    )


def _add(actor: Actor, submission: Submission, serves: Mapping[str, str], **more: Any) -> Evidence:
    if not more["title"].strip():
        raise Refused("It has no title.", "Say in a few words what it shows.")
    with _changing("evidence.add", actor, submission) as (act, held):
        if held.evidence.count() >= MOST:
            raise Refused(f"There are {MOST} pieces already.", "Take out what shows least.")
        if "file" in more and held.evidence.filter(file_digest=more["file_digest"]).exists():
            raise Refused("This file was added a moment ago.", "Reload the page to see it.")
        made = Evidence.objects.create(
            submission=held,
            added_by=actor.person_id,
            round=held.evidence_rounds,
            **{**more, "title": whole(more["title"], 200, "The title")},
        )
        _set_serves(made, serves)
        _refuse_others_part(actor, held, serves)
        act.note(evidence=made.pk, kind=more["kind"])
    return made


def change_evidence(
    *, actor: Actor, evidence: Evidence, title: str, serves: Mapping[str, str]
) -> None:
    """Reword its title and say anew what it serves. Raises Denied, Refused."""
    with _changing("evidence.change", actor, evidence.submission) as (act, held):
        _refuse_sent(held, evidence)
        before = _served_by(evidence)
        differ = {key for key in before | dict(serves) if before.get(key) != serves.get(key)}
        if title.strip() and title != evidence.title and evidence.added_by != actor.person_id:
            differ |= {"", *before}
        evidence.title = whole(title, 200, "The title") or evidence.title
        evidence.save(update_fields=["title"])
        evidence.serves.all().delete()
        _set_serves(evidence, serves)
        _refuse_others_part(actor, held, differ)
        act.note(evidence=evidence.pk)


def remove_evidence(*, actor: Actor, evidence: Evidence) -> None:
    """Take it out. Versions that are frozen still say that it was there, and keep its file.

    Raises Denied, Refused.
    """
    with _changing("evidence.remove", actor, evidence.submission) as (act, held):
        _refuse_sent(held, evidence)
        unserved = {""} if evidence.added_by != actor.person_id else set()
        _refuse_others_part(actor, held, _served_by(evidence).keys() or unserved)
        act.note(evidence=evidence.pk)
        name, digest = evidence.file, evidence.file_digest
        evidence.delete()
        if name:
            transaction.on_commit(partial(drop_unless_frozen, held, name, digest))


def _refuse_sent(submission: Submission, evidence: Evidence) -> None:
    """While more is asked for, what was sent in before stays as it was sent."""
    asked = submission.state == SubmissionState.MORE_ASKED
    if asked and evidence.round < submission.evidence_rounds:
        raise Refused(
            "This was sent in already, and stays as it is.",
            "Add what you were asked for beside it.",
        )


def _served_by(evidence: Evidence) -> dict[str, str]:
    return {one.criterion: one.how for one in evidence.serves.all()}


def _refuse_others_part(actor: Actor, submission: Submission, keys: Iterable[str]) -> None:
    """Whoever was asked for a part shows things for that part; "" stands for what is nobody's."""
    if rules.can_lead(actor, submission) or not (wanted := set(keys)):
        return
    user = actor.account.pk if actor.account else None
    parts = list(submission.contributors.filter(user=user))
    standard = submission.version.standard
    titles = {one.key: one.title for one in asked(submission)}
    for key in sorted(wanted):
        if not rules.covers(parts, standard, key):
            named = f"“{titles[key]}”" if key in titles else "This"
            raise Refused(
                f"{named} is not part of what you were asked for.",
                "Leave it as it is, or ask whoever leads this.",
            )


def _set_serves(evidence: Evidence, serves: Mapping[str, str]) -> None:
    known = {one.key: one for one in asked(evidence.submission)}
    if unknown := sorted(set(serves) - known.keys()):
        raise Refused(f"There is no question {unknown[0]!r} here.", "Choose one of the questions.")
    for key in serves:
        taken = known[key].evidence.kinds
        if taken and evidence.kind not in taken:
            raise Refused(
                f"“{known[key].title}” cannot be shown by {KINDS[evidence.kind]}.",
                f"It takes {' or '.join(KINDS[one] for one in taken)}.",
            )
    Serves.objects.bulk_create(
        Serves(evidence=evidence, criterion=key, how=whole(how, 300, "What you wrote"))
        for key, how in serves.items()
    )
