"""What declarations and audits of CPD keep of people, and why."""

from benchside.core.personal_data import Basis, Erasure, Personal, declare

SIX_YEARS = "Six years after the year they are about; blanked when the person asks."
STAFF = "The person; those who run the register."
READERS = "The person; those who run the register, its assessors without a conflict, and its body."
DONE_BY = Personal(
    "Being able to say who did what.", Basis.LEGITIMATE_INTERESTS, SIX_YEARS, Erasure.KEPT
)


def _words(purpose: str) -> Personal:
    return Personal(purpose, Basis.CONTRACT, SIX_YEARS, Erasure.BLANKED)


def _sent(purpose: str) -> Personal:
    return Personal(purpose, Basis.CONTRACT, SIX_YEARS, Erasure.DELETED)


declare(
    "recognition.AnnualDeclaration",
    seen_by=STAFF,
    personal={
        "words": _words("Understanding why somebody could not keep up their CPD or the code."),
        "had_break": _words("Asking less of whoever was away."),
    },
    not_personal="entry year is_kept is_conduct_kept made_at corrected_at due_on",
)
declare(
    "recognition.EarlierDeclaration",
    seen_by=STAFF,
    personal={
        "words": _words("Being able to say what was declared before it was corrected."),
        "had_break": _words("Asking less of whoever was away."),
    },
    not_personal="declaration is_kept is_conduct_kept said_at",
)
declare(
    "recognition.DeclarationReminder",
    seen_by="Nobody.",
    personal={"sent_at": _sent("Sending each letter once.")},
    not_personal="entry year days",
)
declare(
    "recognition.AuditRun",
    seen_by="Those who run the register.",
    personal={
        "population": Personal(
            "Letting anybody draw the sample again: numbers of entries, without names.",
            Basis.LEGITIMATE_INTERESTS,
            "As long as the register.",
            Erasure.KEPT,
        ),
        "made_by": DONE_BY,
        "drawn_by": DONE_BY,
        "announced_by": DONE_BY,
    },
    not_personal="register year state percent strata each_stratum begins_on ends_on frozen_on "
    "digest size left_out seed is_seed_given due_on made_at drawn_at announced_at",
)
declare(
    "recognition.AuditCase",
    seen_by=READERS,
    personal={
        "share": _sent("Reading the months of their log that they shared."),
        "share_digest": Personal(
            "Showing that what was read is what was shared.",
            Basis.LEGITIMATE_INTERESTS,
            SIX_YEARS,
            Erasure.KEPT,
        ),
        "summary": _words("Reading their CPD in their own words."),
        "more_time": _words("Deciding whether they get more time."),
        "more_until": _words("Deciding whether they get more time."),
        "words": _words("Telling them what was found."),
        "deferred_by": DONE_BY,
        "doubted_by": DONE_BY,
        "decided_by": DONE_BY,
    },
    not_personal="run entry stratum is_certain state due_on notified_at submitted_at rounds "
    "time_refused_at referred_at decided_at",
)
declare(
    "recognition.AuditVerdict",
    seen_by=READERS,
    personal={
        "words": _words("Telling them what is missing."),
        "made_by": DONE_BY,
    },
    not_personal="case round standard is_met made_at",
)
declare(
    "recognition.AuditLetter",
    seen_by=READERS,
    personal={"sent_at": _sent("Sending each letter once, and being able to say when.")},
    not_personal="case kind about",
)
