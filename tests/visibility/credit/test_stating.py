"""Stating a part, changing it, withdrawing it; each person once for each output."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from benchside.core.actions import SYSTEM, Actor, Denied, Refused
from benchside.core.models.audit import AuditEvent
from benchside.visibility.credit.actions import (
    HaveIt,
    change_contribution,
    forget_withdrawn,
    state_again,
    state_contribution,
    withdraw_contribution,
)
from benchside.visibility.credit.parts import OutputWords, Part
from benchside.visibility.credit.tasks import forget_withdrawn_contributions
from benchside.visibility.models import Contribution, CreditLetter, Output
from tests.factories.credit import asked, confirmed, of, stated
from tests.factories.organisations import a_member, an_organisation
from tests.factories.technicians import a_profile, at_work

pytestmark = pytest.mark.django_db
WORDS = OutputWords(title="A study of kettles")
PART = Part(roles=["software"])


def test_a_doi_is_one_output_however_it_is_written_and_another_part() -> None:
    edie, olu = a_profile("Edie Made-Up"), a_profile("Olu Made-Up")
    one = stated(edie, doi="10.1000/abc")
    other = stated(olu, "Another title", doi="10.1000/abc")
    assert one.output == other.output
    assert Output.objects.get().title == "A study of kettles"
    with pytest.raises(IntegrityError), transaction.atomic():
        Output.objects.create(title="Again", doi="10.1000/ABC")


def test_a_registrys_words_take_the_place_of_typed_ones() -> None:
    stated(a_profile("Edie Made-Up"), "Ketles", doi="10.1000/abc")
    olu = a_profile("Olu Made-Up")
    words = OutputWords(title="Kettles", doi="10.1000/abc", source="crossref", year=2020)
    state_contribution(actor=of(olu), technician=olu.technician, output=words, part=PART)
    assert Output.objects.get().title == "Kettles"
    assert not Output.objects.get().is_typed


def test_each_person_counts_once_for_an_output() -> None:
    edie = a_profile()
    one = stated(edie, doi="10.1000/abc")
    with pytest.raises(HaveIt) as refused:
        stated(edie, doi="10.1000/abc")
    assert refused.value.contribution_id == one.pk
    with pytest.raises(IntegrityError), transaction.atomic():
        Contribution.objects.create(technician=edie.technician, output=one.output)


def test_what_was_withdrawn_comes_back_instead_of_twice() -> None:
    edie = a_profile()
    one = confirmed(edie, doi="10.1000/abc")
    withdraw_contribution(actor=of(edie), contribution=one)
    again = stated(edie, doi="10.1000/abc", roles=["software"])
    assert again.pk == one.pk
    assert again.state == "stated"
    assert (again.confirmed_at, again.confirmed_by) == (None, "")
    assert [role.code for role in again.credit_roles] == ["software"]


def test_nobody_says_it_for_somebody_else() -> None:
    edie, home = a_profile(), an_organisation()
    at_work(edie.technician, home)
    one = stated(edie)
    for actor in (Actor.of(a_member(home)), of(a_profile("Olu Made-Up")), SYSTEM):
        with pytest.raises(Denied):
            state_contribution(actor=actor, technician=edie.technician, output=WORDS, part=PART)
        with pytest.raises(Denied):
            change_contribution(actor=actor, contribution=one, part=PART)
        with pytest.raises(Denied):
            withdraw_contribution(actor=actor, contribution=one)


def test_a_part_needs_a_role_of_the_standard() -> None:
    edie = a_profile()
    with pytest.raises(Refused, match="at least one role"):
        stated(edie, roles=["tea making"])
    assert not Contribution.objects.exists()
    assert not Output.objects.exists()


def test_a_change_asks_anew_and_no_change_does_not() -> None:
    edie = a_profile()
    one = confirmed(edie)
    change_contribution(actor=of(edie), contribution=one, part=Part(roles=["investigation"]))
    assert one.is_confirmed
    change_contribution(actor=of(edie), contribution=one, part=Part(roles=["software"]))
    assert (one.state, one.confirmed_by, one.confirmed_at) == ("stated", "", None)


def test_a_change_while_the_author_is_asked_ends_the_link() -> None:
    edie = a_profile()
    one = asked(edie)
    change_contribution(actor=of(edie), contribution=one, part=Part(roles=["software"]))
    assert one.state == "stated"
    assert not CreditLetter.objects.exists()


def test_words_others_rely_on_are_not_one_persons_to_change() -> None:
    edie, olu = a_profile("Edie Made-Up"), a_profile("Olu Made-Up")
    one = stated(edie, doi="10.1000/abc")
    rude = OutputWords(title="Rude", doi="10.1000/abc")
    change_contribution(actor=of(edie), contribution=one, part=PART, output=rude)
    stated(olu, doi="10.1000/abc")
    with pytest.raises(Refused, match="not yours alone"):
        change_contribution(
            actor=of(edie), contribution=one, part=PART, output=OutputWords(title="Ruder")
        )
    Output.objects.create(title="Other", doi="10.1000/other")
    two = stated(edie, "Without")
    taken = OutputWords(title="Without", doi="10.1000/other")
    with pytest.raises(Refused, match="known already"):
        change_contribution(actor=of(edie), contribution=two, part=PART, output=taken)


def test_withdrawn_is_kept_a_year_and_then_deleted_with_its_output() -> None:
    edie = a_profile()
    one = confirmed(edie)
    withdraw_contribution(actor=of(edie), contribution=one)
    assert one.confirmed_by == ""
    forget_withdrawn_contributions.func()
    assert Contribution.objects.exists()
    old = timezone.now() - timedelta(days=366)
    Contribution.objects.update(withdrawn_at=old)
    with pytest.raises(Denied):
        forget_withdrawn(actor=of(edie))
    forget_withdrawn_contributions.func()
    assert not Contribution.objects.exists()
    assert not Output.objects.exists()


def test_every_verb_is_on_the_record_without_a_word_of_it() -> None:
    edie = a_profile()
    one = asked(edie, "Secret title", note="Secret note")
    withdraw_contribution(actor=of(edie), contribution=one)
    state_again(actor=of(edie), contribution=one)
    events = AuditEvent.objects.about(one)
    verbs = [event.verb for event in events.order_by("pk")]
    assert verbs == [
        "contribution.state", "contribution.ask", "contribution.withdraw",
        "contribution.state_again",
    ]  # fmt: skip
    assert "Secret" not in str([event.detail for event in events])


@pytest.mark.parametrize(
    ("state", "columns"),
    [
        ("confirmed", {}),
        ("confirmed", {"confirmed_at": timezone.now()}),
        ("stated", {"confirmed_by": "Ada"}),
        ("disputed", {}),
        ("stated", {"reason": "no"}),
        ("withdrawn", {}),
        ("withdrawn", {"withdrawn_at": timezone.now(), "confirmed_by": "Ada"}),
    ],
)
def test_the_database_holds_who_and_when(state: str, columns: dict[str, object]) -> None:
    one = stated(a_profile())
    with pytest.raises(IntegrityError), transaction.atomic():
        Contribution.objects.filter(pk=one.pk).update(state=state, **columns)
