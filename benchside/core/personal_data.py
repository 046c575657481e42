"""Every stored field is declared personal or not, by the room that owns it.

A room says so in its `personal_data.py`, which is read at start-up:

    declare(
        "accounts.User",
        seen_by="You; colleagues see your name beside what you did. Nobody sees your password.",
        personal={"email": Personal("Signing in.", Basis.CONTRACT, "...", Erasure.BLANKED)},
        not_personal="is_staff is_active",
    )

A test fails on a field nobody declared and on a declaration of a field that is gone.
`manage.py personal_data` writes `docs/personal-data.md` from the declarations. What a room does
to export and to erase, it registers as a `registries.PersonalDataExport`.
"""

import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from django.apps import apps
from django.db import models, transaction

from benchside.core.registries import (
    ErasureTerm,
    Registry,
    erasure_terms,
    personal_data_exports,
)

ROOMS = "benchside."


class Basis(StrEnum):
    """Lawful bases of Article 6(1) of the UK GDPR."""

    CONSENT = "consent"
    CONTRACT = "contract"
    LEGAL_OBLIGATION = "legal obligation"
    VITAL_INTERESTS = "vital interests"
    PUBLIC_TASK = "public task"
    LEGITIMATE_INTERESTS = "legitimate interests"


class Erasure(StrEnum):
    """What becomes of a field when its person asks to be forgotten."""

    BLANKED = "blanked"
    DELETED = "deleted with its record"
    KEPT = "kept: an opaque id, nobody's once the name is blanked"
    EXPIRES = "expires by itself"


@dataclass(frozen=True, slots=True)
class Personal:
    """Why a personal field is held, on which basis, for how long, and how it is erased."""

    purpose: str
    basis: Basis
    retention: str
    erasure: Erasure


@dataclass(frozen=True, slots=True)
class Declaration:
    """What is personal in one model, "<app>.<Model>".

    `seen_by` says in words who reads it. `subject` names the field that points at whom the rest of
    it is about, where that is not the first that points at somebody.
    """

    key: str
    personal: Mapping[str, Personal] = field(default_factory=dict)
    not_personal: frozenset[str] = frozenset()
    seen_by: str = ""
    subject: str = ""

    @property
    def fields(self) -> frozenset[str]:
        return self.not_personal | self.personal.keys()


declarations: Registry[Declaration] = Registry("personal-data declarations")


def declare(
    model: str,
    *,
    personal: Mapping[str, Personal] | None = None,
    not_personal: str = "",
    seen_by: str = "",
    subject: str = "",
) -> None:
    """Declare the fields of a model; `not_personal` lists names with spaces between.

    Models of libraries may be declared too: there, only what is personal need be named.
    """
    declaration = Declaration(
        model, personal or {}, frozenset(not_personal.split()), seen_by, subject
    )
    if twice := declaration.not_personal & declaration.personal.keys():
        raise ValueError(f"{model}: {sorted(twice)} cannot be both personal and not.")
    declarations.register(declaration)


def stored_fields(model: type[models.Model]) -> set[str]:
    """Names of what the model's own table holds: no automatic key, no link to a parent table."""
    own = [*model._meta.local_fields, *model._meta.local_many_to_many]
    return {
        each.name
        for each in own
        if not isinstance(each, models.AutoField)
        and not getattr(each.remote_field, "parent_link", False)
    }


def faults() -> list[str]:
    """Each field that is undeclared, each declaration without a field, and each that does not say
    who sees it, as a sentence."""
    return [*_undeclared(), *_gone(), *_unsaid()]


def _unsaid() -> Iterator[str]:
    for declaration in declarations:
        if declaration.personal and not declaration.seen_by:
            yield f"{declaration.key} does not say who sees it: give seen_by."


def _undeclared() -> Iterator[str]:
    for model in apps.get_models():
        config, label = model._meta.app_config, model._meta.label
        if config is None or not config.name.startswith(ROOMS) or model._meta.proxy:
            continue
        known = declarations[label].fields if label in declarations else frozenset()
        for name in sorted(stored_fields(model) - known):
            yield f"{label}.{name} is not declared: say in {config.name}.personal_data what it is."


def _gone() -> Iterator[str]:
    for declaration in declarations:
        try:
            existing = stored_fields(apps.get_model(declaration.key))
        except LookupError:
            yield f"{declaration.key} is declared, and there is no such model."
            continue
        for name in sorted(declaration.fields - existing):
            yield f"{declaration.key}.{name} is declared, and there is no such field."


def export_person(person_id: uuid.UUID) -> dict[str, Any]:
    """All that the rooms hold of a person, by room, as plain JSON values."""
    return {room.title: room.export(person_id) for room in personal_data_exports}


def erasing_waits_for(person_id: uuid.UUID) -> list[ErasureTerm]:
    """What has to be over before a person can be forgotten; nothing for nearly everybody."""
    return [one for room in erasure_terms for one in room.waits_for(person_id)]


def stays_after_erasing(person_id: uuid.UUID) -> list[ErasureTerm]:
    """What is not blanked at once, and until when it stays."""
    return [one for room in erasure_terms for one in room.stays(person_id)]


def erase_person(person_id: uuid.UUID) -> None:
    """Let every room forget a person: all of them or none. Called from an action."""
    with transaction.atomic():
        for room in personal_data_exports:
            room.erase(person_id)


# --- written for people ---------------------------------------------------------------------------

NOTE = "<!-- Written by `manage.py personal_data`; change the declarations, not this page. -->"


def page() -> str:
    """All personal fields as one Markdown table, for a data-protection assessment."""
    lines = ["| what | purpose | basis | kept | when erased |", "|---|---|---|---|---|"]
    for declaration in sorted(declarations, key=lambda each: each.key):
        lines += [
            f"| {declaration.key}.{name} | {this.purpose} | {this.basis} | {this.retention} "
            f"| {this.erasure} |"
            for name, this in declaration.personal.items()
        ]
    none = sorted(each.key for each in declarations if not each.personal)
    return (
        "\n\n".join(
            [
                "# Personal data",
                NOTE,
                "Every field that holds something about a person, and why. "
                "A test compares the declarations with the models.",
                "\n".join(lines),
                "## Nothing personal",
                ", ".join(none) + ".",
            ]
        )
        + "\n"
    )


# --- core's own -----------------------------------------------------------------------------------

_RECORD = Personal(
    "Showing who did what, to answer for it later.",
    Basis.LEGITIMATE_INTERESTS,
    "As long as the installation",
    Erasure.KEPT,
)
_MAIL = Personal("Sending the message.", Basis.CONTRACT, "Until it is sent", Erasure.EXPIRES)
_PICTURE = Personal(
    "Showing technicians at work, to those who agreed to it.",
    Basis.CONSENT,
    "Until consent is withdrawn or the picture is replaced",
    Erasure.DELETED,
)
_IMPORT = Personal(
    "Previewing and undoing what a file changes.",
    Basis.LEGITIMATE_INTERESTS,
    "Until the run is discarded",
    Erasure.DELETED,
)

declare(
    "core.AuditEvent",
    seen_by="Leads of the organisation it was done in, and administrators.",
    personal={"actor": _RECORD},
    not_personal="at verb actor_kind subject_type subject_id detail request_id",
)
declare(
    "core.Picture",
    seen_by="Whom you show it to; editors, if it was put up at the desk.",
    personal={
        "file": _PICTURE,
        "title": _PICTURE,
        "description": _PICTURE,
        "uploaded_by_user": Personal(
            "Asking whoever put it there.",
            Basis.LEGITIMATE_INTERESTS,
            "As long as the picture",
            Erasure.KEPT,
        ),
    },
    not_personal="key collection width height created_at focal_point_x focal_point_y "
    "focal_point_width focal_point_height file_size file_hash approved_at tags",
)
declare(
    "core.Rendition",
    seen_by="Whoever the picture is shown to.",
    personal={"file": _PICTURE},
    not_personal="filter_spec width height focal_point_key image",
)
_FILM = Personal(
    "Showing technicians at work, to those who agreed to it.",
    Basis.CONSENT,
    "Until consent is withdrawn or the film is replaced",
    Erasure.DELETED,
)
declare(
    "core.Film",
    seen_by="Whom you show it to; whoever reviews it before.",
    personal=dict.fromkeys(("file", "description", "captions", "transcript"), _FILM)
    | {
        "incoming": Personal(
            "Making the film ready.",
            Basis.CONSENT,
            "Until it is ready, two days at most",
            Erasure.DELETED,
        )
    },
    not_personal="key state refusal poster seconds width height has_sound created_at approved_at",
)
declare(
    "core.ImportRun",
    seen_by="Whoever may bring in such files.",
    personal={"by": _RECORD, "difference": _IMPORT, "problems": _IMPORT, "filename": _IMPORT},
    not_personal="importer scope checksum state counts created_at applied_at undone_at",
)
declare(
    "core.ImportedValue",
    seen_by="Whoever may bring in such files.",
    personal={"values": _IMPORT, "key": _IMPORT},
    not_personal="importer scope",
)
declare(
    "core.OutgoingMail",
    seen_by="Whoever it is sent to.",
    personal=dict.fromkeys(("to", "subject", "text", "html", "reply_to"), _MAIL),
    not_personal="name created_at",
)
declare(
    "core.TaskProgress",
    seen_by="You.",
    personal={
        "owner": Personal(
            "Showing progress to whoever started the work.",
            Basis.CONTRACT,
            "A month, with the result of the task",
            Erasure.KEPT,
        )
    },
    not_personal="id result key title then created_at",
)
declare("core.WorkerBeat", not_personal="worker_id host pid started_at beat_at")
declare("core.ScheduleSlot", not_personal="job slot")
declare("core.SearchState", not_personal="stamp documents")
declare(
    "core.SearchDocument",
    not_personal="id kind key title url summary number boost lines stems tags prose digest",
)
declare("core.SearchPosting", not_personal="document term weight")
declare("core.SearchWord", not_personal="word stem uses")
