"""Whatever is changed behind an entry's back is found; what goes through the actions is not."""

import json
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from benchside.assessment import chain
from benchside.assessment.actions import awards, move_award
from benchside.assessment.chain import Link, next_link
from benchside.assessment.models import StandardVersion
from benchside.core.actions import SYSTEM, Actor
from benchside.core.models.audit import AppendOnly
from benchside.people.joining import movers
from benchside.people.models import Technician
from benchside.recognition.entries import actions, names, seals
from benchside.recognition.entries.seals import faults_of_register, write_head
from benchside.recognition.entries.tasks import seal_registers
from benchside.recognition.models import Entry, EntrySeal, FormerName, RegisterHead, Sanction
from benchside.recognition.registry import clock, forgetting
from benchside.recognition.registry.actions.moves import impose
from tests.factories.people import person
from tests.factories.registers import a_register, an_entry
from tests.factories.registry import needs_of

pytestmark = pytest.mark.django_db
LATER = timezone.now() + timedelta(days=1)
VERBS = ["rename", "hide", "show", "begin-break", "end-break"]
TRIGGERS = {"assessment_awardevent", "recognition_entryseal", "recognition_registerhead"}


def found() -> list[str]:
    return [f"{one.where} {one.problem}" for one in faults_of_register(a_register())]


def by_hand(sql: str, *values: Any) -> None:
    """As somebody with the database's password would: triggers off, and past every action."""
    table = next(one for one in sql.split() if one.startswith(("assessment_", "recognition_")))
    with connection.cursor() as cursor:
        if table not in TRIGGERS:
            cursor.execute(sql, values)
        elif connection.vendor == "postgresql":
            # What waits for the commit would bar the way.
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
            cursor.execute(sql, values)
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
        else:
            kept = _triggers(cursor, table)
            for name, _ in kept:
                cursor.execute(f"DROP TRIGGER {name}")
            cursor.execute(sql, values)
            for _, text in kept:
                cursor.execute(text)


def _triggers(cursor: Any, table: str) -> list[tuple[str, str]]:
    wanted = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s"
    cursor.execute(wanted, [table])
    return list(cursor.fetchall())


@pytest.fixture
def entry(db: None) -> Entry:
    made = an_entry("Siobhán O’Brien", since=date(2026, 3, 2))
    an_entry("Ann Smith", since=date(2026, 3, 2))
    move_award(actor=SYSTEM, award=made.award, verb="resign", effective_on=date(2026, 5, 1))
    return made


def test_all_that_goes_through_the_actions_holds(entry: Entry) -> None:
    write_head(a_register(), until=timezone.now())
    actions.rename_entry(actor=SYSTEM, entry=entry, name="Siobhán Murphy")
    actions.hide_entry(actor=SYSTEM, entry=entry, basis="Police report")
    actions.show_entry(actor=SYSTEM, entry=entry)
    assert found() == []
    names.index(entry)
    assert EntrySeal.objects.filter(entry=entry).count() == 4  # the last changed nothing
    call_command("verify_register", verbosity=0)


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE recognition_entry SET name = 'Somebody Else' WHERE id = %s",
        "UPDATE recognition_entry SET admitted_on = '2020-01-01' WHERE id = %s",
        "UPDATE recognition_entry SET is_hidden = NOT is_hidden, hidden_basis = 'x' WHERE id = %s",
        "UPDATE assessment_award SET state = 'active' WHERE id = %s",
        "UPDATE assessment_award SET period_end = '2040-01-01' WHERE id = %s",
        "UPDATE assessment_award SET period_start = '2026-01-01' WHERE id = %s",
        "UPDATE assessment_award SET number = 'RT-009999' WHERE id = %s",
        "UPDATE assessment_awardevent SET reason = 'Other' WHERE award_id = %s AND number = 1",
        "UPDATE assessment_awardevent SET actor = NULL, verb = 'x' WHERE award_id = %s",
        "DELETE FROM assessment_awardevent WHERE award_id = %s AND number = 1",
        "UPDATE recognition_entryseal SET fields = '0' WHERE entry_id = %s",
        "DELETE FROM recognition_entryseal WHERE entry_id = %s",
        "INSERT INTO recognition_formername (entry_id, name, is_shown, until) "
        "VALUES (%s, 'Made Up', true, '2026-01-01')",
    ],
)  # fmt: skip
def test_an_edit_by_hand_is_found_and_named(entry: Entry, sql: str) -> None:
    assert entry.pk is not None
    same = entry.award_id if "award" in sql.split(" SET")[0].split(" WHERE")[0] else entry.pk
    by_hand(sql, same)
    assert found(), sql
    with pytest.raises(CommandError, match="fault"):
        call_command("verify_register", verbosity=0)


@pytest.fixture
def full(entry: Entry) -> Entry:
    """With a former name and a sanction; and there is another version of its standard."""
    actions.rename_entry(actor=SYSTEM, entry=entry, name="Siobhán Murphy")
    rule = entry.register.rules.sanction("warning")
    assert rule is not None
    begins = date(2026, 4, 1)
    impose(entry=entry, rule=rule, words="No log.", begins=begins, until=None, case=None)
    other = StandardVersion.objects.get(pk=entry.award.version_id)
    other.pk, other.version, other.state = None, "99.0", "draft"
    other.save(force_insert=True)
    assert found() == []
    return entry


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE recognition_sanction SET words = 'Other' WHERE entry_id = %s",
        "UPDATE recognition_sanction SET publish_until = '2026-04-02' WHERE entry_id = %s",
        "UPDATE recognition_sanction SET overturned_at = '2026-04-02' WHERE entry_id = %s",
        "DELETE FROM recognition_sanction WHERE entry_id = %s",
        "UPDATE recognition_formername SET until = '2020-01-01' WHERE entry_id = %s",
        "UPDATE recognition_formername SET is_shown = true WHERE entry_id = %s",
        "UPDATE assessment_award SET technician_id = (SELECT MAX(id) FROM people_technician) "
        "WHERE id = %s",
        "UPDATE assessment_award SET version_id = (SELECT MAX(id) FROM assessment_standardversion) "
        "WHERE id = %s",
    ],
)
def test_what_hangs_on_an_entry_is_sealed_with_it(full: Entry, sql: str) -> None:
    by_hand(sql, full.award_id if "assessment_award " in sql else full.pk)
    assert found() == ["RT-000001 does not say what it said when it was sealed"], sql


def test_what_changes_them_through_an_action_holds(full: Entry) -> None:
    holder = full.award.technician
    assert holder is not None
    holder.account, holder.claimed_at = person("siobhan@work.example"), timezone.now()
    holder.save()
    former = full.former_names.get()
    actions.choose_shown(
        actor=Actor.of(holder.account), entry=full, area="", shows_area=False, employer="",
        shows_employer=False, former_shown=[former.pk],
    )  # fmt: skip
    assert found() == []
    other = Technician.objects.create(name="Siobhán O’Brien")
    with transaction.atomic():
        for move in movers:
            move(other, holder)
    full.award.refresh_from_db()
    assert full.award.technician == other
    assert found() == []


def test_a_suspension_that_ends_and_one_that_is_forgotten_hold(full: Entry) -> None:
    other = Entry.objects.get(name="Ann Smith")
    rule = other.register.rules.sanction("suspension")
    assert rule is not None
    move_award(actor=SYSTEM, award=other.award, verb="suspend", reason="Conduct")
    today = timezone.localdate()
    impose(entry=other, rule=rule, words="No log.", begins=today, until=None, case=None)
    move_award(actor=SYSTEM, award=other.award, verb="lift", reason="The time is over")
    clock.end_what_is_over(Entry.objects.get(pk=other.pk), today)
    assert other.sanctions.get().ended_on == today
    assert found() == []
    user = person("ann@work.example")
    Technician.objects.filter(awards=other.award_id).update(account=user, claimed_at=timezone.now())
    forgetting.erase(user.person_id)
    assert other.sanctions.get().words == "No log.", "as long as it is public"
    Sanction.objects.filter(entry=other).update(publish_until=today - timedelta(days=1))
    seals.seal(other)
    forgetting.erase(user.person_id)
    assert other.sanctions.get().words == ""
    assert found() == []


def test_what_is_cut_off_the_end_is_found_by_the_head(entry: Entry) -> None:
    write_head(a_register(), until=LATER)
    by_hand("DELETE FROM assessment_awardevent WHERE award_id = %s AND number = 2", entry.award_id)
    by_hand("UPDATE assessment_award SET state = 'active' WHERE id = %s", entry.award_id)
    assert [one.split(" is ")[0] for one in found()] == ["head 1"]


# --- with the database, and without the site's key ----------------------------------------------
def forge_first_event(entry: Entry) -> None:
    """Another reason for how it began, and the award's whole chain made anew after it."""
    link = None
    for event in entry.award.events.order_by("number"):
        event.reason = "Forged" if event.number == 1 else event.reason
        link = next_link(link, awards.says_of(event))
        by_hand(
            "UPDATE assessment_awardevent SET reason = %s, before = %s, digest = %s WHERE id = %s",
            event.reason, link.before, link.digest, event.pk,
        )  # fmt: skip


def forge_head(head: RegisterHead, **says: Any) -> None:
    link = Link(head.number, {**seals._head_says(head), **says}, head.before, head.digest)
    digest = chain._digest(link.number, link.before, link.says)
    faults = json.dumps(link.says["faults"])
    by_hand(
        "UPDATE recognition_registerhead SET covers = %s, faults = %s, digest = %s WHERE id = %s",
        link.says["covers"], faults, digest, head.pk,
    )  # fmt: skip


def plain_ends(head: RegisterHead) -> str:
    return seals._cover(head.register, head.until)[1]


def test_a_chain_made_anew_is_found_and_its_entry_named(entry: Entry) -> None:
    seals.seal(entry)
    head = write_head(a_register(), until=LATER)
    forge_first_event(entry)
    forge_head(head, covers=plain_ends(head))
    said = found()
    assert "RT-000001 has other events than when it was sealed" in said
    assert said[-1].startswith("head 1 is not what the register holds")
    # Nor does it help to write into the seal what the chain ends with now.
    end = entry.award.events.order_by("-number").values_list("digest", flat=True)[0]
    by_hand("UPDATE recognition_entryseal SET event = %s WHERE entry_id = %s", end, entry.pk)
    assert "RT-000001 does not say what it said when it was sealed" in found()


def test_what_a_night_found_is_told_ever_after(entry: Entry) -> None:
    write_head(a_register(), until=LATER)
    forge_first_event(entry)
    for _ in range(3):
        seal_registers.func()
    told = seals.found_before(a_register())
    assert [one.where for one in told] == ["head 2"] * len(told)
    assert [one.problem.split(" is not ")[0] for one in told if "head" in one.problem] == [
        "wrote down that head 1"
    ]
    with pytest.raises(CommandError, match="fault"):
        call_command("verify_register", verbosity=0)


def test_a_head_cannot_be_made_to_say_that_nothing_was_found(entry: Entry) -> None:
    by_hand("UPDATE recognition_entry SET name = 'Somebody Else' WHERE id = %s", entry.pk)
    seal_registers.func()
    by_hand("UPDATE recognition_entry SET name = %s WHERE id = %s", entry.name, entry.pk)
    assert found() == []
    with pytest.raises(CommandError, match="fault"):
        call_command("verify_register", verbosity=0)
    forge_head(a_register().heads.get(), faults=[])
    assert [one.split(" is ")[0] for one in found()] == ["head 1"]


def test_an_award_that_goes_on_is_sealed_with_it(
    entry: Entry, django_capture_on_commit_callbacks: Any
) -> None:
    entry = Entry.objects.get(name="Ann Smith")
    before = EntrySeal.objects.filter(entry=entry).count()
    with django_capture_on_commit_callbacks(execute=True):
        move_award(actor=SYSTEM, award=entry.award, verb="retire")
    last = EntrySeal.objects.filter(entry=entry).order_by("number").last()
    assert last is not None
    assert (last.number, last.event) == (
        before + 1,
        entry.award.events.order_by("number").last().digest,
    )
    seals.seal_new_events(Entry.objects.all())
    assert EntrySeal.objects.filter(entry=entry).count() == before + 1
    assert found() == []


def test_an_entry_taken_out_whole_is_found(entry: Entry) -> None:
    write_head(a_register(), until=LATER)
    for table in ("entryseal", "namekey"):
        by_hand(f"DELETE FROM recognition_{table} WHERE entry_id = %s", entry.pk)
    by_hand("DELETE FROM recognition_entry WHERE id = %s", entry.pk)
    said = found()
    assert "RT-000001 has no entry on the register" in said
    assert said[-1].startswith("head 1 is not what the register holds")


def test_heads_hang_together(entry: Entry) -> None:
    for _ in range(3):
        write_head(a_register(), until=LATER)
    assert found() == []
    by_hand("DELETE FROM recognition_registerhead WHERE number = 2")
    assert found()


def test_the_database_refuses_to_change_a_seal_or_a_head(entry: Entry) -> None:
    head = write_head(a_register(), until=LATER)
    for table in ("recognition_entryseal", "recognition_registerhead"):
        for sql in (f"UPDATE {table} SET before = ''", f"DELETE FROM {table}"):
            with (
                pytest.raises(DatabaseError, match="append-only"),
                transaction.atomic(),
                connection.cursor() as cursor,
            ):
                cursor.execute(sql)
    for change in (head.save, head.delete, EntrySeal.objects.all().delete):
        with pytest.raises(AppendOnly):
            change()


def test_the_night_writes_down_what_does_not_hold(entry: Entry) -> None:
    by_hand("UPDATE recognition_entry SET name = 'Somebody Else' WHERE id = %s", entry.pk)
    seal_registers.func()
    assert a_register().heads.get().faults == [
        "RT-000001 does not say what it said when it was sealed"
    ]


def test_a_new_key_of_the_site_finds_the_old_seals_good(entry: Entry, settings: Any) -> None:
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another"
    assert found() == []
    settings.SECRET_KEY_FALLBACKS = []
    assert len(found()) == 2


class Walks(TestCase):
    """Any walk of verbs holds; then any one letter changed by hand does not."""

    @settings(max_examples=12, deadline=None)
    @given(
        st.lists(st.sampled_from(VERBS), max_size=6),
        st.sampled_from(["name", "admitted_on", "period_end"]),
    )
    def test_any_walk(self, verbs: list[str], field: str) -> None:
        entry = an_entry("Ann Example")
        for count, verb in enumerate(verbs):
            if verb == "rename":
                actions.rename_entry(actor=SYSTEM, entry=entry, name=f"Ann {'x' * (count + 1)}")
            elif verb == "hide":
                actions.hide_entry(actor=SYSTEM, entry=entry, basis="Made up")
            elif verb == "show":
                actions.show_entry(actor=SYSTEM, entry=entry)
            elif entry.award.state == ("active" if verb == "begin-break" else "career-break"):
                reason = "Study" if verb == "begin-break" else ""
                move_award(
                    actor=SYSTEM,
                    award=entry.award,
                    verb=verb,
                    reason=reason,
                    confirmed=needs_of(entry, verb),
                )
        assert found() == []
        if field == "period_end":
            type(entry.award).objects.filter(pk=entry.award_id).update(period_end="2099-01-01")
        elif field == "name":
            Entry.objects.filter(pk=entry.pk).update(name="Ann Examp1e")
        else:
            Entry.objects.filter(pk=entry.pk).update(admitted_on="1999-01-01")
        assert found()


def test_a_former_name_taken_away_is_found(entry: Entry) -> None:
    actions.rename_entry(actor=SYSTEM, entry=entry, name="Siobhán Murphy")
    FormerName.objects.all().delete()
    assert len(found()) == 1


def test_a_later_seal_covers_no_less_than_the_one_before() -> None:
    """One made in the night covers a quarter of an hour less than one asked for just before."""
    asked_for = write_head(a_register(), until=timezone.now())
    at_night = write_head(a_register())
    assert at_night.until == asked_for.until
