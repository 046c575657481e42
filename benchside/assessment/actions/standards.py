"""Loading a version of a standard, and switching to it."""

from django.db import transaction

from benchside.assessment import rules
from benchside.assessment.chain import digest_of
from benchside.assessment.events import STANDARD_PUBLISHED
from benchside.assessment.models import StandardVersion
from benchside.assessment.standards import Standard
from benchside.assessment.states import VERSIONS
from benchside.core.actions import Actor, Refused, acting
from benchside.core.registries import publish
from benchside.core.states import move


def load_standard(*, actor: Actor, standard: Standard) -> StandardVersion:
    """Keep a version as a draft; a draft of the same version is replaced.

    Raises Denied; Refused when that version is published and says something else.
    """
    content = standard.model_dump(mode="json", exclude_defaults=True)
    digest = digest_of(content)
    with acting("standard.load", actor=actor, subject=None, may=rules.can_keep_standards) as act:
        held = StandardVersion.objects.select_for_update().filter(
            key=standard.key, version=standard.version
        )
        found = held.first() or StandardVersion(key=standard.key, version=standard.version)
        if found.state != "draft" and found.digest != digest:
            raise Refused(
                f"{standard.title} {standard.version} is published and is never changed.",
                "Give what you changed a new version.",
            )
        if found.state == "draft":
            found.title, found.holder = standard.title, standard.holder
            found.valid_from, found.adopt_by = standard.valid_from, standard.adopt_by
            found.content, found.digest = content, digest
            found.save()
        act.about(found)
        act.note(version=standard.version, digest=digest)
    return found


def publish_standard(*, actor: Actor, version: StandardVersion) -> None:
    """Let submissions be made under it from its first day on; what was begun under another stays.

    Afterwards: whoever listens is told. Raises Denied, NoSuchMove.
    """
    with transaction.atomic():
        move(table=VERSIONS, subject=version, verb="publish", actor=actor)
        publish(STANDARD_PUBLISHED.key, standard=version.key, version=version.version)


def retire_standard(*, actor: Actor, version: StandardVersion) -> None:
    """No new submissions; those begun go on. Raises Denied, NoSuchMove."""
    move(table=VERSIONS, subject=version, verb="retire", actor=actor)
