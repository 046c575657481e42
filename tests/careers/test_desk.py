"""The catalogue at the editors' desk: lists a person can edit, drafts, two readers, history."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import WorkflowContentType

from benchside.careers.fields import MomentsFormField, TextAreaListField
from benchside.careers.live import live_catalogue
from benchside.careers.models import Advice, KitTerm, Role, Sector
from tests.factories.desk import edith, moses, person

pytestmark = pytest.mark.usefixtures("catalogue")


@pytest.fixture(autouse=True)
def _second_factor_has_tests_of_its_own(settings: Any) -> None:
    settings.REQUIRE_SECOND_FACTOR = False


def nurse() -> Role:
    return Role.objects.get(slug="veterinary-nurse")


def url(model: type, view: str, *args: object) -> str:
    return reverse(model.snippet_viewset.get_url_name(view), args=args)  # type: ignore[attr-defined]


def signed_in(client: Client, user: Any) -> Client:
    client.force_login(user)
    return client


def form_data(role: Role) -> dict[str, Any]:
    """What the browser sends back from the form of a role, unchanged."""
    form = Role.snippet_viewset.get_edit_handler().get_form_class()(instance=role)
    data = {name: form[name].value() for name in form.fields}
    data = {name: _sent(value) for name, value in data.items()}
    for prefix, formset in form.formsets.items():
        management = formset.management_form
        data |= {
            management.add_prefix(name): management[name].value() for name in management.fields
        }
        for position, child in enumerate(formset.forms):
            data |= {child.add_prefix(name): _sent(child[name].value()) for name in child.fields}
            data[f"{prefix}-{position}-ORDER"] = position + 1
    return {name: value for name, value in data.items() if value not in (None, False)}


def _sent(value: Any) -> Any:
    return [getattr(one, "pk", one) for one in value] if isinstance(value, list) else value


def edit(client: Client, role: Role, **changes: Any) -> Any:
    data = form_data(role) | changes
    return client.post(url(Role, "edit", role.pk), data)


# --- who may --------------------------------------------------------------------------------------
@pytest.mark.parametrize("model", [Role, Sector, KitTerm, Advice])
def test_desk_lists_are_closed_to_others(client: Client, model: type) -> None:
    listing = url(model, "list")
    assert client.get(listing).status_code == 302
    other = signed_in(client, person("Tariq"))
    assert other.get(listing).status_code in {302, 403}


def test_editor_sees_roles_and_moderator_the_vocabularies(client: Client) -> None:
    editor = signed_in(client, edith())
    assert editor.get(url(Role, "list")).status_code == 200
    assert editor.get(url(Sector, "list")).status_code == 302
    moderator = signed_in(Client(), moses())
    for model in (Role, Sector, KitTerm, Advice):
        assert moderator.get(url(model, "list")).status_code == 200
        assert moderator.get(url(model, "add")).status_code == 200


def test_nobody_of_the_desk_publishes_a_role_alone_or_deletes_one(client: Client) -> None:
    for user in (edith(), moses()):
        assert not user.has_perm("careers.publish_role")
        assert not user.has_perm("careers.delete_role")
        assert signed_in(client, user).get(url(Role, "delete", nurse().pk)).status_code == 302


def test_role_goes_through_the_workflow_of_pages() -> None:
    assert WorkflowContentType.objects.filter(content_type__model="role").exists()
    assert nurse().get_workflow() is not None


# --- editing --------------------------------------------------------------------------------------
def test_list_shows_number_sector_level(client: Client) -> None:
    page = signed_in(client, edith()).get(url(Role, "list")).content.decode()
    assert "Veterinary nurse" in page
    assert "035" in page
    found = client.get(url(Role, "list"), {"q": "cone"}).content.decode()
    assert "Veterinary nurse" in found
    assert "Sound technician" not in found


def test_lists_are_shown_as_lines(client: Client) -> None:
    page = signed_in(client, edith()).get(url(Role, "edit", nurse().pk)).content.decode()
    assert "Registered veterinary nurse\nStudent veterinary nurse" in page
    assert "* 10:30 | The sock comes out | The vet cuts" in page


def test_unchanged_form_makes_a_draft_that_equals_what_is_live(client: Client) -> None:
    response = edit(signed_in(client, edith()), nurse())
    assert response.status_code == 302, response.context["form"].errors
    draft = nurse().get_latest_revision_as_object()
    for name in ("other_names", "phrases", "day", "tasks", "employers", "drawing", "number"):
        assert getattr(draft, name) == getattr(nurse(), name), name
    assert [kit.term_id for kit in draft.kit_list.all()] == [
        kit.term_id for kit in nurse().kit_list.all()
    ]
    assert set(draft.subjects.all()) == set(nurse().subjects.all())


def test_kit_can_be_put_in_another_order(client: Client) -> None:
    role = nurse()
    before = [kit.term.slug for kit in role.kit_list.all()]
    changes = {"kit_list-0-ORDER": 2, "kit_list-1-ORDER": 1}
    assert edit(signed_in(client, edith()), role, **changes).status_code == 302
    nurse().latest_revision.publish()
    after = [kit.term.slug for kit in nurse().kit_list.all()]
    assert after == [before[1], before[0], *before[2:]]


def test_draft_does_not_go_live(client: Client) -> None:
    response = edit(
        signed_in(client, edith()), nurse(), sentence="A draft of forty letters or more."
    )
    assert response.status_code == 302
    role = nurse()
    assert role.has_unpublished_changes
    assert role.sentence.startswith("You watch over")
    assert live_catalogue().by_slug[role.slug].sentence.startswith("You watch over")
    page = client.get("/careers/roles/veterinary-nurse/").content.decode()
    assert "A draft of forty letters" not in page


def test_published_draft_is_seen_and_its_history_kept(client: Client) -> None:
    editor = signed_in(client, edith())
    edit(editor, nurse(), sentence="A draft of forty letters or more.")
    nurse().latest_revision.publish()
    assert live_catalogue().by_slug["veterinary-nurse"].sentence.startswith("A draft of")
    history = editor.get(url(Role, "history", nurse().pk))
    actions = [entry.action for entry in history.context["object_list"]]
    assert actions == ["wagtail.publish", "wagtail.edit"]


def test_number_and_slug_cannot_be_changed(client: Client) -> None:
    edit(signed_in(client, edith()), nurse(), number=999, slug="vet-nurse", short="Vets")
    draft = nurse().get_latest_revision_as_object()
    assert (draft.number, draft.slug, draft.short) == (35, "veterinary-nurse", "Vets")


def test_number_and_slug_cannot_be_changed_by_a_program_either() -> None:
    role = nurse()
    role.slug = "vet-nurse"
    with pytest.raises(Exception, match="printed on posters"):
        role.full_clean()


@pytest.mark.parametrize(
    ("field", "text", "said"),
    [
        ("day", "08:15 | Ward round", "Line 1: write the time, a title"),
        ("day", "8.15 | Ward round | You feed.", "Line 1: write the time, a title"),
        ("day", "25:00 | Late | You feed. ", "Line 1"),
        ("day", "* 10:00 | B | b.\n09:00 | A | a.", "Put the moments in the order of the day."),
        ("day", "09:00 | A | a.\n10:00 | B | b.", "Put * in front of one moment"),
        ("other_names", "x" * 81, "Line 1 has 81 letters: keep it to 80."),
        ("level", "9", "less than or equal to 7"),
        ("title", "Sound technician", "already exists"),
    ],
)
def test_mistake_is_told_at_its_field(client: Client, field: str, text: str, said: str) -> None:
    response = edit(signed_in(client, edith()), nurse(), **{field: text})
    assert response.status_code == 200
    assert said in " ".join(response.context["form"].errors[field])


def test_preview_shows_the_draft(client: Client) -> None:
    editor = signed_in(client, edith())
    preview = url(Role, "preview_on_edit", nurse().pk)
    data = form_data(nurse()) | {"sentence": "Words that only a preview has seen so far."}
    assert editor.post(preview, data).json()["is_valid"]
    page = editor.get(preview)
    assert page.status_code == 200
    assert "Words that only a preview has seen so far." in page.content.decode()


def test_renamed_term_is_seen_at_once_and_its_slug_stays(client: Client) -> None:
    sector = Sector.objects.get(slug="health")
    data = {"name": "Health and care", "sentence": sector.sentence, "slug": "other", "order": 1}
    response = signed_in(client, moses()).post(url(Sector, "edit", sector.pk), data)
    assert response.status_code == 302
    assert [one.name for one in live_catalogue().sectors if one.slug == "health"] == [
        "Health and care"
    ]


def test_sector_with_roles_cannot_be_deleted(client: Client) -> None:
    sector = Sector.objects.get(slug="health")
    moderator = signed_in(client, moses())
    page = moderator.post(url(Sector, "delete", sector.pk), follow=True).content.decode()
    assert "“Health” stays:" in page
    assert "and others name it. Change those first." in page
    assert Sector.objects.filter(slug="health").exists()


def test_term_nobody_names_can_be_deleted(client: Client) -> None:
    unused = Sector.objects.create(slug="unused", name="Unused", sentence="Nobody is here.")
    signed_in(client, moses()).post(url(Sector, "delete", unused.pk))
    assert not Sector.objects.filter(slug="unused").exists()


# --- lists as lines -------------------------------------------------------------------------------
def test_lines_read_back_as_written() -> None:
    field = TextAreaListField()
    assert field.clean(" one \r\n\r\n two \n") == ["one", "two"]
    assert field.prepare_value(["one", "two"]) == "one\ntwo"
    assert not field.has_changed(["one", "two"], "one\ntwo\n")
    assert field.has_changed(["one"], "one\ntwo")


def test_moments_read_back_as_written() -> None:
    for role in Role.objects.all():
        field = MomentsFormField()
        assert field.clean(field.prepare_value(role.day)) == role.day
