"""The rail of an organisation's workspace beside a form: who gets it, and what it marks as open.

A form's address lies under no organisation. The room whose standard it is says which sheet of the
workspace it belongs to; of a form that nobody claims the rail marks nothing.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import Http404

from benchside.assessment.models import Submission
from benchside.core.registries import Registry
from benchside.organisations import queries as organisations


@dataclass(frozen=True, slots=True, kw_only=True)
class FormHome:
    """`url(submission)` is the sheet of the workspace it belongs to, or empty: not ours."""

    key: str
    url: Callable[[Submission], str]
    order: int = 0


form_homes: Registry[FormHome] = Registry("homes of forms")


def sit_down(request: Any, submission: Submission) -> None:
    """Members of the organisation whose form it is see its rail. A person's own belongs to no
    workspace, whoever employs them."""
    if submission.organisation is None or submission.technician_id is not None:
        return
    try:
        request.seat = organisations.seat(request.user, submission.organisation.slug)
    except Http404:
        return
    request.lies_under = next((url for one in form_homes if (url := one.url(submission))), "")
