"""Every stored field is declared personal or not, and the page of them is up to date."""

from django.core.management import call_command

from benchside.core import personal_data
from benchside.core.personal_data import Basis, Erasure


def test_every_field_is_declared_and_every_declaration_has_a_field():
    assert personal_data.faults() == []


def test_every_personal_field_says_why_and_how_long():
    for declaration in personal_data.declarations:
        for name, this in declaration.personal.items():
            place = f"{declaration.key}.{name}"
            assert this.purpose.endswith("."), place
            assert this.retention, place
            assert isinstance(this.basis, Basis), place
            assert isinstance(this.erasure, Erasure), place


def test_page_of_personal_data_is_up_to_date():
    call_command("personal_data", check=True)
