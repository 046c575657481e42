"""How to credit a technician: for authors, the same for everybody, kept whole by the cache."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from benchside.visibility.credit.taxonomy import ROLES
from benchside.visibility.credit.wording import Thanked, statement, thanks, thanks_for_one

# Blanks to be filled in.
SOMEBODY = Thanked(name="[name]", unit="[unit]", organisation="[organisation]")
WITH_KIT = Thanked(
    name="[name]", unit="[unit]", organisation="[organisation]", equipment=("[equipment]",),
    facility="[facility]",
)  # fmt: skip
EXAMPLE = ("investigation", "methodology")


@require_safe
def credit(request: HttpRequest) -> HttpResponse:
    """`roles` of (role, a sentence of thanks with blanks)."""
    some = [role for role in ROLES if role.code in EXAMPLE]
    context = {
        "roles": [(role, thanks_for_one(SOMEBODY, role)) for role in ROLES],
        "whole": thanks(WITH_KIT, some),
        "statement": statement("[name]", some),
    }
    return render(request, "visibility/credit/how.html", context)
