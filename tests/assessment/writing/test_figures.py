"""Figures beside a question: cited with value, people and day; safe to leave the workspace."""

from collections.abc import Iterator
from datetime import date

import pytest
from django.test import Client
from django.utils import timezone

from benchside.accounts.models import User
from benchside.assessment import figures
from benchside.assessment.actions import (
    add_link,
    overrule_figure,
    refresh_figures,
    restore_figure,
    save_statement,
    withdraw_submission,
)
from benchside.assessment.content import content_of
from benchside.assessment.models import Figure, Submission
from benchside.assessment.signatures import standing
from benchside.core.actions import Actor, Denied, Refused
from benchside.core.registries import Measure, Measured, measures
from benchside.organisations.models import StaffSnapshot
from tests.factories.people import person
from tests.factories.writing import begun, with_measures

CENSUS = date(2025, 12, 1)
KNOWN: dict[str, Measured | None] = {}
ASKED: list[date] = []


def _observe(key: str) -> object:
    def observe(organisation_id: int, on: date) -> Measured | None:
        ASKED.append(on)
        return KNOWN.get(key)

    return observe


@pytest.fixture(autouse=True)
def _measures() -> Iterator[None]:
    KNOWN.clear()
    ASKED.clear()
    made = [
        ("made.posters", "Posters on the wall", "posters", ""),
        ("made.named", "Technicians who are named", "people", "workforce"),
        ("made.odd", "Something secret", "people", "no-such-policy"),
    ]
    with measures.opened():
        for key, title, unit, policy in made:
            measures.register(
                Measure(key=key, title=title, unit=unit, policy=policy, observe=_observe(key))  # type: ignore[arg-type]
            )
        yield


def cited(head: User, *names: str) -> Submission:
    return begun(head, with_measures(*names))


def a_census(submission: Submission) -> None:
    StaffSnapshot.objects.create(
        organisation=submission.organisation, day=CENSUS, people=63, fte=60, joined=0, left=0,
        counts={}, shown={"people": 65, "lists": {}, "joined": None, "left": None},
    )  # fmt: skip


def test_figures_are_there_from_the_beginning(head: User, page: Client) -> None:
    KNOWN["made.posters"] = Measured(value=12)
    one = cited(head, "made.posters")
    figure = one.figures.get()
    assert (figure.value, figure.people, figure.observed_on) == (12, None, timezone.localdate())
    html = page.get(f"/forms/{one.key}/clear/").content.decode()
    assert "Posters on the wall" in html
    assert ">12</b>" in html


def test_people_are_cited_as_of_a_census_and_rounded(head: User, page: Client) -> None:
    KNOWN["made.named"] = Measured(value=41, people=63)
    one = cited(head, "made.named")
    assert one.figures.get().observed_on is None, "no census, no figure"
    assert ASKED == []
    a_census(one)
    refresh_figures(actor=Actor.of(head), submission=one, criterion="clear")
    figure = one.figures.get()
    # The rule of the Higher Education Statistics Agency: to the nearest 5.
    assert (figure.value, figure.people, figure.observed_on) == (40, 65, CENSUS)
    assert ASKED == [CENSUS], "never the day of asking: two answers would tell who came between"
    html = page.get(f"/forms/{one.key}/clear/").content.decode()
    assert "rounded to protect people" in html
    for exact in ("41", "63"):
        assert f">{exact}<" not in html
    assert content_of(one)["figures"][0]["value"] == 40


def test_a_policy_nobody_knows_hides_all(head: User) -> None:
    KNOWN["made.odd"] = Measured(value=3)
    one = cited(head, "made.odd")
    a_census(one)
    refresh_figures(actor=Actor.of(head), submission=one, criterion="clear")
    assert one.figures.get().value is None


def test_a_measure_nobody_keeps_says_so(head: User, page: Client) -> None:
    one = cited(head, "no.such")
    html = page.get(f"/forms/{one.key}/clear/").content.decode()
    assert "Nobody here keeps a figure called “no.such”" in html
    assert refresh_figures(actor=Actor.of(head), submission=one, criterion="clear") == 0
    overrule_figure(
        actor=Actor.of(head), figure=one.figures.get(), value=7, reason="We counted them"
    )
    html = page.get(f"/forms/{one.key}/clear/").content.decode()
    assert "your own figure. We counted them" in html


def test_overruled_with_a_reason_and_taken_back_on_the_page(head: User, page: Client) -> None:
    KNOWN["made.posters"] = Measured(value=12)
    one = cited(head, "made.posters")
    figure = one.figures.get()
    path = f"/forms/{one.key}/clear/"
    own = f"own-{figure.pk}"
    bad = page.post(path, {"do": f"overrule:{figure.pk}", f"{own}-value": "many", "text": "Mine."})
    assert bad.status_code == 422
    assert "Type the figure in digits" in bad.content.decode()
    assert 'value="many"' in bad.content.decode()
    assert one.statements.get(criterion="clear").text == "Mine."
    good = {
        "do": f"overrule:{figure.pk}",
        f"{own}-value": "14.5",
        f"{own}-reason": "Two hang elsewhere.",
    }
    assert page.post(path, good).status_code == 302
    figure.refresh_from_db()
    assert (figure.own_value, figure.value, figure.own_by) == (14.5, 12, head.person_id)
    KNOWN["made.posters"] = Measured(value=20)
    page.post(path, {"do": "refresh"})
    figure.refresh_from_db()
    assert (figure.own_value, figure.value) == (14.5, 20)
    page.post(path, {"do": f"restore:{figure.pk}"})
    figure.refresh_from_db()
    assert (figure.own_value, figure.own_reason, figure.own_by) == (None, "", None)


def test_put_into_the_text(head: User, page: Client) -> None:
    KNOWN["made.named"] = Measured(value=41, people=63)
    one = cited(head, "made.named")
    a_census(one)
    refresh_figures(actor=Actor.of(head), submission=one, criterion="clear")
    figure = one.figures.get()
    page.post(
        f"/forms/{one.key}/clear/",
        {"do": f"put:{figure.pk}", "text": "We name people.", "based_on": "0"},
    )
    assert one.statements.get(criterion="clear").text == (
        "We name people. Technicians who are named: 40 of 65 people (1 December 2025)."
    )
    other = cited(head, "made.named").figures.get()
    page.post(
        f"/forms/{one.key}/clear/", {"do": f"put:{other.pk}", "text": "Only.", "based_on": "1"}
    )
    assert one.statements.get(criterion="clear").text == "Only.", "a figure of another is not put"


def test_a_change_lapses_the_signature_and_no_change_does_not(
    head: User, lead: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    from benchside.assessment import writing_rules
    from benchside.assessment.actions import sign

    monkeypatch.setattr(writing_rules, "signers", [lambda actor, *_: actor.account == head])
    KNOWN["made.posters"] = Measured(value=12)
    one = cited(head, "made.posters")
    for key in ("clear", "mended"):
        save_statement(actor=lead, submission=one, criterion=key, text="Words.", based_on=0)
    add_link(
        actor=lead, submission=one, title="Log", url="https://example.org/", serves={"mended": ""}
    )
    sign(actor=lead, submission=one, step="head", signed_as="Hedda")
    assert refresh_figures(actor=lead, submission=one, criterion="clear") == 0
    assert len(standing(one)) == 1
    KNOWN["made.posters"] = Measured(value=13)
    assert refresh_figures(actor=lead, submission=one, criterion="clear") == 1
    assert standing(one) == []
    sign(actor=lead, submission=one, step="head", signed_as="Hedda")
    overrule_figure(actor=lead, figure=one.figures.get(), value=1, reason="Counted")
    assert standing(one) == []


def test_only_writers_of_the_question_change_its_figures(head: User, lead: Actor) -> None:
    one = cited(head, "made.posters")
    figure = one.figures.get()
    stranger = Actor.of(person("x@benchside.example"))
    with pytest.raises(Denied):
        refresh_figures(actor=stranger, submission=one, criterion="clear")
    with pytest.raises(Denied):
        overrule_figure(actor=stranger, figure=figure, value=1, reason="Mine")
    with pytest.raises(Denied):
        restore_figure(actor=stranger, figure=figure)
    with pytest.raises(Refused, match="reason is missing"):
        overrule_figure(actor=lead, figure=figure, value=1, reason=" ")
    for value in (float("nan"), float("inf"), 1e300):
        with pytest.raises(Refused, match="not a number"):
            overrule_figure(actor=lead, figure=figure, value=value, reason="Mine")
    withdraw_submission(actor=lead, submission=one)
    with pytest.raises(Refused, match="can no longer change"):
        overrule_figure(actor=lead, figure=figure, value=1, reason="Late")
    assert Figure.objects.filter(own_value__isnull=False).count() == 0


@pytest.mark.parametrize(
    ("value", "said"), [(12.0, "12"), (12.5, "12.5"), (1234567.0, "1,234,567"), (0.0, "0")]
)
def test_numbers_are_said_as_people_say_them(value: float, said: str) -> None:
    assert figures.number(value) == said
