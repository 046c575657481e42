"""ORCID iDs, against those that ORCID itself gives as examples."""

import pytest

from benchside.people.orcid import check_digit, normal

# support.orcid.org, "Structure of the ORCID Identifier"; and the two sample records.
REAL = ["0000-0002-1825-0097", "0000-0001-5109-3700", "0000-0002-1694-233X"]


@pytest.mark.parametrize("known", REAL)
def test_known_ids_check(known: str) -> None:
    digits = known.replace("-", "")
    assert check_digit(digits[:15]) == digits[15]
    assert normal(known) == known


@pytest.mark.parametrize(
    "typed",
    [
        "0000000218250097",
        " 0000-0002-1825-0097 ",
        "https://orcid.org/0000-0002-1825-0097",
        "http://orcid.org/0000-0002-1825-0097/",
    ],
)
def test_however_it_is_typed(typed: str) -> None:
    assert normal(typed) == "0000-0002-1825-0097"


def test_a_small_x_is_an_x() -> None:
    assert normal("0000-0002-1694-233x") == "0000-0002-1694-233X"


@pytest.mark.parametrize(
    "typed",
    ["0000-0002-1825-0098", "0000-0002-1825-009", "", "edie", "https://example.org/0000", "٠" * 16],
)
def test_what_is_none(typed: str) -> None:
    assert normal(typed) is None
