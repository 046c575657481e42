"""What is frozen, and which signatures stand for what a submission says now."""

from django.utils import timezone

from benchside.assessment.chain import canonical, digest_of
from benchside.assessment.content import content_of
from benchside.assessment.models import FrozenVersion, SignOff, Submission
from benchside.assessment.standards import SignOff as Step


def freeze(submission: Submission) -> FrozenVersion:
    """The frozen version of what stands now; the same content is frozen once."""
    content = content_of(submission)
    digest = digest_of(content)
    found = submission.frozen.filter(digest=digest).first()
    if found is not None:
        return found
    number = submission.frozen.count() + 1
    return FrozenVersion.objects.create(
        submission=submission, digest=digest, number=number, content=canonical(content).decode()
    )


def standing(submission: Submission) -> list[SignOff]:
    """The signatures that stand for what the submission says now, in the order given."""
    digest = digest_of(content_of(submission))
    found = submission.sign_offs.filter(lapsed_at__isnull=True).select_related("frozen")
    return [one for one in found if one.frozen.digest == digest]


def next_step(submission: Submission) -> Step | None:
    """The signature that is due next; None when all stand."""
    given = {one.step for one in standing(submission)}
    steps = submission.version.standard.sign_offs
    return next((step for step in steps if step.key not in given), None)


def lapse_signatures(submission: Submission) -> int:
    """End every signature that stands: what was signed says something else now."""
    standing = SignOff.objects.filter(submission=submission, lapsed_at__isnull=True)
    return standing.update(lapsed_at=timezone.now())
