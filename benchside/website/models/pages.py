"""Pages an editor writes at the desk. Pages hold words; records hold state."""

from collections.abc import Iterator
from typing import Any, ClassVar

from django.db import models
from django.utils import timezone
from wagtail import blocks
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page
from wagtail.rich_text import get_text_for_indexing
from wagtail.search import index

from benchside.website.forms import SheetPageForm
from benchside.website.page_permissions import PagePermissions
from benchside.website.panels import LinksPanel, ReadingPanel

# No pictures in the text: a picture has a field of its own, whose description is required.
TEXT_FEATURES = ["h3", "bold", "italic", "ol", "ul", "link", "document-link", "hr"]


class SheetPage(Page):
    """What every written page carries in its plate: a lead, who checks it and when."""

    lead = models.CharField(max_length=250, blank=True, help_text="One sentence under the title.")
    checked_on = models.DateField(
        default=timezone.localdate, help_text="When a person last read this and found it true."
    )
    review_by = models.DateField(null=True, blank=True, help_text="When to read it again.")

    parent_page_types: ClassVar = ["website.HomePage"]
    base_form_class = SheetPageForm

    class Meta:
        abstract = True

    def permissions_for_user(self, user: Any) -> PagePermissions:
        return PagePermissions(user, self)

    def rich_texts(self) -> Iterator[str]:
        """Each piece of the page's own HTML, in reading order."""
        yield from ()

    def plain_words(self) -> str:
        """All a reader reads, as plain text: each block a paragraph of its own."""
        pieces = [self.lead, *(get_text_for_indexing(html) for html in self.rich_texts())]
        return "\n\n".join(piece.strip() for piece in pieces if piece.strip())


CHECKED_PANELS = [FieldPanel("checked_on"), FieldPanel("review_by")]
WORDS_PANELS = [ReadingPanel(heading="Plain words"), LinksPanel(heading="Links to pages not live")]


class HomePage(SheetPage):
    parent_page_types: ClassVar = ["wagtailcore.Page"]
    max_count = 1
    template = "website/home.html"
    content_panels: ClassVar = [*Page.content_panels, FieldPanel("lead"), *CHECKED_PANELS]


class TextPage(SheetPage):
    """Plain words under a title: about, privacy, accessibility."""

    body = RichTextField(features=TEXT_FEATURES)

    subpage_types: ClassVar[list[str]] = []
    template = "website/text.html"
    search_fields: ClassVar = [*Page.search_fields, index.SearchField("body")]
    content_panels: ClassVar = [
        *Page.content_panels,
        FieldPanel("lead"),
        FieldPanel("body"),
        *CHECKED_PANELS,
        *WORDS_PANELS,
    ]

    def rich_texts(self) -> Iterator[str]:
        yield self.body


class QuestionBlock(blocks.StructBlock):
    question = blocks.CharBlock(max_length=120)
    answer = blocks.RichTextBlock(features=TEXT_FEATURES)

    class Meta:
        icon = "help"
        label_format = "{question}"


class GuidePage(SheetPage):
    """Questions a reader asks first, each with its answer: for parents, for teachers."""

    questions = StreamField([("question", QuestionBlock())], blank=True)
    reader = models.CharField(max_length=60, help_text="Who this is for: Parents and carers.")

    subpage_types: ClassVar[list[str]] = []
    template = "website/guide.html"
    search_fields: ClassVar = [*Page.search_fields, index.SearchField("questions")]
    content_panels: ClassVar = [
        *Page.content_panels,
        FieldPanel("reader"),
        FieldPanel("lead"),
        FieldPanel("questions"),
        *CHECKED_PANELS,
        *WORDS_PANELS,
    ]

    def rich_texts(self) -> Iterator[str]:
        for block in self.questions:
            yield f"<p>{block.value['question']}</p>"
            yield block.value["answer"].source


class NewsIndexPage(SheetPage):
    subpage_types: ClassVar = ["website.NewsPage"]
    max_count = 1
    template = "website/news_index.html"
    content_panels: ClassVar = [*Page.content_panels, FieldPanel("lead"), *CHECKED_PANELS]

    def items(self) -> "models.QuerySet[NewsPage]":
        """What is published, newest first."""
        return NewsPage.objects.child_of(self).live().order_by("-first_published_at")


class NewsPage(SheetPage):
    """One item of news. Its picture is described by the picture's own required description."""

    body = RichTextField(features=TEXT_FEATURES)
    picture = models.ForeignKey(
        "core.Picture", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    parent_page_types: ClassVar = ["website.NewsIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    template = "website/news.html"
    search_fields: ClassVar = [*Page.search_fields, index.SearchField("body")]
    content_panels: ClassVar = [
        *Page.content_panels,
        FieldPanel("lead"),
        FieldPanel("picture"),
        FieldPanel("body"),
        *CHECKED_PANELS,
        *WORDS_PANELS,
    ]

    def rich_texts(self) -> Iterator[str]:
        yield self.body
