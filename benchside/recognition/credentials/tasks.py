"""What happens to credentials in the background and by the clock."""

from datetime import timedelta
from uuid import UUID

from django.urls import reverse
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from benchside.assessment.models import Award
from benchside.core.models.tasks import TaskProgress
from benchside.core.schedule import daily, every
from benchside.core.tasks import each, enqueue_watched, report, task
from benchside.recognition.credentials import lists, queries
from benchside.recognition.credentials.actions import keep_in_step, sign_list, sign_some
from benchside.recognition.credentials.actions.keys import left, reissue_some
from benchside.recognition.credentials.actions.signing import sign_endorsements
from benchside.recognition.models import SigningKey, StatusList

FRESH = timedelta(days=1)


@task(attempts=5)
def sign_what_waits() -> None:
    """Twice, or by two workers at once, it does no more than once."""
    sign_endorsements()
    total, last, seen = queries.waiting().count(), 0, 0
    while last := sign_some(after=last):
        seen = total - queries.waiting().filter(pk__gt=last).count()
        report(max(seen, 0), total)
    for number in lists.stale():
        sign_list(number=number)


def sign_soon() -> None:
    """Unless it is asked for already: one that has not begun will see all that is there."""
    asked = DBTaskResult.objects.filter(
        task_path=sign_what_waits.module_path, status=TaskResultStatus.READY
    )
    if not asked.exists():
        sign_what_waits.enqueue()


@every(minutes=2)
@task(attempts=3)
def keep_all_in_step() -> None:
    """A net under the events: whatever was missed is put right, and signed, within minutes."""
    behind = list(queries.out_of_step().values_list("pk", flat=True))
    for pk in each(behind):
        keep_in_step(award=Award.objects.get(pk=pk))
    if queries.waiting().exists() or lists.stale():
        sign_what_waits.func()


@daily(at="02:10")
@task(attempts=5)
def sign_lists_anew() -> None:
    """A list says until when it may be believed: each is signed again long before."""
    old = StatusList.objects.filter(signed_at__lt=timezone.now() - FRESH / 2)
    for number in old.values_list("number", flat=True):
        sign_list(number=number)


@task(attempts=10)
def reissue(key: int) -> None:
    """Revoke and make anew all that a compromised key signed. Killed, it goes on where it was."""
    held = SigningKey.objects.get(pk=key)
    total = held.credentials.count()
    while reissue_some(key=held):
        report(total - left(held), total, "Made anew")
        sign_what_waits.func()
    sign_what_waits.func()
    report(total, total, "Made anew")


def reissue_watched(key: SigningKey, *, owner: UUID | None = None) -> TaskProgress:
    """Queued once a key, with somebody watching."""
    return enqueue_watched(
        reissue,
        key.pk,
        title="Making anew what an unsafe key signed",
        owner=owner,
        key=f"reissue-{key.pk}",
        then=reverse("desk_keys"),
    )
