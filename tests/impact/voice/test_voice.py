"""Technicians say what they would have in the plan, and what they think of it."""

from datetime import date
from typing import Any

import pytest
from django.test import Client

from benchside.core.actions import Actor, Denied, Refused
from benchside.core.models.mail import OutgoingMail
from benchside.core.states import NeedsMore, NoSuchMove, Overtaken
from benchside.impact.enums import ActionState, Origin
from benchside.impact.models import Action, Opinion, Suggestion
from benchside.impact.plans import actions as plans
from benchside.impact.voice import actions, measures, queries
from benchside.impact.voice.enums import SuggestionState
from benchside.impact.voice.states import SUGGESTION
from benchside.organisations.enums import MemberRole
from benchside.organisations.models import Employment
from tests.factories.organisations import a_member, an_organisation
from tests.factories.people import sign_in
from tests.factories.technicians import a_profile, at_work


def technicians(plan: Any, count: int) -> list[Any]:
    found = [a_profile(f"Tech {number}").technician for number in range(count)]
    for one in found:
        at_work(one, plan.organisation)
    return [one.account for one in found]


def suggest(user: Any, plan: Any, title: str = "Seats on the safety committee", **more: Any) -> Any:
    return actions.suggest_action(actor=Actor.of(user), plan=plan, title=title, **more)


# --- who ------------------------------------------------------------------------------------------
def test_only_whoever_works_there_says_anything(plan: Any, lead: Any, edie: Any) -> None:
    elsewhere = a_profile("Olu Elsewhere").technician
    at_work(elsewhere, an_organisation("southmoor"))
    left = a_profile("Lee Left").technician
    employment = at_work(left, plan.organisation)
    employment.left_on = date(2026, 1, 1)
    employment.save()
    action = plan.actions.first()
    for user in (lead, elsewhere.account, left.account):
        with pytest.raises(Denied):
            suggest(user, plan)
        with pytest.raises(Denied):
            actions.say_opinion(actor=Actor.of(user), action=action, feeling="matters")
    assert suggest(edie, plan).state == SuggestionState.WAITING


def test_a_draft_and_a_closed_plan_take_no_words(plan: Any, lead: Any, edie: Any) -> None:
    mine = suggest(edie, plan)
    plans.close_plan(actor=Actor.of(lead), plan=plan)
    with pytest.raises(Refused, match="takes no words"):
        suggest(edie, plan, "Another")
    client = sign_in(Client(), edie)
    assert client.get(f"/my/plan/{plan.key}/suggest/").status_code == 404
    actions.decline(actor=Actor.of(lead), suggestion=mine, answer="The plan is over.")
    assert Suggestion.objects.get().state == SuggestionState.DECLINED


def test_the_same_words_twice_are_one_and_there_is_an_end_to_it(plan: Any, edie: Any) -> None:
    assert suggest(edie, plan) == suggest(edie, plan, "  Seats on the  safety committee ")
    for number in range(actions.MOST_WAITING - 1):
        suggest(edie, plan, f"Number {number}")
    with pytest.raises(Refused, match="wait for an answer"):
        suggest(edie, plan, "One too many")
    assert Suggestion.objects.count() == actions.MOST_WAITING


@pytest.mark.parametrize(
    "said", [{"title": "  "}, {"title": "x" * 201}, {"why": "x" * 2001}, {"area": "magic"}]
)
def test_what_cannot_be_is_refused(plan: Any, edie: Any, said: dict[str, str]) -> None:
    with pytest.raises(Refused):
        suggest(edie, plan, **said)
    assert not Suggestion.objects.exists()


# --- what becomes of it ---------------------------------------------------------------------------
def test_the_table_walked_whole(plan: Any, lead: Any, edie: Any) -> None:
    """Every pair of state and verb that no row lists is refused, whoever asks."""
    verbs = {"take", "join", "decline", "withdraw"}
    assert {row.verb for row in SUGGESTION.rows} == verbs
    for state in SuggestionState.values:
        for verb in verbs:
            if state == SuggestionState.WAITING:
                assert SUGGESTION.row(state, verb)
            else:
                with pytest.raises(NoSuchMove):
                    SUGGESTION.row(state, verb)


def test_taken_over_it_is_a_proposed_action_that_says_where_it_came_from(
    plan: Any, lead: Any, edie: Any
) -> None:
    mine = suggest(edie, plan)
    action = actions.take_over(
        actor=Actor.of(lead), suggestion=mine, title="Two seats", areas=["visibility"]
    )
    assert (action.state, action.origin, action.origin_ref) == (
        ActionState.PROPOSED, Origin.VOICE, str(mine.key),
    )  # fmt: skip
    mine.refresh_from_db()
    assert (mine.state, mine.action) == (SuggestionState.TAKEN, action)
    letter = OutgoingMail.objects.get()
    assert letter.to == [edie.email]
    assert action.code in letter.text


def test_declining_needs_a_reason_and_tells_it(plan: Any, lead: Any, edie: Any) -> None:
    mine = suggest(edie, plan)
    with pytest.raises(NeedsMore):
        actions.decline(actor=Actor.of(lead), suggestion=mine, answer="  ")
    assert Suggestion.objects.get().state == SuggestionState.WAITING
    assert not OutgoingMail.objects.exists()
    actions.decline(actor=Actor.of(lead), suggestion=mine, answer="The rules forbid it.")
    assert "The rules forbid it." in OutgoingMail.objects.get().text


def test_joined_to_an_action_of_this_plan_only(plan: Any, lead: Any, edie: Any) -> None:
    mine, action = suggest(edie, plan), plan.actions.first()
    other = plans.begin_plan(
        actor=Actor.of(lead), organisation=plan.organisation, title="Other",
        starts_on=plan.starts_on, ends_on=plan.ends_on,
    )  # fmt: skip
    foreign = plans.propose_action(
        actor=Actor.of(lead), plan=other, title="Foreign", areas=["impact"]
    )
    with pytest.raises(Refused, match="another plan"):
        actions.join(actor=Actor.of(lead), suggestion=mine, action=foreign)
    actions.join(actor=Actor.of(lead), suggestion=mine, action=action)
    mine.refresh_from_db()
    assert (mine.state, mine.action) == (SuggestionState.ALREADY, action)


def test_two_who_answer_at_once_give_one_answer(plan: Any, lead: Any, edie: Any) -> None:
    suggest(edie, plan)
    one, other = Suggestion.objects.get(), Suggestion.objects.get()
    actions.take_over(actor=Actor.of(lead), suggestion=one, title="Seats", areas=["impact"])
    deputy = a_member(plan.organisation, MemberRole.DEPUTY)
    with pytest.raises((NoSuchMove, Overtaken)):
        actions.take_over(actor=Actor.of(deputy), suggestion=other, title="No", areas=["impact"])
    with pytest.raises((NoSuchMove, Overtaken)):
        actions.decline(actor=Actor.of(deputy), suggestion=other, answer="No")
    assert Action.objects.filter(origin=Origin.VOICE).count() == 1
    assert OutgoingMail.objects.count() == 1


def test_only_leads_answer_and_only_its_maker_takes_back(plan: Any, lead: Any, edie: Any) -> None:
    mine = suggest(edie, plan)
    for role in (MemberRole.STEERING, MemberRole.SIGNER, MemberRole.HR_STEWARD):
        with pytest.raises(Denied):
            actions.decline(
                actor=Actor.of(a_member(plan.organisation, role)), suggestion=mine, answer="No"
            )
    with pytest.raises(Denied):
        actions.take_back(actor=Actor.of(lead), suggestion=mine)
    actions.take_back(actor=Actor.of(edie), suggestion=mine)
    assert Suggestion.objects.get().state == SuggestionState.WITHDRAWN


def test_whoever_was_erased_gets_no_letter(plan: Any, lead: Any, edie: Any) -> None:
    mine = suggest(edie, plan)
    edie.is_active = False
    edie.save()
    mine.refresh_from_db()
    actions.decline(actor=Actor.of(lead), suggestion=mine, answer="No")
    assert not OutgoingMail.objects.exists()


# --- who is named, what is counted ----------------------------------------------------------------
def test_a_name_is_told_only_where_its_owner_said_so(plan: Any, lead: Any, edie: Any) -> None:
    suggest(edie, plan, "Unnamed")
    suggest(edie, plan, "Named", may_name=True)
    client = sign_in(Client(), lead)
    who = {one.title: name for one, name in client.get(VOICE).context["lines"]}
    assert who == {"Unnamed": "A technician", "Named": "Edie Made-Up"}
    table = client.get(f"{VOICE}suggestions.csv").content.decode()
    assert table.count("Edie") == 1
    unnamed = Suggestion.objects.get(title="Unnamed")
    assert "Edie" not in client.get(f"{VOICE}{unnamed.key}/").content.decode()


VOICE = "/org/northmoor/impact/voice/"


def say(user: Any, action: Any, feeling: str = "matters", words: str = "", **more: Any) -> None:
    actions.say_opinion(actor=Actor.of(user), action=action, feeling=feeling, words=words, **more)


def test_opinions_are_one_each_and_may_be_changed_or_forgotten(plan: Any, edie: Any) -> None:
    action = plan.actions.first()
    say(edie, action)
    say(edie, action, "not-mine", "Too late")
    assert [(one.feeling, one.words) for one in Opinion.objects.all()] == [("not-mine", "Too late")]
    actions.unsay_opinion(actor=Actor.of(edie), action=action)
    assert not Opinion.objects.exists()
    with pytest.raises(Refused):
        say(edie, action, "magic")
    with pytest.raises(Refused):
        say(edie, action, words="x" * 501)


def test_fewer_than_five_opinions_are_not_told_and_more_only_roundly(plan: Any) -> None:
    """HESA's rule: to the nearest five, halves up; of seven and one, five and none."""
    action = plan.actions.first()
    people = technicians(plan, 8)
    for number, user in enumerate(people[:4]):
        say(user, action, words=f"Word {number}")
    found = queries.heard(plan)[0]
    assert (found.matters, found.not_mine, found.words) == (None, None, ())
    for number, user in enumerate(people[4:7], start=4):
        say(user, action, words=f"Word {number}")
    say(people[7], action, "not-mine", "Alone")
    found = queries.heard(plan)[0]
    assert found.matters is not None
    assert found.not_mine is not None
    assert (found.matters.value, found.not_mine.value) == (5, 0)
    assert len(found.words) == 5  # the other three wait for two more
    assert {feeling for feeling, _, _ in found.words} == {""}  # that would be an exact count
    assert "Alone" not in str(found.words)


def test_the_page_of_opinions_tells_nobody(plan: Any, lead: Any, edie: Any) -> None:
    action = plan.actions.first()
    say(edie, action, words="Mine alone")
    client = sign_in(Client(), lead)
    for end in ("opinions/", "opinions.csv"):
        text = client.get(f"{VOICE}{end}").content.decode()
        assert "fewer than 5" in text
        assert "Mine alone" not in text
        assert "Edie" not in text
    say(edie, action, words="With my name", may_name=True)
    assert "With my name" in client.get(f"{VOICE}opinions/").content.decode()


# --- evidence, figure, erasing --------------------------------------------------------------------
def test_it_is_evidence_by_itself(plan: Any, lead: Any, edie: Any) -> None:
    for title in ("One", "Two", "Three"):
        suggest(edie, plan, title)
    one, two, three = Suggestion.objects.order_by("pk")
    actions.take_over(actor=Actor.of(lead), suggestion=one, title="One", areas=["impact"])
    actions.decline(actor=Actor.of(lead), suggestion=two, answer="No")
    actions.take_back(actor=Actor.of(edie), suggestion=three)
    told = measures.describe(str(plan.key), lead.person_id)
    assert told == {
        "title": "2 suggestions of technicians, 2 answered, 1 in the plan", "url": VOICE,
    }  # fmt: skip
    stranger = a_member(an_organisation("southmoor"))
    assert measures.describe(str(plan.key), stranger.person_id) is None
    assert measures.describe(str(plan.key), None) is None
    assert measures.describe("nonsense", lead.person_id) is None
    plan.published_at = plan.agreed_at
    plan.save()
    told = measures.describe(str(plan.key), None)
    assert told is not None
    assert told["url"] == ""


def test_the_figure_counts_each_technician_once(plan: Any, edie: Any) -> None:
    action = plan.actions.first()
    people = technicians(plan, 3)
    suggest(edie, plan, "One")
    suggest(edie, plan, "Two")
    say(edie, action)
    say(people[0], action)
    here = plan.organisation_id
    today = Opinion.objects.latest("pk").said_at.date()
    found = measures.voices(here, today)
    assert (found.value, found.people) == (2, 4)
    assert measures.voices(here, date(2020, 1, 1)).value == 0
    Employment.objects.filter(technician=edie.technician).update(left_on=today)
    assert measures.voices(here, today).value == 1


def test_ones_own_words_are_taken_along_and_erased(plan: Any, lead: Any, edie: Any) -> None:
    from benchside.impact.voice import exports

    suggest(edie, plan, "Waiting", why="Because")
    done = suggest(edie, plan, "Done", why="Since", may_name=True)
    say(edie, plan.actions.first(), words="Good")
    actions.decline(actor=Actor.of(lead), suggestion=done, answer="No")
    held = exports.export(edie.person_id)
    assert [one["title"] for one in held["suggestions"]] == ["Done", "Waiting"]
    assert held["opinions"][0]["words"] == "Good"
    for _ in range(2):
        exports.erase(edie.person_id)
    left = Suggestion.objects.get()
    assert (left.technician, left.may_name, left.why) == (None, False, "")
    assert left.title != "Done"
    assert not Opinion.objects.exists()
    assert exports.export(edie.person_id) == {"suggestions": [], "opinions": []}
