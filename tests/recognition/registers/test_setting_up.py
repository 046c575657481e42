"""Registers from files: every fault named, differences shown first, licences given and ended."""

import re
from contextlib import suppress
from datetime import date, timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from benchside.accounts.models import User
from benchside.assessment.standards import read
from benchside.core.actions import SYSTEM, Actor, Denied, Refused
from benchside.core.faults import BrokenFiles
from benchside.organisations.enums import Kind
from benchside.recognition.enums import LicenceScope
from benchside.recognition.models import Licence, Register
from benchside.recognition.registers import actions, loading, queries, reader
from benchside.recognition.registers.reader import BrokenRegister
from tests.factories import applications as made
from tests.factories.organisations import an_organisation
from tests.factories.people import give_app, person
from tests.factories.registers import FILE, STANDARD, a_register

TEXT = (loading.FOLDER / f"{STANDARD}.toml").read_text()


def setter() -> User:
    user = person("setter@council.example", is_staff=True)
    user.user_permissions.add(
        Permission.objects.get(codename="run_registers"),
        Permission.objects.get(codename="access_admin"),
    )
    give_app(user)
    return user


@pytest.fixture
def desk(db: None) -> Client:
    client = Client(REMOTE_ADDR="127.0.0.1", HTTP_HOST="127.0.0.1")
    client.force_login(setter())
    return client


# --- files, without a database ------------------------------------------------------------------
@pytest.mark.parametrize("file", sorted(loading.FOLDER.glob("*.toml")), ids=lambda one: one.stem)
def test_each_shipped_register_fits_its_standard_and_is_written_as_it_was_read(file: Path) -> None:
    one = reader.parse(file.name, file.read_bytes())
    standard = read(FILE.parent / f"{one.standard}.toml")
    assert list(reader.misfits(file.name, one, standard)) == []
    assert reader.parse("again", reader.write(one).encode()) == one
    assert standard.holder == "person"
    assert {way.route for way in one.ways} | {one.otherwise} == {r.key for r in standard.routes}


def test_the_three_differ_as_the_registers_whose_shape_they_have() -> None:
    technician, engineer, it = (
        read(FILE.parent / f"registered-{kind}technician.toml")
        for kind in ("", "engineering-", "it-")
    )
    for one in (technician, engineer):
        letters = [area.title[:2] for area in one.areas if area.title[1] == "."]
        assert letters == ["A.", "B.", "C.", "D.", "E."]
    report = technician.criterion("equivalency-report")
    assert (report.routes, report.evidence.at_least) == (("equivalency",), 1)
    assert engineer.route("individual").interview
    assert not engineer.route("accredited").interview
    assert engineer.supporters.days > technician.supporters.days
    assert not any(route.interview for route in it.routes)
    shown = [key for one in it.criteria for key in one.shows]
    assert len(shown) > len(set(shown)), "one competence is shown by several questions"
    assert set(shown) == {one.key for one in it.criteria if one.judged}


def test_every_fault_is_named_with_what_to_do() -> None:
    broken = (
        TEXT.replace('letters = "RTMade"', 'letters = "R1"').replace(
            'amount = "20.00"', 'amount = "-1"'
        )
        + "surprise = 1\n"
    )
    with pytest.raises(BrokenRegister) as caught:
        reader.parse("mine.toml", broken.encode())
    fields = {fault.field for fault in caught.value.faults}
    assert {"letters", "fees[2].amount", "cpd[1].surprise"} <= fields
    twice = TEXT.replace('route = "apprenticeship", amount = "20.00"', 'amount = "20.00"')
    with pytest.raises(BrokenRegister, match="stands twice"):
        reader.parse("mine.toml", twice.encode())
    for bytes_ in (b"\xff\xfe", b"key = ", b"x" * 300_000):
        with pytest.raises(BrokenFiles):
            reader.parse("mine.toml", bytes_)


def test_what_does_not_fit_the_standard_is_named() -> None:
    one = reader.parse(
        "x",
        TEXT.replace('otherwise = "equivalency"', 'otherwise = "luck"')
        .replace('work = "work"', 'werk = "work"')
        .encode(),
    )
    mark = read(FILE.parent / "technician-support-mark.toml")
    said = [str(fault) for fault in reader.misfits("x", one, read(FILE))]
    assert any("luck" in each for each in said)
    assert any("werk" in each for each in said)
    assert any("held by organisations" in str(each) for each in reader.misfits("x", one, mark))


def test_a_reason_to_lift_that_the_standard_does_not_have_is_named() -> None:
    """It would be refused on the day somebody decides, or another kept for ever in its place."""
    for field in ("nothing_found", "decided", "upheld"):
        one = reader.parse("x", TEXT.encode())
        wrong = one.model_copy(update={"conduct": one.conduct.model_copy(update={field: "Luck"})})
        (said,) = reader.misfits("x", wrong, read(FILE))
        assert f"conduct.{field}" in str(said)


@pytest.mark.parametrize(
    ("was", "wrong", "place"),
    [
        ('verb = "suspend",', 'verb = "supend",', "sanctions[4].verb"),
        ('reason = "Health"', 'reason = "Helth"', "sanctions[6].reason"),
        (', reason = "Health"', "", "sanctions[6].reason"),
        ('lift = "lift"', 'lift = "lft"', "conduct.lift"),
        ('reverse = ["reverse-removal"', 'reverse = ["rev"', "conduct.reverse"),
        ('upheld = "An appeal was upheld"', 'upheld = "Upheld"', "conduct.upheld"),
        ('asked_by_holder = ["begin-break"', 'asked_by_holder = ["begin-brake"', "asked_by_holder"),
        ('timed = ["career-break"', 'timed = ["career-brake"', "timed"),
        ("[[cpd]]", '[[cpd]]\nnot_audited = ["career-brake"]', "cpd[1].not_audited"),
        ('state = "reviewed"', 'state = "revewed"', "targets[3].state"),
    ],
)
@pytest.mark.django_db
def test_a_word_that_its_standard_does_not_have_is_named_with_its_place(
    was: str, wrong: str, place: str
) -> None:
    a_register()
    assert TEXT.count(was) == 1
    one = reader.parse("x", TEXT.replace(was, wrong).encode())
    (fault,) = loading.faults_of(one)
    assert fault.field == place
    assert ": " in fault.remedy, "it says which there are"
    with pytest.raises(BrokenRegister, match=re.escape(place)):
        actions.load_register(actor=SYSTEM, file=one)


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=400) | st.text(max_size=400).map(str.encode))
def test_whatever_is_brought_in_is_a_register_or_named_faults(data: bytes) -> None:
    for text in (data, TEXT.encode() + b"\n" + data):
        with suppress(BrokenRegister):
            reader.parse("any.toml", text)


# --- the desk -----------------------------------------------------------------------------------
@pytest.mark.django_db
def test_a_changed_file_is_shown_first_and_taken_then(desk: Client) -> None:
    register = a_register()
    url = f"/desk/registers/{register.pk}/edit/"
    text = desk.get(url).context["form"].initial["text"]
    dearer = text.replace('amount = "18.00"', 'amount = "19.50"')
    page = desk.post(url, {"text": dearer, "do": "look"})
    assert "19.50" in page.content.decode()
    register.refresh_from_db()
    assert register.rules.fee("year", timezone.localdate()) == 18
    assert desk.post(url, {"text": dearer, "do": "take"}).status_code == 302
    register.refresh_from_db()
    assert str(register.rules.fee("year", timezone.localdate())) == "19.50"
    broken = desk.post(url, {"text": dearer.replace("RTMade", "R 1"), "do": "take"})
    assert broken.status_code == 422
    assert "R 1" in broken.content.decode()
    other = desk.post(url, {"text": dearer.replace(f'key = "{register.slug}"', 'key = "x"')})
    assert other.status_code == 422
    assert "never share one" in other.content.decode()
    assert "says something else in its file" in desk.get("/desk/registers/").content.decode()
    desk.post("/desk/registers/", {"take": register.slug})
    register.refresh_from_db()
    assert register.rules.fee("year", timezone.localdate()) == 18
    file = SimpleUploadedFile("r.toml", b"\xff\xfe")
    assert desk.post("/desk/registers/bring-in/", {"file": file}).status_code == 422
    assert desk.get(f"/desk/registers/{register.pk}/file.toml").status_code == 200


@pytest.mark.django_db
def test_licences_are_given_and_ended_at_the_desk(desk: Client) -> None:
    register = a_register()
    url = f"/desk/registers/{register.pk}/"
    body = an_organisation("made-up-society", kind=Kind.BODY)
    today = timezone.localdate()
    given = {"do": "give", "body": body.pk, "scope": "full", "starts_on": today.isoformat()}
    assert desk.post(url, {"do": "give"}).status_code == 422
    assert desk.post(url, given).status_code == 302
    assert desk.post(url, given).status_code == 422
    assert queries.bodies_of(register) == [body]
    licence = Licence.objects.get()
    past = (today - timedelta(days=1)).isoformat()
    desk.post(url, {"do": f"end:{licence.pk}", "ends_on": past})
    assert Licence.objects.get().ends_on is None
    desk.post(url, {"do": f"end:{licence.pk}", "ends_on": today.isoformat()})
    assert Licence.objects.get().ends_on == today
    Licence.objects.update(starts_on=date(2099, 8, 27), ends_on=None)
    end = {"do": f"end:{licence.pk}", "ends_on": today.isoformat()}
    assert "It begins on 27 August 2099." in desk.post(url, end, follow=True).content.decode()
    desk.post(url, {"do": "close"})
    assert not Register.objects.get().is_open


@pytest.mark.django_db
def test_only_a_professional_body_gets_a_licence_and_only_from_whoever_may() -> None:
    register, today = a_register(), timezone.localdate()
    school = an_organisation("a-school", kind=Kind.SCHOOL)
    terms = {"register": register, "scope": LicenceScope.FULL, "starts_on": today}
    with pytest.raises(Refused, match="no professional body"):
        actions.give_licence(actor=SYSTEM, body=school, **terms)
    body = an_organisation("a-body", kind=Kind.BODY)
    registrar = Actor.of(made.the_registrar())
    with pytest.raises(Denied):
        actions.give_licence(actor=registrar, body=body, **terms)
    with pytest.raises(Denied):
        actions.load_register(actor=registrar, file=register.rules)
    with pytest.raises(Denied):
        actions.open_or_close(actor=registrar, register=register, is_open=False)
    first = actions.give_licence(actor=SYSTEM, body=body, ends_on=today, **terms)
    assert first.ends_on == today
    later = terms | {"starts_on": today + timedelta(days=1)}
    actions.give_licence(actor=SYSTEM, body=body, **later)
    assert queries.bodies_of(register) == [body]


@pytest.mark.django_db
def test_a_new_register_needs_no_code(tmp_path: Path) -> None:
    a_register()
    said = StringIO()
    call_command("load_registers", stdout=said)
    assert "registered-technician: as it is kept" in said.getvalue()
    own = tmp_path / "own.toml"
    own.write_text(TEXT.replace('key = "registered-technician"', 'key = "another"'))
    with pytest.raises(CommandError, match="never share one"):
        call_command("load_registers", file=own)
    own.write_text(TEXT.replace('amount = "18.00"', 'amount = "21.00"'))
    call_command("load_registers", file=own, preview=True, stdout=said)
    assert Register.objects.get(slug=STANDARD).rules.fee("year", timezone.localdate()) == 18
    call_command("load_registers", file=own, apply=True, stdout=said)
    assert Register.objects.get(slug=STANDARD).rules.fee("year", timezone.localdate()) == 21
