"""Two people put a page up; one may take it down."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, TaskState
from wagtail.test.utils.form_data import nested_form_data, rich_text

from benchside.accounts.models import User
from benchside.website.first_pages import write_first_pages
from benchside.website.four_eyes import WHY
from benchside.website.models import TextPage
from tests.factories import desk

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_at_the_desk", "_site")]


@pytest.fixture
def _site() -> None:
    write_first_pages()


def at_desk(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def form(page: TextPage, *, button: str, body: str | None = None, **more: str) -> dict[str, Any]:
    """What the editor's form sends for this page."""
    latest: Any = TextPage.objects.get(pk=page.pk).get_latest_revision_as_object()
    return {
        **nested_form_data(
            {
                "title": latest.title,
                "slug": latest.slug or page.slug,
                "lead": latest.lead,
                "body": rich_text(body if body is not None else latest.body),
                "checked_on": str(latest.checked_on),
                "review_by": str(latest.review_by or ""),
                "seo_title": "",
                "search_description": latest.search_description,
                "comments-TOTAL_FORMS": "0",
                "comments-INITIAL_FORMS": "0",
                "comments-MIN_NUM_FORMS": "0",
                "comments-MAX_NUM_FORMS": "",
            }
        ),
        button: "yes",
        **more,
    }


def edit_url(page: TextPage) -> str:
    return f"/desk/pages/{page.pk}/edit/"


def submit(page: TextPage, user: User) -> None:
    at_desk(user).post(edit_url(page), form(page, button="action-submit"))


def approve(page: TextPage, user: User, **changes: Any) -> Any:
    sent = form(page, button="action-workflow-action", **changes)
    sent["workflow-action-name"] = "approve"
    return at_desk(user).post(edit_url(page), sent, follow=True)


def is_live(page: TextPage) -> bool:
    return Page.objects.get(pk=page.pk).live


def test_what_an_editor_submits_goes_live_when_a_moderator_approves() -> None:
    page = desk.page_by(desk.edith())
    submit(page, page.owner)
    assert not is_live(page)

    approve(page, desk.moses())

    assert is_live(page)
    assert "It is hot." in Client().get("/ovens/").content.decode()


def test_an_editor_cannot_approve() -> None:
    page = desk.page_by(desk.edith())
    submit(page, page.owner)
    approve(page, page.owner)
    assert not is_live(page)


@pytest.mark.parametrize("in_charge", [False, True])
def test_nobody_approves_their_own_page_and_is_told_why(in_charge: bool) -> None:
    author = desk.person("Ada", "Moderators", is_superuser=in_charge, is_staff=True)
    page = desk.page_by(author)
    submit(page, author)

    approve(page, author)

    assert not is_live(page)
    shown = at_desk(author).get(edit_url(page)).content.decode()
    assert WHY in shown
    assert 'data-workflow-action-name="approve"' not in shown
    approve(page, desk.moses())
    assert is_live(page)


def test_who_submits_the_words_of_another_cannot_approve_them() -> None:
    page, moses = desk.page_by(desk.edith()), desk.moses()
    submit(page, moses)
    approve(page, moses)
    assert not is_live(page)


def test_an_approval_with_changes_is_a_change_and_waits_for_another() -> None:
    page, moses = desk.page_by(desk.edith()), desk.moses()
    submit(page, page.owner)

    answer = approve(page, moses, body="<p>It is cold.</p>")

    assert not is_live(page)
    assert WHY in answer.content.decode()
    approve(page, desk.miriam())
    assert "It is cold." in Client().get("/ovens/").content.decode()


def test_an_approval_that_changes_no_word_is_an_approval() -> None:
    """The editor in the browser names each block of text anew: the form says it has changed."""
    page, moses = desk.page_by(desk.edith()), desk.moses()
    submit(page, page.owner)
    assert reviewable(moses) == ["Ovens"]

    approve(page, moses, body='<p data-block-key="other">It is hot.</p>')

    assert is_live(page)
    assert "It is hot." in Client().get("/ovens/").content.decode()


def test_a_change_saved_first_and_approved_later_is_still_a_change() -> None:
    page, moses = desk.page_by(desk.edith()), desk.moses()
    submit(page, page.owner)
    at_desk(moses).post(
        edit_url(page), form(page, button="action-save-draft", body="<p>It is cold.</p>")
    )
    assert reviewable(moses) == []

    approve(page, moses, body='<p data-block-key="again">It is cold.</p>')

    assert not is_live(page)
    approve(page, desk.miriam(), body='<p data-block-key="third">It is cold.</p>')
    assert is_live(page)


def reviewable(user: User) -> list[str]:
    return [str(state.revision.object_str) for state in TaskState.objects.reviewable_by(user)]


def test_the_action_itself_refuses_too() -> None:
    """Whoever gets round the form: the model's own last step says no, and all is undone."""
    author = desk.moses()
    page = desk.page_by(author)
    submit(page, author)
    state = page.current_workflow_task_state
    with pytest.raises(PermissionDenied):
        state.approve(user=author)
    assert not is_live(page)
    assert TaskState.objects.get(pk=state.pk).status == TaskState.STATUS_IN_PROGRESS


@pytest.mark.parametrize("who", ["edith", "moses"])
def test_nobody_publishes_by_a_button_alone(who: str) -> None:
    user = getattr(desk, who)()
    page = desk.page_by(user)
    client = at_desk(user)
    client.post(edit_url(page), form(page, button="action-publish"))
    client.post(f"/desk/bulk/wagtailcore/page/publish/?id={page.pk}&next=/desk/", {})
    assert not is_live(page)
    assert 'name="action-publish"' not in client.get(edit_url(page)).content.decode()


def test_nobody_publishes_by_copying() -> None:
    moses, about = desk.moses(), TextPage.objects.get(slug="about")
    at_desk(moses).post(
        f"/desk/pages/{about.pk}/copy/",
        {
            "new_title": "Copied",
            "new_slug": "copied",
            "new_parent_page": str(about.get_parent().pk),
            "publish_copies": "on",
        },
    )
    assert not Page.objects.filter(slug="copied", live=True).exists()


def test_one_moderator_takes_a_page_down_alone() -> None:
    about = TextPage.objects.get(slug="about")
    at_desk(desk.edith()).post(f"/desk/pages/{about.pk}/unpublish/")
    assert is_live(about)
    at_desk(desk.moses()).post(f"/desk/pages/{about.pk}/unpublish/")
    assert not is_live(about)


def test_a_moderator_is_shown_only_what_they_may_approve() -> None:
    moses, edith = desk.moses(), desk.edith()
    mine, theirs = desk.page_by(moses, title="Mine"), desk.page_by(edith, title="Theirs")
    submit(mine, moses)
    submit(theirs, edith)
    assert reviewable(moses) == ["Theirs"]


# --- by the clock ---------------------------------------------------------------------------------
def test_an_approved_page_goes_up_and_comes_down_at_its_times() -> None:
    edith, now = desk.edith(), timezone.now()
    page = desk.page_by(edith)
    page.go_live_at, page.expire_at = now + timedelta(hours=2), now + timedelta(hours=5)
    page.save_revision(user=edith)
    page.get_workflow().start(page, edith)
    page.current_workflow_task_state.approve(user=desk.moses())

    def live_after(hours: int) -> bool:
        with time_machine.travel(now + timedelta(hours=hours)):
            call_command("publish_scheduled")
            return is_live(page)

    assert [live_after(hours) for hours in (1, 3, 6)] == [False, True, False]


def test_a_time_without_an_approval_publishes_nothing() -> None:
    edith, now = desk.edith(), timezone.now()
    page = desk.page_by(edith)
    page.go_live_at = now + timedelta(hours=1)
    page.save_revision(user=edith)
    with time_machine.travel(now + timedelta(hours=2)):
        call_command("publish_scheduled")
    assert not is_live(page)


# --- what the editor is warned of -----------------------------------------------------------------
def test_hard_words_are_named_at_save_and_do_not_stop_it() -> None:
    edith = desk.edith()
    page = desk.page_by(edith)
    hard = "Consequently, practitioners systematically evaluate refractory characteristics."
    answer = at_desk(edith).post(
        edit_url(page), form(page, button="action-save-draft", body=f"<p>{hard}</p>"), follow=True
    )
    shown = answer.content.decode()
    assert f"Start with: “{hard}”" in shown
    assert hard in TextPage.objects.get(pk=page.pk).get_latest_revision_as_object().body


def test_plain_words_bring_no_warning() -> None:
    edith = desk.edith()
    page = desk.page_by(edith)
    answer = at_desk(edith).post(
        edit_url(page), form(page, button="action-save-draft"), follow=True
    )
    assert "hard to read" not in answer.content.decode()


def test_a_link_to_a_page_that_is_not_live_is_named() -> None:
    edith = desk.edith()
    draft = desk.page_by(edith, title="Not there yet")
    page = desk.page_by(
        edith, title="Links", body=f'<p>See <a linktype="page" id="{draft.pk}">it</a>.</p>'
    )
    about = TextPage.objects.get(slug="about").pk
    body = f'<p><a linktype="page" id="{draft.pk}">a</a> <a linktype="page" id="{about}">b</a></p>'
    answer = at_desk(edith).post(
        edit_url(page), form(page, button="action-save-draft", body=body), follow=True
    )
    shown = answer.content.decode()
    assert "one links to: “Not there yet”" in shown
    assert "one links to: “About" not in shown


# --- addresses ------------------------------------------------------------------------------------
def test_a_renamed_page_is_found_at_its_old_address(
    django_capture_on_commit_callbacks: Any,
) -> None:
    edith, about = desk.edith(), TextPage.objects.get(slug="about")
    about.slug = "who-we-are"
    about.save_revision(user=edith)
    about.get_workflow().start(about, edith)
    with django_capture_on_commit_callbacks(execute=True):
        about.current_workflow_task_state.approve(user=desk.moses())
    assert Redirect.objects.filter(old_path="/about").exists()
    answer = Client().get("/about/")
    assert (answer.status_code, answer["Location"]) == (301, "/who-we-are/")
