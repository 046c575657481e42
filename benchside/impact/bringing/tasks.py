"""What this part does by the clock."""

from benchside.core.schedule import daily
from benchside.core.tasks import task
from benchside.impact.bringing.actions import forget_files


@daily(at="03:45")
@task(attempts=3)
def forget_plan_files() -> None:
    """Tables of files that can no longer be taken back, and of those nobody finished."""
    forget_files()
