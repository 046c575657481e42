"""What of submissions, reviews and awards is personal, why it is kept and how long."""

from benchside.core.personal_data import Basis, Erasure, Personal, declare

WHILE_RUNNING = "While the submission is open, and six years after it was decided."
ON_RECORD = "For ever, with nobody's name beside it after erasure."
APPLYING = "Deciding whether a standard is met, and being able to say why."
WRITERS = "Whoever writes the submission; once it is sent in, those who review and decide it."


def _theirs(purpose: str = APPLYING) -> Personal:
    return Personal(purpose, Basis.CONTRACT, WHILE_RUNNING, Erasure.DELETED)


def _said(purpose: str) -> Personal:
    return Personal(purpose, Basis.CONTRACT, WHILE_RUNNING, Erasure.BLANKED)


def _who(purpose: str = "Being able to say who did what.") -> Personal:
    return Personal(purpose, Basis.LEGITIMATE_INTERESTS, ON_RECORD, Erasure.KEPT)


def _asked(purpose: str) -> Personal:
    return Personal(purpose, Basis.LEGITIMATE_INTERESTS, WHILE_RUNNING, Erasure.DELETED)


declare(
    "assessment.StandardVersion",
    not_personal="""
    key version title holder state valid_from adopt_by content digest loaded_at published_at
    """,
)
declare(
    "assessment.Submission",
    seen_by=WRITERS,
    personal={"technician": _theirs(), "created_by": _who(), "submitted_by": _who()},
    not_personal="""
    key version holder organisation level route purpose round state evidence_rounds created_at
    submitted_at released_at closed_at
    """,
)
declare(
    "assessment.Statement",
    seen_by=WRITERS,
    personal={"text": _theirs(), "choice": _theirs(), "changed_by": _who()},
    not_personal="submission criterion number changed_at",
)
declare(
    "assessment.StatementVersion",
    seen_by="Whoever writes the submission.",
    personal={"text": _theirs(), "choice": _theirs(), "saved_by": _who()},
    not_personal="statement number saved_at",
)
declare(
    "assessment.Contributor",
    seen_by="Whoever writes the submission.",
    personal={"user": _theirs("Knowing who writes which part.")},
    not_personal="submission area criterion due_on added_at reminded_at",
)
declare(
    "assessment.Comment",
    seen_by="Whoever writes the submission.",
    personal={
        "author": _said("Talking about the words."),
        "text": _said("Talking about the words."),
        "mentions": _theirs("Talking about the words."),
    },
    not_personal="submission criterion made_at resolved_at reply_to",
)
declare(
    "assessment.Evidence",
    seen_by=WRITERS,
    personal={
        "title": _theirs(),
        "url": _theirs(),
        "file": _theirs(),
        "file_name": _theirs(),
        "record_id": _theirs(),
        "added_by": _who(),
    },
    not_personal="submission kind file_digest file_size record_kind added_at round",
)
declare(
    "assessment.Duty",
    seen_by="Those who run the standard.",
    personal={"user": _theirs("Knowing who assigns, decides and keeps awards.")},
    not_personal="standard kind given_at",
)
declare(
    "assessment.Figure",
    seen_by=WRITERS,
    personal={"own_by": _who("Knowing who says a figure is wrong.")},
    not_personal="""
    submission criterion measure title unit value people observed_on own_value own_reason changed_at
    """,
)
declare("assessment.Serves", not_personal="evidence criterion how")
declare(
    "assessment.FrozenVersion",
    seen_by=WRITERS,
    personal={"content": _theirs(), "pdf": _theirs(), "docx": _theirs(), "cover": _theirs()},
    not_personal="submission number digest made_at pdf_digest docx_digest",
)
declare(
    "assessment.SignOff",
    seen_by=WRITERS,
    personal={
        "signed_by": _who("Knowing who stands by it."),
        "signed_as": _theirs("Knowing who stands by it."),
        "faced": _theirs("Knowing what they had read when they signed."),
    },
    not_personal="submission frozen step signed_at lapsed_at",
)
declare(
    "assessment.Supporter",
    seen_by="Whoever asked them: that they answered. What they wrote: reviewers alone.",
    personal={
        **{
            name: _asked("Asking somebody who knows the work.")
            for name in ("name", "email", "relation", "employer")
        },
        "asked_by": _who("Telling whoever asked that it was answered."),
    },
    not_personal="submission token_digest asked_at expires_at answered_at declined_at",
)
declare(
    "assessment.SupporterStatement",
    seen_by="Those who review and decide.",
    personal={"text": _asked("Hearing from somebody who knows the work.")},
    not_personal="supporter area",
)
declare("assessment.Reminder", not_personal="submission about sent_at")
declare(
    "assessment.Reviewer",
    seen_by="Those who assign reviews.",
    personal={"user": _theirs("Asking those who are trained for it.")},
    not_personal="standards trained_on refresh_by most is_active",
)
declare(
    "assessment.Interest",
    seen_by="Those who assign reviews.",
    personal={
        "user": _theirs("Keeping those away who have an interest."),
        "what": _theirs("Keeping those away who have an interest."),
    },
    not_personal="submission organisation declared_at",
)
declare("assessment.Partnership", not_personal="one other declared_at")
declare(
    "assessment.Seat",
    seen_by="Those who assign reviews; others as far as the standard lets them.",
    personal={"user": _who(), "summary": _said(APPLYING)},
    not_personal="""
    submission number state due_on no_conflict_at invited_at accepted_at submitted_at ended_at
    reminded_at chased_at
    """,
)
declare(
    "assessment.Judgement",
    seen_by="Those who decide; with a no, the holder the reasons of what was not met.",
    personal={"reason": _said(APPLYING), "private": _said(APPLYING)},
    not_personal="seat criterion grade changed_at",
)
declare(
    "assessment.Feedback",
    seen_by="Those who decide; the holder once it is released.",
    personal={
        "text": _theirs(),
        "original": _theirs(),
        "response": _theirs(),
        "responded_by": _who(),
    },
    not_personal="submission seat kind area criterion released_at responded_at",
)
declare(
    "assessment.EvidenceRequest",
    seen_by=WRITERS,
    personal={"text": _said(APPLYING)},
    not_personal="submission round seat criteria due_on asked_at answered_at ended_at",
)
declare(
    "assessment.Return",
    seen_by=WRITERS,
    personal={"text": _said(APPLYING), "made_by": _who()},
    not_personal="submission made_at",
)
declare(
    "assessment.Decision",
    seen_by="The holder, and those who decide.",
    personal={
        "reasons": _said(APPLYING),
        "conditions": _said(APPLYING),
        "recommended_by": _who(),
        "ratified_by": _who(),
    },
    not_personal="""
    submission outcome level conditions_by conditions_met_at conditions_unmet_at minute
    recommended_at ratified_at overturned_at
    """,
)
declare(
    "assessment.Appeal",
    seen_by="The holder, and those who hear it.",
    personal={
        "grounds": _said(APPLYING),
        "answer": _said(APPLYING),
        "made_by": _who(),
        "decided_by": _who(),
    },
    not_personal="decision state made_at decided_at",
)
declare("assessment.AwardNumbers", not_personal="standard last")
declare(
    "assessment.Award",
    seen_by="Everyone, as far as the body that keeps it publishes it.",
    personal={"technician": _who("A register that can be trusted says what was held, and when.")},
    not_personal="""
    number version submission holder organisation level state period_start period_end made_at
    """,
)
declare(
    "assessment.AwardEvent",
    seen_by="Those who keep awards.",
    personal={"actor": _who()},
    not_personal="""
    award number verb source target reason effective_on recorded_at detail before digest
    """,
)
declare(
    "assessment.Challenge",
    seen_by="Those who keep awards.",
    personal={
        "text": _asked("Looking into what is said against an award."),
        "reply_to": _asked("Answering whoever said it."),
        "answer": _asked("Answering whoever said it."),
        "answered_by": _who(),
    },
    not_personal="award state made_at answered_at",
)
declare("assessment.Renewal", not_personal="submission award")
declare("assessment.AwardReminder", not_personal="award period_end days sent_at")
