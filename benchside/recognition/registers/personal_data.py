"""What applications to a register keep of people, and why."""

from benchside.core.personal_data import Basis, Erasure, Personal, declare

WHILE_RUNNING = "While the application is open, and six years after it was decided."
STAFF = "The person; those who run the register and the body they apply through."

declare("recognition.Register", not_personal="slug name letters standard is_open content")
declare("recognition.Licence", not_personal="register body scope starts_on ends_on")
declare(
    "recognition.RegisterApplication",
    seen_by=STAFF,
    personal={
        "name": Personal(
            "Showing the name on the register, once they are on it.",
            Basis.CONTRACT,
            WHILE_RUNNING,
            Erasure.DELETED,
        ),
        "membership": Personal(
            "Asking the body whether they are a member.",
            Basis.CONTRACT,
            WHILE_RUNNING,
            Erasure.DELETED,
        ),
        "unmet_why": Personal(
            "Saying why the conditions of a decision were not met.",
            Basis.CONTRACT,
            WHILE_RUNNING,
            Erasure.BLANKED,
        ),
        "checked_by": Personal(
            "Being able to say who did what.",
            Basis.LEGITIMATE_INTERESTS,
            WHILE_RUNNING,
            Erasure.KEPT,
        ),
    },
    not_personal="submission register body number acknowledged_at checked_at pay_by reminded_days "
    "admitted_at unpaid_at unmet_at",
)
declare(
    "recognition.Fee",
    seen_by=STAFF,
    personal={
        "payer": Personal("Writing the invoice.", Basis.CONTRACT, WHILE_RUNNING, Erasure.BLANKED),
        "settled_by": Personal(
            "Being able to say who did what.",
            Basis.LEGITIMATE_INTERESTS,
            WHILE_RUNNING,
            Erasure.KEPT,
        ),
    },
    not_personal="application entry kind amount state reference due_on made_at settled_on why",
)
declare(
    "recognition.Interview",
    seen_by=STAFF,
    personal={
        "adjustments": Personal(
            "Making the talk fair, for the registrars who arrange it: nobody else reads it.",
            Basis.CONSENT,
            "Until the talk is written down, or the night after the application is over.",
            Erasure.BLANKED,
        ),
        "notes": Personal(
            "Deciding, and being able to say why.", Basis.CONTRACT, WHILE_RUNNING, Erasure.DELETED
        ),
        "recorded_by": Personal(
            "Being able to say who did what.",
            Basis.LEGITIMATE_INTERESTS,
            WHILE_RUNNING,
            Erasure.KEPT,
        ),
    },
    not_personal="submission held_at place outcome recorded_at set_aside_at",
)
