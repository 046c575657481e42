"""Words of thanks, and the standard they go by."""

import pytest

from benchside.core.reading import grade
from benchside.visibility.credit.taxonomy import BY_CODE, ROLES, roles_of
from benchside.visibility.credit.wording import (
    Thanked,
    joined,
    statement,
    thanks,
    thanks_for_one,
)

# ANSI/NISO Z39.104-2022, in its order.
NISO = [
    "Conceptualization", "Data curation", "Formal analysis", "Funding acquisition",
    "Investigation", "Methodology", "Project administration", "Resources", "Software",
    "Supervision", "Validation", "Visualization", "Writing – original draft",
    "Writing – review & editing",
]  # fmt: skip


def test_the_fourteen_roles_by_their_standard_names() -> None:
    assert [role.name for role in ROLES] == NISO
    assert BY_CODE["writing-review-editing"].url == (
        "https://credit.niso.org/contributor-roles/writing-review-editing/"
    )


def test_roles_come_in_the_order_of_the_standard_each_once() -> None:
    found = roles_of(["software", "investigation", "software", "tea"])
    assert [role.name for role in found] == ["Investigation", "Software"]


def test_all_that_is_known_stands_in_one_sentence() -> None:
    who = Thanked(
        name="Edie Made-Up", letters="RSciTech", orcid="0000-0002-1825-0097", unit="Stores",
        organisation="Northmoor", equipment=["confocal microscope", "slide scanner"],
        facility="microscopy facility",
    )  # fmt: skip
    assert thanks(who, roles_of(["methodology"])) == (
        "We thank Edie Made-Up RSciTech (Stores, Northmoor; ORCID 0000-0002-1825-0097) for "
        "developing the method using the confocal microscope and slide scanner in the microscopy "
        "facility."
    )


def test_what_is_not_known_leaves_no_gap() -> None:
    who = Thanked(name="Edie Made-Up")
    assert thanks(who, []) == "We thank Edie Made-Up for their work."
    for role in ROLES:
        assert thanks_for_one(who, role) == f"We thank Edie Made-Up for {role.thanks}."
    assert statement("Edie", roles_of(["software"])) == "Edie: Software."


@pytest.mark.parametrize(
    ("parts", "said"),
    [
        ([], ""),
        (["a"], "a"),
        (["a", "b"], "a and b"),
        (["a", "b", "c"], "a, b and c"),
        (["a and b", "c"], "a and b, and c"),
        (["a, b and c", "d", "e"], "a, b and c; d; and e"),
    ],
)
def test_joined(parts: list[str], said: str) -> None:
    assert joined(parts) == said


def test_our_words_for_them_are_plain() -> None:
    words = " ".join(f"{role.means} {role.example}" for role in ROLES)
    assert grade(words) <= 6.5
