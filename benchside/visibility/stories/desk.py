"""Stories at the desk: what was sent in, and one story with all that can be done to it.

To whoever may not review stories, there are none here.
"""

from collections.abc import Callable
from typing import Any, ClassVar

from django import forms
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views import View
from wagtail.admin import messages
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn, StatusTagColumn, TitleColumn
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from benchside.core.actions import Actor, Refused
from benchside.core.desk_pages import SafeReportView, WhoMay
from benchside.people.models import MediaConsent
from benchside.visibility.enums import StoryState
from benchside.visibility.models import Story
from benchside.visibility.rules import can_review_stories
from benchside.visibility.stories import actions, gate, queries, shown
from benchside.visibility.stories.desk_forms import (
    CaptionsForm,
    DescriptionForm,
    DetailsForm,
    PublishForm,
    ReviewForm,
    WordsForm,
)
from benchside.visibility.stories.queries import Wanted
from benchside.visibility.stories.rules import is_author, is_last_to_change
from benchside.visibility.stories.states import STORY
from benchside.visibility.stories.tell.pages import small_picture

WAITING = (StoryState.SENT, StoryState.AGREED)


class StoryFilters(WagtailFilterSet):
    class Meta:
        model = Story
        fields: ClassVar = ["state", "nation"]


class StoryList(WhoMay, SafeReportView):
    may = can_review_stories
    model = Story
    page_title = "Stories"
    header_icon = "openquote"
    index_url_name = "desk_stories"
    index_results_url_name = "desk_stories_results"
    default_ordering = "-sent_at"
    paginate_by = 25
    filterset_class = StoryFilters
    verbose_name_plural = "stories"
    columns: ClassVar = [
        TitleColumn("shown_as", label="Story of", get_url=Story.get_desk_url, sort_key="name"),
        Column("job", label="Job", sort_key="role__title"),
        Column("employer", label="Employer", sort_key="employer"),
        StatusTagColumn(
            "state",
            label="State",
            accessor="get_state_display",
            primary=lambda story: story.state in WAITING,
            sort_key="state",
        ),
        DateColumn("sent_at", label="Sent", sort_key="sent_at"),
        Column("review_on", label="Read again", sort_key="review_on"),
    ]
    # No words, no address and no name that is not shown: a file leaves the desk.
    list_export: ClassVar = [
        "slug", "shown_as", "job", "employer", "get_nation_display", "get_state_display", "sent_at",
        "published_at", "review_on",
    ]  # fmt: skip
    export_headings: ClassVar = {
        "shown_as": "Shown as", "job": "Job", "get_nation_display": "Nation",
        "get_state_display": "State",
    }  # fmt: skip
    export_filename = "stories"

    def get_base_queryset(self) -> QuerySet[Story]:
        """All that was sent in; with `?due=yes` those that are to be read again."""
        return queries.at_the_desk(Wanted(due=self.request.GET.get("due") == "yes"))


def picture(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    if not can_review_stories(Actor.of(request.user)):
        raise Http404
    return small_picture(get_object_or_404(Story, pk=pk), number)


class StoryDesk(WhoMay, WagtailAdminTemplateMixin, View):
    may = can_review_stories
    template_name = "visibility/desk/story.html"
    header_icon = "openquote"
    FORMS: ClassVar[dict[str, type[forms.Form]]] = {
        "ask": WordsForm,
        "refuse": WordsForm,
        "take_down": WordsForm,
        "publish": PublishForm,
        "read_again": ReviewForm,
        "details": DetailsForm,
        "describe": DescriptionForm,
        "captions": CaptionsForm,
    }

    def get_page_title(self) -> str:
        return f"Story {self.story.slug}"

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        return [
            *self.breadcrumbs_items,
            {"url": reverse("desk_stories"), "label": "Stories"},
            {"url": "", "label": self.story.slug},
        ]

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        self.story = self._story(pk)
        return self._page()

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        self.story = self._story(pk)
        verb = request.POST.get("verb", "")
        form = self._form(verb)
        if form is not None and not form.is_valid():
            return self._page(**{f"{verb}_form": form}, status=422)
        try:
            said = self._do(verb, form)
        except Refused as refused:
            messages.error(request, f"{refused.message} {refused.remedy}".strip())
        else:
            messages.success(request, said)
        return redirect(self.story.get_desk_url())

    def _story(self, pk: int) -> Story:
        found = queries.at_the_desk(Wanted()).select_related("page", "photo", "film__film")
        return get_object_or_404(found, pk=pk)

    def _form(self, verb: str) -> forms.Form | None:
        if verb not in self.FORMS:
            return None
        return self.FORMS[verb](self.request.POST, self.request.FILES)

    def _do(self, verb: str, form: forms.Form | None) -> str:
        """Call the verb's action; returns what to tell the person. 404 for a verb unknown."""
        cleaned = form.cleaned_data if form else {}
        number = self.request.POST.get("picture", "")
        which = {"pk": int(number) if number.isascii() and number.isdecimal() else 0}
        verbs: dict[str, tuple[Callable[..., object], dict[str, Any], str]] = {
            "ask": (actions.ask_person, cleaned, "Your question is on its way."),
            "propose": (actions.propose_words, {}, "The words are on their way to be agreed."),
            "refuse": (actions.refuse_story, cleaned, "They are told, with your reason."),
            "publish": (actions.publish_story, cleaned, "Everybody can read it now."),
            "take_down": (
                actions.take_down_story, {"why": cleaned.get("text", "")}, "Nobody sees it now.",
            ),
            "read_again": (actions.read_again, cleaned, "It stays, until it is read again."),
            "withdraw": (actions.withdraw_story, {}, "It is gone, with everything it had."),
            "details": (actions.change_details, {"values": cleaned}, "Kept."),
            "describe": (actions.describe_picture, {**cleaned, **which}, "Kept."),
            "first": (actions.put_first, which, "It stands first now."),
            "remove_picture": (actions.remove_picture, which, "The picture is destroyed."),
            "captions": (actions.caption_film, cleaned, "The words of the film are kept."),
            "remove_film": (actions.remove_film, {}, "The film is destroyed."),
        }  # fmt: skip
        if verb not in verbs:
            raise Http404
        action, more, said = verbs[verb]
        action(actor=self.actor, story=self.story, **more)
        return said

    def _page(self, status: int = 200, **bound: forms.Form) -> HttpResponse:
        """lacks    what stands between the story and its readers, as `gate.lacks` has it
        unsure   words that may be a name that is not shown
        changes  of (place, pieces) where the words differ from what was sent"""
        story = self.story
        page = shown.words_now(story)
        waits = story.state in {
            StoryState.SENT, StoryState.ASKED, StoryState.TO_AGREE, StoryState.AGREED
        }  # fmt: skip
        context = {
            "story": story,
            "page": page,
            "waits": waits,
            "verbs": STORY.verbs(self.actor, story),
            "lacks": gate.lacks(story) if waits else [],
            "unsure": [one for one in gate.names_told(story, page) if not one.is_plain]
            if page
            else [],
            "is_mine": is_author(self.actor, story),
            "changed_it": is_last_to_change(self.actor, story),
            "answers": shown.answers_of(page) if page else [],
            "steps": shown.steps_of(page) if page else [],
            "changes": shown.changes(story, page) if page else [],
            "pictures": story.pictures.select_related("picture"),
            "film": story.film_or_none,
            "consents": MediaConsent.objects.of(story.subject),
            "talk": story.messages.all(),
            "details_form": DetailsForm.of(story),
            "publish_form": PublishForm(),
            "read_again_form": ReviewForm(),
            "captions_form": CaptionsForm.of(story.film_or_none),
            "ask_form": WordsForm(),
            "refuse_form": WordsForm(),
            "take_down_form": WordsForm(),
            **bound,
        }
        return self.render_to_response(self.get_context_data(**context), status=status)
