"""A register that nobody has ever heard of needs two files and no code: both are brought in,
and somebody goes all the way from an application to their page."""

from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from benchside.assessment.actions import load_standard, publish_standard
from benchside.assessment.enums import DutyKind
from benchside.assessment.models import Duty
from benchside.assessment.standards import read
from benchside.core.actions import SYSTEM, Actor
from benchside.organisations.enums import Kind
from benchside.recognition.models import Entry, Fee, Licence, Register
from benchside.recognition.registers import actions
from tests.factories import applications as made
from tests.factories.organisations import an_organisation

pytestmark = pytest.mark.django_db
STANDARD = """
key = "glass-blower"
version = "2026"
title = "Glass blower"
holder = "person"
owner = "The Made-Up Guild of Glass"
source = "Made up for this test"
valid_from = 2026-01-01

[[areas]]
key = "glass"
title = "Glass"

[[areas.criteria]]
key = "flask"
title = "A flask you made"
prompt = "Tell how you made it."
words = 200

[[sign_offs]]
key = "applicant"
title = "You"
right = "holder"
words = "This is true."

[review]
seats = 1
third_on_disagreement = false
grades = [
  { key = "met", title = "Met", meets = true },
  { key = "not-met", title = "Not met", meets = false, needs_reason = true },
]

[award]
title = "Glass blower"
number = "GB-"
months = 24
granted = "on-admission"
start = "blowing"
states = [
  { key = "blowing", title = "Blows glass", stands = true, meaning = "On the register." },
  { key = "cold", title = "Cold", stands = false, meaning = "Off the register." },
]
moves = [
  { verb = "cool", source = ["blowing"], target = "cold", right = "ratify", reasons = ["Burnt"] },
  { verb = "heat", source = ["cold"], target = "blowing", right = "keep" },
]
"""
REGISTER = """
key = "glass-blowers"
name = "Register of Glass Blowers"
letters = "RegGB"
level = "Any level"
standard = "glass-blower"
keeper = "The Made-Up Guild of Glass"
terms = ["They mind the flame."]
fees = [{ kind = "year", amount = "7.00", from = 2026-01-01 }]
targets = [{ state = "submitted", days = 5 }]
asked_by_holder = ["heat"]
timed = ["cold"]
sanctions = [{ kind = "cooled", title = "Cooled", verb = "cool", reason = "Burnt", publish_months = 6 }]
conduct = { lift = "heat" }
"""  # noqa: E501 - a table in one line, as TOML has it


def brought_in(folder: Path) -> Register:
    """As the desk brings in a standard, and the command a register."""
    standard, register = folder / "glass-blower.toml", folder / "glass-blowers.toml"
    standard.write_text(STANDARD)
    register.write_text(REGISTER)
    version = load_standard(actor=SYSTEM, standard=read(standard))
    publish_standard(actor=SYSTEM, version=version)
    call_command("load_registers", file=register, verbosity=0)
    return Register.objects.get(slug="glass-blowers")


def test_two_files_and_somebody_is_on_a_register_nobody_knew(tmp_path: Path) -> None:
    register = brought_in(tmp_path)
    body = an_organisation("guild", kind=Kind.BODY)
    Licence.objects.create(register=register, body=body)
    registrar, ratifier = made.the_registrar(), made.the_ratifier(body)
    for kind in (DutyKind.ASSIGN, DutyKind.KEEP):
        Duty.objects.create(user=registrar, standard="glass-blower", kind=kind)
    Duty.objects.create(user=ratifier, standard="glass-blower", kind=DutyKind.RATIFY)
    one = made.approved(register=register, body=body, route="", name="Gail Made-Up")
    assert not Entry.objects.exists()
    fee = Fee.objects.get(application=one, state="due")
    assert (fee.kind, str(fee.amount)) == ("year", "7.00")
    actions.pay_fee(actor=Actor.of(registrar), fee=fee)
    entry = Entry.objects.get()
    assert (entry.award.number, entry.award.state) == ("GB-000001", "blowing")
    for address in ("/registers/glass-blowers/GB-000001/", "/registers/glass-blowers/?q=gail"):
        page = Client().get(address).content.decode()
        assert "Gail Made-Up RegGB" in page
        assert "Blows glass" in page
    assert entry.award.period_end is not None
    assert entry.award.period_end.year == timezone.localdate().year + 2
