"""The public directory: who is in it, what is found, and where it leads."""

import json
import re
from typing import Any

import pytest
from django.test import Client

from benchside.organisations.enums import OrganisationState
from benchside.organisations.models import Equipment
from benchside.people.enums import Audience
from benchside.people.models import Profile, Technician
from tests.factories.organisations import a_unit, an_organisation
from tests.factories.technicians import a_kit, a_profile, a_technician, at_work, tell

pytestmark = pytest.mark.django_db
HERE, NOBODY = Audience.ORGANISATION, Audience.NOBODY


def get(address: str, status: int = 200, **headers: Any) -> str:
    answer = Client().get(address, **headers)
    assert answer.status_code == status, f"{address}: {answer.status_code}"
    return answer.content.decode()


def without_ids(text: str) -> str:
    """Without the id of the request, which no two pages share."""
    return re.sub(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "", text)


def names(text: str) -> list[str]:
    return re.findall(r"<h3>(?:<a[^>]*>)?([^<]+)", text.split('class="grid', 1)[-1])


def test_it_says_what_it_is_for_while_nobody_is_there() -> None:
    assert "Nobody is shown here yet" in get("/technicians/")


@pytest.mark.parametrize(
    "hidden",
    [{"is_shown": False}, {"name_to": HERE}, {"name_to": NOBODY}],
    ids=["switched off", "name to their organisation", "name to nobody"],
)
def test_who_is_not_public_is_nowhere(hidden: dict[str, Any]) -> None:
    profile = a_profile("Edie Made-Up", **hidden)
    assert "Edie" not in get("/technicians/")
    assert "Edie" not in get("/technicians.csv")
    gone = get(f"/technicians/{profile.public_id}/", 404)
    never = get("/technicians/2222222222/", 404)
    assert without_ids(gone).replace(profile.public_id, "2222222222") == without_ids(never)


def test_an_unclaimed_record_is_not_public() -> None:
    at_work(a_technician("Una Claimed"), an_organisation())
    assert "Una" not in get("/technicians/")
    assert "Una" not in get("/technicians/at/northmoor/")


@pytest.mark.parametrize(
    "query",
    ["edie", "MADE-UP", "microscopes", "lathe", "northmoor", "chemistry", "edie lathe", "rscitech",
     "who can run the lathe in chemistry"],
)  # fmt: skip
def test_words_find_name_skill_kit_and_place(query: str) -> None:
    home = an_organisation()
    edie = a_profile("Edie Made-Up", letters="RSciTech")
    tell(edie, skill="Microscope care", kit="Lathe")
    at_work(edie.technician, home, a_unit(home, "Chemistry"))
    a_profile("Olu Notreal")
    assert names(get(f"/technicians/?q={query}")) == ["Edie Made-Up"]


@pytest.mark.parametrize(
    ("hidden", "query"),
    [("skills_to", "microscope"), ("kit_to", "lathe"), ("unit_to", "northmoor"),
     ("unit_to", "chemistry"), ("headline_to", "sparkling"), ("letters_to", "rscitech")],
)  # fmt: skip
@pytest.mark.parametrize("audience", [NOBODY, HERE])
def test_words_find_nothing_that_is_not_shown(hidden: str, query: str, audience: Audience) -> None:
    home = an_organisation()
    values = {"letters": "RSciTech", "headline": "Sparkling", hidden: audience}
    edie = a_profile("Edie Made-Up", **values)
    tell(edie, skill="Microscope care", kit="Lathe")
    at_work(edie.technician, home, a_unit(home, "Chemistry"))
    assert names(get(f"/technicians/?q={query}")) == []


def test_filters_offer_and_find_only_what_is_shown() -> None:
    shown, hidden = a_profile("Edie Made-Up"), a_profile("Olu Notreal", kit_to=HERE)
    tell(shown, kit="Lathe")
    tell(hidden, kit="Lathe")
    tell(hidden, kit="Cryostat")
    page = get("/technicians/?kit=lathe")
    assert names(page) == ["Edie Made-Up"]
    assert "Cryostat" not in page
    assert names(get("/technicians/kit/lathe/")) == ["Edie Made-Up"]
    assert "No technician has said in public" in get("/technicians/kit/cryostat/")
    get("/technicians/kit/no-such-thing/", 404)


def test_letters_are_whole_words() -> None:
    a_profile("Edie Made-Up", letters="BSc, RSciTech")
    a_profile("Olu Notreal", letters="RSci")
    assert names(get("/technicians/?letters=RSci")) == ["Olu Notreal"]


def test_a_unit_holds_all_below_it_and_is_named_only_where_somebody_shows_it() -> None:
    home = an_organisation()
    faculty = a_unit(home, "Faculty of Science")
    lab, empty = a_unit(home, "Chemistry", faculty), a_unit(home, "Secret lab")
    at_work(a_profile("Edie Made-Up").technician, home, lab)
    at_work(a_profile("Olu Notreal", unit_to=HERE).technician, home, empty)
    assert names(get(f"/technicians/at/northmoor/{faculty.pk}/")) == ["Edie Made-Up"]
    get(f"/technicians/at/northmoor/{empty.pk}/", 404)
    assert "Secret lab" not in get("/technicians/at/northmoor/")
    assert "Secret lab" not in get(f"/technicians/?organisation=northmoor&unit={empty.pk}")
    get(f"/technicians/at/northmoor/{faculty.pk + 999}/", 404)


def test_a_unit_of_another_organisation_is_not_found_here() -> None:
    home, other = an_organisation(), an_organisation("southmoor")
    unit = a_unit(other, "Physics")
    at_work(a_profile().technician, other, unit)
    get(f"/technicians/at/{home.slug}/{unit.pk}/", 404)


def test_who_left_is_no_longer_said_to_work_there() -> None:
    home = an_organisation()
    edie = a_profile("Edie Made-Up")
    employment = at_work(edie.technician, home)
    assert names(get("/technicians/at/northmoor/")) == ["Edie Made-Up"]
    employment.left_on = employment.started_on = "2026-01-01"
    employment.save()
    assert names(get("/technicians/at/northmoor/")) == []
    assert "Northmoor" not in get(f"/technicians/{edie.public_id}/")


def test_a_closed_organisation_is_not_named() -> None:
    home = an_organisation(state=OrganisationState.CLOSED, closed_at="2026-01-01T00:00Z")
    edie = a_profile("Edie Made-Up")
    at_work(edie.technician, home)
    get("/technicians/at/northmoor/", 404)
    assert "Northmoor" not in get(f"/technicians/{edie.public_id}/")
    assert names(get("/technicians/?q=northmoor")) == []


def test_a_page_beyond_the_last_shows_the_last_and_says_so() -> None:
    a_profile()
    assert "There is no page 7" in get("/technicians/?page=7", 404)


@pytest.mark.parametrize(
    "address",
    ["?q=%00", "?q=" + "a" * 5000, "?unit=9999999999999999999999", "?unit=-1&organisation=x",
     "?page=99999999999999", "?page=-1", "?sort=salary", "?letters=%28%5B", "?q=%25_%27",
     "?unit=²"],
)  # fmt: skip
def test_no_address_breaks_it(address: str) -> None:
    a_profile()
    assert Client().get(f"/technicians/{address}").status_code in {200, 404}


def test_jsonld_is_a_person_and_ends_no_script() -> None:
    edie = a_profile("Edie </script><b>Made-Up", orcid="0000-0002-1825-0097", letters="RSciTech")
    tell(edie, kit="Lathe", award="BTEC", tongue="Welsh")
    page = get(f"/technicians/{edie.public_id}/")
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', page, re.S)
    assert found is not None
    told = json.loads(found[1])
    assert told["@type"] == "Person"
    assert told["name"] == "Edie </script><b>Made-Up"
    assert told["sameAs"] == ["https://orcid.org/0000-0002-1825-0097"]
    assert told["knowsAbout"] == ["Lathe"]
    assert told["knowsLanguage"] == ["Welsh"]


def test_a_table_runs_no_formula() -> None:
    a_profile("=HYPERLINK(1)")
    assert ",'=HYPERLINK(1)," in get("/technicians.csv")


def test_only_the_frame_may_stand_on_another_site() -> None:
    home = an_organisation()
    at_work(a_profile().technician, home)
    framed, page = (Client().get(f"/technicians/at/northmoor/{end}") for end in ("embed/", ""))
    assert "frame-ancestors *" in framed["Content-Security-Policy"]
    assert "X-Frame-Options" not in framed
    assert page["X-Frame-Options"] == "DENY"
    assert "frame-ancestors 'none'" in page["Content-Security-Policy"]
    assert not framed.cookies


def grow(many: int) -> None:
    home = an_organisation(f"place-{many}")
    for number in range(many):
        profile: Profile = a_profile(f"Person {number} Made-Up")
        tell(profile, skill=f"Skill {number % 5}", kit=f"Kit {number % 5}")
        at_work(profile.technician, home, a_unit(home, f"Unit {number}"))


ADDRESSES = [
    "/technicians/", "/technicians/?q=person", "/technicians/?kit=kit-1&skill=skill-1",
    "/technicians/at/place-1/", "/technicians/kit/kit-0/", "/technicians.csv",
    "/technicians/at/place-1/embed/", "/api/v1/technicians", "/search/?q=person",
]  # fmt: skip


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_page_asks_the_same_for_one_and_for_many(
    address: str, django_assert_max_num_queries: Any
) -> None:
    grow(1)
    with django_assert_max_num_queries(15) as few:
        get(address)
    grow(100)
    address = address.replace("place-1", "place-100")
    with django_assert_max_num_queries(15) as many:
        get(address)
    assert len(many) <= len(few) + 1, [one["sql"][:150] for one in many]
    assert Technician.objects.count() == 101


# --- equipment beside people ---------------------------------------------------------------------
def test_the_page_of_a_kit_shows_where_there_is_one() -> None:
    lathe, saw = a_kit("Lathe"), a_kit("Saw")
    home = an_organisation(town="Northmoor Town")
    gone = an_organisation("southmoor", state="closed", closed_at="2026-11-01T00:00Z")
    for place, name, kit, is_public in (
        (home, "Toolroom lathe", lathe, True),
        (home, "Hidden lathe", lathe, False),
        (home, "Band saw", saw, True),
        (gone, "Lathe of a closed place", lathe, True),
    ):
        Equipment.objects.create(
            organisation=place, internal_id=name, name=name, kit=kit, is_public=is_public
        )
    page = get("/technicians/kit/lathe/")
    assert "Toolroom lathe" in page
    assert "Northmoor Town" in page
    assert 'href="/equipment/?kit=lathe"' in page
    for name in ("Hidden lathe", "Band saw", "closed place"):
        assert name not in page
    register = get("/equipment/?kit=lathe")
    assert 'href="/technicians/kit/lathe/"' in register
    assert 'href="/equipment/"' in get("/technicians/")
    assert 'href="/technicians/"' in get("/equipment/")


def test_the_page_of_a_kit_nobody_has_shows_no_equipment() -> None:
    a_kit("Lathe")
    assert "Where there is one" not in get("/technicians/kit/lathe/")


def test_a_longer_list_of_equipment_is_cut_short_and_counted(
    django_assert_max_num_queries: Any,
) -> None:
    home, lathe = an_organisation(), a_kit("Lathe")
    for number in range(9):
        Equipment.objects.create(
            organisation=home, internal_id=str(number), name=f"Lathe {number}", kit=lathe,
            is_public=True,
        )  # fmt: skip
    with django_assert_max_num_queries(15):
        page = get("/technicians/kit/lathe/")
    assert "all 9" in page
    assert page.count('href="/equipment/') == 6 + 2  # and all of them, and the footer's
