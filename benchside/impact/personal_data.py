"""What charters and action plans keep of people, and why."""

from benchside.core.personal_data import Basis, Erasure, Personal, declare
from benchside.impact.voice import personal_data as voice

__all__ = ["voice"]

YEARS = "While the organisation keeps the plan."
INSIDE = "Members of the organisation, and its technicians once the plan is agreed."


def _who(purpose: str = "Being able to say who did what.") -> Personal:
    return Personal(purpose, Basis.LEGITIMATE_INTERESTS, YEARS, Erasure.KEPT)


def _named(purpose: str) -> Personal:
    return Personal(purpose, Basis.LEGITIMATE_INTERESTS, YEARS, Erasure.BLANKED)


declare(
    "impact.Charter",
    not_personal="""
    slug name owner about pledge contact standard status_standard is_open
    supporter_standard
    """,
)
declare("impact.CharterRules", not_personal="charter valid_from content")
declare("impact.Cohort", not_personal="charter title announced_on")
declare(
    "impact.Signatory",
    seen_by="Everyone: the head who signed, and the named contact, once it is announced.",
    personal={
        "head_name": _named("Saying who signed."),
        "head_post": _named("Saying who signed."),
        "head_signed_by": _who(),
        "lead": _named("Knowing who leads."),
        "contact_name": _named("The charter asks for a named contact."),
        "contact_email": _named("The charter asks for a named contact."),
        "decided_by": _who(),
    },
    not_personal="""
    charter organisation part state cohort announced_on head_signed_at lead_signed_at award began_at
    decided_at answer left_on
    """,
)
declare(
    "impact.CycleReminder",
    seen_by="Members of the organisation, and officers of the charter.",
    personal={"sent_by": _who()},
    not_personal="cycle key due_on people sent_at",
)
declare(
    "impact.Cycle",
    not_personal="""
    signatory stage plan_months first_due_on due_on extended_at extended_why overridden_at
    overridden_why submission closed_at
    """,
)
declare(
    "impact.Plan",
    not_personal="""
    key organisation cycle before title starts_on ends_on state agreed_at published_at closed_at
    made_at
    """,
)
declare(
    "impact.Action",
    seen_by=INSIDE + " Once the plan is public, everyone: without names, notes and costs.",
    personal={
        "owner": _named("Somebody answers for each action."),
        "contributors": _named("Knowing who does it."),
    },
    not_personal="""
    plan code areas title objective rationale text internal themes other_charters owner_post
    starts_on due_on cost state state_why delivery delivery_why delivery_at origin origin_ref before
    carried carried_why position number made_at changed_at completed_at embedded_at
    """,
)
declare("impact.PlanNumbers", not_personal="organisation letter last")
declare("impact.Milestone", not_personal="action title due_on done_on")
declare(
    "impact.Success",
    not_personal="""
    action title measure unit baseline baseline_on target target_on denominator source
    """,
)
declare(
    "impact.Observation",
    seen_by=INSIDE,
    personal={"noted_by": _who()},
    not_personal="success value people observed_on",
)
declare(
    "impact.ProgressNote",
    seen_by=INSIDE,
    personal={"written_by": _who()},
    not_personal="action text delivery is_public written_at",
)
declare(
    "impact.ActionEvidence",
    seen_by=INSIDE,
    personal={"added_by": _who()},
    not_personal="action title url record_kind record_id is_public added_at",
)
declare(
    "impact.ActionChange",
    seen_by=INSIDE,
    personal={"changed_by": _who()},
    not_personal="action field was now changed_at",
)

FILE_DAYS = "30 days after it came: as long as it can be taken back."
KEEPERS = "Lead and deputy."
declare(
    "impact.PlanFile",
    seen_by=KEEPERS,
    personal={
        "tables": Personal(
            "What the organisation's own file says, names included.",
            Basis.LEGITIMATE_INTERESTS,
            FILE_DAYS,
            Erasure.EXPIRES,
        ),
        "settled": Personal(
            "What rows of the file mean, who owns them included.",
            Basis.LEGITIMATE_INTERESTS,
            FILE_DAYS,
            Erasure.EXPIRES,
        ),
        "answers": Personal(
            "What words of the file mean, names included.",
            Basis.LEGITIMATE_INTERESTS,
            FILE_DAYS,
            Erasure.EXPIRES,
        ),
        "by": _who(),
    },
    not_personal="key plan filename checksum state runs brought_at",
)
declare("impact.BroughtRow", not_personal="plan key action ref title")
declare(
    "impact.PlanReading",
    seen_by=KEEPERS,
    personal={"owners": _named("Asking once which member a name in a file is.")},
    not_personal="organisation columns words years_begin",
)
declare(
    "impact.Carrying",
    seen_by=INSIDE,
    personal={"decided_by": _who()},
    not_personal="plan earlier carried why action was_called decided_at",
)
declare(
    "impact.ActionReminder",
    seen_by="Nobody: it keeps a reminder from being sent twice.",
    personal={
        "user": Personal(
            "Reminding somebody once.", Basis.LEGITIMATE_INTERESTS, YEARS, Erasure.DELETED
        )
    },
    not_personal="action kind about_on sent_at",
)
