"""Several at once: one output, one part, one answer."""

from collections import Counter

import pytest

from benchside.accounts.models import User
from benchside.core.actions import Actor
from benchside.people.models import Profile
from benchside.visibility.credit.actions import change_contribution, state_contribution
from benchside.visibility.credit.asking import (
    confirm_contribution,
    dispute_contribution,
    holder_of,
)
from benchside.visibility.credit.parts import OutputWords, Part
from benchside.visibility.models import Contribution, CreditLetter, Output
from tests.factories.credit import asked, of
from tests.factories.technicians import a_profile
from tests.people.test_claims_at_once import together

pytestmark = pytest.mark.django_db(transaction=True)
WORDS = OutputWords(title="Kettles", doi="10.5555/kettles")


def state(profile: Profile) -> None:
    actor = Actor.of(User.objects.get(technician=profile.technician))
    part = Part(roles=["software"])
    state_contribution(actor=actor, technician=profile.technician, output=WORDS, part=part)


def test_of_one_doi_stated_by_four_there_is_one_output() -> None:
    four = [a_profile(f"Edie Made-Up {number}") for number in range(4)]
    found = together(*[lambda one=one: state(one) for one in four])  # type: ignore[misc]
    assert found == Counter({"done": 4})
    assert Output.objects.count() == 1
    assert Contribution.objects.count() == 4


def test_pressed_four_times_it_is_stated_once() -> None:
    edie = a_profile()
    found = together(*[lambda: state(edie)] * 4)
    assert found == Counter({"done": 1, "You have this one in your list already.": 3})
    assert Contribution.objects.count() == 1


def test_of_four_answers_by_one_link_one_holds() -> None:
    letter = CreditLetter.objects.select_related("contribution").get(
        pk=asked(a_profile()).letter.pk
    )
    holder = holder_of(letter)
    yes = lambda: confirm_contribution(actor=holder, letter=letter, name="Ada")  # noqa: E731
    no = lambda: dispute_contribution(actor=holder, letter=letter, reason="No")  # noqa: E731
    found = together(yes, no, yes, no)
    assert found["done"] == 1
    assert sum(found.values()) == 4
    assert not [message for message in found if "Error" in message]
    assert Contribution.objects.get().state in {"confirmed", "disputed"}


def test_an_answer_and_a_change_never_leave_other_words_confirmed() -> None:
    edie = a_profile()
    one = asked(edie)
    letter, actor, part = one.letter, of(edie), Part(roles=["software"])
    together(
        lambda: confirm_contribution(actor=holder_of(letter), letter=letter, name="Ada"),
        lambda: change_contribution(actor=actor, contribution=one, part=part),
    )
    now = Contribution.objects.get()
    assert [role.code for role in now.credit_roles] == ["software"]
    assert now.state == "stated"
