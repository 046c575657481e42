"""Pages of stories: the words, and no way up but the record's.

Wagtail can publish in many ways: a button, a workflow, the clock, in bulk, by its API, by copying.
All of them end in `StoryPage.publish`, and that asks the record. And whatever stands in a page,
readers see it only where the record says that it is published (`Story.objects.public`).
"""

from typing import Any, ClassVar, NoReturn

from django.apps import apps
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from wagtail import blocks
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page, PagePermissionTester

from benchside.core.actions import Refused
from benchside.visibility.enums import StoryState

HOOK, ANSWER = 120, 1500
ONLY_AT_THE_DESK = "Stories are published, taken down and withdrawn under “Stories” at the desk."


class AnswerBlock(blocks.StructBlock):
    question = blocks.CharBlock(max_length=120)
    answer = blocks.TextBlock(max_length=ANSWER, rows=5)

    class Meta:
        icon = "help"
        label_format = "{question}"


class StepBlock(blocks.StructBlock):
    when = blocks.CharBlock(max_length=20, help_text="A year, or years: 2019, 2019 to 2021.")
    what = blocks.CharBlock(max_length=200)

    class Meta:
        icon = "date"
        label_format = "{when}: {what}"


class StoryPagePermissions(PagePermissionTester):
    """Who reviews stories changes words; no other editor reads them before they are seen.
    Everything else is done to the record, at the desk of stories."""

    def no(self, *_args: Any, **_options: Any) -> bool:
        return False

    def can_edit(self) -> bool:
        return bool(super().can_edit()) and self.user.has_perm("visibility.review_story")

    can_publish = can_publish_subpage = can_unpublish = can_unschedule = can_delete = no
    can_copy = can_copy_to = can_move = can_move_to = can_reorder_children = no
    can_set_view_restrictions = can_submit_for_moderation = no


class StoryIndexPage(Page):
    """Where the pages of stories hang. What readers see under its address is the stories' own."""

    subpage_types: ClassVar = ["visibility.StoryPage"]
    max_count = 1

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return redirect("/stories/")


class StoryPage(Page):
    """The words of one story: a hook (the title), questions with answers, dated steps of a route.

    Made by the action that takes a story in. Anybody who holds a link may have typed them, so they
    are plain text.
    """

    answers = StreamField([("answer", AnswerBlock())], blank=True)
    steps = StreamField([("step", StepBlock())], blank=True)

    parent_page_types: ClassVar = ["visibility.StoryIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    is_creatable = False
    content_panels: ClassVar = [
        FieldPanel("title", heading="Hook", help_text="One line that makes people read on."),
        FieldPanel("answers"),
        FieldPanel("steps", heading="Route"),
    ]
    promote_panels: ClassVar[list[Any]] = []
    settings_panels: ClassVar[list[Any]] = []
    # What readers would see is shown at the desk of stories, with all that stands beside the words.
    preview_modes: ClassVar[list[Any]] = []
    default_preview_mode = ""

    def serve_preview(self, request: HttpRequest, mode_name: str) -> NoReturn:
        raise Http404

    def permissions_for_user(self, user: Any) -> StoryPagePermissions:
        return StoryPagePermissions(user, self)

    def get_workflow(self) -> None:
        """None of Wagtail's: a story has a way of its own, and its person agrees to the words."""

    def publish(self, revision: Any, user: Any = None, **options: Any) -> Any:
        """Put up what the record says is published, and nothing else.

        Raises Refused. The clock is not refused but passed by, or it would stop at this page each
        time and publish no other.
        """
        if is_published_by_record(self.pk, revision.pk):
            return super().publish(revision, user=user, **options)
        if user is None and revision.approved_go_live_at is not None:
            revision.approved_go_live_at = None
            revision.save(update_fields=["approved_go_live_at"])
            return None
        raise Refused("This story is not ready to be seen.", ONLY_AT_THE_DESK)

    def copy(self, *_args: Any, **_options: Any) -> NoReturn:
        raise Refused("A story is one person's, and cannot be copied.", ONLY_AT_THE_DESK)

    def create_alias(self, **_options: Any) -> NoReturn:
        raise Refused("A story is one person's, and cannot be copied.", ONLY_AT_THE_DESK)

    def copy_for_translation(self, *_args: Any, **_options: Any) -> NoReturn:
        raise Refused("A story is one person's, and cannot be copied.", ONLY_AT_THE_DESK)

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Wherever the page hangs, the story has one address, and only while it is public."""
        story = apps.get_model("visibility.Story").objects.public().filter(page=self).first()
        if story is None or request.path == story.get_absolute_url():
            raise Http404
        return redirect(story)


def is_published_by_record(page_id: int, revision_id: int) -> bool:
    """Whether the one action that publishes has said so, in the transaction that is open now."""
    records: models.QuerySet[Any] = apps.get_model("visibility.Story").objects.filter(
        page=page_id, state=StoryState.PUBLISHED, published_revision=revision_id
    )
    return records.exists()
