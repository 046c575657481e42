"""The pages: a technician's own and the lead's."""

from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from benchside.core.actions import Actor
from benchside.impact.models import Action, Opinion, Suggestion
from benchside.impact.voice import actions, workspace
from benchside.impact.voice.enums import SuggestionState
from benchside.organisations.enums import MemberRole
from tests.factories.organisations import a_member, an_organisation, sitting
from tests.factories.people import person, sign_in
from tests.factories.plans import a_plan, an_action
from tests.factories.public_plans import agree, agreed
from tests.factories.technicians import a_profile, at_work

MY = "/my/plan/"
VOICE = "/org/northmoor/impact/voice/"


def test_a_technician_reads_the_agreed_plan_suggests_and_sees_what_became(
    plan: Any, lead: Any, edie: Any
) -> None:
    client = sign_in(Client(), edie)
    page = client.get(MY)
    assert "Give every technician a page" in page.content.decode()
    assert "no-store" in page["Cache-Control"]
    sent = client.post(
        f"{MY}{plan.key}/suggest/", {"title": "Seats for us", "why": "We know the labs"}
    )
    assert (sent.status_code, sent["Location"]) == (302, MY)
    one = Suggestion.objects.get()
    actions.decline(actor=Actor.of(lead), suggestion=one, answer="There are no seats left.")
    text = client.get(MY).content.decode()
    assert "Answered: not now" in text
    assert "There are no seats left." in text


def test_nothing_internal_is_shown_to_technicians(plan: Any, lead: Any, edie: Any) -> None:
    action = plan.actions.first()
    Action.objects.filter(pk=action.pk).update(internal="Between us", cost=4711)
    an_action(plan, lead, "Only proposed")
    client = sign_in(Client(), edie)
    for url in (MY, f"{MY}{plan.key}/{action.code}/"):
        text = client.get(url).content.decode()
        assert "Between us" not in text
        assert "4711" not in text
        assert "Only proposed" not in text


def test_members_read_and_say_nothing_others_find_nothing(plan: Any, edie: Any) -> None:
    steering = sign_in(Client(), a_member(plan.organisation, MemberRole.STEERING))
    code = plan.actions.first().code
    assert "Give every technician" in steering.get(MY).content.decode()
    one = f"{MY}{plan.key}/{code}/"
    assert steering.get(one).status_code == 200
    assert steering.post(one, {"feeling": "matters"}).status_code == 404
    assert steering.get(f"{MY}{plan.key}/suggest/").status_code == 404
    stranger = sign_in(Client(), person("stray@example.org"))
    assert "No plan to read yet" in stranger.get(MY).content.decode()
    for url in (one, f"{MY}{plan.key}/suggest/"):
        assert stranger.get(url).status_code == 404
    assert Client().get(MY).status_code == 302
    assert not Opinion.objects.exists()


def test_what_was_typed_is_kept_when_it_cannot_be_sent(plan: Any, edie: Any) -> None:
    client = sign_in(Client(), edie)
    bad = client.post(f"{MY}{plan.key}/suggest/", {"title": "", "why": "Typed already"})
    assert bad.status_code == 422
    assert "Typed already" in bad.content.decode()
    assert "Say in one sentence" in bad.content.decode()
    url = f"{MY}{plan.key}/{plan.actions.first().code}/"
    bad = client.post(url, {"words": "<b>Typed</b>"})
    assert bad.status_code == 422
    assert "&lt;b&gt;Typed" in bad.content.decode()
    assert client.post(url, {"feeling": "matters", "words": "Yes"}).status_code == 302
    assert "This matters to me" in client.get(MY).content.decode()
    client.post(url, {"verb": "unsay"})
    assert not Opinion.objects.exists()


def test_only_ones_own_suggestion_is_taken_back(plan: Any, edie: Any) -> None:
    made = actions.suggest_action(actor=Actor.of(edie), plan=plan, title="Mine")
    other = a_profile("Olu Other").technician
    at_work(other, plan.organisation)
    url = f"{MY}suggestions/{made.key}/take-back/"
    assert sign_in(Client(), other.account).post(url).status_code == 404
    client = sign_in(Client(), edie)
    assert client.get(url).status_code == 405
    assert client.post(url).status_code == 302
    made.refresh_from_db()
    assert made.state == SuggestionState.WITHDRAWN
    assert client.post(url).status_code == 302  # again: told, and nothing changes


def test_of_two_plans_one_chooses(plan: Any, edie: Any) -> None:
    other, lead = a_plan("southmoor", title="Plan of the south")
    an_action(other, lead, "Southern action")
    agree(other, lead)
    at_work(edie.technician, other.organisation)
    client = sign_in(Client(), edie)
    assert "Give every technician" in client.get(MY).content.decode()
    assert "Southern action" in client.get(f"{MY}?plan={other.key}").content.decode()
    assert client.get(f"{MY}?plan=nonsense&area=%00").status_code == 200


def test_the_lead_answers_in_three_ways(plan: Any, lead: Any, edie: Any) -> None:
    client = sign_in(Client(), lead)
    made = [
        actions.suggest_action(actor=Actor.of(edie), plan=plan, title=f"Idea {n}", area="impact")
        for n in range(3)
    ]
    first, second, third = (f"{VOICE}{one.key}/" for one in made)
    bad = client.post(first, {"verb": "take", "take-title": "", "take-areas": "impact"})
    assert bad.status_code == 422
    client.post(first, {"verb": "take", "take-title": "An idea", "take-areas": ["impact"]})
    action = plan.actions.first()
    client.post(second, {"verb": "join", "join-action": action.pk, "join-answer": "See there"})
    bad = client.post(third, {"verb": "decline", "decline-answer": ""})
    assert "Say in a sentence or two why not now" in bad.content.decode()
    client.post(third, {"verb": "nonsense"})
    client.post(third, {"verb": "decline", "decline-answer": "Not now"})
    states = list(Suggestion.objects.order_by("pk").values_list("state", flat=True))
    assert states == ["taken", "already", "declined"]
    again = client.post(third, {"verb": "decline", "decline-answer": "Again"})
    assert again.status_code == 422  # somebody was quicker: told, nothing typed is lost
    assert (
        "3 suggestions of technicians, 3 answered, 1 in the plan"
        in client.get(VOICE).content.decode()
    )


def test_a_foreign_action_cannot_be_joined(plan: Any, lead: Any, edie: Any) -> None:
    made = actions.suggest_action(actor=Actor.of(edie), plan=plan, title="Idea")
    other, other_lead = a_plan("southmoor")
    foreign = an_action(other, other_lead, "Foreign secret")
    client = sign_in(Client(), lead)
    url = f"{VOICE}{made.key}/"
    assert "Foreign secret" not in client.get(url).content.decode()
    assert client.post(url, {"verb": "join", "join-action": foreign.pk}).status_code == 422
    stranger = sign_in(Client(), other_lead)
    assert stranger.get(url).status_code == 404
    assert stranger.get(f"/org/southmoor/impact/voice/{made.key}/").status_code == 404


@pytest.mark.parametrize(
    ("role", "status"),
    [
        (MemberRole.DEPUTY, 200), (MemberRole.STEERING, 403), (MemberRole.SIGNER, 403),
        (MemberRole.HR_STEWARD, 403), (MemberRole.EDITOR, 403),
    ],
)  # fmt: skip
def test_the_lead_and_deputies_hear_nobody_else(plan: Any, role: MemberRole, status: int) -> None:
    client = sign_in(Client(), a_member(plan.organisation, role))
    for end in ("", "suggestions.csv", "opinions/", "opinions.csv"):
        assert client.get(VOICE + end).status_code == status


def test_lists_sort_filter_and_do_not_grow_in_queries(
    plan: Any, lead: Any, edie: Any, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client = sign_in(Client(), lead)
    assert "No suggestions yet" in client.get(VOICE).content.decode()
    technician = edie.technician
    for count, most in ((1, 16), (24, 16)):
        Suggestion.objects.bulk_create(
            Suggestion(plan=plan, technician=technician, title=f"=Idea {n}", area="impact")
            for n in range(count)
        )
        with django_assert_max_num_queries(most):
            client.get(VOICE)
    assert len(client.get(VOICE + "?state=waiting&area=impact&q=idea").context["page"]) == 25
    assert "Nothing found" in client.get(VOICE + "?q=zzz").content.decode()
    assert client.get(VOICE + "?sort=%00&state=x&area=y&page=z").status_code == 200
    assert "'=Idea 1" in client.get(VOICE + "suggestions.csv").content.decode()


def test_ones_own_page_does_not_grow_in_queries(
    plan: Any, lead: Any, edie: Any, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client = sign_in(Client(), edie)
    for count in (1, 20):
        for number in range(count):
            agreed(an_action(plan, lead, f"More {count} {number}"), lead)
        with django_assert_max_num_queries(14):
            client.get(MY)


def test_opinions_do_not_grow_in_queries(
    plan: Any, lead: Any, edie: Any, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client = sign_in(Client(), lead)
    for count in (1, 12):
        for number in range(count):
            action = agreed(an_action(plan, lead, f"More {count} {number}"), lead)
            actions.say_opinion(actor=Actor.of(edie), action=action, feeling="matters")
        with django_assert_max_num_queries(16):
            client.get(VOICE + "opinions/")


def test_the_lead_is_told_what_waits(plan: Any, lead: Any, edie: Any) -> None:
    here = plan.organisation_id
    assert workspace.things_to_do(sitting(here, lead)) == []
    assert workspace.standing(sitting(here)) is None
    actions.suggest_action(actor=Actor.of(edie), plan=plan, title="Idea")
    assert workspace.things_to_do(sitting(here, lead))[0].title.startswith("Answer 1 suggestion")
    assert workspace.things_to_do(sitting(here, edie)) == []
    stranger = a_member(an_organisation("southmoor"))
    assert workspace.things_to_do(sitting(here, stranger)) == []
    found = workspace.standing(sitting(here))
    assert found is not None
    assert (found.done, found.total) == (0, 1)
