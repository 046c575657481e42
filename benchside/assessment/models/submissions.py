"""What somebody writes to meet a standard, with evidence, and what they put their name to."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from benchside.assessment.enums import EvidenceKind, Holder, SubmissionState
from benchside.assessment.models.standards import StandardVersion
from benchside.organisations.models import Organisation
from benchside.people.models import Technician

OPEN = (
    SubmissionState.DRAFT, SubmissionState.RETURNED, SubmissionState.MORE_ASKED,
)  # fmt: skip
CLOSED = (
    SubmissionState.APPROVED, SubmissionState.DECLINED, SubmissionState.WITHDRAWN,
    SubmissionState.EXPIRED,
)  # fmt: skip
HELD_BY_ONE = Q(
    holder=Holder.ORGANISATION, organisation__isnull=False, technician__isnull=True
) | Q(holder=Holder.PERSON, technician__isnull=False)


class Submission(models.Model):
    """One holder's answer to one version of a standard, from its first word to the decision.

    The holder is a person (`technician`; `organisation` is then their employer, if any) or an
    organisation. `route` is one of the standard's. `purpose` is the thin room's own word for what
    it is for ("stage-2"), `round` the key of a round it was sent in to; the engine reads neither.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    version = models.ForeignKey(StandardVersion, on_delete=models.PROTECT, related_name="+")
    holder = models.CharField(max_length=12, choices=Holder, editable=False)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, null=True, related_name="submissions"
    )
    technician = models.ForeignKey(
        Technician, on_delete=models.CASCADE, null=True, related_name="submissions"
    )
    level = models.CharField(max_length=40, blank=True)
    route = models.CharField(max_length=40, blank=True, editable=False)
    purpose = models.CharField(max_length=40, blank=True, editable=False)
    round = models.CharField(max_length=40, blank=True, editable=False)
    state = models.CharField(
        max_length=12, choices=SubmissionState, default=SubmissionState.DRAFT, editable=False
    )
    evidence_rounds = models.PositiveSmallIntegerField(default=0, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    created_by = models.UUIDField(null=True, editable=False)
    submitted_at = models.DateTimeField(null=True, editable=False)
    submitted_by = models.UUIDField(null=True, editable=False)
    released_at = models.DateTimeField(null=True, editable=False)
    closed_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        ordering: ClassVar = ["-created_at", "-pk"]
        default_permissions = ()
        constraints: ClassVar = [
            models.CheckConstraint(condition=HELD_BY_ONE, name="assessment_submission_holder"),
            models.CheckConstraint(
                condition=Q(
                    state__in=(
                        SubmissionState.DRAFT,
                        SubmissionState.WITHDRAWN,
                        SubmissionState.EXPIRED,
                    )
                )
                | Q(submitted_at__isnull=False),
                name="assessment_submission_submitted_at",
            ),
        ]

    def __str__(self) -> str:
        return f"Submission {self.key}"

    @property
    def is_open(self) -> bool:
        """Whether its words may be changed."""
        return self.state in OPEN


class Statement(models.Model):
    """What is written for one criterion now. `number` counts its versions; who saves on top of an
    older one has their words merged, never dropped."""

    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="statements")
    criterion = models.CharField(max_length=40)
    text = models.TextField(blank=True)
    choice = models.CharField(max_length=200, blank=True)
    number = models.PositiveIntegerField(default=0)
    changed_at = models.DateTimeField(null=True, editable=False)
    changed_by = models.UUIDField(null=True, editable=False)

    class Meta:
        ordering: ClassVar = ["pk"]
        default_permissions = ()
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["submission", "criterion"], name="assessment_statement_once"
            )
        ]

    def __str__(self) -> str:
        return self.criterion


class StatementVersion(models.Model):
    """A statement as somebody saved it: kept so that two can be compared and none is lost."""

    statement = models.ForeignKey(Statement, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    text = models.TextField(blank=True)
    choice = models.CharField(max_length=200, blank=True)
    saved_at = models.DateTimeField(default=timezone.now, editable=False)
    saved_by = models.UUIDField(null=True, editable=False)

    class Meta:
        ordering: ClassVar = ["-number"]
        default_permissions = ()
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["statement", "number"], name="assessment_statementversion_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.statement} {self.number}"


class Contributor(models.Model):
    """Somebody who writes a part: one criterion, one area, or all of it where both are empty."""

    submission = models.ForeignKey(
        Submission, on_delete=models.CASCADE, related_name="contributors"
    )
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    area = models.CharField(max_length=40, blank=True)
    criterion = models.CharField(max_length=40, blank=True)
    due_on = models.DateField(null=True, blank=True)
    added_at = models.DateTimeField(default=timezone.now, editable=False)
    reminded_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        ordering: ClassVar = ["pk"]
        default_permissions = ()
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["submission", "user", "area", "criterion"],
                name="assessment_contributor_once",
            )
        ]

    def __str__(self) -> str:
        return f"Contributor {self.pk}"


class Comment(models.Model):
    """A word between those who write, beside a criterion; the reviewers never see it. An answer
    (`reply_to`) belongs to the comment that began the talk, which alone is resolved."""

    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="comments")
    criterion = models.CharField(max_length=40, blank=True)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    text = models.TextField(max_length=2000)
    mentions = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="+", blank=True)
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    resolved_at = models.DateTimeField(null=True, editable=False)
    reply_to = models.ForeignKey(
        "self", on_delete=models.CASCADE, null=True, blank=True, related_name="replies"
    )

    class Meta:
        ordering: ClassVar = ["made_at", "pk"]
        default_permissions = ()

    def __str__(self) -> str:
        return f"Comment {self.pk}"


class Evidence(models.Model):
    """One thing that shows something: a file, a link, or a record kept here. It may serve several
    criteria (`serves` holds their keys, one row each)."""

    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="evidence")
    kind = models.CharField(max_length=8, choices=EvidenceKind)
    title = models.CharField(max_length=200)
    url = models.URLField(max_length=500, blank=True)
    file = models.CharField(max_length=200, blank=True, editable=False)
    file_name = models.CharField(max_length=120, blank=True, editable=False)
    file_digest = models.CharField(max_length=64, blank=True, editable=False)
    file_size = models.PositiveBigIntegerField(null=True, editable=False)
    record_kind = models.CharField(max_length=40, blank=True)
    record_id = models.CharField(max_length=64, blank=True)
    added_at = models.DateTimeField(default=timezone.now, editable=False)
    added_by = models.UUIDField(null=True, editable=False)
    round = models.PositiveSmallIntegerField(default=0, editable=False)

    class Meta:
        verbose_name_plural = "evidence"
        ordering: ClassVar = ["pk"]
        default_permissions = ()
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=(Q(kind=EvidenceKind.FILE) & ~Q(file="") & ~Q(file_digest=""))
                | (Q(kind=EvidenceKind.LINK) & ~Q(url=""))
                | (Q(kind=EvidenceKind.RECORD) & ~Q(record_kind="") & ~Q(record_id="")),
                name="assessment_evidence_points_somewhere",
            ),
            models.UniqueConstraint(
                fields=["submission", "file_digest"],
                condition=Q(kind=EvidenceKind.FILE),
                name="assessment_evidence_file_once",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Serves(models.Model):
    """That a piece of evidence serves a criterion, and how, in the writer's words."""

    evidence = models.ForeignKey(Evidence, on_delete=models.CASCADE, related_name="serves")
    criterion = models.CharField(max_length=40)
    how = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering: ClassVar = ["pk"]
        default_permissions = ()
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["evidence", "criterion"], name="assessment_serves_once")
        ]

    def __str__(self) -> str:
        return self.criterion


class FrozenVersion(models.Model):
    """A submission as it was put a name to: its canonical content, by digest, and the exports made
    of it then, whose bytes are served unchanged ever after. `cover` is what stood on its first
    page then and is not signed: the holder's name may change later, this does not."""

    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="frozen")
    number = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    content = models.TextField(editable=False)
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    pdf = models.CharField(max_length=200, blank=True, editable=False)
    pdf_digest = models.CharField(max_length=64, blank=True, editable=False)
    docx = models.CharField(max_length=200, blank=True, editable=False)
    docx_digest = models.CharField(max_length=64, blank=True, editable=False)
    cover = models.JSONField(default=dict, editable=False)

    class Meta:
        ordering: ClassVar = ["-number"]
        default_permissions = ()
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["submission", "digest"], name="assessment_frozen_one_a_digest"
            ),
            models.UniqueConstraint(
                fields=["submission", "number"], name="assessment_frozen_one_a_number"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.submission} {self.number}"


class SignOff(models.Model):
    """A signature to one frozen version. It stands until the submission says something else.
    `faced` are the points it was given in spite of, as they were worded."""

    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="sign_offs")
    frozen = models.ForeignKey(FrozenVersion, on_delete=models.RESTRICT, related_name="sign_offs")
    step = models.CharField(max_length=40)
    signed_by = models.UUIDField(editable=False)
    signed_as = models.CharField(max_length=120)
    signed_at = models.DateTimeField(default=timezone.now, editable=False)
    lapsed_at = models.DateTimeField(null=True, editable=False)
    faced = models.JSONField(default=list, editable=False)

    class Meta:
        ordering: ClassVar = ["signed_at", "pk"]
        default_permissions = ()
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["submission", "step"],
                condition=Q(lapsed_at__isnull=True),
                name="assessment_signoff_one_stands",
            )
        ]

    def __str__(self) -> str:
        return self.step


class Supporter(models.Model):
    """Somebody without an account who speaks for a submission by an expiring link. What they write
    is read by reviewers alone."""

    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="supporters")
    name = models.CharField(max_length=120)
    email = models.EmailField()
    relation = models.CharField(max_length=120, blank=True)
    employer = models.CharField(max_length=160, blank=True)
    token_digest = models.CharField(max_length=64, unique=True, editable=False)
    asked_at = models.DateTimeField(default=timezone.now, editable=False)
    expires_at = models.DateTimeField(editable=False)
    answered_at = models.DateTimeField(null=True, editable=False)
    declined_at = models.DateTimeField(null=True, editable=False)
    asked_by = models.UUIDField(null=True, editable=False)

    class Meta:
        ordering: ClassVar = ["pk"]
        default_permissions = ()

    def __str__(self) -> str:
        return f"Supporter {self.pk}"


class SupporterStatement(models.Model):
    supporter = models.ForeignKey(Supporter, on_delete=models.CASCADE, related_name="statements")
    area = models.CharField(max_length=40)
    text = models.TextField(max_length=4000)

    class Meta:
        ordering: ClassVar = ["pk"]
        default_permissions = ()
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["supporter", "area"], name="assessment_supporterstatement_once"
            )
        ]

    def __str__(self) -> str:
        return self.area
