"""The page of a story: where it hangs, and how it is written from what was told."""

from typing import Any

from wagtail.models import Page, PageLogEntry, Site

from benchside.visibility.models import Story, StoryIndexPage, StoryPage
from benchside.visibility.stories.questions import QUESTIONS


def index_page() -> StoryIndexPage:
    """The page all stories hang under; made when there is none yet."""
    if found := StoryIndexPage.objects.first():
        return found
    site = Site.objects.filter(is_default_site=True).select_related("root_page").first()
    home = site.root_page if site else Page.get_first_root_node()
    made: StoryIndexPage = home.add_child(
        instance=StoryIndexPage(title="Stories", slug="stories", live=True)
    )
    return made


def write_page(story: Story) -> StoryPage:
    """A draft page of what was told; nobody's change but the teller's, so of no user."""
    page = StoryPage(title=story.told["hook"], slug=story.slug, live=False)
    page.answers, page.steps = _answers(story.told), _steps(story.told)
    index_page().add_child(instance=page)
    page.save_revision(log_action=False)
    return page


def destroy_page(page: StoryPage) -> None:
    """Delete a page with its revisions, its entry of the search and its log, whose lines hold the
    hook. Inside the transaction of the caller."""
    number = page.pk
    page.delete()
    PageLogEntry.objects.filter(page_id=number).delete()


def _answers(told: dict[str, Any]) -> list[tuple[str, dict[str, str]]]:
    answers = told.get("answers", {})
    return [
        ("answer", {"question": question.text, "answer": answers[question.key]})
        for question in QUESTIONS
        if answers.get(question.key)
    ]


def _steps(told: dict[str, Any]) -> list[tuple[str, dict[str, str]]]:
    return [("step", {"when": s["when"], "what": s["what"]}) for s in told.get("route", [])]
