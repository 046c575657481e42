"""What the catalogue does by the clock."""

from benchside.careers.classes import actions
from benchside.careers.models import QuizClass
from benchside.core.actions import SYSTEM
from benchside.core.schedule import daily
from benchside.core.tasks import task


@daily(at="00:10")
@task(attempts=3)
def forget_classes() -> None:
    """Delete the classes whose last day has ended."""
    for quiz_class in QuizClass.objects.over():
        actions.forget_class(actor=SYSTEM, quiz_class=quiz_class)
