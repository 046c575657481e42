"""What quality marks keep of people, and why."""

from benchside.core.personal_data import Basis, Erasure, Personal, declare

WHILE_HELD = "While the application runs and the mark is held, and six years after."

declare("recognition.Mark", not_personal="slug name standard about price contact is_open kind")
declare(
    "recognition.Application",
    seen_by="Leaders and line managers of the school, and those who run the mark.",
    personal={
        "adviser": Personal(
            "Saying whom the school can ask.", Basis.CONTRACT, WHILE_HELD, Erasure.BLANKED
        )
    },
    not_personal="submission mark order_number order_at before adviser_since",
)
declare("recognition.Target", not_personal="application criterion title words")
declare(
    "recognition.FollowUp",
    seen_by="Leaders and line managers of the school, and those who run the mark.",
    personal={
        "done_by": Personal(
            "Being able to say who did what.",
            Basis.LEGITIMATE_INTERESTS,
            WHILE_HELD,
            Erasure.KEPT,
        )
    },
    not_personal="award due_on reminded_at done_on words made_at",
)
declare("recognition.TaughtHours", not_personal="submission hours")
declare("recognition.SubjectHours", not_personal="submission subject people hours weeks")
