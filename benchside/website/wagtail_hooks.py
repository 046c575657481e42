"""The editors' desk: what Wagtail shows, in our look, with our words and rules."""

from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import path, reverse
from django.urls.resolvers import URLPattern
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.auth import user_has_any_page_permission
from wagtail.admin.menu import MenuItem
from wagtail.models import Page

from benchside.core.actions import Actor
from benchside.visibility.rules import can_moderate
from benchside.website.desk_home import FirstThings
from benchside.website.four_eyes import WHY, in_hand_of
from benchside.website.models.pages import SheetPage
from benchside.website.panels import dead_links, reading_of
from benchside.website.rules import can_handle_concern
from benchside.website.views import desk_concerns
from benchside.website.views.quiz_reach import QuizReach
from benchside.website.views.stale import StaleFacts

KEPT_HELP = {"keyboard-shortcuts-trigger"}  # the others lead out of the house


# --- look -----------------------------------------------------------------------------------------
@hooks.register("insert_global_admin_css")
def desk_css() -> SafeString:
    return format_html('<link rel="stylesheet" href="{}">', static("website/desk.css"))


@hooks.register("construct_help_menu")
def help_that_stays_here(request: HttpRequest, menu_items: list[MenuItem]) -> None:
    menu_items[:] = [item for item in menu_items if item.name in KEPT_HELP]


@hooks.register("construct_homepage_panels")
def first_things(request: HttpRequest, panels: list[Any]) -> None:
    panels.insert(0, FirstThings())


# --- concerns -------------------------------------------------------------------------------------
class ConcernsMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return can_handle_concern(Actor.of(request.user))


@hooks.register("register_admin_menu_item")
def concerns_menu_item() -> MenuItem:
    return ConcernsMenuItem("Concerns", reverse("desk_concerns"), icon_name="warning", order=150)


class PhotosMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return can_moderate(Actor.of(request.user))


@hooks.register("register_admin_menu_item")
def photos_menu_item() -> MenuItem:
    url = reverse("visibility:moderation")
    return PhotosMenuItem("Photographs", url, icon_name="image", order=140)


@hooks.register("register_admin_urls")
def desk_urls() -> list[URLPattern]:
    concerns, one = desk_concerns.ConcernList, desk_concerns.ConcernDetail
    return [
        path("concerns/", concerns.as_view(), name="desk_concerns"),
        path(
            "concerns/results/", concerns.as_view(results_only=True), name="desk_concerns_results"
        ),
        path("concerns/<str:reference>/", one.as_view(), name="desk_concern"),
        path("reports/stale-facts/", StaleFacts.as_view(), name="desk_stale_facts"),
        path(
            "reports/stale-facts/results/",
            StaleFacts.as_view(results_only=True),
            name="desk_stale_facts_results",
        ),
        path("reports/quiz/", QuizReach.as_view(), name="desk_quiz_reach"),
        path(
            "reports/quiz/results/",
            QuizReach.as_view(results_only=True),
            name="desk_quiz_reach_results",
        ),
    ]


class EditorsReport(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return bool(user_has_any_page_permission(request.user))


@hooks.register("register_reports_menu_item")
def stale_facts_menu_item() -> MenuItem:
    url = reverse("desk_stale_facts")
    return EditorsReport("Stale facts", url, icon_name="time", order=10)


@hooks.register("register_reports_menu_item")
def quiz_reach_menu_item() -> MenuItem:
    return EditorsReport(
        "Quiz: roles shown", reverse("desk_quiz_reach"), icon_name="view", order=20
    )


# --- pages ----------------------------------------------------------------------------------------
@hooks.register("before_edit_page")
@hooks.register("before_edit_snippet")
def say_who_may_approve(request: HttpRequest, item: Any) -> None:
    """Whoever has a hand in a page or a role sees no button to approve it, and is told why."""
    state = getattr(item, "current_workflow_task_state", None)
    if request.method != "GET" or state is None or not in_hand_of(state, request.user):
        return
    if state.task.specific.user_can_access_editor(item, request.user):
        messages.warning(request, WHY)


@hooks.register("construct_page_action_menu")
@hooks.register("construct_snippet_action_menu")
def approving_comes_first(
    menu_items: list[Any], request: HttpRequest, context: dict[str, Any]
) -> None:
    """Whoever may approve came to do that: it is the button, the others its menu."""
    menu_items.sort(key=lambda item: item.name != "approve")


@hooks.register("after_edit_page")
@hooks.register("after_edit_snippet")
def say_what_came_of_approving(request: HttpRequest, item: Any) -> None:
    if request.POST.get("workflow-action-name") != "approve":
        return
    if item.current_workflow_task_state:
        messages.warning(request, f"Your changes are saved. {WHY}")
    elif type(item)._default_manager.filter(pk=item.pk, live=True).exists():
        messages.success(request, "You approved it: readers can see it now.")
    else:
        messages.success(
            request, "You approved it: readers will see it from the time it was given."
        )


@hooks.register("after_create_page")
@hooks.register("after_edit_page")
def read_along(request: HttpRequest, page: Page) -> None:
    """Warn of hard words and of links readers cannot open. It warns; it never stops a save."""
    if not isinstance(page, SheetPage) or is_autosave(request):
        return
    reading = reading_of(page)
    if reading["is_hard"]:
        worst = reading["hardest"][0].sentence if reading["hardest"] else page.title
        messages.warning(
            request,
            f"These words are hard to read: grade {reading['grade']}, and we aim for"
            f" {reading['limit']} or less. Start with: “{worst}”",
        )
    for title in dead_links(page):
        messages.warning(request, f"Readers cannot open a page this one links to: “{title}”.")


def is_autosave(request: HttpRequest) -> bool:
    """Wagtail's editor saves by itself now and then: nobody waits for words then."""
    return "application/json" in request.headers.get("Accept", "")
