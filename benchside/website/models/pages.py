"""Pages an editor writes at the desk. Pages hold words; records hold state."""

from typing import ClassVar

from django.db import models
from django.utils import timezone
from wagtail import blocks
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page
from wagtail.search import index

TEXT_FEATURES = ["h3", "bold", "italic", "ol", "ul", "link", "document-link", "hr"]


class SheetPage(Page):
    """What every written page carries in its plate: a lead, who checks it and when."""

    lead = models.CharField(max_length=250, blank=True, help_text="One sentence under the title.")
    checked_on = models.DateField(
        default=timezone.localdate, help_text="When a person last read this and found it true."
    )
    review_by = models.DateField(null=True, blank=True, help_text="When to read it again.")

    class Meta:
        abstract = True


class HomePage(SheetPage):
    parent_page_types: ClassVar = ["wagtailcore.Page"]
    max_count = 1
    template = "website/home.html"
    content_panels: ClassVar = [*Page.content_panels, FieldPanel("lead")]


class TextPage(SheetPage):
    """Plain words under a title: about, privacy, accessibility."""

    body = RichTextField(features=TEXT_FEATURES)

    template = "website/text.html"
    search_fields: ClassVar = [*Page.search_fields, index.SearchField("body")]
    content_panels: ClassVar = [
        *Page.content_panels,
        FieldPanel("lead"),
        FieldPanel("body"),
        FieldPanel("checked_on"),
        FieldPanel("review_by"),
    ]


class QuestionBlock(blocks.StructBlock):
    question = blocks.CharBlock(max_length=120)
    answer = blocks.RichTextBlock(features=TEXT_FEATURES)


class GuidePage(SheetPage):
    """Questions a reader asks first, each with its answer: for parents, for teachers."""

    questions = StreamField([("question", QuestionBlock())], blank=True)
    reader = models.CharField(max_length=60, help_text="Who this is for: Parents and carers.")

    template = "website/guide.html"
    search_fields: ClassVar = [*Page.search_fields, index.SearchField("questions")]
    content_panels: ClassVar = [
        *Page.content_panels,
        FieldPanel("reader"),
        FieldPanel("lead"),
        FieldPanel("questions"),
        FieldPanel("checked_on"),
        FieldPanel("review_by"),
    ]


class NewsIndexPage(SheetPage):
    subpage_types: ClassVar = ["website.NewsPage"]
    max_count = 1
    template = "website/news_index.html"
    content_panels: ClassVar = [*Page.content_panels, FieldPanel("lead")]


class NewsPage(SheetPage):
    body = RichTextField(features=TEXT_FEATURES)
    picture = models.ForeignKey(
        "core.Picture", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    parent_page_types: ClassVar = ["website.NewsIndexPage"]
    template = "website/news.html"
    search_fields: ClassVar = [*Page.search_fields, index.SearchField("body")]
    content_panels: ClassVar = [
        *Page.content_panels,
        FieldPanel("lead"),
        FieldPanel("picture"),
        FieldPanel("body"),
        FieldPanel("checked_on"),
        FieldPanel("review_by"),
    ]
