"""Work of organisations outside the request."""

from benchside.accounts.models import User
from benchside.core.actions import Actor, Refused
from benchside.core.imports import apply, discard, undo
from benchside.core.models import ImportRun
from benchside.core.tasks import GiveUp, report, task

VERBS = {"apply": "Bringing in", "undo": "Taking back", "discard": "Leaving out"}
_DO = {"apply": apply, "undo": undo, "discard": discard}


@task()
def decide_on_run(run_id: int, verb: str, user_id: int) -> None:
    """Apply, undo or discard an import of places. Run twice, the second finds nothing to do."""
    run = ImportRun.objects.get(pk=run_id)
    report(0, 0, f"{sum(run.count(kind) for kind in ('added', 'changed', 'removed')):,} changes")
    actor = Actor.of(User.objects.get(pk=user_id))
    try:
        _DO[verb](actor=actor, run=run)
    except Refused as refused:
        raise GiveUp(str(refused)) from refused
