"""An order from first to last: what is promised, what goes out, what is blanked, what is told."""

import json
import re
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from benchside.core.actions import VISITOR, Actor, Refused
from benchside.core.models import AuditEvent
from benchside.core.models.mail import OutgoingMail
from benchside.core.states import NeedsMore, NoSuchMove
from benchside.organisations.enums import MemberRole
from benchside.outreach.enums import OrderState, RefusalReason, StockMove
from benchside.outreach.models import Item, Order, SchoolTally, StockEntry
from benchside.outreach.orders import actions, links, queries
from benchside.outreach.orders.ledger import LimitReached, NotThere
from benchside.outreach.orders.schools import postcode, school_year, typed_as
from benchside.outreach.tasks import forget_orders
from tests.factories.orders import ADDRESS, POSTCODE, an_order, confirmed, details
from tests.factories.organisations import a_member, an_organisation

pytestmark = pytest.mark.django_db


def stock(item: Item) -> tuple[int, int]:
    item.refresh_from_db()
    return item.on_hand, item.reserved


def letters() -> list[str]:
    return list(OutgoingMail.objects.order_by("pk").values_list("name", flat=True))


def test_a_placed_order_promises_nothing_until_its_link_says_yes(stickers):
    order = an_order({stickers: 3})
    assert stock(stickers) == (20, 0)
    actions.confirm_order(actor=links.holder_of(order), order=order)
    assert stock(stickers) == (20, 3)
    assert order.state == OrderState.CONFIRMED
    assert letters() == ["outreach/order_placed", "outreach/order_confirmed"]


@pytest.mark.parametrize("who", ["visitor", "other link", "other member", "packer"])
def test_only_its_link_says_yes(stickers, packer, who):
    order, other = an_order({stickers: 1}), an_order({stickers: 1})
    actor = {
        "visitor": VISITOR,
        "other link": links.holder_of(other),
        "other member": Actor.of(a_member(an_organisation())),
        "packer": packer,
    }[who]
    with pytest.raises(PermissionDenied):
        actions.confirm_order(actor=actor, order=order)
    assert stock(stickers) == (20, 0)


def test_packed_and_sent_it_leaves_the_shelf_and_the_address_goes(stickers, packer):
    order = confirmed({stickers: 3})
    actions.pack_order(actor=packer, order=order)
    assert (order.packed_by, stock(stickers)) == (packer.person_id, (20, 3))
    actions.send_order(actor=packer, order=order)
    order.refresh_from_db()
    assert (order.state, order.address, order.postcode) == (OrderState.SENT, "", "")
    assert stock(stickers) == (17, 0)
    assert letters()[-1] == "outreach/order_sent"


def test_the_stock_is_the_sum_of_its_ledger_whatever_happens(stickers, badges, packer):
    first, second = confirmed({stickers: 3, badges: 2}), confirmed({badges: 2}, school="Other")
    actions.change_order(
        actor=links.holder_of(first), order=first, details={}, packs={stickers.pk: 1, badges.pk: 1}
    )
    actions.cancel_order(actor=links.holder_of(second), order=second)
    actions.pack_order(actor=packer, order=first, packed={stickers.pk: 1}, rest_follows=False)
    actions.send_order(actor=packer, order=first)
    actions.come_back(actor=packer, order=first)
    actions.correct_stock(actor=packer, item=badges, counted=3, reason="One was torn")
    for item in (stickers, badges):
        entries = StockEntry.objects.filter(item=item).order_by("pk")
        assert sum(e.on_hand for e in entries) == stock(item)[0]
        assert sum(e.reserved for e in entries) == stock(item)[1] == 0
        newest = entries.last()
        assert (newest.on_hand_after, newest.reserved_after) == stock(item)
    assert (stock(stickers), stock(badges)) == ((20, 0), (3, 0))
    assert set(SchoolTally.objects.values_list("packs", flat=True)) == {0}


def test_a_part_goes_now_and_the_rest_follows_with_its_address(stickers, badges, packer):
    order = confirmed({stickers: 3, badges: 2})
    actions.pack_order(actor=packer, order=order, packed={stickers.pk: 3, badges.pk: 1})
    actions.send_order(actor=packer, order=order)
    order.refresh_from_db()
    assert (order.state, order.address) == (OrderState.CONFIRMED, ADDRESS)
    assert (stock(stickers), stock(badges)) == ((17, 0), (3, 1))
    letter = OutgoingMail.objects.latest("pk")
    assert "1 x Badges" in letter.text
    assert "later parcel" in letter.text
    actions.pack_order(actor=packer, order=order)
    actions.send_order(actor=packer, order=order)
    assert (stock(badges), order.state, order.address) == ((2, 0), OrderState.SENT, "")


def test_a_rest_that_will_not_come_is_free_again_and_does_not_count(stickers, packer):
    order = confirmed({stickers: 4})
    actions.pack_order(actor=packer, order=order, packed={stickers.pk: 1}, rest_follows=False)
    actions.send_order(actor=packer, order=order)
    assert (stock(stickers), order.state) == ((19, 0), OrderState.SENT)
    assert queries.had(order.school_key, order.year) == {stickers.pk: 1}
    assert "will not come" in OutgoingMail.objects.latest("pk").text


def test_an_empty_or_too_full_parcel_is_refused(stickers, packer):
    order = confirmed({stickers: 2})
    with pytest.raises(NeedsMore):
        actions.pack_order(actor=packer, order=order, packed={stickers.pk: 0})
    with pytest.raises(Refused, match="at most 2"):
        actions.pack_order(actor=packer, order=order, packed={stickers.pk: 3})
    order.refresh_from_db()
    assert order.state == OrderState.CONFIRMED


def test_nothing_is_sent_twice(stickers, packer):
    order = confirmed({stickers: 2})
    actions.pack_order(actor=packer, order=order)
    stale = Order.objects.get(pk=order.pk)
    actions.send_order(actor=packer, order=order)
    with pytest.raises(NoSuchMove):
        actions.send_order(actor=packer, order=stale)
    assert stock(stickers) == (18, 0)
    assert letters().count("outreach/order_sent") == 1


def test_a_school_may_have_so_many_in_a_year_however_it_asks(stickers):
    confirmed({stickers: 4})
    order = an_order({stickers: 2})
    with pytest.raises(LimitReached, match="1 is left for yours"):
        actions.confirm_order(actor=links.holder_of(order), order=order)
    order.refresh_from_db()
    assert order.state == OrderState.PLACED
    actions.change_order(
        actor=links.holder_of(order), order=order, details={}, packs={stickers.pk: 1}
    )
    actions.confirm_order(actor=links.holder_of(order), order=order)
    assert stock(stickers) == (20, 5)
    confirmed({stickers: 5}, school="Another School")


def test_what_has_run_out_by_the_time_of_the_yes_is_told(badges):
    order = an_order({badges: 3})
    confirmed({badges: 3}, school="Quicker School")
    with pytest.raises(NotThere, match="Only 1 are left"):
        actions.confirm_order(actor=links.holder_of(order), order=order)
    assert stock(badges) == (4, 3)


def test_changing_a_confirmed_order_changes_what_is_promised_or_nothing(stickers, badges):
    order = confirmed({stickers: 2})
    holder = links.holder_of(order)
    with pytest.raises(NotThere):
        actions.change_order(
            actor=holder, order=order, details={}, packs={stickers.pk: 1, badges.pk: 5}
        )
    assert (stock(stickers), stock(badges)) == ((20, 2), (4, 0))
    actions.change_order(
        actor=holder, order=order, details={"postcode": "ZZ9 9ZZ"}, packs={badges.pk: 4}
    )
    assert (stock(stickers), stock(badges)) == ((20, 0), (4, 4))
    assert [(one.item, one.packs) for one in order.lines.all()] == [(badges, 4)]


def test_a_packed_order_is_not_changed_or_cancelled_by_link(stickers, packer):
    order = confirmed({stickers: 2})
    stale = Order.objects.get(pk=order.pk)
    actions.pack_order(actor=packer, order=order)
    with pytest.raises(Refused):
        actions.change_order(
            actor=links.holder_of(stale), order=stale, details={}, packs={stickers.pk: 1}
        )
    with pytest.raises(NoSuchMove):
        actions.cancel_order(actor=links.holder_of(order), order=order)
    assert stock(stickers) == (20, 2)


@pytest.mark.parametrize("end", ["sent", "cancelled", "refused", "cancelled before the yes"])
def test_where_it_went_is_nowhere_once_it_has_ended(stickers, packer, end, caplog):
    """The whole database, the mail on its way, tasks and logs are searched for the address."""
    order = an_order({stickers: 2}) if "before" in end else confirmed({stickers: 2})
    if end == "sent":
        actions.pack_order(actor=packer, order=order)
        actions.send_order(actor=packer, order=order)
    elif end == "refused":
        actions.refuse_order(actor=packer, order=order, reason=RefusalReason.USED_UP)
    else:
        actions.cancel_order(actor=links.holder_of(order), order=order)
    assert OutgoingMail.objects.exists()
    assert DBTaskResult.objects.exists()
    for word in ("Larkspur", POSTCODE, POSTCODE.replace(" ", "")):
        assert tables_with(word) == set()
        assert word not in caplog.text
    assert stock(stickers)[1] == 0


def tables_with(word: str) -> set[str]:
    """table.column of every text in the database that holds a word."""
    found = set()
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            for column in connection.introspection.get_table_description(cursor, table):
                quoted, name = (
                    connection.ops.quote_name(table),
                    connection.ops.quote_name(column.name),
                )
                cursor.execute(
                    f"SELECT 1 FROM {quoted} WHERE CAST({name} AS TEXT) LIKE %s LIMIT 1",
                    [f"%{word}%"],
                )
                if cursor.fetchone():
                    found.add(f"{table}.{column.name}")
    return found


def test_the_search_for_the_address_finds_it_while_it_is_there(stickers):
    an_order({stickers: 1})
    assert tables_with("Larkspur") == {"outreach_order.address"}
    assert "outreach_order.postcode" in tables_with(POSTCODE)


def test_the_database_itself_holds_no_address_of_an_ended_order(stickers):
    order = an_order({stickers: 1})
    actions.cancel_order(actor=links.holder_of(order), order=order)
    with pytest.raises(IntegrityError), transaction.atomic():
        Order.objects.filter(pk=order.pk).update(address="12 Larkspur Rise")


def test_the_same_form_sent_twice_is_one_order_and_one_letter(stickers):
    first = an_order({stickers: 2}, once="same")
    again = an_order({stickers: 2}, once="same")
    assert again == first
    assert Order.objects.count() == 1
    assert letters() == ["outreach/order_placed"]


def test_a_mailbox_is_not_flooded(stickers):
    for number in range(6):
        an_order({stickers: 1}, school=f"School {number}")
    assert letters() == ["outreach/order_placed"] * 3


def test_a_member_of_the_school_cancels_what_is_in_its_name_and_others_do_not(stickers):
    here, other = an_organisation("northmoor"), an_organisation("southmoor")
    order = confirmed({stickers: 2}, organisation=here)
    for actor in (
        Actor.of(a_member(other)),
        Actor.of(a_member(here, MemberRole.STEERING)),
        Actor.of(a_member(other, MemberRole.EDITOR)),
    ):
        with pytest.raises(PermissionDenied):
            actions.cancel_order(actor=actor, order=order)
    assert stock(stickers) == (20, 2)
    actions.cancel_order(actor=Actor.of(a_member(here)), order=order)
    assert (order.state, order.address, stock(stickers)) == (OrderState.CANCELLED, "", (20, 0))


def test_nobody_but_a_packer_packs_sends_refuses_or_counts(stickers):
    order = confirmed({stickers: 1})
    for actor in (VISITOR, links.holder_of(order), Actor.of(a_member(an_organisation()))):
        for act in (
            lambda a: actions.pack_order(actor=a, order=order),
            lambda a: actions.refuse_order(actor=a, order=order, reason=RefusalReason.OTHER),
            lambda a: actions.receive_stock(actor=a, item=stickers, packs=1),
            lambda a: actions.correct_stock(actor=a, item=stickers, counted=1, reason="x"),
            lambda a: actions.keep_item(actor=a, item=stickers, values={"title": "Mine"}),
        ):
            with pytest.raises(PermissionDenied):
                act(actor)
    order.refresh_from_db()
    assert (order.state, stock(stickers)) == (OrderState.CONFIRMED, (20, 1))


def test_an_order_that_came_back_lies_on_the_shelf_and_counts_no_more(stickers, packer):
    order = confirmed({stickers: 5})
    actions.pack_order(actor=packer, order=order)
    actions.send_order(actor=packer, order=order)
    actions.come_back(actor=packer, order=order)
    assert (order.state, stock(stickers)) == (OrderState.RETURNED, (20, 0))
    assert StockEntry.objects.filter(move=StockMove.RETURNED, order=order).count() == 1
    confirmed({stickers: 5})


def test_fewer_on_the_shelf_than_promised_is_no_count(stickers, packer):
    confirmed({stickers: 5})
    with pytest.raises(NotThere, match="5 of them promised"):
        actions.correct_stock(actor=packer, item=stickers, counted=4, reason="Flood")
    with pytest.raises(Refused, match="reason"):
        actions.correct_stock(actor=packer, item=stickers, counted=9, reason="  ")
    actions.correct_stock(actor=packer, item=stickers, counted=5, reason="Flood")
    assert stock(stickers) == (5, 5)


def test_audit_tells_what_was_done_without_a_name(stickers, packer):
    order = confirmed({stickers: 2})
    actions.pack_order(actor=packer, order=order)
    told = AuditEvent.objects.filter(subject_type="outreach.Order").order_by("pk")
    assert [one.verb for one in told] == ["order.place", "order.confirm", "order.pack"]
    said = json.dumps([one.detail for one in told])
    assert not re.search("Tess|northmoor|Larkspur|ZZ12", said, re.I)


# --- what is forgotten ---------------------------------------------------------------------------
def back(order: Order, **ago: timedelta) -> None:
    Order.objects.filter(pk=order.pk).update(**{f: timezone.now() - a for f, a in ago.items()})


def test_an_order_nobody_said_yes_to_is_gone_after_a_week(stickers):
    old, new = an_order({stickers: 1}), an_order({stickers: 1})
    back(old, placed_at=timedelta(days=8))
    back(new, placed_at=timedelta(days=6))
    forget_orders.func()
    assert list(Order.objects.all()) == [new]


def test_who_ordered_is_blanked_after_sixty_days_and_the_link_dies(stickers, packer):
    order = confirmed({stickers: 1})
    token = links.token_of(order)
    actions.cancel_order(actor=links.holder_of(order), order=order)
    back(order, ended_at=timedelta(days=59))
    forget_orders.func()
    assert links.order_of(token) == order
    back(order, ended_at=timedelta(days=61))
    forget_orders.func()
    order.refresh_from_db()
    assert (order.contact_name, order.email, order.key) == ("", "", None)
    assert links.order_of(token) is None
    assert tables_with("Tess") <= {f"core_outgoingmail.{part}" for part in ("to", "text", "html")}


def test_an_order_of_years_ago_is_deleted_and_the_ledger_stays(stickers, packer):
    order = confirmed({stickers: 2})
    actions.pack_order(actor=packer, order=order)
    actions.send_order(actor=packer, order=order)
    back(order, ended_at=timedelta(days=3 * 365 + 1))
    forget_orders.func()
    assert not Order.objects.exists()
    assert StockEntry.objects.filter(move=StockMove.SENT).count() == 1
    assert stock(stickers) == (18, 0)


# --- which school, which year --------------------------------------------------------------------
@pytest.mark.parametrize(
    ("day", "year"),
    [
        (date(2026, 8, 31), 2025),
        (date(2026, 9, 1), 2026),
        (date(2027, 1, 1), 2026),
        (date(2027, 8, 31), 2026),
    ],
)
def test_a_school_year_begins_on_the_first_of_september(day, year):
    assert school_year(day) == year


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("St. Mary's School", "Saint Mary’s"),
        ("The Grange Academy", "grange  academy"),
        ("Ysgol Gyfun Gŵyr", "Ysgol Gyfun Gwyr"),
    ],
)
def test_one_school_written_two_ways_is_one_school(one, other):
    assert typed_as(one, "ZZ1 1AA") == typed_as(other, "zz11aa")
    assert typed_as(one, "ZZ1 1AA") != typed_as(one, "ZZ1 1AB")


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("sw1a1aa", "SW1A 1AA"),
        (" M1  1ae ", "M1 1AE"),
        ("EC1A 1BB", "EC1A 1BB"),
        ("B33 8TH", "B33 8TH"),
        ("12345", ""),
        ("SW1A 1A", ""),
        ("SW1A 1AA; DROP", ""),
        ("ＳＷ1A 1AA", ""),
    ],
)
def test_postcodes_are_read_as_the_post_office_writes_them(typed, read):
    assert postcode(typed) == read


def test_details_of_the_factory_are_details_of_the_model():
    assert set(details()) <= {field.name for field in Order._meta.fields}
