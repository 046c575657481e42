"""For any choices: all that leaves holds what was chosen for whoever reads it, and nothing else."""

from html import unescape
from typing import Any

from django.core.management import call_command
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from benchside.careers.models import Role
from benchside.people.enums import Audience
from benchside.people.fields import FIELDS
from benchside.people.models import Profile
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
# What an address says of itself: a list of kit is about the kit, whoever runs it.
TOLD_BY = {
    "/technicians/at/": "unit", "/technicians/skill/": "skills", "/technicians/kit/": "kit",
    "/technicians/role/": "role", "/careers/roles/": "role", "/org/": "unit",
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
        pages = [*INSIDE, f"/org/xyzzy/visibility/technicians/{NEW}/"]
        pages += [f"{INSIDE[0]}?q={mark}" for mark in asked()]
        self.none_hidden(client, Audience.ORGANISATION, is_shown, chosen, pages)

    def choose(self, is_shown: bool, chosen: dict[str, Audience]) -> None:
        Profile.objects.filter(pk=self.profile.pk).update(is_shown=is_shown, **chosen)

    def public(self) -> list[str]:
        pages = [*PUBLIC, f"/technicians/{NEW}/", f"/api/v1/technicians/{NEW}"]
        pages.append(f"/technicians/at/xyzzy/{self.unit.pk}/")
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
            # Found by what is hidden, the person would tell it by being found.
            for key, marks in MARKS.items():
                if any(page.endswith(f"={mark}") for mark in marks) and not shown(key):
                    assert NEW not in text, f"{page} is found by {key}"
                    assert "Zarquon" not in text or key == "name", f"{page} is found by {key}"
        if shown("name") and audience == Audience.EVERYONE:
            whole = said(client, f"/technicians/{NEW}/")
            assert all(mark in whole for key in MARKS if shown(key) for mark in MARKS[key])


def asked() -> list[str]:
    return [marks[-1] for key, marks in MARKS.items() if key not in {"contact", "orcid"}]


def said(client: Client, page: str) -> str:
    answer = client.get(page)
    assert answer.status_code in {200, 404}, f"{page}: {answer.status_code}"
    return unescape(answer.content.decode())
