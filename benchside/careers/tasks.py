"""Work outside the request: long lists are applied; what the calendar opens, closes and ends."""

from datetime import timedelta

from django.contrib.auth import get_user_model
from django.db.models import Q
from django.utils import timezone

from benchside.careers import actions
from benchside.careers.classes import actions as class_actions
from benchside.careers.events import routes_changed
from benchside.careers.models import QuizClass, Route
from benchside.core.actions import SYSTEM, Actor, Refused
from benchside.core.models import ImportRun, RunState
from benchside.core.schedule import daily
from benchside.core.tasks import GiveUp, report, task


@task(attempts=2)
def apply_list(run_id: int, user_id: int) -> None:
    """Apply a previewed list for whoever asked. A second time it finds it applied, and is done."""
    run = ImportRun.objects.get(pk=run_id)
    if run.state == RunState.APPLIED:
        return
    actor = Actor.of(get_user_model().objects.get(pk=user_id))
    report(0, len(run.difference), "Writing the changes")
    try:
        actions.apply_list(actor=actor, run=run)
    except Refused as refused:
        raise GiveUp(str(refused)) from refused
    report(len(run.difference), len(run.difference))


@daily(at="00:05")
@task(attempts=3)
def routes_of_the_day() -> None:
    """A route that opens or closes by its dates does so in the search and in every cache too."""
    today = timezone.localdate()
    turned = Q(valid_from__gt=today - timedelta(days=7), valid_from__lte=today) | Q(
        valid_to__gte=today - timedelta(days=7), valid_to__lt=today
    )
    found = list(Route.objects.filter(turned).values_list("pk", flat=True))
    if found:
        routes_changed(found)


@daily(at="00:10")
@task(attempts=3)
def forget_classes() -> None:
    """Delete the classes whose last day has ended."""
    for quiz_class in QuizClass.objects.over():
        class_actions.forget_class(actor=SYSTEM, quiz_class=quiz_class)
