"""Stories in the desk's menu."""

from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from benchside.core.actions import Actor
from benchside.visibility.models import Story, StoryPage
from benchside.visibility.rules import can_review_stories
from benchside.visibility.stories import desk


class StoriesMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return can_review_stories(Actor.of(request.user))


@hooks.register("register_admin_menu_item")
def stories_menu_item() -> MenuItem:
    return StoriesMenuItem("Stories", reverse("desk_stories"), icon_name="openquote", order=160)


@hooks.register("register_admin_urls")
def desk_urls() -> list[URLPattern]:
    stories, one = desk.StoryList, desk.StoryDesk
    return [
        path("stories/", stories.as_view(), name="desk_stories"),
        path("stories/results/", stories.as_view(results_only=True), name="desk_stories_results"),
        path("stories/<int:pk>/", one.as_view(), name="desk_story"),
        path("stories/<int:pk>/picture/<int:number>/", desk.picture, name="desk_story_picture"),
    ]


@hooks.register("construct_page_chooser_queryset")
def only_stories_that_are_seen(pages: Any, request: HttpRequest) -> Any:
    """Whoever links to a page chooses among all of them: also without a right to stories."""
    return _without_waiting(pages)


@hooks.register("construct_explorer_page_queryset")
def only_reviewers_walk_past_waiting_stories(parent: Any, pages: Any, request: HttpRequest) -> Any:
    return pages if can_review_stories(Actor.of(request.user)) else _without_waiting(pages)


def _without_waiting(pages: Any) -> Any:
    seen = Story.objects.public().values("page")
    return pages.exclude(pk__in=StoryPage.objects.exclude(pk__in=seen).values("pk"))
