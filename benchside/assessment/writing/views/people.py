"""Who writes what: asking somebody for a part, and taking it back."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from benchside.assessment.actions.contributing import add_contributor, remove_contributor
from benchside.assessment.models import Contributor
from benchside.assessment.writing import outline
from benchside.assessment.writing.forms import AddPart
from benchside.assessment.writing.letters import part_in_words
from benchside.assessment.writing.views import WriterRequest, shown, writers_only
from benchside.core.actions import Actor, Denied, Refused


@require_http_methods(["GET", "HEAD", "POST"])
@writers_only
def people(request: WriterRequest) -> HttpResponse:
    writer = request.writer
    if not writer.talks:
        raise Denied("contributor.add")
    is_sent = request.method == "POST"
    form = AddPart(writer.submission, writer.places, request.POST if is_sent else None)
    if is_sent and _was_added(request, form):
        return redirect("assessment:people", writer.submission.key)
    lines = outline.outline_of(writer).lines
    rows = [(one, part_in_words(one), *_progress(one, lines)) for one in writer.parts]
    unasked = [] if any(_is_whole(one) for one in writer.parts) else [x for x in lines if not x.who]
    context = shown(writer, form=form, rows=rows, unasked=unasked)
    status = 422 if form.errors else 200
    return render(request, "assessment/writing/people.html", context, status=status)


def _was_added(request: WriterRequest, form: AddPart) -> bool:
    if not form.is_valid():
        return False
    wanted = form.cleaned_data
    try:
        made = add_contributor(
            actor=Actor.of(request.user),
            submission=request.writer.submission,
            user=wanted["user"],
            area=wanted["area"],
            criterion=wanted["criterion"],
            due_on=wanted["due_on"],
        )
    except Refused as refused:
        form.add_error(None, str(refused))
        return False
    messages.success(request, f"{made.user.get_full_name()} is asked, and gets a letter.")
    return True


def _is_whole(one: Contributor) -> bool:
    return not (one.area or one.criterion)


def _progress(one: Contributor, lines: list[outline.Line]) -> tuple[int, int]:
    """How many of the questions of a part are done, and how many there are."""
    own = [
        line
        for line in lines
        if one.criterion == line.place.criterion.key
        or (not one.criterion and one.area in {"", line.place.area.key})
    ]
    return sum(line.state == outline.DONE for line in own), len(own)


@require_POST
@writers_only
def remove(request: WriterRequest, pk: int) -> HttpResponse:
    one = get_object_or_404(
        request.writer.submission.contributors.select_related("user", "submission__version"), pk=pk
    )
    name = one.user.get_full_name()
    remove_contributor(actor=Actor.of(request.user), contributor=one)
    messages.success(request, f"{name} no longer has this part. What they wrote stays.")
    return redirect("assessment:people", request.writer.submission.key)
