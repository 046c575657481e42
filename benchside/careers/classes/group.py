"""A class as the quiz and its result know it: where their forms go, and what the button says."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.urls import reverse

from benchside.careers.classes import tickets
from benchside.careers.models import QuizClass

PAGE_FIELD, TICKET_FIELD = "page", "ticket"


@dataclass(frozen=True, slots=True)
class Group:
    """`page` is the ticket of the page the answers came from; `ticket` is that of a result."""

    quiz_class: QuizClass
    page: str
    ticket: str = ""

    def with_roles(self, slugs: Iterable[str]) -> "Group":
        """For the page of a result: these roles came out, in this order."""
        return replace(self, ticket=tickets.hand_in_ticket(self.page, list(slugs)))

    @property
    def code(self) -> str:
        return self.quiz_class.code

    @property
    def spaced_code(self) -> str:
        return self.quiz_class.spaced_code

    @property
    def is_open(self) -> bool:
        return self.quiz_class.is_open

    @property
    def quiz_url(self) -> str:
        return reverse("careers:class_quiz", args=[self.code])

    @property
    def result_url(self) -> str:
        return reverse("careers:class_result", args=[self.code])

    @property
    def hand_in_url(self) -> str:
        return reverse("careers:class_hand_in", args=[self.code])
