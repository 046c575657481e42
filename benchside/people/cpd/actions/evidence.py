"""Showing that something was done: a file or a link."""

from functools import partial
from typing import Any
from urllib.parse import urlsplit

from django.db.models import Sum

from benchside.core import vault
from benchside.core.actions import Actor, Denied, Refused, acting
from benchside.core.safe_files import FileRefused, accept
from benchside.people import rules
from benchside.people.cpd.keeping import drop_unless_held, folder_of
from benchside.people.models import CpdActivity, CpdEvidence
from benchside.people.models.cpd import LONGEST_TITLE

MOST = 20  # pieces an activity
MOST_BYTES = 500 * 1024 * 1024  # all files of one log


def add_file(
    *, actor: Actor, activity: CpdActivity, name: str, data: bytes, title: str = ""
) -> CpdEvidence:
    """Keep a file with an activity, under its name where no title is given.

    Raises Denied; Refused for a file that is not taken in, is there already, or is too much.
    """
    if not rules.is_themselves(actor, activity):
        raise Denied("cpd.add_evidence")  # before anything is unpacked
    try:
        safe = accept(name, data)
    except FileRefused as refusal:
        raise Refused(refusal.message, refusal.remedy) from refusal
    owner, digest = activity.technician, vault.digest(safe.data)
    if activity.evidence.filter(file_digest=digest).exists():
        raise Refused("This file is here already.", "Choose another.")
    kept = CpdEvidence.objects.filter(activity__technician=owner).aggregate(all=Sum("file_size"))
    if (kept["all"] or 0) + len(safe.data) > MOST_BYTES:
        raise Refused("Your files together would be more than 500 MB.", "Add a link instead.")
    stored = vault.put(folder_of(owner), safe.ending, safe.data, is_picture=safe.is_picture)
    made = _add(
        actor,
        activity,
        title=title.strip() or safe.name,
        file=stored,
        file_name=safe.name,
        file_digest=digest,
        file_size=len(safe.data),
    )
    # Whoever took the same file out in this very moment may have deleted it.
    vault.put(folder_of(owner), safe.ending, safe.data, is_picture=safe.is_picture)
    return made


def add_link(*, actor: Actor, activity: CpdActivity, url: str, title: str = "") -> CpdEvidence:
    """Keep the address of a page with an activity. Raises Denied, Refused."""
    try:
        parts = urlsplit(url)
    except ValueError:
        parts = urlsplit("")
    if parts.scheme not in {"http", "https"} or not parts.netloc or len(url) > 500:
        raise Refused("This is not the address of a page.", "It begins with https://")
    return _add(actor, activity, title=title.strip() or parts.netloc, url=url)


def remove_evidence(*, actor: Actor, evidence: CpdEvidence) -> None:
    """Take it out; its bytes go, unless a register holds on to them. Raises Denied."""
    activity = evidence.activity
    with acting("cpd.remove_evidence", actor=actor, subject=activity, may=rules.is_themselves) as a:
        name, digest = evidence.file, evidence.file_digest
        a.note(evidence=evidence.pk)
        CpdEvidence.objects.filter(pk=evidence.pk).delete()
        if name:
            a.afterwards(partial(drop_unless_held, activity.technician_id, name, digest))


def _add(actor: Actor, activity: CpdActivity, *, title: str, **more: Any) -> CpdEvidence:
    with acting("cpd.add_evidence", actor=actor, subject=activity, may=rules.is_themselves) as act:
        held = CpdActivity.objects.select_for_update().get(pk=activity.pk)
        if held.evidence.count() >= MOST:
            raise Refused(f"There are {MOST} pieces already.", "Take out what shows least.")
        digest = more.get("file_digest")
        if digest and held.evidence.filter(file_digest=digest).exists():
            raise Refused("This file was added a moment ago.", "Reload the page to see it.")
        made = CpdEvidence.objects.create(activity=held, title=title[:LONGEST_TITLE], **more)
        act.note(evidence=made.pk)
    return made
