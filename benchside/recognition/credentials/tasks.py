"""What happens to credentials in the background and by the clock."""

from datetime import timedelta
from uuid import UUID

from django.urls import reverse
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from benchside.core.models.tasks import TaskProgress
from benchside.core.schedule import daily, every
from benchside.core.tasks import each, enqueue_watched, report, task
from benchside.recognition.credentials import lists, queries
from benchside.recognition.credentials.actions import keep_each_in_step, sign_list, sign_some
from benchside.recognition.credentials.actions.keys import left, reissue_some
from benchside.recognition.credentials.actions.signing import sign_endorsements
from benchside.recognition.models import SigningKey, StatusList

FRESH = timedelta(days=1)


AT_ONCE = 200  # awards put right in one transaction: others wait for it no longer than a second


@task(attempts=5)
def sign_what_waits() -> None:
    """Twice, or by two workers at once, it does no more than once."""
    _sign_waiting()
    _sign_lists()


def _sign_waiting() -> None:
    sign_endorsements()
    total, last = queries.waiting().count(), 0
    while last := sign_some(after=last):
        left = queries.waiting().filter(pk__gt=last).count()
        report(max(total - left, 0), total)


def _sign_lists() -> None:
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
    for some in each([behind[n : n + AT_ONCE] for n in range(0, len(behind), AT_ONCE)]):
        keep_each_in_step(awards=some)
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
    """Revoke and make anew all that rests on a compromised key. Killed, it goes on where it was."""
    held = SigningKey.objects.get(pk=key)
    total, last = left(held), 0
    while last := reissue_some(key=held, after=last):
        _sign_waiting()  # so that whoever was first has the new one first
        report(max(total - left(held), 0), total, "Made anew")
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
