"""What applicants say of themselves so that unfairness can be seen: theirs to give, never asked."""

from benchside.core.actions import Actor, acting
from benchside.recognition.models import EqualityAnswer, RegisterApplication
from benchside.recognition.registry import rules

FIELDS = ("sex", "age_band", "ethnicity", "disability")


def answer_equality(
    *, actor: Actor, application: RegisterApplication, **answers: str
) -> EqualityAnswer | None:
    """Keep, change or take back what one said; nothing is kept when all is left empty.

    Raises Denied. The trail says that it was done, not what was said.
    """
    with acting("equality.answer", actor=actor, subject=application, may=rules.applied):
        said = {name: answers.get(name, "") for name in FIELDS}
        if not any(said.values()):
            EqualityAnswer.objects.filter(application=application).delete()
            return None
        made, _ = EqualityAnswer.objects.update_or_create(application=application, defaults=said)
    return made
