"""The report of the quiz's reach: which roles readers never or seldom see."""

from functools import cached_property
from typing import Any, ClassVar

from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.admin.ui.tables import Column, TitleColumn

from benchside.careers.quiz.reach import HOW, READERS, Reached, reached
from benchside.website.exports import EditorsReport

SORTS = {
    "role": lambda row: row.role.title.lower(),
    "sector": lambda row: row.role.sector.name.lower(),
    "of_a_thousand": lambda row: row.of_a_thousand,
}


class QuizReach(EditorsReport):
    page_title = "Quiz: roles shown"
    header_icon = "view"
    template_name = "website/desk/quiz_reach.html"
    index_url_name = "desk_quiz_reach"
    index_results_url_name = "desk_quiz_reach_results"
    default_ordering = "of_a_thousand"
    sorts = SORTS
    list_export: ClassVar = ["role.title", "role.sector.name", "of_a_thousand", "how"]
    export_headings: ClassVar = {
        "role.title": "Role",
        "role.sector.name": "Sector",
        "of_a_thousand": "Shown to, of a thousand",
        "how": "How often",
    }
    export_filename = "quiz-roles-shown"
    custom_field_preprocess: ClassVar = {"how": {"csv": HOW.get, "xlsx": HOW.get}}

    @cached_property
    def columns(self) -> list[Column]:
        finder = AdminURLFinder(self.request.user)
        return [
            TitleColumn(
                "role",
                label="Role",
                sort_key="role",
                get_url=lambda row: finder.get_edit_url(row.role),
            ),
            Column("sector", label="Sector", accessor="role.sector", sort_key="sector"),
            Column("of_a_thousand", label="Of a thousand readers", sort_key="of_a_thousand"),
            Column("how", label="How often", accessor=lambda row: HOW[row.how]),
        ]

    def get_filtered_queryset(self) -> list[Reached]:
        return self.in_order(reached())

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(*args, **kwargs)
        never = sum(row.how == "never" for row in reached())
        return {**context, "readers": READERS, "never": never}
