"""A number of an old list becomes a part of addresses: what no address holds is sent back."""

import pytest
from django.test import Client
from django.urls import reverse

from benchside.accounts.models import User
from benchside.core.actions import Actor
from benchside.recognition.bringing import carrying
from benchside.recognition.models import Register
from tests.factories.people import sign_in
from tests.recognition.bringing.lists import a_list, csv, entry

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "number",
    ["WB/10", "1?a=2", "1#top", "50%", "WB 10", "7,301", "1\x07", "1..2", "1.", "-1", "É12",
     "statuses", "1\\2", "<1>"],
)  # fmt: skip
def test_a_number_that_no_address_holds_is_sent_back(
    register: Register, reg: User, number: str
) -> None:
    one = a_list(register, reg, csv(entry("RT-000001", "Tess"), entry(number, "Rob")))
    assert one.run is not None
    (told,) = one.run.problems
    assert (told["row"], told["column"]) == (3, "Number")
    assert "Use only letters from A to Z, digits, and - . _ between them" in told["remedy"]
    assert one.numbers == ["RT-000001"], "the others are read all the same"


def test_what_to_write_instead_is_said_where_it_can_be(register: Register, reg: User) -> None:
    one = a_list(register, reg, csv(entry("WB/10", "Tess"), entry("É12", "Rob")))
    assert one.run is not None
    slash, accent = one.run.problems
    assert "write WB-10, which is found by the old number too." in slash["remedy"]
    assert "write" not in accent["remedy"]


@pytest.mark.parametrize("number", ["7", "0042", "RT-000041", "wb_10.b", "2019.7A"])
def test_a_number_that_is_taken_has_its_pages(
    client: Client, register: Register, reg: User, number: str
) -> None:
    one = a_list(register, reg, csv(entry(number, "Tess")))
    carrying.bring_in(actor=Actor.of(reg), one=one)
    page = reverse("recognition:desk_entry", args=[register.slug, number])
    assert sign_in(client, reg).get(page).status_code == 200
    assert client.get(f"/registers/{register.slug}/{number}/").status_code == 200
