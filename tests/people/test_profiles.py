"""What technicians say of themselves, and that it goes to nobody they have not chosen."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from benchside.careers.models import KitTerm, SkillTerm
from benchside.core.actions import Actor
from benchside.core.models import AuditEvent, Picture
from benchside.core.personal_data import erase_person, export_person
from benchside.people import queries
from benchside.people.actions import choose_audiences, show_or_hide
from benchside.people.enums import Audience
from benchside.people.fields import FIELDS
from benchside.people.models import (
    Consent,
    Language,
    Profile,
    ProfileKit,
    ProfileSkill,
    Qualification,
    Technician,
)
from benchside.people.showing import shown
from tests.core.pictures import encoded, place_of
from tests.factories.people import person
from tests.factories.technicians import a_fresh_profile, as_themselves

pytestmark = pytest.mark.django_db
LEVELS = st.sampled_from(list(Audience))
# Where each field of a profile comes out, and what stands in it below.
MARKS = {
    "name": "Edie Made-Up",
    "headline": "mark-headline",
    "about": "mark-about",
    "skills": "mark-skill",
    "kit": "mark-kit",
    "qualifications": "mark-qualification",
    "letters": "mark-letters",
    "languages": "mark-language",
    "contact": "mark-contact",
    "orcid": "0000-0002-1825-0097",
}


def full_profile() -> Profile:
    """Every field filled with a mark of its own."""
    profile = a_fresh_profile(
        headline="mark-headline",
        about="mark-about",
        letters="mark-letters",
        contact_email="mark-contact@benchside.example",
        orcid="0000-0002-1825-0097",
    )
    skill = SkillTerm.objects.create(slug="mark-skill", name="mark-skill")
    kit = KitTerm.objects.create(slug="mark-kit", name="mark-kit", sentence="x", symbol="x")
    ProfileSkill.objects.create(profile=profile, term=skill)
    ProfileKit.objects.create(profile=profile, term=kit)
    Qualification.objects.create(profile=profile, title="mark-qualification", year=2020)
    Language.objects.create(profile=profile, name="mark-language")
    return profile


@settings(
    max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.fixed_dictionaries({field.key: LEVELS for field in FIELDS}),
    st.booleans(),
    LEVELS,
)
def test_no_field_reaches_an_audience_that_was_not_chosen(
    db: None, chosen: dict[str, Audience], is_shown: bool, audience: Audience
) -> None:
    """Whatever is chosen, what leaves is what was chosen for that audience, and no more."""
    profile = Profile.objects.first() or full_profile()
    for key, level in chosen.items():
        setattr(profile, f"{key}_to", level)
    profile.is_shown = is_shown
    told = repr(shown(profile, audience))
    for key, mark in MARKS.items():
        allowed = (
            is_shown
            and audience != Audience.NOBODY
            and chosen["name"] >= audience
            and chosen[key] >= audience
        )
        assert (mark in told) is allowed, (key, audience)


def test_a_new_profile_is_hidden_and_shows_name_post_and_unit_at_home_alone() -> None:
    profile = a_fresh_profile()
    assert not profile.is_shown
    at_home = {field.key for field in FIELDS if field.first == Audience.ORGANISATION}
    assert at_home == {"name", "post", "unit"}
    assert not any(field.first == Audience.EVERYONE for field in FIELDS)


def test_the_public_ones_are_those_who_show_their_name_to_everyone() -> None:
    seen = a_fresh_profile("seen", to=Audience.EVERYONE)
    a_fresh_profile("hidden", to=Audience.EVERYONE, is_shown=False)
    a_fresh_profile("nameless", to=Audience.EVERYONE, name_to=Audience.ORGANISATION)
    assert list(queries.public_profiles()) == [seen]


# --- the pages ----------------------------------------------------------------------------------
def test_words_are_kept_and_come_back(client: Any) -> None:
    profile = a_fresh_profile()
    mine = as_themselves(profile)
    said = {
        "name": "Edie M.",
        "headline": "I keep the lasers running.",
        "about": "<b>Bold</b> & kind",
        "orcid": "https://orcid.org/0000-0002-1825-0097",
        "contact_url": "www.benchside.example",
    }
    assert mine.post("/my/profile/", said).status_code == 302
    profile.refresh_from_db()
    assert profile.orcid == "0000-0002-1825-0097"
    assert profile.contact_url == "https://www.benchside.example"
    assert Technician.objects.get().name == "Edie M."
    assert "&lt;b&gt;Bold&lt;/b&gt; &amp; kind" in mine.get("/my/profile/").content.decode()
    assert AuditEvent.objects.get(verb="profile.change").detail.keys() == {"fields"}


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"orcid": "0000-0002-1825-0098"}, "no ORCID iD"),
        ({"contact_url": "javascript:alert(1)"}, "such as www"),
        ({"contact_email": "nobody"}, "valid email"),
        ({"headline": "x" * 121}, "120"),
        ({"headline": "two\nlines"}, "line"),
        ({"name": ""}, "required"),
        ({"role": "999999"}, "valid choice"),
    ],
)
def test_what_cannot_be_meant_is_told_and_nothing_typed_is_lost(
    typed: dict[str, str], told: str
) -> None:
    profile = a_fresh_profile()
    said = {"name": "Edie", "about": "A long text."} | typed
    answer = as_themselves(profile).post("/my/profile/", said)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert told in page or told.title() in page or "Fill this in" in page
    assert "A long text." in page
    profile.refresh_from_db()
    assert profile.about == ""


def test_choices_are_kept_line_by_line_and_nonsense_changes_nothing() -> None:
    profile = a_fresh_profile()
    mine = as_themselves(profile)
    mine.post("/my/visibility/", {"about": "2", "kit": "1", "name": "7", "photo": "x"})
    profile.refresh_from_db()
    assert profile.about_to == Audience.EVERYONE
    assert profile.kit_to == Audience.ORGANISATION
    assert profile.name_to == Audience.ORGANISATION
    assert profile.photo_to == Audience.NOBODY


def test_one_switch_hides_all_and_keeps_the_choices() -> None:
    profile = a_fresh_profile(to=Audience.EVERYONE, headline="Seen")
    mine = as_themselves(profile)
    assert "Seen" in mine.get("/my/preview/?as=everyone").content.decode()
    mine.post("/my/visibility/switch/", {"show": "no"})
    assert "Seen" not in mine.get("/my/preview/?as=everyone").content.decode()
    profile.refresh_from_db()
    assert profile.headline_to == Audience.EVERYONE
    mine.post("/my/visibility/switch/", {"show": "yes"})
    assert "Seen" in mine.get("/my/preview/?as=everyone").content.decode()


def test_skills_and_kit_are_those_that_are_ticked() -> None:
    for number in range(3):
        SkillTerm.objects.create(slug=f"s{number}", name=f"Skill {number}")
    profile = a_fresh_profile()
    mine = as_themselves(profile)
    mine.post("/my/profile/skills/", {"term": ["s0", "s1", "no-such"]})
    mine.post("/my/profile/skills/", {"term": ["s1", "s2"]})
    assert [one.term.slug for one in profile.skills.all()] == ["s1", "s2"]


def test_lines_come_and_go_and_are_nobody_elses_to_take() -> None:
    profile, other = a_fresh_profile(), a_fresh_profile("olu")
    mine = as_themselves(profile)
    mine.post("/my/profile/qualifications/", {"title": "T Level in Science", "year": "2024"})
    line = Qualification.objects.get()
    as_themselves(other).post("/my/profile/qualifications/", {"remove": line.pk})
    assert Qualification.objects.exists()
    mine.post("/my/profile/qualifications/", {"remove": line.pk})
    assert not Qualification.objects.exists()
    assert mine.post("/my/profile/qualifications/", {"title": "", "year": "1"}).status_code == 422


# --- the photograph -------------------------------------------------------------------------------
def upload(profile: Profile, **more: str) -> Any:
    said = {"description": "Edie at a bench.", "yes": "on"} | more
    file = SimpleUploadedFile("edie.jpg", encoded("JPEG"), content_type="image/jpeg")
    return as_themselves(profile).post("/my/profile/photo/", {"file": file, **said})


def test_a_photograph_is_public_while_everyone_may_see_it_and_only_then() -> None:
    profile = a_fresh_profile(to=Audience.EVERYONE)
    assert upload(profile).status_code == 302
    picture = Picture.objects.get()
    assert picture.is_approved
    with picture.file.open("rb") as file:
        assert place_of(file.read()) == {}
    mine = as_themselves(profile)
    mine.post("/my/visibility/", {"photo": "1"})
    picture.refresh_from_db()
    assert not picture.is_approved
    mine.post("/my/visibility/", {"photo": "2"})
    mine.post("/my/visibility/switch/", {"show": "no"})
    picture.refresh_from_db()
    assert not picture.is_approved


def test_of_a_choice_and_a_hiding_at_one_moment_the_hiding_holds() -> None:
    """A request that read the profile before its owner hid must not bring the photograph back."""
    profile = a_fresh_profile(to=Audience.EVERYONE, photo_to=Audience.NOBODY)
    upload(profile)
    actor, before = Actor.of(profile.technician.account), Profile.objects.get()
    show_or_hide(actor=actor, profile=Profile.objects.get(), is_shown=False)
    choose_audiences(actor=actor, profile=before, audiences={"photo": Audience.EVERYONE})
    assert not Picture.objects.get().is_approved


def test_deleting_it_takes_the_original_and_the_yes_back(
    django_capture_on_commit_callbacks: Any,
) -> None:
    profile = a_fresh_profile(to=Audience.EVERYONE)
    upload(profile)
    picture = Picture.objects.get()
    storage, name = picture.file.storage, picture.file.name
    with django_capture_on_commit_callbacks(execute=True):
        as_themselves(profile).post("/my/profile/photo/", {"remove": "yes"})
    assert not Picture.objects.exists()
    assert not storage.exists(name)
    assert Consent.objects.get().withdrawn_at is not None


@pytest.mark.parametrize(
    ("name", "data"),
    [("a.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>"), ("a.jpg", b"no picture"), ("a", b"")],
)
def test_what_is_no_photograph_is_refused(name: str, data: bytes) -> None:
    profile = a_fresh_profile()
    said = {"file": SimpleUploadedFile(name, data), "description": "x", "yes": "on"}
    assert as_themselves(profile).post("/my/profile/photo/", said).status_code == 422
    assert not Picture.objects.exists()


def test_without_a_yes_nothing_is_kept() -> None:
    answer = upload(a_fresh_profile(), yes="")
    assert answer.status_code == 422
    assert not Picture.objects.exists()


# --- what is held, and forgetting -----------------------------------------------------------------
def test_all_that_is_held_is_shown_and_taken_along() -> None:
    profile = full_profile()
    page = as_themselves(profile).get("/my/data/").content.decode()
    told = str(export_person(profile.technician.account.person_id))
    for key, mark in MARKS.items():
        assert mark in page, key
        assert mark in told, key


def test_erasing_leaves_nothing_of_a_fresh_profile(django_capture_on_commit_callbacks: Any) -> None:
    profile = full_profile()
    upload(profile)
    with django_capture_on_commit_callbacks(execute=True):
        erase_person(profile.technician.account.person_id)
    assert not Profile.objects.exists()
    assert not Picture.objects.exists()
    assert not Consent.objects.exists()
    assert not ProfileSkill.objects.exists()
    assert str(Technician.objects.get()) == "Erased person"


@pytest.mark.parametrize("path", ["/my/profile/", "/my/visibility/", "/my/preview/"])
def test_whoever_has_no_record_is_led_to_where_one_begins(path: str, client: Any) -> None:
    client.force_login(person())
    assert client.get(path)["Location"] == "/my/record/"
    client.post("/my/record/")
    assert Profile.objects.get().is_shown is False
    assert client.get(path).status_code == 200
