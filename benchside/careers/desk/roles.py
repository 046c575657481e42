"""Roles at the desk: what an editor sees in the list and in the form."""

from typing import Any, ClassVar

from django.forms import CheckboxSelectMultiple
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
    Panel,
    TabbedInterface,
)
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.widgets import AdminAutoHeightTextInput
from wagtail.snippets.views.snippets import SnippetViewSet

from benchside.careers.desk.forms import RoleForm
from benchside.careers.models import INTERESTS, Role


def _choices(name: str) -> Panel:
    return FieldPanel(name, widget=CheckboxSelectMultiple)


def _lines(name: str) -> Panel:
    return FieldPanel(name, widget=AdminAutoHeightTextInput)


WORDS: list[Panel] = [
    FieldRowPanel([FieldPanel("number"), FieldPanel("slug")]),
    FieldRowPanel([FieldPanel("title"), FieldPanel("short")]),
    FieldPanel("sentence"),
    FieldRowPanel([FieldPanel("sector"), FieldPanel("level")]),
    MultiFieldPanel([_lines("other_names"), _lines("phrases")], heading="Found under"),
    MultiFieldPanel(
        [FieldPanel(name) for name in ("what", "where", "takes", "ways_in", "next")],
        heading="In words",
    ),
    MultiFieldPanel([_lines("day"), _lines("tasks")], heading="What a day is like"),
    _lines("employers"),
]
FITS: list[Panel] = [
    FieldRowPanel([FieldPanel(name) for name in ("hands", "indoors", "people", "place")]),
    _choices("subjects"),
    _choices("settings"),
    _choices("skills"),
    InlinePanel("kit_list", [FieldPanel("term"), FieldPanel("why")], heading="Kit", label="kit"),
]
FACTS: list[Panel] = [
    FieldPanel("checked_on"),
    InlinePanel(
        "route_list",
        [FieldPanel("route"), FieldPanel("listed")],
        heading="Ways in",
        label="way in",
        help_text="Facts of a route are told once: mend them under Catalogue, Routes.",
    ),
    MultiFieldPanel(
        [
            FieldRowPanel([FieldPanel("soc2020"), FieldPanel("soc2020_extension")]),
            FieldRowPanel([FieldPanel("soc2020_title"), FieldPanel("soc2020_judged")]),
        ],
        heading="SOC 2020",
    ),
    MultiFieldPanel(
        [
            FieldRowPanel([FieldPanel(f"onet_{name}") for name in ("code", "title", "release")]),
            FieldRowPanel([FieldPanel(name) for name in INTERESTS]),
        ],
        heading="O*NET interests",
        help_text="Six values from 1 to 7 of the nearest occupation. Change them with its code.",
    ),
    FieldPanel("drawing_alt"),
]


class RoleViewSet(SnippetViewSet):
    model = Role
    icon = "user"
    menu_label = "Roles"
    add_to_admin_menu = False
    list_display: ClassVar[list[Any]] = [
        "title",
        Column("plate_number", label="Number", sort_key="number"),
        Column("sector", label="Sector", sort_key="sector__order"),
        Column("level", label="Level", sort_key="level"),
        Column("checked_on", label="Checked", sort_key="checked_on"),
        DateColumn("updated_at", label="Changed", sort_key="updated_at"),
    ]
    list_filter: ClassVar[list[str]] = ["sector", "level", "live", "subjects"]
    search_fields: ClassVar[list[str]] = ["title", "sentence", "what"]
    search_backend_name = None
    ordering = "number"
    list_per_page = 50
    copy_view_enabled = False
    inspect_view_enabled = False
    edit_handler = TabbedInterface(
        [
            ObjectList(WORDS, heading="Words"),
            ObjectList(FITS, heading="What it is like"),
            ObjectList(FACTS, heading="Facts"),
        ],
        base_form_class=RoleForm,
    )
