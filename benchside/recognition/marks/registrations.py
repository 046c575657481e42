"""What this part offers the others, registered at start-up."""

from collections.abc import Iterable, Mapping, Sequence

from django.urls import reverse

from benchside.assessment import writing_rules
from benchside.assessment.annexes import annexes
from benchside.assessment.awarding.offers import (
    AwardHome,
    StandardFolder,
    award_homes,
    standard_folders,
)
from benchside.assessment.awarding.queries import rules_of, state_of
from benchside.assessment.enums import SubmissionState
from benchside.assessment.events import AWARD_CHANGED, STANDARD_PUBLISHED, SUBMISSION_MOVED
from benchside.assessment.models import Award, Submission
from benchside.assessment.rail import FormHome, form_homes
from benchside.core.registries import (
    PagePurge,
    Plain,
    Subscription,
    ToDo,
    ToDoSource,
    WorkspaceTab,
    area_reports,
    measures,
    page_purges,
    subscriptions,
    todo_sources,
    workspace_tabs,
)
from benchside.core.sitting import Sitting
from benchside.organisations import roles
from benchside.organisations.models import Membership, Organisation
from benchside.recognition.events import MARKS_CHANGED
from benchside.recognition.marks import actions, first, queries, rules, tasks
from benchside.recognition.marks.annexes import ANNEXES
from benchside.recognition.marks.measures import MEASURES, REPORT
from benchside.recognition.models import Application, Mark

__all__ = ["register", "tasks"]  # named, so that what goes by the clock is known early


# --- what the engine tells ----------------------------------------------------------------------
def when_moved(payload: Mapping[str, Plain]) -> None:
    if payload["state"] != SubmissionState.DECLINED:
        return
    for one in Application.objects.filter(submission__key=str(payload["submission"])):
        actions.set_targets(application=one)


def when_award_changed(payload: Mapping[str, Plain]) -> None:
    keys = Mark.objects.values("standard")
    for award in Award.objects.filter(pk=int(str(payload["award_id"])), version__key__in=keys):
        if payload["stands"]:
            actions.plan_follow_up(award=award)


def when_published(payload: Mapping[str, Plain]) -> None:
    first.make_mark(str(payload["standard"]))


LISTENERS = (
    Subscription(key="recognition.targets", event=SUBMISSION_MOVED.key, handle=when_moved),
    Subscription(key="recognition.follow_ups", event=AWARD_CHANGED.key, handle=when_award_changed),
    Subscription(key="recognition.first", event=STANDARD_PUBLISHED.key, handle=when_published),
)


def pages_of_marks(payload: Mapping[str, Plain]) -> Iterable[str]:
    return ("/marks/*",)


PURGES = tuple(
    PagePurge(key=f"recognition.{event}", event=event, addresses=pages_of_marks)
    for event in (AWARD_CHANGED.key, MARKS_CHANGED.key, STANDARD_PUBLISHED.key)
)


# --- whose awards these are ---------------------------------------------------------------------
def covers(standard: str) -> bool:
    return Mark.objects.filter(standard=standard).exists()


def url_of(award: Award) -> str:
    mark = Mark.objects.get(standard=award.version.key)
    return reverse("recognition:award", args=[mark.slug, award.number])


def renew_url_of(award: Award) -> str:
    slug = award.organisation.slug if award.organisation else ""
    return _inside(slug)


def readers_of(award: Award) -> Sequence[str]:
    """Leaders and line managers of the school."""
    live = Membership.objects.live().filter(
        organisation=award.organisation, role__in=roles.with_right(roles.APPLY_FOR_MARKS)
    )
    return sorted(set(live.values_list("user__email", flat=True)))


HOME = AwardHome(
    key="recognition.marks",
    covers=covers,
    url=url_of,
    renew_url=renew_url_of,
    write_to=readers_of,
)


def _inside(slug: str) -> str:
    return reverse("recognition:inside_marks", args=[slug])


TAB = WorkspaceTab(
    key="recognition.marks", area="recognition", title="Quality marks", url=_inside, order=40
)


def _sheet_of(submission: Submission) -> str:
    school = submission.organisation
    is_ours = school and Application.objects.filter(submission=submission).exists()
    return _inside(school.slug) if school and is_ours else ""


FORM_HOME = FormHome(key="recognition.marks", url=_sheet_of)


# --- what waits ---------------------------------------------------------------------------------
def things_to_do(sitting: Sitting) -> Sequence[ToDo]:
    """For leaders and line managers: what was begun, what is to be put right, what ends soon."""
    if not sitting.has_one_of(roles.with_right(roles.APPLY_FOR_MARKS)):
        return []
    found: list[ToDo] = []
    here = Organisation(pk=sitting.organisation_id, slug=sitting.slug, kind=sitting.kind)
    for mark in Mark.objects.open_to(here):
        if (one := _waits(mark, here)) is not None:
            title, why, do = one
            url = _inside(here.slug)
            found.append(ToDo(title=f"{mark.name}: {title}", why=why, do=do, url=url, order=35))
    return found


def _waits(mark: Mark, here: Organisation) -> tuple[str, str, str] | None:
    begun = queries.open_application(mark, here)
    if begun is not None:
        if not begun.submission.is_open:
            return None
        return "go on", "You have begun. What you typed is kept.", "Go on"
    if (failed := queries.last_failed(mark, here)) is not None and failed.is_free:
        why = f"You have targets. A second try is free until {failed.until:%-d %B %Y}."
        return "try again", why, "See your targets"
    award = queries.award_of(mark, here)
    if award is None or not state_of(award).stands or award.state == rules_of(award).start:
        return None
    return "renew it", "Its end is near. Your last answers are there already.", "Renew it"


TO_DO = ToDoSource(key="recognition.marks", things=things_to_do)


def register() -> None:
    todo_sources.register(TO_DO)
    standard_folders.register(StandardFolder(key="recognition", path=first.FOLDER))
    award_homes.register(HOME)
    form_homes.register(FORM_HOME)
    for annex in ANNEXES:
        annexes.register(annex)
    for listener in LISTENERS:
        subscriptions.register(listener)
    for purge in PURGES:
        page_purges.register(purge)
    for measure in MEASURES:
        measures.register(measure)
    workspace_tabs.register(TAB)
    area_reports.register(REPORT)
    writing_rules.leads.append(rules.may_lead)
    writing_rules.signers.append(rules.may_sign)
