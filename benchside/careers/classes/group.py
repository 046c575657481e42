"""A class as the quiz and its result know it: where their forms go, and what the button sends."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import Enum

from django.urls import reverse

from benchside.careers.classes import tickets
from benchside.careers.models import QuizClass

# Names of the hidden fields that carry the tickets.
PAGE_FIELD, TICKET_FIELD = "page", "ticket"


class State(Enum):
    """What a pupil is told above the button, or in its place."""

    OPEN = "Hand in to your class"
    CLOSED = "Your teacher has closed the class"
    OVER = "This class is over"


@dataclass(frozen=True, slots=True)
class Group:
    """`page` is the ticket of the page the answers came from; `ticket` is that of a result.

    One that is over has neither, and its forms go where those of everybody go.
    """

    code: str
    state: State
    page: str = ""
    ticket: str = ""

    @classmethod
    def of(cls, quiz_class: QuizClass, page: str) -> "Group":
        return cls(quiz_class.code, State.OPEN if quiz_class.is_open else State.CLOSED, page)

    def with_roles(self, slugs: Iterable[str]) -> "Group":
        """For the page of a result: these roles came out, in this order."""
        if not self.is_open:
            return self
        return replace(self, ticket=tickets.hand_in_ticket(self.page, list(slugs)))

    @property
    def is_open(self) -> bool:
        return self.state is State.OPEN

    @property
    def heading(self) -> str:
        return "Which roles suit you?"

    @property
    def words(self) -> str:
        return "Your class takes it together, and your answers stay yours."

    @property
    def hand_in_heading(self) -> str:
        return self.state.value

    @property
    def quiz_url(self) -> str:
        return self._url("quiz")

    @property
    def result_url(self) -> str:
        return self._url("result")

    @property
    def hand_in_url(self) -> str:
        return self._url("hand_in")

    def _url(self, name: str) -> str:
        if self.state is State.OVER:
            return reverse("careers:quiz_result" if name == "result" else "careers:quiz")
        return reverse(f"careers:class_{name}", args=[self.code])
