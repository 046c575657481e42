"""What can be asked of evidence, signatures and supporters; each read says who may see it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404

from benchside.accounts.models import User
from benchside.assessment.chain import canonical, digest_of
from benchside.assessment.content import asked, content_of, pieces_by_criterion
from benchside.assessment.enums import EvidenceKind
from benchside.assessment.models import Evidence, FrozenVersion, SignOff, Submission
from benchside.assessment.showing import people
from benchside.assessment.showing.changes import differences
from benchside.assessment.showing.document import of_canonical
from benchside.assessment.standards import Criterion
from benchside.assessment.standards import SignOff as Step
from benchside.assessment.writing_rules import may_sign
from benchside.core.actions import Actor, Rule
from benchside.core.registries import EvidenceKind as RecordKind
from benchside.core.registries import Offered, evidence_kinds

SORTS = ("title", "kind", "added_at")


def submission_for(actor: Actor, key: UUID, may: Rule) -> Submission:
    """The one of that key, if this reader may have it. Raises Http404 as if there were none."""
    found = (
        Submission.objects.select_related("version", "organisation", "technician__account")
        .filter(key=key)
        .first()
    )
    if found is None or not may(actor, found):
        raise Http404
    return found


# --- evidence ---------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What a list of evidence is narrowed to and sorted by."""

    words: str = ""
    kind: str = ""
    criterion: str = ""
    sort: str = "added_at"


def evidence_of(submission: Submission, wanted: Wanted | None = None) -> QuerySet[Evidence]:
    wanted = wanted or Wanted()
    found = submission.evidence.prefetch_related("serves")
    if wanted.words:
        found = found.filter(title__icontains=wanted.words)
    if wanted.kind in EvidenceKind.values:
        found = found.filter(kind=wanted.kind)
    if wanted.criterion == "none":
        found = found.filter(serves__isnull=True)
    elif wanted.criterion:
        found = found.filter(serves__criterion=wanted.criterion).distinct()
    if wanted.sort.removeprefix("-") in SORTS:
        return found.order_by(wanted.sort, "pk")
    return found.order_by("added_at", "pk")


@dataclass(frozen=True, slots=True)
class Need:
    """How many pieces of evidence a criterion has and asks for."""

    number: int
    criterion: Criterion
    has: int

    @property
    def misses(self) -> int:
        return max(self.criterion.evidence.at_least - self.has, 0)

    @property
    def over(self) -> int:
        return max(self.has - self.criterion.evidence.at_most, 0)


def needs_of(submission: Submission) -> list[Need]:
    criteria = asked(submission)
    has = pieces_by_criterion(submission, criteria)
    return [Need(number, one, has.get(one.key, 0)) for number, one in enumerate(criteria, 1)]


@dataclass(frozen=True, slots=True)
class Offer:
    """Records of one kind to choose from."""

    kind: RecordKind
    records: Sequence[Offered]


def offers_for(submission: Submission, viewer: User) -> list[Offer]:
    """What is kept here that this viewer may show."""
    found = (
        Offer(kind, kind.offer(submission.organisation_id, viewer.person_id))
        for kind in evidence_kinds
    )
    return [one for one in found if one.records]


def url_of_record(evidence: Evidence, viewer: User) -> str:
    """Where a record can be looked at, if this viewer may."""
    if evidence.record_kind not in evidence_kinds:
        return ""
    said = evidence_kinds[evidence.record_kind].describe(evidence.record_id, viewer.person_id)
    return str(said.get("url", "")) if said else ""


# --- signatures -------------------------------------------------------------------------------
@dataclass(slots=True)
class StepState:
    """One signature in the order of the standard: given, due, or still to come."""

    step: Step
    signed: SignOff | None = None
    is_due: bool = False
    may: bool = False
    can_be_asked: list[User] = field(default_factory=list)
    lapsed: list[tuple[SignOff, list[str]]] = field(default_factory=list)


def steps_of(submission: Submission, actor: Actor) -> list[StepState]:
    """Every step with who signed, what lapsed and why, and who may sign what is due."""
    now = of_canonical(canonical(content_of(submission)).decode())
    signed, lapsed = _sorted_out(submission, now)
    found, is_due = [], submission.is_open
    for step in submission.version.standard.sign_offs:
        one = StepState(step, signed.get(step.key))
        if one.signed is None:
            one.is_due, is_due = is_due, False
            one.lapsed = lapsed.get(step.key, [])
        if one.is_due:
            one.may = may_sign(actor, submission, step.right)
            one.can_be_asked = [
                user for user in people.signers_of(submission, step.right) if user != actor.account
            ]
        found.append(one)
    return found


def _sorted_out(
    submission: Submission, now: dict[str, object]
) -> tuple[dict[str, SignOff], dict[str, list[tuple[SignOff, list[str]]]]]:
    """The signatures to what stands now by step; the newest lapsed one of each, and why."""
    signed: dict[str, SignOff] = {}
    lapsed: dict[str, list[tuple[SignOff, list[str]]]] = {}
    standard = submission.version.standard
    digest = digest_of(now)
    for one in submission.sign_offs.select_related("frozen"):
        if one.lapsed_at is None and one.frozen.digest == digest:
            signed[one.step] = one
        else:
            why = differences(of_canonical(one.frozen.content), now, standard)
            lapsed[one.step] = [(one, why)]
    return signed, lapsed


def frozen_of(submission: Submission) -> QuerySet[FrozenVersion]:
    return submission.frozen.defer("content").prefetch_related("sign_offs")


def rows_of_evidence(submission: Submission, found: Iterator[Evidence]) -> Iterator[list[object]]:
    """The list as a table for spreadsheets: a row for each criterion that a piece serves."""
    titles = {one.key: one.title for one in submission.version.standard.criteria}
    for one in found:
        serves = [(titles.get(each.criterion, ""), each.how) for each in one.serves.all()]
        for title, how in serves or [("", "")]:
            yield [
                one.title, one.get_kind_display(), one.file_name or one.url or one.record_id,
                title, how, one.added_at.date().isoformat(), one.file_digest,
            ]  # fmt: skip
