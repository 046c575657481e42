"""The pupil's side of a class: find it, take the quiz, hand in. No name, no cookie, no answer kept.

Whatever goes wrong with a class (late, closed, yesterday's, forged), the pupil keeps their own
result: it came from their answers, not from the class.
"""

from collections.abc import Callable, Sequence
from datetime import timedelta
from functools import wraps

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from benchside.careers.classes import actions, codes, queries, tickets, worksheet
from benchside.careers.classes.forms import FindClassForm
from benchside.careers.classes.group import PAGE_FIELD, TICKET_FIELD, Group, State
from benchside.careers.live import RoleCard, live_catalogue
from benchside.careers.models import QuizClass, Role
from benchside.careers.quiz.engine import profile
from benchside.careers.quiz.version import current
from benchside.careers.views.quiz import answered, asked
from benchside.core.actions import Refused
from benchside.core.open_forms import is_too_often

# A school is one address, with twenty classes at a time.
MOST_HAND_INS = 600
WITHIN = timedelta(hours=1)

View = Callable[..., HttpResponse]


@never_cache
@require_safe
def find(request: HttpRequest) -> HttpResponse:
    """Type the code. A good one leads to the class."""
    if "code" not in request.GET:
        return render(request, "careers/class/find.html", {"form": FindClassForm()})
    form = FindClassForm(request.GET)
    if form.is_valid():
        return redirect("careers:class", form.cleaned_data["code"])
    return render(request, "careers/class/find.html", {"form": form}, status=422)


@require_safe
def printed(request: HttpRequest) -> HttpResponse:
    """The quiz on two sides of paper, with the sum to do by hand. See `worksheet.sheet`."""
    context = worksheet.sheet(current(), [profile(role) for role in live_catalogue().roles])
    titles = {role.slug: role.title for role in live_catalogue().roles}
    pairs = [(pair, [titles[slug] for slug in slugs]) for pair, slugs in context.pairs]
    return render(request, "careers/class/worksheet.html", {"sheet": context, "pairs": pairs})


def in_a_class(view: View) -> View:
    """Give the view the class of the code in its address, or None.

    The address is named to nobody and counted nowhere: how often the pages of one class were
    opened is nearly how many are in it. A form sent from such a page says no Origin either; the
    tickets, signed here, stand in for it. Guessing codes is not held back: a school is one
    address, and a code opens nothing but a quiz. A browser may keep the page to go back to, so
    that neither answers nor a result are lost; "no-store" would take them away.
    """

    @cache_control(private=True, no_cache=True)
    @wraps(view)
    def found(request: HttpRequest, code: str) -> HttpResponse:
        request.shown_as = reverse("careers:class_find")  # type: ignore[attr-defined]
        response = view(request, _class(code), code)
        response["Referrer-Policy"] = "no-referrer"
        response["X-Robots-Tag"] = "noindex"
        return response

    return csrf_exempt(found)


def _class(code: str) -> QuizClass | None:
    try:
        return queries.class_with_code(code)
    except codes.NoCode:
        return None


def _no_class(request: HttpRequest, code: str) -> HttpResponse:
    try:
        shown = codes.spaced(codes.read(code))
    except codes.NoCode:
        shown = ""
    return render(request, "careers/class/no_class.html", {"code": shown}, status=404)


@in_a_class
@require_safe
def join(request: HttpRequest, quiz_class: QuizClass | None, code: str) -> HttpResponse:
    """What happens and what does not, then the quiz. `lesson` is the class."""
    if quiz_class is None:
        return _no_class(request, code)
    if quiz_class.code != code:
        return redirect(quiz_class)
    return render(request, "careers/class/join.html", {"lesson": quiz_class})


@in_a_class
@require_safe
def quiz(request: HttpRequest, quiz_class: QuizClass | None, code: str) -> HttpResponse:
    """The quiz's own page, with a ticket in it that no other copy of the page has."""
    if quiz_class is None:
        return _no_class(request, code)
    if not quiz_class.is_open:
        return redirect(quiz_class)
    return asked(request, group=Group.of(quiz_class, tickets.new_page(quiz_class.pk)))


@in_a_class
@require_http_methods(["GET", "HEAD", "POST"])
def result(request: HttpRequest, quiz_class: QuizClass | None, code: str) -> HttpResponse:
    """The quiz's own result, with a button to hand in. A class that is over leaves the result."""
    if request.method != "POST":
        return redirect("careers:class", code)
    if quiz_class is None:
        return answered(request, group=Group(code, State.OVER))
    page = tickets.kept_page(request.POST.get(PAGE_FIELD, ""), quiz_class.pk)
    return answered(request, group=Group.of(quiz_class, page))


@in_a_class
@require_http_methods(["GET", "HEAD", "POST"])
def hand_in(request: HttpRequest, quiz_class: QuizClass | None, code: str) -> HttpResponse:
    """Count a result. Whatever comes of it, the pupil sees their roles again: `cards`.

    said, remedy  what happened and what to do; `is_in` whether this result is counted
    """
    if request.method != "POST":
        return redirect("careers:class", code)
    try:
        handed = tickets.read_hand_in(request.POST.get(TICKET_FIELD, ""))
    except tickets.BadTicket:
        return _answer(request, code, [], 422, NOT_OURS)
    roles = [role for slug in handed.roles if (role := live_catalogue().by_slug.get(slug))]
    if quiz_class is None or quiz_class.pk != handed.class_id or not roles:
        return _answer(request, code, roles, 404, OVER)
    if is_too_often(request, what="class-hand-in", limit=MOST_HAND_INS, within=WITHIN):
        return _answer(request, code, roles, 429, BUSY)
    try:
        actions.hand_in(quiz_class=quiz_class, page=handed.page, roles=roles)
    except actions.HandedInBefore as refused:
        return _answer(request, code, roles, 200, (refused.message, refused.remedy))
    except Refused as refused:
        return _answer(request, code, roles, 409, (refused.message, refused.remedy))
    return _answer(request, code, roles, 200, IN, is_in=True)


IN = ("Thank you. Your six are in the sum.", "They count once. Nobody can tell which were yours.")
OVER = ("This class is over.", "Nothing is counted now. Your roles are still yours.")
BUSY = (
    "Many results came from your school at once.",
    "Go back, wait a minute, and press the button again.",
)
NOT_OURS = (
    "We could not read what was sent.",
    "Go back one page: your roles are still there. Then press the button again.",
)


def _answer(
    request: HttpRequest,
    code: str,
    roles: Sequence[Role],
    status: int,
    said: tuple[str, str],
    *,
    is_in: bool = False,
) -> HttpResponse:
    context = {
        "code": code,
        "cards": [RoleCard(role) for role in roles],
        "said": said[0],
        "remedy": said[1],
        "is_in": is_in,
    }
    return render(request, "careers/class/handed_in.html", context, status=status)
