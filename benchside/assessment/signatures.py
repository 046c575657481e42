"""What is frozen, and which signatures stand for what a submission says now."""

from typing import Any

from django.utils import timezone

from benchside.assessment.chain import canonical, digest_of
from benchside.assessment.content import content_of
from benchside.assessment.models import FrozenVersion, SignOff, Submission
from benchside.assessment.standards import SignOff as Step
from benchside.core.actions import Refused


def digest_now(submission: Submission) -> str:
    """The digest of what it says now: what a signature given now would stand for."""
    return digest_of(content_of(submission))


def freeze(submission: Submission) -> FrozenVersion:
    """The frozen version of what stands now; the same content is frozen once."""
    content = content_of(submission)
    digest = digest_of(content)
    found = submission.frozen.filter(digest=digest).first()
    if found is not None:
        return found
    number = submission.frozen.count() + 1
    return FrozenVersion.objects.create(
        submission=submission,
        digest=digest,
        number=number,
        content=canonical(content).decode(),
        cover=cover_of(submission),
    )


def cover_of(submission: Submission) -> dict[str, Any]:
    """Whose it is and under which standard, as a first page says it."""
    standard = submission.version.standard
    levels = {one.key: one.title for one in standard.levels}
    person = submission.technician.name if submission.technician else ""
    organisation = submission.organisation.name if submission.organisation else ""
    return {
        "holder": person or organisation,
        "organisation": organisation if person else "",
        "level": levels.get(submission.level, ""),
        "route": route.title if (route := standard.route(submission.route)) else "",
    }


def standing(submission: Submission) -> list[SignOff]:
    """The signatures that stand for what the submission says now, in the order given."""
    digest = digest_now(submission)
    found = submission.sign_offs.filter(lapsed_at__isnull=True).select_related("frozen")
    return [one for one in found if one.frozen.digest == digest]


def next_step(submission: Submission) -> Step | None:
    """The signature that is due next; None when all stand."""
    given = {one.step for one in standing(submission)}
    steps = submission.version.standard.sign_offs
    return next((step for step in steps if step.key not in given), None)


def refuse_unsigned(submission: Submission) -> None:
    """Raises Refused while a signature is wanted under what it says now."""
    if due := next_step(submission):
        raise Refused(
            f"{due.title} has not signed what it says now.", "Sign it, or ask them to sign."
        )


def lapse_signatures(submission: Submission, *, but: str = "") -> int:
    """End every signature that stands: what was signed says something else now. Those to the
    content with the digest `but` are left."""
    standing = SignOff.objects.filter(submission=submission, lapsed_at__isnull=True)
    if but:
        standing = standing.exclude(frozen__digest=but)
    return standing.update(lapsed_at=timezone.now())
