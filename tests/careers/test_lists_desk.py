"""Official lists and routes at the desk: who may, what they see, what they can do and undo."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from benchside.careers.desk import lists
from benchside.careers.live import live_catalogue
from benchside.careers.models import NationWay, Role, Route, SocTitle
from benchside.careers.tasks import apply_list
from benchside.core.models import ImportRun, RunState, TaskProgress
from tests.factories.desk import edith, moses, person

pytestmark = pytest.mark.usefixtures("catalogue")
LISTS = "/desk/catalogue/lists/"
ROWS = "reference,title,level,status\nST0343,Veterinary nurse,3,open\nST9001,Smith,2,open\n"


@pytest.fixture(autouse=True)
def _second_factor_has_tests_of_its_own(settings: Any) -> None:
    settings.REQUIRE_SECOND_FACTOR = False


@pytest.fixture
def moderator(client: Client) -> Client:
    client.force_login(moses())
    return client


def upload(client: Client, text: str = ROWS, **changes: Any) -> Any:
    data = {
        "kind": "apprenticeships",
        "file": SimpleUploadedFile("list.csv", text.encode()),
        "as_of": "2026-09-01",
        "source": "skills-england-list",
    } | changes
    return client.post(LISTS, {name: value for name, value in data.items() if value is not None})


def words(response: Any) -> str:
    return " ".join(response.content.decode().split())


# --- who may --------------------------------------------------------------------------------------
def test_lists_are_for_whoever_may_add_routes(client: Client) -> None:
    assert client.get(LISTS).status_code == 302
    for user, status in ((person("Tariq"), 403), (edith(), 404), (moses(), 200)):
        client.force_login(user)
        assert client.get(LISTS).status_code == status
    client.force_login(edith_again := person("Edgar", "Editors", is_staff=True))
    assert upload(client).status_code == 404
    assert edith_again.pk
    assert not ImportRun.objects.filter(importer="careers.apprenticeships").exists()


def test_menu_shows_lists_to_moderators_alone(client: Client) -> None:
    client.force_login(moses())
    assert LISTS in words(client.get("/desk/"))
    client.force_login(edith())
    assert LISTS not in words(client.get("/desk/"))


# --- from upload to undo --------------------------------------------------------------------------
def test_upload_is_shown_applied_and_put_back(moderator: Client) -> None:
    response = upload(moderator)
    run = ImportRun.objects.get(importer="careers.apprenticeships")
    assert response["Location"] == reverse("desk_list", args=[run.pk])
    page = words(moderator.get(response["Location"]))
    assert "Nothing is changed yet" in page
    assert "ST9001 Smith" in page
    assert not Route.objects.filter(reference="ST9001").exists()
    moderator.post(response["Location"], {"verb": "apply"})
    assert live_catalogue().route_by_slug["smith-st9001"].level == 2
    assert "Put everything back" in words(moderator.get(response["Location"]))
    moderator.post(response["Location"], {"verb": "undo"})
    assert not Route.objects.filter(reference="ST9001").exists()
    assert "list.csv" in words(moderator.get(LISTS))


def test_preview_can_be_left_as_it_is(moderator: Client) -> None:
    url = upload(moderator)["Location"]
    moderator.post(url, {"verb": "discard"})
    assert ImportRun.objects.filter(importer="careers.apprenticeships").get().state == "discarded"
    again = moderator.post(url, {"verb": "apply"}, follow=True)
    assert "This import is discarded already." in words(again)
    assert not Route.objects.filter(reference="ST9001").exists()


def test_mistakes_are_told_by_row_column_value_and_remedy(moderator: Client) -> None:
    url = upload(moderator, "reference,title,level\nnurse,<b>Smith</b>,nine\n")["Location"]
    page = words(moderator.get(url))
    assert "2 mistakes in the file" in page
    assert "Bring these changes in" not in page
    for cell in ('<th scope="row">2</th>', "reference", "nurse", "as in ST0343", "nine"):
        assert cell in page
    moderator.post(url, {"verb": "apply"})
    assert not Route.objects.filter(title__contains="Smith").exists()


@pytest.mark.parametrize(
    ("changes", "field", "said"),
    [
        ({"as_of": None}, "as_of", "Say on which day"),
        ({"as_of": "soon"}, "as_of", "Enter a valid date"),
        ({"as_of": "2999-01-01"}, "file", "from a day to come"),
        ({"source": None}, "source", "Say whose list"),
        ({"source": "hearsay"}, "source", "Select a valid choice"),
        ({"kind": "horses"}, "kind", "Select a valid choice"),
        ({"file": None}, "file", "This field is required"),
        ({"file": SimpleUploadedFile("x.csv", b"\x00\x01")}, "file", "not a text table"),
        (
            {"file": SimpleUploadedFile("x.csv", b"a\n1\n")},
            "file",
            "The columns reference and title are missing",
        ),
        ({"file": SimpleUploadedFile("x.csv", b"")}, "file", "empty"),
    ],
)  # fmt: skip
def test_form_says_what_is_missing(
    moderator: Client, changes: dict[str, Any], field: str, said: str
) -> None:
    response = upload(moderator, **changes)
    assert response.status_code == 422
    assert said in " ".join(response.context["form"].errors[field])


def test_file_too_large_is_refused(moderator: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lists.imports, "MAX_BYTES", 10)
    response = upload(moderator)
    assert "larger than 25 MB" in " ".join(response.context["form"].errors["file"])


def test_unknown_verb_and_other_importers_runs_are_404(moderator: Client) -> None:
    url = upload(moderator)["Location"]
    assert moderator.post(url, {"verb": "explode"}).status_code == 404
    other = ImportRun.objects.exclude(importer="careers.apprenticeships").first()
    assert other
    assert moderator.get(reverse("desk_list", args=[other.pk])).status_code == 404


def test_long_list_becomes_a_task_to_watch_and_is_queued_once(
    moderator: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lists, "LONG", 1)
    header = "unique_id,index_occupation,soc_2020,soc_2020_ext\n"
    rows = "a1,Fitter,5223,5223/99\na2,Baker,5435,5435/00\n"
    url = upload(moderator, header + rows, kind="soc", as_of=None, source=None)["Location"]
    assert "Fitter" in words(moderator.get(url))
    first = moderator.post(url, {"verb": "apply"})["Location"]
    assert moderator.post(url, {"verb": "apply"})["Location"] == first
    progress = TaskProgress.objects.get()
    assert (first, progress.then) == (progress.get_absolute_url(), url)
    assert not SocTitle.objects.exists()
    run_id, user_id = progress.result.args_kwargs["args"]
    for _ in range(2):  # it may run twice without harm
        apply_list.func(run_id, user_id)
    assert SocTitle.objects.count() == 2
    assert ImportRun.objects.get(pk=run_id).state == RunState.APPLIED


# --- routes by hand -------------------------------------------------------------------------------
def vet() -> Route:
    return Route.objects.get(reference="ST0343")


def standing(route: Route) -> str:
    return reverse("desk_route_standing", args=[route.pk])


def test_closing_flags_the_roles_and_tells_their_editors(client: Client) -> None:
    client.force_login(edith())
    page = words(client.get(standing(vet())))
    assert "Veterinary nurse" in page
    assert "Close this route" in page
    client.post(standing(vet()), {"verb": "retire", "last_start": "2026-08-31"})
    assert (vet().status, str(vet().valid_to)) == ("retired", "2026-08-31")
    role = Role.objects.get(slug="veterinary-nurse")
    assert not [way for way in live_catalogue().by_id[role.pk].ways() if way.route_id == vet().pk]
    edit = reverse(Role.snippet_viewset.get_url_name("edit"), args=[role.pk])  # type: ignore[attr-defined]
    assert "Veterinary nurse” has closed, so readers do not see it" in words(client.get(edit))
    report = words(client.get("/desk/reports/stale-facts/", {"kind": "closed"}))
    assert "Advanced apprenticeship: Veterinary nurse has closed" in report
    client.post(standing(vet()), {"verb": "open"})
    assert (vet().status, vet().valid_to) == ("open", None)


@pytest.mark.parametrize("data", [{"verb": "explode"}, {}])
def test_strange_orders_are_404(client: Client, data: dict[str, str]) -> None:
    client.force_login(edith())
    assert client.post(standing(vet()), data).status_code == 404
    assert vet().status == "open"


def test_bad_day_is_told_and_nothing_closes(client: Client) -> None:
    client.force_login(edith())
    response = client.post(standing(vet()), {"verb": "retire", "last_start": "soon"})
    assert response.status_code == 422
    assert vet().status == "open"


def test_standing_is_not_for_outsiders(client: Client) -> None:
    client.force_login(person("Tariq"))
    assert client.post(standing(vet()), {"verb": "retire"}).status_code == 403
    assert vet().status == "open"


def test_edited_fact_is_seen_at_once_and_the_slug_stays(client: Client) -> None:
    client.force_login(edith())
    url = reverse(Route.snippet_viewset.get_url_name("edit"), args=[vet().pk])  # type: ignore[attr-defined]
    form = client.get(url).context["form"]
    data = {name: form[name].value() for name in form.fields}
    data = {name: value for name, value in data.items() if value is not None}
    response = client.post(url, data | {"months": 33, "slug": "other", "job_titles": "Vet nurse"})
    assert response.status_code == 302, response.context["form"].errors
    route = live_catalogue().route_by_slug["veterinary-nurse-st0343"]
    assert (route.months, route.job_titles, route.status) == (33, ["Vet nurse"], "open")


def test_route_that_a_role_names_cannot_be_deleted(moderator: Client) -> None:
    url = reverse(Route.snippet_viewset.get_url_name("delete"), args=[vet().pk])  # type: ignore[attr-defined]
    assert "stays" in words(moderator.post(url, follow=True))
    assert vet()


def test_words_of_a_nation_are_edited_and_seen_at_once(client: Client) -> None:
    client.force_login(edith())
    way = NationWay.objects.get(slug="wales-apprenticeship")
    url = reverse(NationWay.snippet_viewset.get_url_name("edit"), args=[way.pk])  # type: ignore[attr-defined]
    form = client.get(url).context["form"]
    data = {name: form[name].value() or "" for name in form.fields}
    client.post(url, data | {"sentence": "Gwaith go iawn, gyda thâl."})
    page = client.get("/careers/routes/?nation=wales").content.decode()
    assert "Gwaith go iawn" in page
