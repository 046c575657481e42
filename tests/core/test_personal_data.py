"""The mechanism that makes rooms say what they hold of a person."""

import uuid

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db.transaction import get_connection

from benchside.accounts.models import User
from benchside.core import personal_data
from benchside.core.models import AuditEvent
from benchside.core.personal_data import (
    Basis,
    Declaration,
    Erasure,
    Personal,
    declarations,
    declare,
    erase_person,
    export_person,
    faults,
    stored_fields,
)
from benchside.core.registries import PersonalDataExport, personal_data_exports
from benchside.website.models import NewsPage

SOMETHING = Personal("To test.", Basis.CONSENT, "A day", Erasure.DELETED)


@pytest.fixture
def without_audit_event():
    """All declarations but one, and room for more."""
    with declarations.opened():
        known = declarations["core.AuditEvent"]
        del declarations._items["core.AuditEvent"]
        yield known


def test_undeclared_model_is_a_fault_of_every_field(without_audit_event):
    found = [fault for fault in faults() if fault.startswith("core.AuditEvent")]

    assert len(found) == len(stored_fields(AuditEvent))
    assert found[0] == (
        "core.AuditEvent.actor is not declared: say in benchside.core.personal_data what it is."
    )


def test_new_field_is_a_fault(without_audit_event):
    known = " ".join(without_audit_event.fields - {"verb"})
    declare("core.AuditEvent", not_personal=known)

    assert [fault for fault in faults() if "core.AuditEvent" in fault] == [
        "core.AuditEvent.verb is not declared: say in benchside.core.personal_data what it is."
    ]


def test_declaration_of_a_field_that_is_gone_is_a_fault(without_audit_event):
    declare("core.AuditEvent", not_personal=" ".join({*without_audit_event.fields, "colour"}))

    assert "core.AuditEvent.colour is declared, and there is no such field." in faults()


def test_declaration_of_a_model_that_is_gone_is_a_fault():
    with declarations.opened():
        declare("core.Ghost", not_personal="name")

        assert "core.Ghost is declared, and there is no such model." in faults()


def test_field_cannot_be_both():
    with pytest.raises(ValueError, match="both personal and not"):
        declare("core.Ghost", personal={"name": SOMETHING}, not_personal="name")


def test_stored_fields_are_the_tables_own():
    assert stored_fields(NewsPage) == {"lead", "checked_on", "review_by", "body", "picture"}
    assert {"groups", "email"} < stored_fields(User)
    assert "id" not in stored_fields(User)


def test_page_lists_each_personal_field(monkeypatch):
    only = Declaration("a.B", {"name": SOMETHING}), Declaration("a.C", {}, frozenset({"size"}))
    monkeypatch.setattr(personal_data, "declarations", only)

    assert "| a.B.name | To test. | consent | A day | deleted with its record |" in (
        personal_data.page()
    )
    assert personal_data.page().endswith("a.C.\n")


def test_command_tells_a_stale_page(monkeypatch, settings, tmp_path):
    settings.ROOT = tmp_path
    (tmp_path / "docs").mkdir()
    with pytest.raises(CommandError, match=r"docs/personal-data\.md is stale"):
        call_command("personal_data", check=True)

    call_command("personal_data", verbosity=0)
    call_command("personal_data", check=True)


@pytest.mark.django_db
def test_rooms_export_and_erase_in_order_and_together():
    person, erased = uuid.uuid4(), []

    def erase_last(person_id: uuid.UUID) -> None:
        assert get_connection().in_atomic_block
        erased.append(("accounts", person_id))

    with personal_data_exports.opened():
        personal_data_exports._items.clear()
        for key, order, erase in (
            ("accounts", 9, erase_last),
            ("people", 1, lambda person_id: erased.append(("people", person_id))),
        ):
            personal_data_exports.register(
                PersonalDataExport(
                    key=key,
                    title=key.title(),
                    order=order,
                    export=lambda person_id, key=key: {"of": key},
                    erase=erase,
                )
            )
        exported = export_person(person)
        erase_person(person)

    assert exported == {"People": {"of": "people"}, "Accounts": {"of": "accounts"}}
    assert erased == [("people", person), ("accounts", person)]


def test_only_models_of_rooms_must_be_declared_whole():
    declared = declarations["account.EmailAddress"]

    assert declared.fields < stored_fields(apps.get_model("account.EmailAddress"))
    assert not [fault for fault in faults() if fault.startswith("account.")]
