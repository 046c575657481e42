"""What of a technician's record is personal, why it is kept and how long."""

from benchside.core.personal_data import Basis, Erasure, Personal, declare
from benchside.people.cpd import personal_data as cpd

__all__ = ["cpd"]  # read with this room's own

WHILE_KNOWN = "While an organisation names the person in its staff list, or they keep an account."
KNOWING = "So that an organisation knows who its technicians are, and can invite them."

declare(
    "people.Technician",
    seen_by=(
        "You. Your name: your organisation, and whom you show it to. Your work address: "
        "those who keep the staff list, and your manager."
    ),
    personal={
        "person_id": Personal(
            "Pointing at a person without naming them.",
            Basis.LEGITIMATE_INTERESTS,
            "For ever, with nobody's name beside it after erasure.",
            Erasure.KEPT,
        ),
        "name": Personal(KNOWING, Basis.LEGITIMATE_INTERESTS, WHILE_KNOWN, Erasure.BLANKED),
        "work_email": Personal(
            "Sending the link by which the person claims their record.",
            Basis.LEGITIMATE_INTERESTS,
            WHILE_KNOWN,
            Erasure.BLANKED,
        ),
        "account": Personal(
            "Letting the person see and change what is theirs.",
            Basis.CONTRACT,
            "While the account is open.",
            Erasure.BLANKED,
        ),
    },
    not_personal="claimed_at created_at erased_at",
)
THEIRS = "As long as the person keeps it; deleted with the account."


def _said(purpose: str) -> Personal:
    return Personal(purpose, Basis.CONSENT, THEIRS, Erasure.DELETED)


SHOWING = "Showing it to whom the person has chosen."
declare(
    "people.Profile",
    seen_by="Whom you have chosen, part by part; hidden, nobody but you.",
    personal={
        "technician": _said("Knowing whose it is."),
        "public_id": _said("An address that tells no name."),
        "headline": _said(SHOWING),
        "about": _said(SHOWING),
        "role": _said(SHOWING),
        "letters": _said(SHOWING),
        "contact_email": _said(SHOWING),
        "contact_url": _said(SHOWING),
        "orcid": _said(SHOWING),
        "photo": _said(SHOWING),
    },
    not_personal="""
    is_shown updated_at name_to post_to unit_to photo_to headline_to about_to role_to skills_to
    kit_to qualifications_to letters_to languages_to contact_to contributions_to orcid_to
    """,
)
for _model in ("ProfileSkill", "ProfileKit"):
    declare(
        f"people.{_model}",
        seen_by="Whom you have chosen; hidden, nobody but you.",
        personal={"profile": _said(SHOWING), "term": _said(SHOWING)},
        not_personal="",
    )
declare(
    "people.Qualification",
    seen_by="Whom you have chosen; hidden, nobody but you.",
    personal={
        "profile": _said(SHOWING),
        "title": _said(SHOWING),
        "awarded_by": _said(SHOWING),
        "year": _said(SHOWING),
    },
    not_personal="",
)
declare(
    "people.Language",
    seen_by="Whom you have chosen; hidden, nobody but you.",
    personal={"profile": _said(SHOWING), "name": _said(SHOWING)},
    not_personal="",
)
declare(
    "people.Consent",
    seen_by="You.",
    personal={
        "technician": Personal(
            "Being able to show that somebody said yes, and to what.",
            Basis.LEGAL_OBLIGATION,
            "As long as the record is kept.",
            Erasure.DELETED,
        ),
    },
    not_personal="about words given_at withdrawn_at",
)
PROVING = "Being able to show that somebody said yes, to what, and where it may be used."
FOR_AS_LONG = "As long as the thing is kept that shows them, and six years after a withdrawal."
declare(
    "people.MediaConsent",
    seen_by="You; those who check what is to be shown.",
    personal={
        name: Personal(PROVING, Basis.LEGAL_OBLIGATION, FOR_AS_LONG, Erasure.BLANKED)
        for name in ("who", "signed_as", "person_id", "evidence")
    },
    not_personal="""
    key subject covers given_by words on_social in_print by_partners until given_at withdrawn_at
    """,
)
declare(
    "people.ClaimInvitation",
    seen_by="Those who keep your employer’s staff list.",
    personal={"technician": _said("Knowing whose record a letter leads to.")},
    not_personal="invitation answer",
)
