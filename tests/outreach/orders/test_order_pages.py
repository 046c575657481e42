"""The two screens, the link and the school's own list, as a browser meets them."""

import re
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from benchside.core.models.mail import OutgoingMail
from benchside.outreach.enums import OrderState
from benchside.outreach.models import Order
from benchside.outreach.orders import actions, links
from benchside.outreach.orders.pledge import what_to_order
from tests.factories.orders import an_item, an_order, confirmed, details
from tests.factories.organisations import a_member, a_place, an_organisation

pytestmark = pytest.mark.django_db
TO = "/orders/to/"


@pytest.fixture(autouse=True)
def _fresh_cache() -> None:
    cache.clear()


def typed(client: Client, query: str = "p-stickers=2", **said: Any) -> dict[str, str]:
    page = client.get(f"{TO}?{query}").content.decode()
    token = re.search(r'name="token" value="([^"]+)"', page)
    assert token
    values = {
        "token": token[1],
        "school": "Northmoor High School",
        "phase": "secondary",
        "region": "north-east",
        "contact_name": "Tess Teacher",
        "email": "tess@northmoor.example",
        "address": "12 Larkspur Rise\nNorthmoor",
        "postcode": "zz12 3qp",
        "is_adult": "on",
    }
    return {**values, **said}


def send(client: Client, query: str = "p-stickers=2", **said: Any) -> Any:
    return client.post(
        f"{TO}?{query}", typed(client, query, **said), HTTP_ORIGIN="http://testserver"
    )


def link() -> str:
    found = re.search(r"https?://[^/]+(/orders/of/\S+/)", OutgoingMail.objects.earliest("pk").text)
    assert found
    return found[1]


def test_two_screens_and_a_link_make_an_order_without_a_cookie(stickers):
    client = Client()
    first = client.get("/orders/")
    assert 'name="p-stickers"' in first.content.decode()
    assert first["Cache-Control"] == "public, no-cache"
    sent = send(client)
    assert (sent.status_code, sent["Location"]) == (302, "/orders/placed/")
    order = Order.objects.get()
    assert (order.postcode, order.school_name) == ("ZZ12 3QP", "Northmoor High School")
    follow = client.get(link())
    assert "Is this right?" in follow.content.decode()
    assert Order.objects.get().state == OrderState.PLACED, "opening the link does nothing"
    assert client.post(link()).status_code == 302
    assert Order.objects.get().state == OrderState.CONFIRMED
    assert dict(client.cookies) == {}


def test_pages_of_the_link_are_kept_nowhere_and_name_themselves_to_nobody(stickers):
    order = an_order({stickers: 1})
    for page in ("follow", "change", "cancel"):
        path = re.sub("^https?://[^/]+", "", links.address_of(order, page))
        response = Client().get(path)
        assert response.status_code == 200
        assert response["Referrer-Policy"] == "no-referrer"
        assert "no-store" in response["Cache-Control"]
        assert response["X-Robots-Tag"] == "noindex"
        body = response.content.decode()
        outside = re.sub(r'(href|action)="/orders/of/[^"]+"', "", body)
        assert links.token_of(order) not in outside


@pytest.mark.parametrize("spoilt", ["", "x", "short", "other key", "upper"])
def test_a_guessed_or_cut_link_opens_nothing(stickers, spoilt):
    order = an_order({stickers: 1})
    token = links.token_of(order)
    key, _, signature = token.partition(".")
    bad = {
        "": key,
        "x": token + "x",
        "short": token[:-1],
        "other key": f"{'0' * 32}.{signature}",
        "upper": token.upper(),
    }[spoilt]
    assert Client().get(f"/orders/of/{bad}/").status_code == 404
    assert Client().post(f"/orders/of/{bad}/cancel/").status_code == 404
    order.refresh_from_db()
    assert order.state == OrderState.PLACED


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("email", "no address", "That is no e-mail address"),
        ("email", "a@b.example\nBcc: c@d.example", "That is no e-mail address"),
        ("postcode", "12345", "That is no postcode"),
        ("address", "", "Give the street and the town"),
        ("address", "a\nb\nc\nd\ne", "A label has room for 4 lines. You have 5."),
        ("address", "x" * 61, "A line of the label holds 60 letters"),
        ("address", "x" * 5000, "at most 300"),
        ("contact_name", "\u202e\u200b", "Give a name for the parcel"),
        ("school", "***", "Give the name of the school"),
        ("phase", "university", "Select a valid choice"),
        ("is_adult", "", "Pupils: please ask a teacher to order"),
    ],
)
def test_a_mistake_is_named_and_nothing_typed_is_lost(stickers, field, value, said):
    response = send(Client(), **{field: value})
    body = response.content.decode()
    assert response.status_code == 422
    assert said in body
    assert "Tess Teacher" in body or field == "contact_name"
    assert not Order.objects.exists()
    assert not OutgoingMail.objects.exists()


def test_names_are_kept_as_they_are_and_lose_what_turns_or_hides_letters(stickers):
    send(Client(), contact_name="Zoë\u202e Ní\r\nBhriain", school="Ysgol Gŵyr\u200b 学校")
    order = Order.objects.get()
    assert (order.contact_name, order.school_name) == ("Zoë Ní Bhriain", "Ysgol Gŵyr 学校")


def test_a_form_from_elsewhere_an_old_token_or_a_robot_makes_no_order(stickers):
    client = Client()
    values = typed(client)
    path = f"{TO}?p-stickers=2"
    assert client.post(path, values, HTTP_ORIGIN="https://evil.example").status_code == 422
    assert client.post(path, values).status_code == 422
    forged = values | {"token": values["token"] + "x"}
    assert client.post(path, forged, HTTP_ORIGIN="http://testserver").status_code == 422
    robot = values | {"website": "https://spam.example"}
    assert client.post(path, robot, HTTP_ORIGIN="http://testserver").status_code == 302
    assert not Order.objects.exists()


def test_too_many_orders_of_one_network_wait(stickers):
    codes = [send(Client(), email=f"t{n}@x.example").status_code for n in range(21)]
    assert codes == [302] * 20 + [429]


def test_an_impatient_thumb_makes_one_order(stickers):
    client = Client()
    values = typed(client)
    for _ in range(2):
        client.post(f"{TO}?p-stickers=2", values, HTTP_ORIGIN="http://testserver")
    assert Order.objects.count() == 1
    assert OutgoingMail.objects.count() == 1


@pytest.mark.parametrize(
    "query", ["", "p-stickers=0", "p-stickers=99", "p-stickers=-1", "p-stickers=x", "p-gone=2"]
)
def test_nothing_chosen_leads_back_and_says_so(stickers, query):
    response = Client().get(f"{TO}?{query}")
    assert response.status_code == 302
    assert "Nothing chosen yet" in Client().get(response["Location"]).content.decode()


def test_what_has_run_out_or_is_off_cannot_be_chosen(stickers):
    an_item("posters", packs=0)
    an_item("secret", packs=5, is_on=False)
    an_item("later", packs=5, offered_from="2999-01-01")
    body = Client().get("/orders/").content.decode()
    assert "Posters" in body
    assert "Run out" in body
    assert 'name="p-posters"' not in body
    assert "Secret" not in body
    assert "Later" not in body


def test_a_school_of_the_lists_is_recognised_by_name_and_postcode(stickers):
    here = an_organisation("northmoor", urn="123456")
    a_place("123456", name="Northmoor High School", postcode="ZZ12 3QP")
    a_place("123457", name="Southmoor High School", postcode="ZZ12 3QP")
    send(Client(), school="northmoor high")
    order = Order.objects.get()
    assert (order.place.code, order.organisation) == ("123456", here)
    assert order.school_key == "schools:123456"


def test_of_two_schools_that_could_be_meant_it_asks_which(stickers):
    a_place("123456", name="Northmoor Infant School", postcode="ZZ12 3QP")
    a_place("123457", name="Northmoor Junior School", postcode="ZZ12 3QP")
    client = Client()
    asked = send(client, school="Northmoor")
    assert asked.status_code == 422
    assert "We know more than one school like this" in asked.content.decode()
    assert send(client, school="Northmoor", which="schools:123457").status_code == 302
    assert Order.objects.get().place.code == "123457"
    send(client, school="Northmoor", which="none", email="other@x.example")
    assert Order.objects.latest("pk").place is None
    assert send(client, school="Northmoor", which="schools:999999").status_code == 422


def test_a_school_that_had_its_share_is_told_at_once(stickers):
    a_place("123456", postcode="ZZ12 3QP")
    send(Client(), "p-stickers=5")
    client = Client()
    client.post(link())
    again = send(client, "p-stickers=1", email="other@x.example")
    assert again.status_code == 422
    assert "yours has had 5" in again.content.decode()


def test_what_a_pledge_or_a_workspace_tells_is_filled_in(stickers):
    a_place("123456", town="Northmoor", postcode="ZZ12 3QP")
    query = "list=schools&code=123456&campaign=made-up-day&p-stickers=1"
    body = Client().get(f"{TO}?{query}").content.decode()
    assert 'value="ZZ12 3QP"' in body
    assert 'name="school"' not in body
    send(Client(), query)
    order = Order.objects.get()
    assert (order.place.code, order.campaign) == ("123456", "made-up-day")
    hidden = Client().get("/orders/?list=schools&code=123456&campaign=made-up-day")
    assert '<input type="hidden" name="code" value="123456">' in hidden.content.decode()


@pytest.mark.parametrize("nasty", ["%00", "%27%22%3E%3Cscript%3E", "%F0%9F%92%A9", "9" * 5000])
def test_hostile_addresses_are_answered(stickers, nasty):
    for path in (
        f"/orders/?campaign={nasty}&p-stickers={nasty}",
        f"{TO}?p-stickers=1&list={nasty}&code={nasty}&campaign={nasty}",
        f"/orders/of/{nasty[:200]}/",
    ):
        response = Client().get(path)
        assert response.status_code in {200, 302, 404}
        assert b"<script>" not in response.content


def test_the_link_changes_and_cancels_until_it_is_packed(stickers, packer):
    order = confirmed({stickers: 2})
    client, path = Client(), f"/orders/of/{links.token_of(order)}/"
    same = {name: details()[name] for name in ("contact_name", "address", "postcode")}
    same["postcode"] = "SW1A 1AA"
    assert client.post(f"{path}change/", {"p-stickers": "4", **same}).status_code == 302
    order.refresh_from_db()
    assert (order.postcode, order.lines.get().packs) == ("SW1A 1AA", 4)
    bad = client.post(f"{path}change/", {"p-stickers": "6", **same})
    assert bad.status_code == 422
    assert "Choose a number from 0 to 5" in bad.content.decode()
    none = client.post(f"{path}change/", {"p-stickers": "0", **same})
    assert "Cancel the order instead" in none.content.decode()
    actions.pack_order(actor=packer, order=order)
    assert client.get(f"{path}change/")["Location"] == path
    assert client.post(f"{path}cancel/")["Location"] == path
    order.refresh_from_db()
    assert order.state == OrderState.PACKED


def test_a_link_cancelled_shows_no_address_any_more(stickers):
    order = confirmed({stickers: 2})
    client, path = Client(), f"/orders/of/{links.token_of(order)}/"
    assert "Larkspur" in client.get(path).content.decode()
    client.post(f"{path}cancel/")
    page = client.get(path).content.decode()
    assert "It is cancelled" in page
    assert "Larkspur" not in page
    assert "Tess" not in page


# --- in a workspace -----------------------------------------------------------------------------
def test_members_see_their_school_s_orders_without_who_and_where(stickers):
    here, other = an_organisation("northmoor"), an_organisation("southmoor")
    mine = confirmed({stickers: 1}, organisation=here)
    confirmed({stickers: 1}, organisation=other, school="Southmoor Secret School")
    client = Client()
    client.force_login(a_member(here))
    body = client.get("/org/northmoor/outreach/orders/").content.decode()
    csv = client.get("/org/northmoor/outreach/orders/orders.csv").content.decode()
    for text in (body, csv):
        assert mine.number in text
        assert "Stickers" in text
        assert not re.search("Tess|Larkspur|tess@|Southmoor", text.replace("Southmoor High", ""))
    assert client.get("/org/southmoor/outreach/orders/").status_code == 404


def test_a_member_cancels_by_the_page_but_not_another_school_s(stickers):
    here, other = an_organisation("northmoor"), an_organisation("southmoor")
    mine = confirmed({stickers: 1}, organisation=here)
    theirs = confirmed({stickers: 1}, organisation=other, school="Other")
    client = Client()
    client.force_login(a_member(here))
    base = "/org/northmoor/outreach/orders"
    assert client.post(f"{base}/{theirs.pk}/cancel/").status_code == 404
    assert client.post(f"{base}/{mine.pk}/cancel/").status_code == 302
    mine.refresh_from_db()
    theirs.refresh_from_db()
    assert (mine.state, theirs.state) == (OrderState.CANCELLED, OrderState.CONFIRMED)
    steering = Client()
    steering.force_login(a_member(other, "steering-member"))
    assert steering.post(f"/org/southmoor/outreach/orders/{theirs.pk}/cancel/").status_code == 403


@pytest.mark.parametrize("size", [1, 12])
def test_lists_ask_no_more_for_more_orders(stickers, packer, size, django_assert_max_num_queries):
    here = an_organisation("northmoor")
    for number in range(size):
        confirmed({stickers: 1}, organisation=here, school=f"School {number}")
    client = Client()
    client.force_login(a_member(here))
    client.get("/org/northmoor/outreach/orders/")
    with django_assert_max_num_queries(22):
        client.get("/org/northmoor/outreach/orders/")


def test_the_panel_of_a_pledge_is_there_while_something_is(stickers, packer):
    shown = what_to_order("campaign=made-up-day&list=schools&code=123456&evil=1", None)
    assert shown is not None
    assert shown["url"] == "/orders/?campaign=made-up-day&list=schools&code=123456"
    actions.correct_stock(actor=packer, item=stickers, counted=0, reason="Given away at a fair")
    assert what_to_order("", None) is None
