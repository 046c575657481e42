"""Signatures in their order, the page on which one signs, sending in, and what was frozen."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from benchside.accounts.models import User
from benchside.assessment.actions.reviews import answer_request
from benchside.assessment.actions.signing import ask_signer, sign, submit
from benchside.assessment.advising import concerns_of
from benchside.assessment.chain import canonical, digest_of
from benchside.assessment.content import completeness, content_of
from benchside.assessment.enums import SubmissionState
from benchside.assessment.showing import making, queries
from benchside.assessment.showing.document import document_of, of_canonical
from benchside.assessment.showing.forms import SignForm
from benchside.assessment.showing.readers import can_read_frozen
from benchside.assessment.showing.views import (
    FormRequest,
    bytes_or_refusal,
    hand_out,
    of_submission,
    page,
)
from benchside.assessment.signatures import cover_of
from benchside.assessment.states import SUBMISSIONS
from benchside.assessment.writing_rules import can_lead
from benchside.core import vault
from benchside.core.actions import Refused
from benchside.core.registries import panels_at
from benchside.core.safe_files import TYPES

BOTH = ("GET", "HEAD", "POST")
PLACE = "assessment.signing"  # where other rooms show what is no part of the form, such as a name
SHOWN = 10  # frozen versions; earlier ones are behind a fold


@require_safe
@of_submission()
def signatures(request: FormRequest) -> HttpResponse:
    return _signatures(request)


def _signatures(request: FormRequest, problem: str = "") -> HttpResponse:
    one = request.submission
    steps = queries.steps_of(one, request.actor)
    whole = completeness(one)
    answers = "answer" in SUBMISSIONS.verbs(request.actor, one)
    sends = can_lead(request.actor, one) and one.state in {"draft", "returned"}
    lacks = whole.to_mend if answers else whole.gaps
    versions = list(queries.frozen_of(one))
    return page(
        request,
        "signatures",
        422 if problem else 200,
        steps=steps,
        whole=whole,
        problem=problem,
        may_send=(sends or answers) and not lacks and all(step.signed for step in steps),
        may_answer=answers,
        asked=list(one.requests.open()),
        versions=versions[:SHOWN],
        older=versions[SHOWN:],
        panels=panels_at(PLACE, str(one.key)),
    )


@require_POST
@of_submission()
def ask(request: FormRequest) -> HttpResponse:
    """Ask somebody to sign, by e-mail."""
    try:
        chosen = int(request.POST.get("user", ""))
    except ValueError:
        return _signatures(request, "Choose whom to ask.")
    user = get_object_or_404(User, pk=chosen)
    step = request.POST.get("step", "")
    try:
        ask_signer(actor=request.actor, submission=request.submission, step=step, user=user)
    except Refused as refused:
        return _signatures(request, str(refused))
    messages.success(request, f"{user.name} is asked to sign, by e-mail.")
    return redirect("assessment:signatures", request.submission.key)


@require_http_methods(BOTH)
@of_submission()
def sign_page(request: FormRequest, step: str) -> HttpResponse:
    """All that the signature will stand for, what to face, and the name."""
    one = request.submission
    due = next((each for each in one.version.standard.sign_offs if each.key == step), None)
    if due is None:
        raise Http404
    form = SignForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            sign(
                actor=request.actor,
                submission=one,
                step=step,
                signed_as=form.cleaned_data["signed_as"],
                faced=form.faced(),
                seen=form.cleaned_data["seen"] or "unseen",
            )
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, f"Signed as {form.cleaned_data['signed_as'].strip()}.")
            return redirect("assessment:signatures", one.key)
    content = of_canonical(canonical(content_of(one)).decode())
    digest = digest_of(content)
    state = next(each for each in queries.steps_of(one, request.actor) if each.step == due)
    ticked = form.faced() if form.is_bound else []
    concerns = [(words, words in ticked) for words in concerns_of(one)]
    document = document_of(
        content,
        one.version.standard,
        cover_of(one),
        number=one.frozen.count() + 1,
        digest=digest,
        made_on=timezone.localdate(),
    )
    return page(
        request,
        "sign",
        422 if form.errors else 200,
        form=form,
        state=state,
        step=due,
        digest=digest,
        document=document,
        concerns=concerns,
        whole=completeness(one),
        panels=panels_at(PLACE, str(one.key)),
    )


@require_POST
@of_submission()
def send_in(request: FormRequest) -> HttpResponse:
    """The whole of it, or what was asked for beside it."""
    one = request.submission
    send = answer_request if one.state == SubmissionState.MORE_ASKED else submit
    try:
        send(actor=request.actor, submission=one)
    except Refused as refused:
        return _signatures(request, str(refused))
    messages.success(request, "It is sent in. What was sent is kept below, word for word.")
    return redirect("assessment:signatures", one.key)


@require_safe
@of_submission(can_read_frozen)
def frozen(request: FormRequest, number: int, kind: str) -> HttpResponse:
    """What was frozen, as the very bytes that were stored then."""
    one = get_object_or_404(request.submission.frozen, number=number)
    name = f"{request.submission.version.key}-{number}.{kind}"
    if kind == "json":
        data = one.content.encode()
        if vault.digest(data) != one.digest:
            vault.logger.error("Frozen version %s is not what was signed", one.pk)
            return page(request, "damaged", status=500)
        return hand_out(data, name=name, content_type="application/json")
    if kind not in {"pdf", "docx"}:
        raise Http404
    stored, digest = getattr(one, kind), getattr(one, f"{kind}_digest")
    if not stored:
        making.have_made(one, owner=request.user.person_id)
        return page(request, "being_made", status=202, kind=kind)
    data, refusal = bytes_or_refusal(request, stored, digest)
    return refusal or hand_out(data, name=name, content_type=TYPES[f".{kind}"])
