"""Judges at the desk, and the meeting that gives the prizes."""

from typing import cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from wagtail.admin import messages

from benchside.accounts.models import User
from benchside.core.actions import Refused
from benchside.core.exports import csv_response
from benchside.visibility.contests import actions, exports, queries
from benchside.visibility.contests.desk import CompetitionPage
from benchside.visibility.contests.desk.forms import InviteForm
from benchside.visibility.contests.enums import CompetitionState
from benchside.visibility.contests.states import JUDGE

VERBS = {
    "resend": (actions.resend_invitation, "The letter is sent again."),
    "stand_down": (actions.stand_down, "They do not judge any more."),
    "give_back": (actions.give_back, "They can change their points again."),
}


class Judges(CompetitionPage):
    """Who judges, how far they are, and whom they know."""

    page_title = "Judges"
    template_name = "visibility/competitions/desk/judges.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        return self._page(InviteForm())

    def post(self, request: HttpRequest) -> HttpResponse:
        verb = request.POST.get("verb", "")
        if verb == "invite":
            return self._invite()
        number = request.POST.get("judge", "")
        judge = get_object_or_404(
            self.competition.judges.select_related("competition", "invitation"),
            pk=int(number) if number.isascii() and number.isdecimal() else 0,
        )
        action, said = VERBS.get(verb, (None, ""))
        try:
            if action is None:
                raise Refused("Nothing was done: press one of the buttons.")
            action(actor=self.actor, judge=judge)
        except Refused as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, said)
        return redirect("desk_judges", self.competition.slug)

    def _invite(self) -> HttpResponse:
        sender = cast("User", self.request.user)
        form = InviteForm(self.request.POST)
        if form.is_valid():
            try:
                actions.invite_judge(
                    actor=self.actor,
                    sender=sender,
                    competition=self.competition,
                    email=form.cleaned_data["email"],
                )
            except Refused as refused:
                form.add_error("email", str(refused))
            else:
                messages.success(self.request, "The letter is on its way.")
                return redirect("desk_judges", self.competition.slug)
        return self._page(form)

    def _page(self, form: InviteForm) -> HttpResponse:
        judges = queries.judges(self.competition)
        return self.form_page(
            form,
            competition=self.competition,
            rows=[(judge, JUDGE.verbs(self.actor, judge)) for judge in judges],
        )


class Meeting(CompetitionPage):
    """All points side by side, what was done to them, and the prizes: still blind."""

    page_title = "Meeting"
    template_name = "visibility/competitions/desk/meeting.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        return self._page()

    def post(self, request: HttpRequest) -> HttpResponse:
        said = request.POST
        prize = get_object_or_404(self.competition.prizes, pk=_number(said.get("prize", "")))
        prize.competition = self.competition
        try:
            if said.get("verb") == "take_back":
                actions.take_prize_back(actor=self.actor, prize=prize)
                done = f"{prize.title} is open again."
            else:
                entry = self.competition.entries.filter(number=_number(said.get("entry", "")))
                if not (chosen := entry.first()):
                    raise Refused("There is no such entry.", "Type its number.")
                actions.give_prize(
                    actor=self.actor,
                    prize=prize,
                    entry=chosen,
                    reason=said.get("reason", "")[:500],
                )
                done = f"{prize.title}: entry {chosen.number}."
        except Refused as refused:
            return self._page(refused=str(refused), prize=prize.pk, typed=said, status=422)
        messages.success(request, done)
        return redirect("desk_meeting", self.competition.slug)

    def _page(self, status: int = 200, **more: object) -> HttpResponse:
        one = self.competition
        table = queries.meeting_table(one)
        return self.page(
            status=status,
            competition=one,
            table=table,
            hands=list(zip(range(1, len(table.hands) + 1), table.hands, strict=True)),
            prizes=one.prizes.select_related("category", "age_group", "entry"),
            may_give=one.state == CompetitionState.MEETING,
            **more,
        )


class PointsCsv(CompetitionPage):
    """What the meeting sees, as a file: blind."""

    def get(self, request: HttpRequest) -> HttpResponse:
        table = queries.meeting_table(self.competition)
        name = f"{self.competition.slug}-points.csv"
        return csv_response(name, exports.score_header(table), exports.score_rows(table))


def _number(typed: str) -> int:
    return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 10 else 0
