"""What somebody says of themselves, and to whom they show it. All of it is theirs alone to do."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from django.db.models import Model
from django.utils import timezone

from benchside.careers.models import KitTerm, SkillTerm
from benchside.core import pictures
from benchside.core.actions import Act, Actor, Refused, acting
from benchside.core.models import Picture
from benchside.core.registries import publish
from benchside.people import rules
from benchside.people.enums import Audience
from benchside.people.events import PROFILE_CHANGED
from benchside.people.fields import BY_KEY
from benchside.people.models import (
    Consent,
    Language,
    Profile,
    ProfileKit,
    ProfileSkill,
    Qualification,
)

CHANGEABLE = frozenset(
    {"headline", "about", "role", "letters", "contact_email", "contact_url", "orcid"}
)
MOST_TERMS, MOST_LINES = 60, 30
PHOTO = "photo"
TERMS: dict[str, tuple[Any, Any]] = {
    "skills": (ProfileSkill, SkillTerm),
    "kit": (ProfileKit, KitTerm),
}
LINES: dict[str, type[Model]] = {"qualifications": Qualification, "languages": Language}


@contextmanager
def changing(verb: str, actor: Actor, profile: Profile) -> Iterator[Act]:
    """One change of a profile: locked, on the record, and told to whoever shows it.

    Read anew under the lock: of a photograph shown and a profile hidden at one moment, whichever
    comes second sees the first, and no rendition stays public.
    """
    with acting(verb, actor=actor, subject=profile, may=rules.is_themselves) as act:
        profile.refresh_from_db(from_queryset=Profile.objects.select_for_update())
        yield act
        _follow_photo(profile)
        publish(
            PROFILE_CHANGED.key,
            technician_id=profile.technician_id,
            public_id=profile.public_id,
        )


def change_profile(*, actor: Actor, profile: Profile, values: Mapping[str, Any]) -> None:
    """Write what was typed, and the name. Raises Denied."""
    with changing("profile.change", actor, profile) as act:
        if name := str(values.get("name", "")).strip():
            profile.technician.name = name[:120]
            profile.technician.save(update_fields=["name"])
        said = {key: value for key, value in values.items() if key in CHANGEABLE}
        for key, value in said.items():
            setattr(profile, key, value)
        profile.save(update_fields=[*said, "updated_at"])
        act.note(fields=sorted(said))


def choose_audiences(*, actor: Actor, profile: Profile, audiences: Mapping[str, Audience]) -> None:
    """Say of each field to whom it is shown. Raises Denied; KeyError for an unknown field."""
    with changing("profile.choose", actor, profile) as act:
        for key, audience in audiences.items():
            setattr(profile, f"{BY_KEY[key].key}_to", Audience(audience))
        profile.save(update_fields=[*(f"{key}_to" for key in audiences), "updated_at"])
        act.note(audiences={key: int(audience) for key, audience in audiences.items()})


def show_or_hide(*, actor: Actor, profile: Profile, is_shown: bool) -> None:
    """The one switch. Hidden, nobody sees anything; the choices are kept. Raises Denied."""
    with changing("profile.show" if is_shown else "profile.hide", actor, profile):
        profile.is_shown = is_shown
        profile.save(update_fields=["is_shown", "updated_at"])


def choose_terms(*, actor: Actor, profile: Profile, kind: str, slugs: Sequence[str]) -> None:
    """Make these the skills or the kit of a profile. Raises Denied; Refused for too many."""
    line, vocabulary = TERMS[kind]
    wanted = set(slugs)
    if len(wanted) > MOST_TERMS:
        raise Refused(f"More than {MOST_TERMS} are too many to read.", "Keep those that matter.")
    with changing("profile.choose_terms", actor, profile) as act:
        terms = list(vocabulary.objects.filter(slug__in=wanted))
        line.objects.filter(profile=profile).exclude(term__in=terms).delete()
        line.objects.bulk_create(
            [line(profile=profile, term=term) for term in terms], ignore_conflicts=True
        )
        act.note(kind=kind, count=len(terms))


def add_line(*, actor: Actor, profile: Profile, kind: str, values: Mapping[str, Any]) -> None:
    """Add a qualification or a language. Raises Denied; Refused for too many."""
    line = LINES[kind]
    with changing("profile.add_line", actor, profile) as act:
        if getattr(profile, kind).count() >= MOST_LINES:
            raise Refused(f"More than {MOST_LINES} are too many to read.", "Take one out first.")
        line._default_manager.create(profile=profile, **values)
        act.note(kind=kind)


def remove_line(*, actor: Actor, profile: Profile, kind: str, pk: int) -> None:
    """Take a qualification or a language out; done already is done. Raises Denied."""
    with changing("profile.remove_line", actor, profile) as act:
        getattr(profile, kind).filter(pk=pk).delete()
        act.note(kind=kind)


# --- the photograph -------------------------------------------------------------------------------
def set_photo(*, actor: Actor, profile: Profile, file: Any, description: str, words: str) -> None:
    """Take a photograph in, with the yes it was given with. `words` are what was agreed to.

    Afterwards: the one before is destroyed, original and all. Raises Denied.
    """
    with changing("profile.set_photo", actor, profile):
        _destroy_photo(profile)
        picture = Picture(
            title="A technician", description=description, file=file,
            uploaded_by_user_id=profile.technician.account_id,
        )  # fmt: skip
        picture.save()
        profile.photo = picture
        profile.save(update_fields=["photo", "updated_at"])
        Consent.objects.create(technician=profile.technician, about=PHOTO, words=words[:300])


def take_photo_down(*, actor: Actor, profile: Profile) -> None:
    """Destroy the photograph and take the yes back; done already is done. Raises Denied."""
    with changing("profile.take_photo_down", actor, profile):
        _destroy_photo(profile)


def _destroy_photo(profile: Profile) -> None:
    given = profile.technician.consents.filter(about=PHOTO, withdrawn_at=None)
    given.update(withdrawn_at=timezone.now())
    if (picture := profile.photo) is not None:
        profile.photo = None
        profile.save(update_fields=["photo", "updated_at"])
        pictures.destroy(picture)


def _follow_photo(profile: Profile) -> None:
    """Its renditions are public while everyone may see it, and only then."""
    picture = profile.photo
    if picture is None:
        return
    everyone = Audience.EVERYONE
    wanted = profile.is_shown and profile.name_to == everyone == profile.photo_to
    if wanted and not picture.is_approved:
        pictures.make_public(picture)
    elif picture.is_approved and not wanted:
        pictures.make_private(picture)
