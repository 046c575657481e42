"""A school's photographs side by side, each decided on its own, sent in one go.

Only what stood on the sheet can be decided by it: the sheet is signed for whoever opened it, with
the pictures as they were. So nobody says yes to what they have not seen.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.core import signing
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from benchside.core.actions import Actor, Denied, Refused
from benchside.visibility.enums import RefusedFor
from benchside.visibility.models import Photo
from benchside.visibility.photos import moderation
from benchside.visibility.photos.moderation_access import moderators_only
from benchside.visibility.photos.moderation_queue import Among, for_me, take_turn
from benchside.visibility.photos.moderation_views import among_of, kept_of

AT_ONCE = 12
SALT = "visibility.photo.sheet"
GOOD_FOR = timedelta(minutes=30)


@dataclass
class Result:
    """What came of a sheet, and what could not be done, in words."""

    approved: int = 0
    refused: int = 0
    problems: list[str] = field(default_factory=list)

    @property
    def words(self) -> str:
        return f"{self.approved} approved, {self.refused} refused."


@moderators_only
@require_http_methods(["GET", "HEAD", "POST"])
def sheet(request: HttpRequest) -> HttpResponse:
    """Without a school: which schools wait. With one: its next pictures."""
    among = among_of(request)
    if not among.school:
        return _schools(request)
    if request.method == "POST":
        return _decide(request, among)
    person_id = request.user.person_id  # type: ignore[union-attr]
    photos = take_turn(person_id, among, count=AT_ONCE)
    shown = [[photo.pk, photo.picture_id] for photo in photos]
    context = {
        "photos": photos,
        "school": among.school,
        "left": for_me(person_id, among).count(),
        "token": signing.dumps([str(person_id), shown], salt=SALT),
        "reasons": RefusedFor.choices,
        "here": "sheet",
    }
    return render(request, "visibility/photos/sheet.html", context)


def _schools(request: HttpRequest) -> HttpResponse:
    person_id = request.user.person_id  # type: ignore[union-attr]
    waiting = for_me(person_id).order_by()
    typed = waiting.exclude(school="").values_list("school").annotate(n=Count("pk"))
    pledged = waiting.filter(school="", pledge__isnull=False)
    found = dict(typed)
    for school, count in pledged.values_list("pledge__school").annotate(n=Count("pk")):
        found[school] = found.get(school, 0) + count
    unnamed = waiting.filter(Q(school="") & Q(pledge__isnull=True)).count()
    context = {"schools": sorted(found.items()), "unnamed": unnamed, "here": "sheet"}
    return render(request, "visibility/photos/sheet_schools.html", context)


def _decide(request: HttpRequest, among: Among) -> HttpResponse:
    actor = Actor.of(request.user)
    here = reverse("visibility:moderation_sheet") + kept_of(among)
    try:
        whose, shown = signing.loads(
            request.POST.get("token", ""), salt=SALT, max_age=int(GOOD_FOR.total_seconds())
        )
    except signing.BadSignature:
        whose, shown = "", []
    if whose != str(actor.person_id):
        messages.error(request, "This sheet was open for too long. Nothing was done; look again.")
        return redirect(here)
    result = decide(actor, dict(shown), request.POST)
    messages.success(request, result.words)
    for problem in result.problems:
        messages.error(request, problem)
    return redirect(here)


def decide(actor: Actor, shown: Mapping[int, int], said: Mapping[str, Any]) -> Result:
    """Do what is said of each photograph that was shown: "approve", a reason to refuse, or
    nothing. Each is an act of its own; one that cannot be done holds up no other."""
    result = Result()
    for photo in Photo.objects.filter(pk__in=shown).select_related("picture", "original", "pledge"):
        word = said.get(f"photo-{photo.pk}", "")
        if not word:
            continue
        name = photo.caption or "A photograph"
        if photo.picture_id != shown[photo.pk]:
            result.problems.append(f"“{name}” was changed meanwhile. Look at it again.")
            continue
        try:
            if word == "approve" and photo.child_may_be_seen:
                raise Refused("A child may be seen.", "Open it and look at it alone.")
            if word == "approve":
                moderation.approve(actor=actor, photo=photo)
                result.approved += 1
            elif word in RefusedFor.values:
                moderation.refuse(actor=actor, photo=photo, reason=RefusedFor(word))
                result.refused += 1
        except Refused as refused:
            result.problems.append(f"“{name}”: {refused}")
        except Denied:
            result.problems.append(f"“{name}” needs a second person.")
    return result
