"""What an application says of whoever applies, beside its form: the name that will stand on the
register, the professional body, the number there. Theirs until they send it in, then the desk's."""

from dataclasses import dataclass

from benchside.assessment.enums import SubmissionState
from benchside.assessment.limits import whole
from benchside.assessment.models import Submission
from benchside.core.actions import Act, Actor, Refused, acting
from benchside.organisations.models import Organisation
from benchside.recognition.entries import folding
from benchside.recognition.models import RegisterApplication
from benchside.recognition.registers import mails, queries, rules

# What the audit may keep for ever, no words about anybody; and how it is told to the applicant.
CORRECTED = {
    "It was written wrong": "it was written wrong",
    "They asked for it": "you asked for it",
    "The body cannot decide it": "the body that was named cannot decide it",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Details:
    name: str
    body: Organisation
    membership: str = ""

    def columns(self) -> dict[str, object]:
        """As they are kept. Raises Refused for what is too long, and without a name."""
        name = whole(" ".join(self.name.split()), 120, "The name")
        if not folding.fold(name):
            raise Refused("The legal name is missing.", "Give it as it stands in the passport.")
        membership = whole(self.membership, 40, "The membership number")
        return {"name": name, "body": self.body, "membership": membership}


def change_details(*, actor: Actor, application: RegisterApplication, details: Details) -> None:
    """Change one's own, until it is sent in, and while it is sent back to be completed.

    Raises Denied; Refused once it is sent in, and for a body that takes nobody now.
    """
    with acting("register.change", actor=actor, subject=application, may=rules.applies) as act:
        held = _held(application)
        if not queries.may_change_details(held):
            raise Refused(
                "It is sent in, so this cannot be changed here.",
                f"Ask {held.register.rules.keeper} to put it right.",
            )
        _keep(act, application, held, details)


def correct_details(
    *, actor: Actor, application: RegisterApplication, details: Details, why: str
) -> None:
    """Put them right as a registrar, until the person is on the register; also let another
    licensed body decide, such as when the first has lost its licence. `why` is one of CORRECTED.
    A letter tells the applicant what was changed.

    Raises Denied; Refused without a reason, for a body without a licence, for another body once it
    is decided, and when it is over.
    """
    with acting("register.correct", actor=actor, subject=application, may=rules.can_check) as act:
        if why not in CORRECTED:
            raise Refused("You have not said why.", "Choose a reason of the list.")
        held = _held(application)
        if queries.is_over(held):
            raise Refused("This is over.", "A name on the register is changed with its entry.")
        is_decided = held.submission.state == SubmissionState.APPROVED
        if is_decided and details.body != held.body:
            raise Refused("This is decided.", "The body that decided it stays.")
        act.note(why=why)
        if changed := _keep(act, application, held, details):
            mails.corrected(held, changed, CORRECTED[why])


def _held(application: RegisterApplication) -> RegisterApplication:
    """As it stands now; neither sent in nor admitted until this is done."""
    found = RegisterApplication.objects.select_for_update(of=("self",))
    held = found.select_related("register", "body").get(pk=application.pk)
    held.submission = Submission.objects.select_for_update(no_key=True).get(pk=held.submission_id)
    return held


def _keep(
    act: Act, application: RegisterApplication, held: RegisterApplication, details: Details
) -> list[str]:
    """The columns that changed. A body that lost its licence meanwhile is no reason to refuse a
    name that is put right."""
    columns = details.columns()
    changed = [name for name, value in columns.items() if getattr(held, name) != value]
    if "body" in changed:
        if details.body not in queries.bodies_of(held.register):
            raise Refused(
                f"{details.body.name} has no licence for this register now.", "Choose another body."
            )
        act.note(before=held.body_id, after=details.body.pk)
    act.note(changed=changed)
    for name, value in columns.items():
        setattr(held, name, value)
        setattr(application, name, value)
    held.save(update_fields=list(columns))
    return changed
