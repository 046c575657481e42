"""The ground itself: the database of a test is migrated and given back."""

import pytest
from django.urls import reverse
from wagtail.models import Page


@pytest.mark.django_db
def test_database_is_migrated() -> None:
    assert Page.objects.filter(depth=1).count() == 1


@pytest.mark.django_db(transaction=True)
def test_committing_test_finds_wagtails_root() -> None:
    assert Page.objects.filter(depth=1).count() == 1


@pytest.mark.django_db(transaction=True)
def test_committing_test_finds_it_again() -> None:
    assert Page.objects.filter(depth=1).count() == 1
    assert reverse("careers:roles") == "/careers/roles/"
