"""What is done beside a text by the buttons of its page: figures, comments."""

import re
from typing import Any

from benchside.accounts.models import User
from benchside.assessment import figures
from benchside.assessment.actions.contributing import comment, resolve_comment
from benchside.assessment.actions.figures import overrule_figure, refresh_figures, restore_figure
from benchside.assessment.models import Comment, Figure
from benchside.assessment.writing import queries
from benchside.assessment.writing.forms import OwnFigure
from benchside.assessment.writing.queries import Place
from benchside.assessment.writing.views import WriterRequest
from benchside.core.actions import Actor, Denied, Refused
from benchside.core.registries import measures

# What a button may ask for, and the part of the page it leads back to.
VERBS = {
    "put": "answer-text",
    "refresh": "figures",
    "overrule": "figures",
    "restore": "figures",
    "comment": "talk",
    "reply": "talk",
    "resolve": "talk",
}


class Beside:
    """One press of a button. What could not be done keeps its words: `said` is the comment,
    `forms` the figures' own, `problem` why."""

    def __init__(self, request: WriterRequest, place: Place, *, problem: str = "") -> None:
        self.request, self.place, self.problem = request, place, problem
        self.actor = Actor.of(request.user)
        self.said = request.POST.get("comment", "")
        self.told = request.POST.getlist("tell")
        self.answer = ""
        self.answers_to = 0
        self.forms: dict[int, OwnFigure] = {}

    def done(self, verb: str, which: str) -> bool:
        """Whether it could be done."""
        pk = int(which[:18]) if which.isdigit() else 0
        try:
            return bool(getattr(self, f"_{verb}")(pk))
        except Refused as refused:
            self.problem = str(refused)
            return False

    # --- figures ------------------------------------------------------------------------------
    def _put(self, pk: int) -> bool:
        return True  # it went with the words

    def _refresh(self, pk: int) -> bool:
        refresh_figures(
            actor=self.actor,
            submission=self.request.writer.submission,
            criterion=self.place.criterion.key,
        )
        return True

    def _overrule(self, pk: int) -> bool:
        figure = self._figure(pk)
        form = OwnFigure(self.request.POST, prefix=f"own-{figure.pk}")
        self.forms[figure.pk] = form
        if not form.is_valid():
            self.problem = "Your own figure needs a number and where it comes from."
            return False
        overrule_figure(actor=self.actor, figure=figure, **form.cleaned_data)
        return True

    def _restore(self, pk: int) -> bool:
        restore_figure(actor=self.actor, figure=self._figure(pk))
        return True

    def _figure(self, pk: int) -> Figure:
        here = self.request.writer.submission.figures.filter(criterion=self.place.criterion.key)
        found = here.select_related("submission__version").filter(pk=pk).first()
        if found is None:
            raise Refused("This figure is not here any more.", "Reload the page.")
        return found

    # --- talk ---------------------------------------------------------------------------------
    def _comment(self, pk: int) -> bool:
        return self._say(self.said, None)

    def _reply(self, pk: int) -> bool:
        self.answer, self.answers_to = self.request.POST.get(f"reply-{pk}", ""), pk
        return self._say(self.answer, self._one(pk))

    def _resolve(self, pk: int) -> bool:
        resolve_comment(actor=self.actor, comment=self._one(pk))
        return True

    def _say(self, text: str, to: Comment | None) -> bool:
        writer = self.request.writer
        if not writer.talks:
            raise Denied("comment.make")
        found = queries.readers(writer.submission, writer.parts)
        comment(
            actor=self.actor,
            submission=writer.submission,
            text=text.replace("\r\n", "\n"),
            criterion=self.place.criterion.key,
            mentions=mentioned(text, self.told if to is None else [], found),
            reply_to=to,
        )
        return True

    def _one(self, pk: int) -> Comment:
        here = self.request.writer.submission.comments.filter(criterion=self.place.criterion.key)
        found = here.select_related("submission__version", "reply_to", "author").filter(pk=pk)
        if not self.request.writer.talks:
            raise Denied("comment.make")
        if (one := found.first()) is None:
            raise Refused("This comment is not here any more.", "Reload the page.")
        return one


def mentioned(text: str, told: list[str], readers: list[User]) -> list[User]:
    """Those ticked, and those named in the text as @Name: their whole name, or a first name that
    only one of the readers has."""
    lowered = text.casefold()
    firsts = [one.get_short_name().casefold() for one in readers]
    found = []
    for one in readers:
        first = one.get_short_name().casefold()
        named = [one.get_full_name().casefold(), *([first] if firsts.count(first) == 1 else [])]
        if str(one.pk) in told or any(
            re.search(rf"@{re.escape(name)}(?!\w)", lowered) for name in named
        ):
            found.append(one)
    return found


def cited(one: Figure, beside: Beside | None) -> dict[str, Any]:
    """A figure as the page shows it: what is known, why nothing is, and the form of one's own."""
    known = one.measure in measures
    form = beside.forms.get(one.pk) if beside else None
    first = {"value": one.own_value, "reason": one.own_reason}
    return {
        "figure": one,
        "is_known": known,
        "is_of_people": known and bool(measures[one.measure].policy),
        "value": None if one.value is None else figures.number(one.value),
        "own": None if one.own_value is None else figures.number(one.own_value),
        "form": form or OwnFigure(prefix=f"own-{one.pk}", initial=first),
        "sentence": figures.in_words(one),
        "is_open": form is not None,
    }
