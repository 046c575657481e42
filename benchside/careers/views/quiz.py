"""The quiz: thirty cards, one answer. Nothing is stored, and no answer stands in an address."""

from collections.abc import Callable

from csp.decorators import csp_replace
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from benchside.careers.live import LiveCatalogue, live_catalogue
from benchside.careers.quiz import codes
from benchside.careers.quiz.engine import result_for
from benchside.careers.quiz.forms import LARGEST, BadAnswers, Problem, answers_from
from benchside.careers.quiz.matching import Answers, Result
from benchside.careers.quiz.page import Group, quiz_context, result_context
from benchside.careers.quiz.version import current

View = Callable[..., HttpResponseBase]
SNIPPET = """<iframe
  src="{url}"
  title="Careers quiz: which technician roles suit you?"
  width="100%" height="860" loading="lazy" referrerpolicy="no-referrer">
</iframe>"""
TOO_LARGE = Problem("That was far more than a quiz.", "Answer the cards here and send them again.")


@require_safe
def quiz(request: HttpRequest) -> HttpResponse:
    return asked(request)


# It changes nothing and tells nothing about whoever sends it: no token has anything to guard.
@csrf_exempt
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def result(request: HttpRequest) -> HttpResponse:
    return answered(request)


def framed(view: View) -> View:
    """May stand in a page of another site: it holds no session and changes nothing."""
    return csp_replace({"frame-ancestors": ["*"]})(xframe_options_exempt(view))


@framed
@require_safe
def embed(request: HttpRequest) -> HttpResponse:
    return asked(request, embedded=True)


@framed
@csrf_exempt
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def embed_result(request: HttpRequest) -> HttpResponse:
    return answered(request, embedded=True)


@require_safe
def schools(request: HttpRequest) -> HttpResponse:
    """How a school puts the quiz on its own site. `snippet` is the frame to copy."""
    url = f"{settings.BASE_URL}{reverse('careers:quiz_embed')}"
    return render(request, "careers/quiz/schools.html", {"snippet": SNIPPET.format(url=url)})


# --- also for a class, which passes its `group` --------------------------------------------------
def asked(
    request: HttpRequest, *, embedded: bool = False, group: Group | None = None
) -> HttpResponse:
    """The cards, none answered: the same page for everybody."""
    context = quiz_context(Answers(current().name), embedded=embedded, group=group)
    return render(request, "careers/quiz/quiz.html", context)


def answered(
    request: HttpRequest, *, embedded: bool = False, group: Group | None = None
) -> HttpResponse:
    """The roles for what was posted; or the cards again, with what was wrong, nothing lost."""
    if request.method != "POST":  # somebody kept the address of a result: it holds no answers
        return redirect(group.quiz_url if group else _quiz_url(embedded))
    try:
        answers = answers_of(request)
    except BadAnswers as bad:
        context = quiz_context(
            bad.answers, problems=bad.problems, code=bad.code, embedded=embedded, group=group
        )
        return render(request, "careers/quiz/quiz.html", context, status=422)
    live = live_catalogue()
    found = result_for(answers, live)
    group = group.with_roles(pick.slug for pick in found.picks) if group else None
    context = quiz_context(answers, embedded=embedded, group=group)
    context |= result_context(found, live, _before(request, live))
    return render(request, "careers/quiz/result.html", context)


def answers_of(request: HttpRequest) -> Answers:
    """What was posted. A body too large is not read at all. Raises BadAnswers."""
    if int(request.META.get("CONTENT_LENGTH") or 0) > LARGEST:
        raise BadAnswers(Answers(current().name), [TOO_LARGE])
    return answers_from(request.POST)


def _before(request: HttpRequest, live: LiveCatalogue) -> Result | None:
    """The result of the answers before the last change, if the page says what they were."""
    try:
        return result_for(codes.read(request.POST.get("before", "")), live)
    except codes.BadCode:
        return None


def _quiz_url(embedded: bool) -> str:
    return reverse("careers:quiz_embed" if embedded else "careers:quiz")
