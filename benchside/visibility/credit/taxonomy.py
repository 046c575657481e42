"""The fourteen roles of CRediT, the contributor role taxonomy, in our own plain words. No Django.

Names and addresses are the standard's: ANSI/NISO Z39.104-2022, https://credit.niso.org/. What they
mean and how to thank somebody for them is said here in words of our own.
"""

from collections.abc import Iterable
from dataclasses import dataclass

ADDRESS = "https://credit.niso.org/contributor-roles/"


@dataclass(frozen=True, slots=True)
class CreditRole:
    """`code` is the end of the standard's address for it. `means` and `example` are whole
    sentences; `thanks` ends the sentence "We thank Edie Made-Up for ..."."""

    code: str
    name: str
    means: str
    example: str
    thanks: str

    @property
    def url(self) -> str:
        return f"{ADDRESS}{self.code}/"


ROLES = (
    CreditRole(
        "conceptualization",
        "Conceptualization",
        "You had the idea, or helped it grow.",
        "You saw that the old rig could test a new thing, and said so.",
        "helping to shape the idea",
    ),
    CreditRole(
        "data-curation",
        "Data curation",
        "You cleaned, sorted and kept the data so that others can use it.",
        "You named the files, wrote down the settings and threw out the bad runs.",
        "cleaning, labelling and looking after the data",
    ),
    CreditRole(
        "formal-analysis",
        "Formal analysis",
        "You worked out what the data say.",
        "You fitted the curves, or did the sums that show it was no fluke.",
        "analysing the data",
    ),
    CreditRole(
        "funding-acquisition",
        "Funding acquisition",
        "You helped to win the money.",
        "You wrote the part of the bid about the kit and its costs.",
        "helping to win the funding",
    ),
    CreditRole(
        "investigation",
        "Investigation",
        "You ran the tests or gathered the data.",
        "You ran every sample, day and night for a week.",
        "running the experiments and collecting the data",
    ),
    CreditRole(
        "methodology",
        "Methodology",
        "You worked out how to do it.",
        "You found a way to hold the sample still without bending it.",
        "developing the method",
    ),
    CreditRole(
        "project-administration",
        "Project administration",
        "You planned the work and kept it on time.",
        "You booked the kit, the people and the van, and kept the list.",
        "planning and running the project",
    ),
    CreditRole(
        "resources",
        "Resources",
        "You made or gave what the work needed: parts, samples, kit, animals, time on a machine.",
        "You built the cell that nobody sells.",
        "making and providing the materials and equipment",
    ),
    CreditRole(
        "software",
        "Software",
        "You wrote or tested code.",
        "You wrote the script that moves the stage and saves each frame.",
        "writing and testing the software",
    ),
    CreditRole(
        "supervision",
        "Supervision",
        "You led or taught the people who did the work.",
        "You trained the students and stood by on the first runs.",
        "training and guiding the people who did the work",
    ),
    CreditRole(
        "validation",
        "Validation",
        "You checked that the results hold.",
        "You ran it again on a second machine and got the same.",
        "checking that the results can be repeated",
    ),
    CreditRole(
        "visualization",
        "Visualization",
        "You made the pictures, plots or models that show the results.",
        "You took the image on the front page.",
        "preparing the images and figures",
    ),
    CreditRole(
        "writing-original-draft",
        "Writing – original draft",
        "You wrote a first version of some of the text.",
        "You wrote the section on methods.",
        "drafting part of the text",
    ),
    CreditRole(
        "writing-review-editing",
        "Writing – review & editing",
        "You read the text closely and made it better.",
        "You put the settings right before it went to print.",
        "reviewing and improving the text",
    ),
)
BY_CODE = {role.code: role for role in ROLES}
CHOICES = [(role.code, role.name) for role in ROLES]


def roles_of(codes: Iterable[str]) -> list[CreditRole]:
    """In the standard's order, each once; a code that is none is left out."""
    held = set(codes)
    return [role for role in ROLES if role.code in held]
