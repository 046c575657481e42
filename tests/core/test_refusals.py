"""What an action refuses, outside a view's own handling, is answered in words."""

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path

from benchside.core.actions import Denied, Refused
from config.urls import handler403, handler404, handler500
from config.urls import urlpatterns as site

__all__ = ["handler403", "handler404", "handler500"]


def refuse(request: HttpRequest) -> HttpResponse:
    raise Refused("The list changed <since> you looked.", "Open it again.")


def deny(request: HttpRequest) -> HttpResponse:
    raise Denied("list.apply")


urlpatterns = [path("refuse/", refuse), path("deny/", deny), *site]


@pytest.mark.urls(__name__)
@pytest.mark.django_db
def test_refusal_says_why_and_what_to_do() -> None:
    answer = Client().get("/refuse/")
    assert answer.status_code == 409
    assert b"The list changed &lt;since&gt; you looked." in answer.content
    assert b"Open it again." in answer.content


@pytest.mark.urls(__name__)
@pytest.mark.django_db
def test_denial_is_a_locked_door() -> None:
    assert Client().get("/deny/").status_code == 403
