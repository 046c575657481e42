"""For any choices: all that leaves holds what was chosen for whoever reads it, and nothing else."""

from collections.abc import Callable
from html import unescape
from typing import Any

from django.core.management import call_command
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from benchside.careers.models import KitTerm, Role
from benchside.organisations.models import Equipment, Organisation
from benchside.people.enums import Audience
from benchside.people.fields import FIELDS
from benchside.people.models import Profile
from tests.factories.credit import confirmed
from tests.factories.organisations import a_member, a_unit, an_organisation
from tests.factories.technicians import a_profile, at_work, tell

# One mark a field, which stands nowhere else in the site.
MARKS = {
    "name": ["Zarquon"],
    "post": ["Quuxsmith"],
    "unit": ["Xyzzyhall", "Plughworks"],
    "headline": ["Frobnicates"],
    "about": ["Wibblewobble"],
    "role": ["ROV pilot technician"],
    "skills": ["Snarkhandling"],
    "kit": ["Jubjubscope"],
    "qualifications": ["Bandersnatchdiploma"],
    "letters": ["MTulgey"],
    "languages": ["Mimsyish"],
    "contact": ["galumph@benchside.example", "https://callay.example/"],
    "orcid": ["0000-0002-1825-0097"],
    "contributions": ["Slithytove", "Outgraben", "10.5555/momerath"],
}
AUDIENCES = st.sampled_from(list(Audience))
CHOICES = st.fixed_dictionaries({f"{field.key}_to": AUDIENCES for field in FIELDS})
PUBLIC = [
    "/technicians/", "/technicians.csv", "/api/v1/technicians", "/sitemap.xml",
    "/technicians/at/xyzzy/", "/technicians/at/xyzzy.csv", "/technicians/at/xyzzy/embed/",
    "/technicians/skill/snarkhandling/", "/technicians/kit/jubjubscope/",
    "/technicians/role/rov-pilot-technician/", "/careers/roles/rov-pilot-technician/",
]  # fmt: skip
INSIDE = ["/org/xyzzy/visibility/technicians/", "/org/xyzzy/visibility/technicians.csv"]
INSIDE_CREDIT = ["/org/xyzzy/visibility/contributions/", "/org/xyzzy/visibility/contributions.csv"]
# What an address says of itself: a list of kit is about the kit, whoever runs it.
TOLD_BY = {
    "/technicians/at/": "unit", "/technicians/skill/": "skills", "/technicians/kit/": "kit",
    "/technicians/role/": "role", "/careers/roles/": "role", "/org/": "unit",
    "/equipment/": "unit",
    "/technicians.csv": "", "/sitemap.xml": "",
}  # fmt: skip
NEW = "2222222222"


class Chosen(TestCase):
    """A person with every field filled, at a place of which nobody else shows anything."""

    @classmethod
    def setUpTestData(cls) -> None:
        cls.home = an_organisation("xyzzy", name="Xyzzyhall")
        call_command("load_catalogue", verbosity=0)
        role = Role.objects.get(slug="rov-pilot-technician")
        cls.profile = a_profile(
            "Zarquon", public_id=NEW, headline="Frobnicates", about="Wibblewobble",
            letters="MTulgey", contact_email="galumph@benchside.example",
            contact_url="https://callay.example/", orcid="0000-0002-1825-0097", role=role,
        )  # fmt: skip
        tell(cls.profile, skill="Snarkhandling", kit="Jubjubscope", award="Bandersnatchdiploma")
        tell(cls.profile, tongue="Mimsyish")
        unit = a_unit(cls.home, "Plughworks")
        at_work(cls.profile.technician, cls.home, unit, "Quuxsmith")
        cls.unit = unit
        say(cls.profile, cls.home)
        cls.lead = a_member(cls.home)

    @settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
    @given(is_shown=st.booleans(), chosen=CHOICES)
    def test_outside(self, is_shown: bool, chosen: dict[str, Audience]) -> None:
        self.choose(is_shown, chosen)
        self.none_hidden(Client(), Audience.EVERYONE, is_shown, chosen, self.public())

    @settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck))
    @given(is_shown=st.booleans(), chosen=CHOICES)
    def test_inside(self, is_shown: bool, chosen: dict[str, Audience]) -> None:
        self.choose(is_shown, chosen)
        client = Client()
        client.force_login(self.lead)
        pages = [*INSIDE, f"/org/xyzzy/visibility/technicians/{NEW}/", *INSIDE_CREDIT]
        pages += [f"{INSIDE[0]}?q={mark}" for mark in asked()]
        self.none_hidden(client, Audience.ORGANISATION, is_shown, chosen, pages)

    def choose(self, is_shown: bool, chosen: dict[str, Audience]) -> None:
        Profile.objects.filter(pk=self.profile.pk).update(is_shown=is_shown, **chosen)

    def public(self) -> list[str]:
        pages = [*PUBLIC, f"/technicians/{NEW}/", f"/api/v1/technicians/{NEW}"]
        pages.append(f"/technicians/at/xyzzy/{self.unit.pk}/")
        pages.append(f"/equipment/{Equipment.objects.get().pk}/")
        for mark in asked():
            pages += [f"/search/?q={mark}", f"/api/v1/technicians?q={mark}"]
        return pages

    def none_hidden(
        self, client: Client, audience: Audience, is_shown: bool, chosen: Any, pages: list[str]
    ) -> None:
        def shown(key: str) -> bool:
            return is_shown and min(chosen["name_to"], chosen[f"{key}_to"]) >= audience

        for page in pages:
            text = said(client, page)
            for key, marks in MARKS.items():
                about_itself = any(
                    key == of and page.startswith(start) for start, of in TOLD_BY.items()
                )
                for mark in marks:
                    typed = page.endswith(f"={mark}")
                    if not (shown(key) or about_itself or typed):
                        assert mark not in text, f"{page} tells {key}"
            self.none_of_its_kit(page, text, shown)
            # Found by what is hidden, the person would tell it by being found.
            for key, marks in MARKS.items():
                if any(page.endswith(f"={mark}") for mark in marks) and not shown(key):
                    assert NEW not in text, f"{page} is found by {key}"
                    assert "Zarquon" not in text or key == "name", f"{page} is found by {key}"
        if shown("name") and audience == Audience.EVERYONE:
            whole = said(client, f"/technicians/{NEW}/")
            assert all(mark in whole for key in MARKS if shown(key) for mark in MARKS[key])

    def none_of_its_kit(self, page: str, text: str, shown: Callable[[str], bool]) -> None:
        """What was used for a work tells of kit and of a place, so all three must be shown."""
        told = all(shown(key) for key in ("contributions", "kit", "unit"))
        if "/technicians" in page:
            assert told or "Vorpalblade" not in text, f"{page} tells what was used"
        if page.startswith("/equipment/"):
            for mark in ("Zarquon", "Slithytove"):
                assert told == (mark in text), f"{page} and {mark}"


def say(profile: Profile, home: Organisation) -> None:
    """A part in an output, confirmed, with kit and an item of the place, which has its own mark."""
    item = Equipment.objects.create(
        organisation=home, internal_id="X1", name="Vorpalblade", is_public=True
    )
    confirmed(
        profile, "Slithytove", doi="10.5555/momerath", note="Outgraben",
        kit=KitTerm.objects.filter(slug="jubjubscope"), equipment=[item],
    )  # fmt: skip


def asked() -> list[str]:
    return [marks[-1] for key, marks in MARKS.items() if key not in UNASKED]


UNASKED = {"contact", "orcid", "contributions"}


def said(client: Client, page: str) -> str:
    answer = client.get(page)
    assert answer.status_code in {200, 404}, f"{page}: {answer.status_code}"
    return unescape(answer.content.decode())
