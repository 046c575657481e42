"""The packer's desk: the list, a parcel, the papers, the stock, what went out."""

import csv
import io
import re
from datetime import date, timedelta
from typing import Any

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.test import Client
from django.utils import timezone

from benchside.accounts.models import User
from benchside.core.actions import Actor
from benchside.organisations.enums import Region
from benchside.outreach.enums import OrderState, Phase, RefusalReason
from benchside.outreach.models import Item, Order
from benchside.outreach.orders import actions, links, papers, queries
from benchside.outreach.orders.measures import days_to_send, orders_sent, packs_sent
from benchside.outreach.orders.workspace import standing, things_to_do
from tests.factories.desk import person as desk_person
from tests.factories.orders import a_packer, an_item, an_order, confirmed
from tests.factories.organisations import a_member, an_organisation, sitting

pytestmark = pytest.mark.django_db
LIST = "/desk/orders/"


def at_desk(user: Any) -> Client:
    TOTP.activate(user, generate_totp_secret())
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def desk(db: None) -> Client:
    return at_desk(a_packer())


@pytest.fixture
def packer(desk: Client) -> Actor:
    """The same person as sits at the desk."""
    return Actor.of(User.objects.get(email="packer@benchside.example"))


PAGES = [
    "", "orders.csv", "packing/", "packing/list.pdf", "packing/labels.pdf", "figures/", "stock/",
    "stock/add/", "stock/stickers/",
]  # fmt: skip


@pytest.mark.parametrize("page", PAGES)
def test_only_packers_find_anything(desk, packer, page):
    an_item("stickers")
    order = confirmed({Item.objects.get(): 1})
    editor = at_desk(desk_person("Edith", "Editors", is_staff=True))
    assert desk.get(LIST + page).status_code == 200
    for path in (LIST + page, f"{LIST}{order.pk}/"):
        assert editor.get(path).status_code == 404
        assert Client().get(path).status_code == 302


def test_what_waits_longest_stands_first_and_lists_are_narrowed_and_sorted(desk, packer):
    item, badges = an_item("stickers"), an_item("badges")
    first = confirmed({item: 1}, school="Zebra School", region=Region.WALES)
    second = confirmed({badges: 2}, school="Aardvark School", phase=Phase.PRIMARY)
    an_order({item: 1}, school="Not Yet School")

    def schools(query: str) -> list[str]:
        body = desk.get(f"{LIST}?{query}").content.decode()
        return re.findall(
            r"(Zebra|Aardvark|Not Yet) School</label>|(Zebra|Aardvark|Not Yet) School", body
        )

    def names(query: str) -> list[str]:
        return ["".join(pair) for pair in schools(query)]

    assert names("") == ["Zebra", "Aardvark"]
    assert names("sort=school") == ["Aardvark", "Zebra"]
    assert names("sort=-school") == ["Zebra", "Aardvark"]
    assert names("state=placed") == ["Not Yet"]
    assert sorted(names("state=all")) == ["Aardvark", "Not Yet", "Zebra"]
    assert names("region=wales") == ["Zebra"]
    assert names("phase=primary") == ["Aardvark"]
    assert names("item=badges") == ["Aardvark"]
    assert names("q=zebra") == ["Zebra"]
    assert names(f"q={second.number}") == ["Aardvark"]
    assert names(f"day={timezone.localdate()}") == ["Zebra", "Aardvark"]
    assert names("day=2020-01-01") == []
    assert names("sort=evil&region=evil&day=evil&state=evil&page=evil") == ["Zebra", "Aardvark"]
    assert first.pk


@pytest.mark.parametrize("size", [2, 12])
def test_the_list_asks_no_more_for_more_orders(desk, packer, size, django_assert_max_num_queries):
    item, badges = an_item("stickers", packs=100), an_item("badges", packs=100)
    for number in range(size):
        confirmed({item: 1, badges: 1}, school=f"School {number}", email=f"t{number}@x.example")
    desk.get(LIST)
    for page, most in ((LIST, 32), (f"{LIST}packing/", 26), (f"{LIST}orders.csv", 12)):
        with django_assert_max_num_queries(most):
            desk.get(page)


def test_ticked_orders_are_packed_and_sent_and_what_cannot_be_is_told(desk, packer):
    item = an_item("stickers")
    orders = [confirmed({item: 1}, school=f"S {n}", email=f"t{n}@x.example") for n in range(3)]
    actions.cancel_order(
        actor=links.holder_of(orders[2]),
        order=orders[2],
    )
    done = desk.post(LIST, {"verb": "pack", "order": [o.pk for o in orders]}, follow=True)
    body = done.content.decode()
    assert "2 orders are packed" in body
    assert f"{orders[2].number}: " in body
    desk.post(f"{LIST}?state=packed", {"verb": "send", "order": [o.pk for o in orders[:2]]})
    assert set(Order.objects.values_list("state", "address")) == {("sent", ""), ("cancelled", "")}
    nothing = desk.post(LIST, {"verb": "erase", "order": [orders[0].pk]}, follow=True)
    assert "Nothing was done" in nothing.content.decode()


def test_a_parcel_in_part_then_the_rest(desk, packer):
    item, badges = an_item("stickers"), an_item("badges")
    order = confirmed({item: 3, badges: 2})
    page = f"{LIST}{order.pk}/"
    said = {"verb": "pack", f"line-{item.pk}": 3, f"line-{badges.pk}": 9, "rest": "follows"}
    refused = desk.post(page, said)
    assert refused.status_code == 422
    assert "At most 2 are still to come" in refused.content.decode()
    desk.post(page, said | {f"line-{badges.pk}": 1})
    desk.post(page, {"verb": "send"})
    order.refresh_from_db()
    assert (order.state, [line.left for line in order.lines.all()]) == ("confirmed", [1, 0])
    desk.post(page, {"verb": "refuse", "reason": "used-up"})
    order.refresh_from_db()
    assert (order.state, order.refusal, order.address) == ("refused", RefusalReason.USED_UP, "")
    badges.refresh_from_db()
    assert (badges.on_hand, badges.reserved) == (19, 0)


def test_the_spreadsheet_holds_no_person_and_runs_no_formula(desk, packer):
    item = an_item("stickers")
    confirmed({item: 1}, school="=HYPERLINK(1) School", school_town="@SUM(1)")
    text = desk.get(f"{LIST}orders.csv?state=all").content.decode("utf-8-sig")
    assert not re.search("Tess|tess@|Larkspur|ZZ12", text)
    row = list(csv.reader(io.StringIO(text)))[1]
    assert row[1:3] == ["'=HYPERLINK(1) School", "'@SUM(1)"]


def test_picks_add_up_what_lies_in_all_parcels(desk, packer):
    item, badges = an_item("stickers"), an_item("badges")
    confirmed({item: 3, badges: 1})
    confirmed({item: 2}, school="Other")
    found = list(queries.orders(queries.Wanted()))
    assert [(one.slug, packs) for one, packs in queries.picks(found)] == [
        ("badges", 1),
        ("stickers", 5),
    ]
    body = desk.get(f"{LIST}packing/").content.decode()
    assert "2 parcels" in body
    assert "63.5 x 38.1 mm" in body


NASTY = {
    "contact_name": '#import "/etc/passwd"; $x$ *Zoë* Łukasz Οδυσσέας',
    "school_name": "#panic(1) “School” \\ <lab> @ref // /* Ysgol Gŵyr",
    "address": '#read("/etc/passwd")\n' + "W" * 60 + "\n*bold* _em_ `raw`\nمدرسة",
}


def test_papers_are_made_of_any_words_as_words(desk, packer):
    item = an_item("stickers", title="#panic(2) $ sheet")
    order = confirmed({item: 2})
    Order.objects.filter(pk=order.pk).update(**NASTY)
    for page in ("packing/list.pdf", "packing/labels.pdf?first=21"):
        made = desk.get(LIST + page)
        assert made.status_code == 200
        assert made.content.startswith(b"%PDF-")
        assert "no-store" in made["Cache-Control"]


@pytest.mark.parametrize(
    ("parcels", "first", "pages"), [(1, 1, 1), (21, 1, 1), (22, 1, 2), (21, 2, 2), (1, 99, 1)]
)
def test_a_sheet_has_twenty_one_labels_and_begins_where_it_is_told(
    desk, packer, parcels, first, pages
):
    one = Order(pk=7, contact_name="Tess", school_name="S", address="A\nB", postcode="ZZ1 1AA")
    made = papers.labels([one] * parcels, first=first)
    assert len(re.findall(rb"/Type\s*/Page\b", made)) == pages


def test_stock_is_received_corrected_and_told_line_by_line(desk, packer):
    desk.post(f"{LIST}stock/add/", item_values())
    page = f"{LIST}stock/tattoos/"
    desk.post(page, {"verb": "receive", "packs": "40", "reason": "Note 12"})
    desk.post(page, {"verb": "correct", "counted": "38", "reason": "Two wet"})
    item = Item.objects.get(slug="tattoos")
    assert (item.on_hand, [e.on_hand for e in item.entries.order_by("pk")]) == (38, [40, -2])
    body = desk.get(page).content.decode()
    assert "Two wet" in body
    for bad in (
        {"verb": "receive", "packs": "-4"},
        {"verb": "receive", "packs": "many"},
        {"verb": "correct", "counted": "3"},
        {"verb": "correct", "counted": "-3", "reason": "x"},
        {"verb": "keep", **item_values(offered_from="2027-02-01", offered_until="2027-01-01")},
        {"verb": "keep", **item_values(limit_per_school="0")},
        {"verb": "keep", **item_values(title="")},
    ):
        assert desk.post(page, bad).status_code == 422
    item.refresh_from_db()
    assert (item.on_hand, item.limit_per_school) == (38, 5)
    desk.post(page, {"verb": "keep", **item_values(title="Tattoos for skin", is_on="")})
    assert "Tattoos" not in Client().get("/orders/").content.decode()


def item_values(**said: str) -> dict[str, str]:
    values = {
        "title": "Tattoos", "slug": "tattoos", "kind": "stickers", "about": "They wash off.",
        "pack": "a strip", "limit_per_school": "5", "low_at": "3", "order": "1", "is_on": "on",
        "campaign": "",
    }  # fmt: skip
    return values | said


def test_what_runs_low_is_said_on_the_list_and_on_the_first_page(desk, packer):
    an_item("stickers", packs=2, low_at=5)
    an_item("badges", packs=50, low_at=5)
    an_item("old", packs=0, is_on=False)
    for page in (LIST, "/desk/"):
        body = desk.get(page).content.decode()
        low = body.split("Running low")[1].split("</section>")[0]
        assert "Stickers" in low
        assert "Badges" not in low
        assert "Old" not in low


def sent(packer: Actor, item: Item, days: int, **said: Any) -> Order:
    order = confirmed({item: 2}, **said)
    Order.objects.filter(pk=order.pk).update(confirmed_at=timezone.now() - timedelta(days=days))
    order.refresh_from_db()
    actions.pack_order(actor=packer, order=order)
    actions.send_order(actor=packer, order=order)
    return order


def test_figures_tell_orders_packs_and_the_middle_time_and_leave_out_what_came_back(desk, packer):
    item = an_item("stickers", packs=50)
    for number, days in enumerate((1, 2, 9)):
        sent(packer, item, days, school=f"S {number}", email=f"s{number}@x.example")
    back = sent(packer, item, 3, school="Back", email="b@x.example", region=Region.WALES)
    actions.come_back(actor=packer, order=back)
    year = Order.objects.first().year
    lines = {line.label: line for line in queries.figures("region", year)}
    north = lines["North East"]
    assert (north.orders, north.packs, north.days) == (3, 6, 2)
    assert (lines["Wales"].orders, lines["Wales"].days) == (0, None)
    assert "North East,3,6,2" in desk.get(f"{LIST}figures/?as=csv").content.decode()
    assert desk.get(f"{LIST}figures/?year=evil").status_code == 200


def test_measures_are_of_one_organisation(desk, packer):
    here, other = an_organisation("northmoor"), an_organisation("southmoor")
    item, today = an_item("stickers"), timezone.localdate()
    sent(packer, item, 4, organisation=here)
    sent(packer, item, 1, organisation=other, school="S", email="o@x.example")
    confirmed({item: 1}, organisation=here, school="Third", email="p@x.example")
    assert (orders_sent(here.pk, today).value, packs_sent(here.pk, today).value) == (1, 2)
    assert days_to_send(here.pk, today).value == 4
    assert orders_sent(here.pk, date(2020, 1, 1)).value == 0
    assert standing(sitting(here.pk)).words == "2 of 3 packs asked for this school year are sent"


def test_an_order_in_a_school_s_name_is_put_before_those_who_can_stop_it(desk, packer):
    here = an_organisation("northmoor")
    an_order({an_item("stickers"): 1}, organisation=here)
    lead, steering = a_member(here), a_member(here, "steering-member")
    assert [one.do for one in things_to_do(sitting(here.pk, lead))] == ["Look at orders"]
    assert things_to_do(sitting(here.pk, steering)) == []
    assert Order.objects.get().state == OrderState.PLACED
