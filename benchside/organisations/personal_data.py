"""What an organisation knows of people, why, and for how long."""

from benchside.core.personal_data import Basis, Erasure, Personal, declare

WORK = Basis.LEGITIMATE_INTERESTS
HISTORY = "As long as the organisation is here: who was its lead is its history."
WHILE_THERE = "Until the person has left, then only counts are kept."


def _post(purpose: str) -> Personal:
    return Personal(purpose, WORK, WHILE_THERE, Erasure.BLANKED)


declare(
    "organisations.Organisation",
    subject="applied_by",
    seen_by="Administrators; its leads see who the contact is.",
    personal={
        "contact": Personal("Writing to the organisation.", WORK, HISTORY, Erasure.BLANKED),
        "job": Personal(
            "Judging whether somebody may speak for the organisation.",
            WORK,
            "Until a year after the decision.",
            Erasure.BLANKED,
        ),
        "applied_by": Personal("Knowing who applied.", WORK, HISTORY, Erasure.KEPT),
        "decided_by": Personal("Knowing who decided.", WORK, HISTORY, Erasure.KEPT),
    },
    not_personal="""
    slug name kind town region nation website urn ukprn ror state applied_at decided_at answer
    closed_at
    """,
)
declare("organisations.Unit", not_personal="organisation above name closed_on")
declare(
    "organisations.Membership",
    seen_by="Everybody with a role in that organisation.",
    personal={
        "user": Personal("Knowing who may do what.", WORK, HISTORY, Erasure.KEPT),
        "role": Personal("Knowing who may do what.", WORK, HISTORY, Erasure.KEPT),
    },
    not_personal="organisation unit started_on ended_on",
)
declare("organisations.RoleInvitation", not_personal="invitation organisation role unit")
declare(
    "organisations.KnownPlace",
    not_personal="""
    source code name other_names kind detail town region constituency postcode nation website ukprn
    area phase easting northing is_open
    """,
)
KNOWING = "Knowing who the technicians are, and recognising them in the next staff list."
COUNTING = "Counts of the whole, rounded; nobody's own is shown."
declare(
    "organisations.Employment",
    seen_by=(
        "You and those who keep the staff list. Your manager sees your number. Age band, "
        "sex, ethnicity and disability: you alone; others see only counts of many."
    ),
    personal={
        "technician": Personal(KNOWING, WORK, WHILE_THERE, Erasure.KEPT),
        "key": _post(KNOWING),
        "staff_number": _post(KNOWING),
        "age_band": _post("Seeing early where skills will be lost; a birth date is never kept."),
        "sex": _post(COUNTING),
        "ethnicity": _post(COUNTING),
        "disability": _post(COUNTING),
        "started_on": _post("How long people stay, as counts."),
        "left_on": _post("How long people stay, as counts."),
        "leaving_reason": _post("Why people leave, as counts."),
        "destination": _post("Where people go, as counts."),
    },
    not_personal="organisation age_as_of counted_on is_listed brought_by",
)
declare(
    "organisations.Post",
    seen_by=(
        "You, those who keep the staff list and your manager. Job title and unit: also "
        "your organisation, and whom you show them to."
    ),
    personal={
        "employment": Personal(KNOWING, WORK, WHILE_THERE, Erasure.KEPT),
        "contract_key": _post(KNOWING),
        "manager": Personal(
            "Letting people see the posts of those they lead.", WORK, WHILE_THERE, Erasure.KEPT
        ),
    },
    not_personal="""
    unit title family grade soc2020 fte mode terms started_on contract_end ended_on is_main
    """,
)
declare("organisations.StaffListSettings", not_personal="organisation secret version")
declare("organisations.ColumnMapping", not_personal="organisation fingerprint columns")
declare(
    "organisations.TechnicianDefinition",
    seen_by="Those who keep the staff list.",
    personal={"written_by": Personal("Knowing who decided.", WORK, HISTORY, Erasure.KEPT)},
    not_personal="organisation version rules note written_at",
)
declare(
    "organisations.TitleDecision",
    seen_by="Those who keep the staff list.",
    personal={"decided_by": Personal("Knowing who decided.", WORK, HISTORY, Erasure.KEPT)},
    not_personal="organisation plain spelling verdict decided_at",
)
declare(
    "organisations.OwnWord",
    seen_by="You, and those who keep the staff list.",
    personal={
        "mark": Personal(
            "Obeying somebody's own word in every later list; a keyed digest, not to be read back.",
            WORK,
            "As long as the organisation is here.",
            Erasure.KEPT,
        ),
        "is_technician": Personal("Obeying it.", WORK, "With the mark.", Erasure.KEPT),
    },
    not_personal="organisation said_at",
)
declare(
    "organisations.StaffFile",
    seen_by="Those who keep the staff list.",
    personal={
        "file": Personal(
            "Reading a staff list in. Nobody but a technician is taken from it.",
            WORK,
            "Until the list is applied or left, and seven days at most.",
            Erasure.EXPIRES,
        ),
        "by": Personal("Knowing who brought it.", WORK, "With the file.", Erasure.KEPT),
    },
    not_personal="organisation filename as_of answers problem created_at run watched",
)
UNDOABLE = "Thirty days: as long as the list can be undone."
declare(
    "organisations.StaffRun",
    seen_by="Those who keep the staff list.",
    personal={
        "by": Personal("Knowing who brought a list in.", WORK, HISTORY, Erasure.KEPT),
        "problems": Personal("Saying what to correct.", WORK, UNDOABLE, Erasure.KEPT),
    },
    not_personal="""
    organisation state filename checksum as_of created_at applied_at undone_at counts notices
    waiting warnings definition version new_units failure
    """,
)
declare(
    "organisations.StagedPerson",
    seen_by="Those who keep the staff list, while they look at what a new list changes.",
    personal={
        "key": Personal(KNOWING, WORK, UNDOABLE, Erasure.KEPT),
        "before": Personal("Showing what would change.", WORK, UNDOABLE, Erasure.KEPT),
        "after": Personal("Showing what would change.", WORK, UNDOABLE, Erasure.KEPT),
        "old": Personal("Undoing it.", WORK, UNDOABLE, Erasure.KEPT),
        "employment": Personal("Undoing it.", WORK, UNDOABLE, Erasure.KEPT),
    },
    not_personal="run place kind fields why",
)
declare(
    "organisations.StaffSnapshot",
    not_personal="organisation day definition people fte counts joined left shown taken_at",
)
ONE = "Keeping a person who stood on the list twice one, in every later list."
declare(
    "organisations.Merger",
    seen_by="Those who keep the staff list.",
    personal={
        "kept": Personal(ONE, WORK, WHILE_THERE, Erasure.KEPT),
        "absorbed": Personal(ONE, WORK, WHILE_THERE, Erasure.KEPT),
        "alias": Personal(ONE, WORK, WHILE_THERE, Erasure.BLANKED),
        "old": Personal("Undoing it.", WORK, UNDOABLE, Erasure.BLANKED),
        "merged_by": Personal("Knowing who decided.", WORK, HISTORY, Erasure.KEPT),
    },
    not_personal="organisation merged_at undone_at",
)
declare(
    "organisations.NotTheSame",
    seen_by="Those who keep the staff list.",
    personal={
        "first": Personal("Not asking again.", WORK, WHILE_THERE, Erasure.KEPT),
        "second": Personal("Not asking again.", WORK, WHILE_THERE, Erasure.KEPT),
    },
    not_personal="organisation",
)
ASKING = "Knowing who asks to be counted as a technician, and answering."
ASKED = "A year after the answer."
declare(
    "organisations.CountMeIn",
    seen_by="You, and those who keep the staff list.",
    personal={
        "user": Personal(ASKING, Basis.CONSENT, ASKED, Erasure.DELETED),
        "title": Personal(ASKING, Basis.CONSENT, ASKED, Erasure.DELETED),
        "unit_name": Personal(ASKING, Basis.CONSENT, ASKED, Erasure.DELETED),
        "staff_number": Personal(ASKING, Basis.CONSENT, ASKED, Erasure.DELETED),
        "reason": Personal(ASKING, Basis.CONSENT, ASKED, Erasure.DELETED),
        "answer": Personal(ASKING, Basis.CONSENT, ASKED, Erasure.DELETED),
        "answered_by": Personal("Knowing who decided.", WORK, ASKED, Erasure.KEPT),
    },
    not_personal="organisation state asked_at answered_at",
)
declare(
    "organisations.Equipment",
    seen_by="Your organisation; everyone, once you show your contact and where you work.",
    personal={
        "contact": Personal(
            "Saying whom to ask; shown outside only as they choose.",
            WORK,
            WHILE_THERE,
            Erasure.BLANKED,
        ),
        "contact_name": Personal("Saying whom to ask.", WORK, "With the item.", Erasure.KEPT),
        "contact_email": Personal("Saying whom to ask.", WORK, "With the item.", Erasure.KEPT),
    },
    not_personal="""
    organisation internal_id name description kind part_of kit technique manufacturer model unit
    site building access service web_address photo acquired_year funding is_public state retired_at
    updated_at
    """,
)
RUNNING = "Finding who can run a piece of equipment; shown outside once they have said yes."
declare(
    "organisations.Runs",
    seen_by=(
        "Your organisation; everyone, once you have agreed and show your name, kit and "
        "where you work."
    ),
    personal={
        "technician": Personal(RUNNING, WORK, WHILE_THERE, Erasure.DELETED),
        "level": Personal(RUNNING, WORK, WHILE_THERE, Erasure.DELETED),
        "since": Personal(RUNNING, WORK, WHILE_THERE, Erasure.DELETED),
        "said_by": Personal("Knowing who said so.", WORK, WHILE_THERE, Erasure.DELETED),
        "confirmed_at": Personal("Knowing that they agreed.", WORK, WHILE_THERE, Erasure.DELETED),
    },
    not_personal="equipment said_at ended_on",
)
