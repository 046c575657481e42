"""As many queries for fifty questions as for five; many hands on one text."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from benchside.accounts.models import User
from benchside.assessment.actions import (
    add_contributor,
    begin_submission,
    comment,
    save_statement,
)
from benchside.assessment.models import Submission
from benchside.core.actions import Actor
from tests.factories.people import person
from tests.factories.writing import a_version, begun, of_size

PAGES = ("", "q-3/", "people/", "q-3/versions/")


def filled(head: User, questions: int) -> Submission:
    """Every question with an answer, somebody asked for it, and a comment."""
    one = begin_submission(
        actor=Actor.of(head),
        version=of_size(questions),
        organisation=head.memberships.get().organisation,
    )
    lead = Actor.of(head)
    for n in range(questions):
        helper = User.objects.filter(email=f"h{n}@benchside.example").first()
        helper = helper or person(f"h{n}@benchside.example")
        add_contributor(actor=lead, submission=one, user=helper, criterion=f"q-{n}")
        for text in ("One.", "One two."):
            number = one.statements.get(criterion=f"q-{n}").number
            save_statement(
                actor=lead, submission=one, criterion=f"q-{n}", text=text, based_on=number
            )
        comment(actor=lead, submission=one, text="Good?", criterion=f"q-{n}")
    return one


def test_no_page_asks_more_for_more_questions(head: User, page: Client) -> None:
    few, many = filled(head, 5), filled(head, 50)
    page.get("/forms/")  # a session's first page asks more
    asked = {}
    for path in PAGES:
        for one in (few, many):
            with CaptureQueriesContext(
                connection,
            ) as seen:
                assert page.get(f"/forms/{one.key}/{path}").status_code == 200
            asked.setdefault(path, []).append(len(seen))
    assert all(one == other for one, other in asked.values()), asked
    assert max(max(counts) for counts in asked.values()) <= 24, asked


def test_the_list_asks_no_more_for_more_of_a_kind(head: User, page: Client) -> None:
    counts = []
    page.get("/forms/")  # a session's first page asks more
    for number in (1, 9):
        for _ in range(number):
            begun(head)
        with CaptureQueriesContext(connection) as seen:
            page.get("/forms/")
        counts.append(len(seen))
    assert counts[0] == counts[1]


words = st.text(alphabet="abcdefg", min_size=3, max_size=6)
moves = st.lists(
    st.tuples(
        st.integers(0, 2),  # who
        st.sampled_from(["append", "insert", "replace", "open"]),
        st.integers(0, 5),
        words,
        st.sampled_from([". ", " ", "\n"]),
    ),
    max_size=14,
)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(moves)
def test_every_word_that_anybody_typed_stands_in_a_version(
    submission: Submission, lead: Actor, order: list[tuple[int, str, int, str, str]]
) -> None:
    """Three people with the page open, each on an older text than the others, in any order."""
    one = begin_submission(
        actor=lead, version=submission.version, organisation=submission.organisation, level="plain"
    )
    open_pages = dict.fromkeys(range(3), ("", 0))
    typed: set[str] = set()
    for n, (who, how, at, word, end) in enumerate(order):
        text, number = open_pages[who]
        if how == "open":
            found = one.statements.get(criterion="clear")
            open_pages[who] = (found.text, found.number)
            continue
        new = f"{word}{n}"
        typed.add(new)
        pieces = text.split(" ")
        at = min(at, len(pieces))
        if how == "append":
            pieces.append(f"{new}{end}")
        else:
            pieces[at : at + (how == "replace")] = [f"{new}{end}"]
        saved = save_statement(
            actor=lead, submission=one, criterion="clear", text=" ".join(pieces), based_on=number
        )
        open_pages[who] = (saved.text, saved.number)
    statement = one.statements.get(criterion="clear")
    kept = " ".join(statement.versions.values_list("text", flat=True))
    assert all(word in kept for word in typed)
    newest = statement.versions.first()
    assert newest is None or newest.text == statement.text


def test_letters_typed_while_a_save_is_under_way_do_not_double(
    submission: Submission, lead: Actor
) -> None:
    """Without the page's script a button may send words whose autosave just arrived."""
    base = 0
    for text in ("We", "We mend the", "We mend the bench."):
        save_statement(
            actor=lead, submission=submission, criterion="clear", text=text, based_on=base
        )
    assert submission.statements.get(criterion="clear").text == "We mend the bench."


@pytest.mark.parametrize("key", ["clear", "mended"])
def test_one_question_never_touches_another(
    submission: Submission, lead: Actor, key: str, as_user: Callable[[User], Client]
) -> None:
    save_statement(actor=lead, submission=submission, criterion=key, text="Mine.", based_on=0)
    others = submission.statements.exclude(criterion=key)
    assert set(others.values_list("text", flat=True)) == {""}
    assert a_version().key == submission.version.key
