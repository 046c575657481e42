"""The report of stale facts: what to check again, where it came from, and where to mend it."""

from datetime import date
from functools import cached_property
from typing import Any, ClassVar

from django import forms
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.admin.ui.tables import Column, TitleColumn

from benchside.careers.enums import Nation
from benchside.careers.queries import StaleFact
from benchside.website.exports import EditorsReport
from benchside.website.stale_facts import KINDS, stale_facts

SORTS = {
    "where": lambda fact: fact.where.lower(),
    "kind": lambda fact: KINDS[fact.kind],
    "nation": lambda fact: fact.nation,
    "source": lambda fact: fact.source.lower(),
    "as_of": lambda fact: fact.as_of or date.min,
    "since": lambda fact: fact.since or date.min,
}


def kind_of(fact: StaleFact) -> str:
    return KINDS[fact.kind]


class Choose(forms.Form):
    kind = forms.ChoiceField(choices=[("", "All kinds"), *KINDS.items()], required=False)
    nation = forms.ChoiceField(
        choices=[("", "All nations"), *[(label, label) for label in Nation.labels]],
        required=False,
    )


class SourceColumn(Column):
    cell_template_name = "website/desk/source_cell.html"


class DateOnly(Column):
    """A calendar date, without Wagtail's hour."""

    cell_template_name = "website/desk/date_cell.html"


class StaleFacts(EditorsReport):
    page_title = "Stale facts"
    header_icon = "time"
    template_name = "website/desk/stale_facts.html"
    index_url_name = "desk_stale_facts"
    index_results_url_name = "desk_stale_facts_results"
    default_ordering = "since"
    sorts = SORTS
    list_export: ClassVar = [
        "kind",
        "fact",
        "where",
        "nation",
        "source",
        "source_url",
        "as_of",
        "since",
    ]
    export_headings: ClassVar = {
        "kind": "Kind",
        "fact": "Fact",
        "where": "Where",
        "nation": "Nation",
        "source": "Source",
        "source_url": "Source address",
        "as_of": "True on",
        "since": "Stale since",
    }
    export_filename = "stale-facts"
    custom_field_preprocess: ClassVar = {"kind": {"csv": KINDS.get, "xlsx": KINDS.get}}

    @cached_property
    def columns(self) -> list[Column]:
        finder = AdminURLFinder(self.request.user)
        return [
            TitleColumn(
                "where",
                label="Where",
                sort_key="where",
                get_url=lambda fact: finder.get_edit_url(fact.record),
            ),
            Column("fact", label="Fact"),
            Column("kind", label="Kind", accessor=kind_of, sort_key="kind"),
            Column("nation", label="Nation", sort_key="nation"),
            SourceColumn("source", label="Source", sort_key="source"),
            DateOnly("as_of", label="True on", sort_key="as_of"),
            DateOnly("since", label="Stale since", sort_key="since"),
        ]

    @cached_property
    def choose(self) -> Choose:
        return Choose(self.request.GET)

    @property
    def is_filtering(self) -> bool:
        return self.choose.is_valid() and any(self.choose.cleaned_data.values())

    def get_filtered_queryset(self) -> list[StaleFact]:
        wanted = self.choose.cleaned_data if self.choose.is_valid() else {}
        facts = [
            fact
            for fact in stale_facts()
            if wanted.get("kind", "") in {"", fact.kind}
            and wanted.get("nation", "") in {"", fact.nation}
        ]
        return self.in_order(facts)

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(*args, **kwargs)
        return {**context, "choose": self.choose, "is_filtering": self.is_filtering}
