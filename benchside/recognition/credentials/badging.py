"""From a credential's row to the plain values that are signed, and what they are called here."""

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from functools import cache
from typing import Any
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from benchside.assessment.models import Award, StandardVersion
from benchside.core.asking import once
from benchside.organisations.models import Organisation
from benchside.recognition.credentials import keyring
from benchside.recognition.credentials.designs import badge_version, design_for
from benchside.recognition.credentials.saying import entry_of
from benchside.recognition.credentials.vc.badge import (
    Achievement,
    Alignment,
    Badge,
    Identifier,
    Issuer,
    Status,
)
from benchside.recognition.models import Credential, Endorsement, Entry, Register, StatusList

LANGUAGE = "en-GB"
# Control characters, and marks that turn the direction of what stands around them.
UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufffe\uffff]+")
NO_KEY = str(UUID(int=0))
PLAIN = "badge"  # what a picture is called where there are no levels


def whole(path: str) -> str:
    return f"{settings.BASE_URL}{path}"


def line(words: str) -> str:
    """One line of what everybody writes alike."""
    return " ".join(UNSEEN.sub(" ", words).split())


# --- addresses ------------------------------------------------------------------------------------
def id_of(credential: Credential) -> str:
    return whole(_path_of_ids().replace(NO_KEY, str(credential.key)))


@cache
def _path_of_ids() -> str:
    """Looked up once: among the addresses of a whole site that takes longer than a signature."""
    return reverse("recognition:credential", args=[NO_KEY])


@once
def list_url(held: StatusList) -> str:
    return whole(held.get_absolute_url())


def page_of(standard: str) -> str:
    return whole(reverse("recognition:badge", args=[standard]))


def achievement_id(standard: str, level: str = "") -> str:
    """The same for every version of a standard: a credential says which by its alignment."""
    return f"{page_of(standard)}#{level or 'achievement'}"


def picture_url(standard: str, level: str = "", kind: str = "png") -> str:
    where = [standard, level or PLAIN, kind]
    return whole(reverse("recognition:badge_picture", args=where))


# --- who and what ---------------------------------------------------------------------------------
@once
def keeper_of(version: StandardVersion) -> str:
    """Whose badge it is, in words: who keeps the register, or who owns the standard."""
    register = Register.objects.filter(standard=version.key).first()
    return register.rules.keeper if register else version.standard.owner


@once
def issuer_of(version: StandardVersion) -> Issuer:
    """Every credential of this installation is signed under one identifier, that of its host; the
    name says on whose behalf."""
    return Issuer(keyring.our_did(), line(keeper_of(version)), whole("/"))


def said_of(said: Endorsement) -> tuple[str, str]:
    """What somebody speaks for: in words, and where it is."""
    if said.credential is not None:
        award = said.credential.award
        return f"{said.credential.name}: {award.number}", said.credential.get_absolute_url()
    version = badge_version(said.standard)
    return name_of(version, "") if version else said.standard, page_of(said.standard)


def name_of(version: StandardVersion, level: str) -> str:
    rules = version.standard.award
    title = rules.title if rules else version.title
    levels = {one.key: one.title for one in version.standard.levels}
    return line(f"{title}, {levels[level]}" if level in levels else title)


@once
def achievement(version: StandardVersion, level: str) -> Achievement:
    """What was achieved: the same for all who hold it at this level."""
    standard, design = version.standard, design_for(version.key)
    return Achievement(
        id=achievement_id(version.key, level),
        name=name_of(version, level),
        description=line(standard.about or name_of(version, level)),
        criteria_url=f"{page_of(version.key)}#asked",
        kind=design.achievement_type if design else "Achievement",
        alignments=(
            Alignment(
                name=line(standard.title),
                url=page_of(version.key),
                code=version.version,
                framework=line(standard.owner),
            ),
        ),
        image_url=picture_url(version.key, level),
        version=version.version,
        language=LANGUAGE,
    )


def badge_of(credential: Credential, endorsements: Sequence[Mapping[str, Any]] = ()) -> Badge:
    award = credential.award
    starts = min(_morning(credential.period_start), credential.made_at)
    until = credential.until
    entry = entry_of(award)
    return Badge(
        id=id_of(credential),
        issuer=issuer_of(award.version),
        achievement=achievement(award.version, credential.level),
        holders=(Identifier(line(credential.name)),),
        valid_from=starts,
        valid_until=_midnight(until) if until else None,
        awarded=_morning(awarded_on(award, entry)),
        license_number=award.number,
        source=_source(award.version.key, entry.body) if entry else None,
        language=LANGUAGE,
        status=Status(list_url(credential.status_list), credential.index),
        endorsements=tuple(endorsements),
    )


def awarded_on(award: Award, entry: Entry | None) -> date:
    return entry.admitted_on if entry else timezone.localdate(award.made_at)


@once
def _source(standard: str, body: Organisation) -> Issuer:
    """The body that assessed; its id is only a name, and stands under the register's page."""
    return Issuer(f"{page_of(standard)}#{body.slug}", line(body.name))


def _morning(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(23, 59, 59)))


def letters_of(standard: str) -> str:
    design = design_for(standard)
    return design.letters(standard) if design else ""
