"""What of exhibitions is personal, why it is kept and how long."""

from benchside.core.personal_data import Basis, Erasure, Personal, declare

declare("visibility.Exhibition", not_personal="slug title state campaign lead about created_at")


def _on_a_wall(purpose: str) -> Personal:
    return Personal(
        purpose,
        Basis.CONSENT,
        "Until consent is taken back and the sheet is down.",
        Erasure.DELETED,
    )


declare(
    "visibility.Panel",
    seen_by="Everyone, where the exhibition hangs.",
    subject="story",
    personal={
        "story": _on_a_wall("Showing a story that may be printed."),
        "photo": _on_a_wall("Showing a photograph that may be printed."),
        "heading": _on_a_wall("Standing on the sheet."),
        "words": _on_a_wall("Standing on the sheet."),
    },
    not_personal="exhibition number state take_down_at taken_down_at",
)


def _there(purpose: str = "Bringing panels to a venue and hanging them.") -> Personal:
    return Personal(
        purpose,
        Basis.LEGITIMATE_INTERESTS,
        "Half a year after the last day there.",
        Erasure.BLANKED,
    )


declare(
    "visibility.Stop",
    seen_by="The campaign team.",
    personal={"contact": _there(), "contact_email": _there(), "contact_phone": _there()},
    not_personal="""
    exhibition uid sequence state venue address town postcode nation starts_on ends_on hours access
    website host changed_at
    """,
)
declare(
    "visibility.VisitorCount",
    seen_by="The campaign team.",
    personal={
        "noted_by": Personal(
            "Knowing whom to ask about a figure.",
            Basis.LEGITIMATE_INTERESTS,
            "As long as the figure.",
            Erasure.KEPT,
        )
    },
    not_personal="stop day visitors source is_estimate noted_at",
)
