"""What a page of the directory is called, and what it says when nobody is there."""

from typing import NamedTuple

from benchside.visibility.directory import Directory

PLACES = ("organisation", "unit")


class Words(NamedTuple):
    """`title` for the heading, `lead` below it, and for a page without anybody why that is."""

    title: str
    lead: str
    nobody: str
    why: str


def words_for(found: Directory) -> Words:
    """By what the page itself stands for: a unit, an organisation, a role, a skill, kit, all."""
    labels = found.chosen.labels
    for name in ("unit", "organisation", "role", "skill", "kit"):
        if name in found.fixed and name in labels:
            return MADE[name](labels)
    return ALL


ALL = Words(
    "Meet the technicians",
    "They make it happen. Here are those who want to be found: what they do, what they can run, "
    "and how to reach them.",
    "Nobody is shown here yet",
    "Technicians choose for themselves whether to be here. As soon as the first one does, this "
    "page fills.",
)


def _unit(labels: dict[str, str]) -> Words:
    unit, place = labels["unit"], labels.get("organisation", "")
    return Words(
        f"Technicians in {unit}",
        f"They work in {unit} at {place} and have chosen to be shown.",
        "Nobody is shown here yet",
        "Technicians here choose for themselves whether to be shown.",
    )


def _organisation(labels: dict[str, str]) -> Words:
    place = labels["organisation"]
    return Words(
        f"Technicians at {place}",
        f"They work at {place} and have chosen to be shown.",
        "Nobody is shown here yet",
        f"Technicians at {place} choose for themselves whether to be shown. Do you work there? "
        "You can be the first.",
    )


def _role(labels: dict[str, str]) -> Words:
    role = labels["role"]
    return Words(
        f"{role}: who does this?",
        "They say that their job is nearest to this one.",
        "Nobody has said so yet",
        "No technician has said in public that their job is nearest to this one.",
    )


def _skill(labels: dict[str, str]) -> Words:
    return Words(
        f"{labels['skill']}: who can do this?",
        "They say that they have this skill.",
        "Nobody has said so yet",
        "No technician has said in public that they have this skill.",
    )


def _kit(labels: dict[str, str]) -> Words:
    return Words(
        f"{labels['kit']}: who can run this?",
        "They say that they can run it. Ask them how.",
        "Nobody has said so yet",
        "No technician has said in public that they run this.",
    )


MADE = {
    "unit": _unit, "organisation": _organisation, "role": _role, "skill": _skill, "kit": _kit,
}  # fmt: skip
