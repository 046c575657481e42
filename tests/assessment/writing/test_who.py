"""Who sees and writes what: everybody else is told that there is nothing."""

from collections.abc import Callable

import pytest
from django.test import Client

from benchside.accounts.models import User
from benchside.assessment import writing_rules
from benchside.assessment.actions import (
    add_contributor,
    comment,
    remove_contributor,
    save_statement,
    withdraw_submission,
)
from benchside.assessment.models import Contributor, Submission
from benchside.core.actions import Actor, Denied
from benchside.core.models import OutgoingMail
from benchside.organisations.enums import MemberRole
from tests.factories.organisations import a_member, an_organisation
from tests.factories.people import person

As = Callable[[User], Client]
PATHS = ("", "clear/", "clear/versions/", "people/", "withdraw/")


def whole(submission: Submission, path: str = "") -> str:
    return f"/forms/{submission.key}/{path}"


@pytest.mark.parametrize("path", PATHS)
def test_others_find_nothing(submission: Submission, as_user: As, path: str) -> None:
    colleague = a_member(submission.organisation, MemberRole.CHAMPION)  # type: ignore[arg-type]
    stranger = a_member(an_organisation("southmoor"))
    superuser = person("root@benchside.example", is_superuser=True, is_staff=True)
    for user in (colleague, stranger, superuser):
        assert as_user(user).get(whole(submission, path)).status_code == 404
        assert as_user(user).post(whole(submission, path), {"text": "x"}).status_code in {404, 405}
    assert "/accounts/login/" in Client().get(whole(submission, path))["Location"]
    assert not submission.statements.exclude(text="").exists()


def test_a_contributor_reads_all_and_writes_a_part(
    submission: Submission, lead: Actor, as_user: As
) -> None:
    helper = person("helper@benchside.example")
    save_statement(
        actor=lead, submission=submission, criterion="clear", text="Lead's words.", based_on=0
    )
    add_contributor(actor=lead, submission=submission, user=helper, criterion="mended")
    client = as_user(helper)
    read = client.get(whole(submission, "clear/")).content.decode()
    assert "Lead&#x27;s words." in read
    assert 'id="text"' not in read
    assert 'id="text"' in client.get(whole(submission, "mended/")).content.decode()
    overview = client.get(whole(submission)).content.decode()
    assert "Next: It is mended" in overview
    assert "Withdraw this" not in overview
    assert client.get(whole(submission, "withdraw/")).status_code == 403
    assert client.post(whole(submission, "withdraw/")).status_code == 403
    assert client.get(whole(submission, "people/")).status_code == 200
    assert client.post(whole(submission, "people/"), {"email": helper.email}).status_code == 403
    assert "Ask somebody" not in client.get(whole(submission, "people/")).content.decode()


def test_an_area_is_a_part(submission: Submission, lead: Actor, as_user: As) -> None:
    helper = person("helper@benchside.example")
    add_contributor(actor=lead, submission=submission, user=helper, area="bench")
    client = as_user(helper)
    for key in ("clear", "mended"):
        assert 'id="text"' in client.get(whole(submission, f"{key}/")).content.decode()


def test_whoever_signs_reads_the_words_and_not_the_talk(
    submission: Submission, lead: Actor, as_user: As, monkeypatch: pytest.MonkeyPatch
) -> None:
    signer = a_member(submission.organisation, MemberRole.SIGNER)  # type: ignore[arg-type]
    monkeypatch.setattr(
        writing_rules,
        "signers",
        [lambda actor, _, right: right == "sign" and actor.account == signer],
    )
    comment(actor=lead, submission=submission, text="Between us alone.", criterion="clear")
    client = as_user(signer)
    html = client.get(whole(submission, "clear/")).content.decode()
    assert "What stands on the bench" in html
    assert "Between us alone" not in html
    assert "comment" not in client.get(whole(submission)).content.decode().lower()
    answer = client.post(whole(submission, "clear/"), {"do": "comment", "comment": "Me too."})
    assert answer.status_code == 403
    assert client.get(whole(submission, "people/")).status_code == 403
    assert client.get(whole(submission, "clear/versions/")).status_code == 403
    assert submission.comments.count() == 1


def test_a_letter_asks_and_a_part_is_taken_back(
    submission: Submission, page: Client, as_user: As, lead: Actor
) -> None:
    helper = person("helper@benchside.example", name="Hella Made-Up")
    sent = {"email": helper.email, "part": "one:mended", "due_on": "2027-03-01"}
    assert page.post(whole(submission, "people/"), sent).status_code == 302
    letter = OutgoingMail.objects.get(name="assessment/asked_to_write")
    assert letter.to == [helper.email]
    assert "It is mended" in letter.text
    assert "1 March 2027" in letter.text
    assert whole(submission, "mended/") in letter.text
    page.post(whole(submission, "people/"), sent | {"due_on": ""})
    one = Contributor.objects.get()
    assert one.due_on is None, "asked again, the day is changed"
    listed = page.get(whole(submission, "people/")).content.decode()
    assert "Hella Made-Up" in listed
    assert "0 of 1" in listed
    save_statement(
        actor=Actor.of(helper), submission=submission, criterion="mended", text="We.", based_on=0
    )
    page.post(whole(submission, f"people/{one.pk}/remove/"))
    assert not Contributor.objects.exists()
    assert submission.statements.get(criterion="mended").text == "We."
    assert as_user(helper).get(whole(submission)).status_code == 404


@pytest.mark.parametrize(
    ("sent", "says"),
    [
        ({}, "Say who is to write it"),
        ({"email": "nobody@benchside.example"}, "Nobody has an account"),
        ({"email": "no address"}, "One looks like name@example.org"),
        ({"email": "helper@benchside.example", "part": "one:no-such"}, "Choose one of those shown"),
        ({"member": "999999"}, "Choose one of those shown"),
        ({"email": "helper@benchside.example", "due_on": "soon"}, "That is no day"),
    ],
)
def test_a_mistake_says_what_to_do_and_keeps_what_was_typed(
    submission: Submission, page: Client, sent: dict[str, str], says: str
) -> None:
    person("helper@benchside.example")
    answer = page.post(whole(submission, "people/"), sent)
    assert answer.status_code == 422
    html = answer.content.decode()
    assert says in html
    if "email" in sent:
        assert f'value="{sent["email"]}"' in html
    assert not Contributor.objects.exists()


def test_a_part_of_another_submission_cannot_be_taken(
    submission: Submission, page: Client, lead: Actor, head: User
) -> None:
    from tests.factories.writing import begun

    other = begun(head)
    one = add_contributor(actor=lead, submission=other, user=person("h@benchside.example"))
    assert page.post(whole(submission, f"people/{one.pk}/remove/")).status_code == 404
    assert Contributor.objects.filter(pk=one.pk).exists()
    with pytest.raises(Denied):
        remove_contributor(actor=Actor.of(person("x@benchside.example")), contributor=one)


def test_taking_it_back_asks_once_more(submission: Submission, page: Client) -> None:
    assert "Withdraw this application" in page.get(whole(submission)).content.decode()
    assert "cannot be undone" in page.get(whole(submission, "withdraw/")).content.decode()
    page.post(whole(submission, "withdraw/"))
    submission.refresh_from_db()
    assert submission.state == "withdrawn"
    assert "Withdrawn" in page.get(whole(submission)).content.decode()
    assert page.get(whole(submission, "withdraw/"))["Location"] == whole(submission)


# --- the list -------------------------------------------------------------------------------------
def test_the_list_shows_what_is_mine_and_nothing_else(
    submission: Submission, page: Client, as_user: As, lead: Actor, head: User
) -> None:
    html = page.get("/forms/").content.decode()
    assert whole(submission) in html
    assert "lead it" in html
    helper = person("helper@benchside.example")
    client = as_user(helper)
    assert "Nothing yet" in client.get("/forms/").content.decode()
    add_contributor(actor=lead, submission=submission, user=helper, criterion="mended")
    assert "write a part" in client.get("/forms/").content.decode()
    colleague = as_user(a_member(submission.organisation, MemberRole.EDITOR))  # type: ignore[arg-type]
    assert "Nothing yet" in colleague.get("/forms/").content.decode()


def test_the_list_sorts_filters_and_leaves_as_a_spreadsheet(
    submission: Submission, page: Client, lead: Actor, head: User
) -> None:
    from tests.factories.writing import a_version, begun

    other = begun(head, a_version(key="another", title="=Another mark"))
    withdraw_submission(actor=lead, submission=submission)
    found = page.get("/forms/?state=open").content.decode()
    assert whole(other) in found
    assert whole(submission) not in found
    assert whole(other) not in page.get("/forms/?q=tidy").content.decode()
    up = page.get("/forms/?sort=title").content.decode()
    assert up.index(whole(other)) < up.index(whole(submission))
    for odd in ("?sort=magic", "?state=magic", "?page=99", "?page=x", "?q=%00"):
        assert page.get(f"/forms/{odd}").status_code == 200
    table = page.get("/forms/forms.csv").content.decode()
    assert "'=Another mark" in table
    assert "Withdrawn" in table
