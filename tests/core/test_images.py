"""The picture model: safe by every way in, private until approved, gone when withdrawn."""

from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.test import Client
from PIL import Image
from wagtail.documents.models import Document
from wagtail.images.forms import get_image_form
from wagtail.models import Collection, UploadedFile

from benchside.core import pictures
from benchside.core.actions import SYSTEM, VISITOR, Denied, Refused
from benchside.core.media import PictureRefused
from benchside.core.models import AuditEvent, Picture, Rendition
from benchside.core.registries import Subscription, subscriptions
from tests.core.pictures import MARK, PAYLOAD, encoded, place_of
from tests.core.test_storage import own_media

KINDS = {"JPEG": "jpg", "PNG": "png", "WEBP": "webp", "AVIF": "avif", "HEIF": "heic"}
SIZES = ["max-40x40", "fill-20x20|format-webp", "width-30|format-avif", "width-30|format-jpeg"]

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_folders(settings: Any, tmp_path: Path) -> None:
    own_media(settings, tmp_path)


@pytest.fixture
def editor(client: Client, settings: Any) -> Client:
    settings.REQUIRE_SECOND_FACTOR = False
    user = get_user_model().objects.create_superuser("editor@example.org", "x" * 20)
    client.force_login(user)
    return client


def upload(kind: str = "JPEG", name: str = "Ada at home") -> SimpleUploadedFile:
    return SimpleUploadedFile(f"{name}.{KINDS[kind]}", encoded(kind))


def stored_picture(**fields: Any) -> Picture:
    given = {"title": "Bench", "description": "A technician solders a board.", **fields}
    given.setdefault("file", upload())
    return Picture.objects.create(**given)


def contents(picture: Picture) -> list[bytes]:
    """The bytes of the original and of every rendition."""
    files = [picture.file, *(rendition.file for rendition in picture.renditions.all())]
    found = []
    for file in files:
        with file.storage.open(file.name) as opened:
            found.append(opened.read())
    return found


def assert_tells_nothing(data: bytes) -> None:
    assert MARK not in data
    assert place_of(data) == {}
    assert not dict(Image.open(BytesIO(data)).getexif())


def on_disk(tmp_path: Path, where: str) -> list[str]:
    root = tmp_path / where
    return sorted(str(path.relative_to(root)) for path in root.rglob("*") if path.is_file())


# --- every way in -----------------------------------------------------------------------------
@pytest.mark.parametrize("kind", KINDS)
def test_original_and_renditions_tell_nothing(kind: str) -> None:
    file = upload(kind)
    assert place_of(file.read()), "the input must tell a place, or this proves nothing"

    picture = stored_picture(file=file)
    picture.get_renditions(*SIZES)

    found = contents(Picture.objects.get(pk=picture.pk))
    assert len(found) == 1 + len(SIZES)
    for data in found:
        assert_tells_nothing(data)


@pytest.mark.parametrize("way", ["create", "save", "assign", "file_save", "bulk_create"])
def test_no_way_of_the_model_goes_round_it(way: str) -> None:
    fields = {"title": "t", "description": "d"}
    if way == "create":
        Picture.objects.create(file=upload(), **fields)
    elif way == "save":
        Picture(file=upload(), **fields).save()
    elif way == "assign":
        picture = stored_picture(file=SimpleUploadedFile("a.png", encoded("PNG")))
        picture.file = upload()
        picture.save()
    elif way == "file_save":
        Picture(**fields).file.save("Ada.jpg", ContentFile(encoded("JPEG")))
    else:
        Picture.objects.bulk_create([Picture(file=upload(), **fields)])

    picture = Picture.objects.get()
    assert_tells_nothing(contents(picture)[0])
    assert "Ada" not in picture.file.name
    assert (picture.width, picture.height) == (80, 60)
    assert picture.file_size == len(contents(picture)[0])
    assert picture.file_hash


@pytest.mark.parametrize("data", [PAYLOAD, b"", encoded("JPEG")[:400], b"<svg/>"])
def test_model_refuses_what_is_no_picture(data: bytes, tmp_path: Path) -> None:
    with pytest.raises(PictureRefused), transaction.atomic():
        stored_picture(file=ContentFile(data, name="a.jpg"))
    assert not Picture.objects.exists()
    assert on_disk(tmp_path, ".") == []


def test_the_same_upload_is_known_again() -> None:
    assert stored_picture().file_hash == stored_picture().file_hash


def test_size_is_that_of_the_turned_picture() -> None:
    picture = stored_picture(file=ContentFile(encoded("JPEG", orientation=6), name="a.jpg"))
    assert (picture.width, picture.height) == (60, 80)


# --- the desk ---------------------------------------------------------------------------------
def desk_form(**fields: Any) -> dict[str, Any]:
    collection = Collection.get_first_root_node()
    assert collection
    return {"title": "Bench", "description": "A bench.", "collection": collection.pk, **fields}


@pytest.mark.parametrize("kind", KINDS)
def test_desk_upload(editor: Client, kind: str) -> None:
    response = editor.post("/desk/images/add/", desk_form(file=upload(kind)))
    assert response.status_code == 302
    picture = Picture.objects.get()
    assert_tells_nothing(contents(picture)[0])
    assert picture.uploaded_by_user is not None


def test_desk_takes_a_picture_under_a_wrong_ending(editor: Client) -> None:
    editor.post("/desk/images/add/", desk_form(file=SimpleUploadedFile("a.png", encoded("JPEG"))))
    assert Picture.objects.get().file.name.endswith(".jpg")


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("a.svg", b"<svg onload='alert(1)'/>", "SVG drawings are not taken in"),
        ("a.jpg", PAYLOAD, "not a picture we can use"),
        ("a.jpg", encoded("JPEG")[:500], "damaged or not complete"),
    ],
)
def test_desk_says_why_it_refuses(name: str, data: bytes, says: str) -> None:
    form_class = get_image_form(Picture)
    file = SimpleUploadedFile(name, data)
    user = get_user_model().objects.create_superuser("editor@example.org", "x" * 20)
    form = form_class(desk_form(), {"file": file}, user=user)
    assert not form.is_valid()
    assert says in form.errors["file"][0]


def test_desk_asks_what_the_picture_shows() -> None:
    user = get_user_model().objects.create_superuser("editor@example.org", "x" * 20)
    form = get_image_form(Picture)(desk_form(description=""), {"file": upload()}, user=user)
    assert list(form.errors) == ["description"]


def test_upload_of_many_keeps_nothing_raw_between_its_steps(editor: Client, tmp_path: Path) -> None:
    """Wagtail keeps the raw upload while it asks for the description: not here."""
    first = editor.post("/desk/images/multiple/add/", {"title": "t", "files[]": upload()})
    assert first.json()["success"] is True
    waiting = UploadedFile.objects.get()
    for path in tmp_path.rglob("*"):
        if path.is_file():
            assert_tells_nothing(path.read_bytes())

    prefix = f"uploaded-image-{waiting.pk}"
    fields = {f"{prefix}-{name}": value for name, value in desk_form(tags="").items()}
    second = editor.post(f"/desk/images/multiple/create_from_uploaded_image/{waiting.pk}/", fields)
    assert second.json()["success"] is True
    assert_tells_nothing(contents(Picture.objects.get())[0])


def test_upload_of_many_refuses(editor: Client) -> None:
    file = SimpleUploadedFile("a.jpg", PAYLOAD)
    answer = editor.post("/desk/images/multiple/add/", {"title": "t", "files[]": file}).json()
    assert answer["success"] is False
    assert "not a picture we can use" in answer["error_message"]
    assert not UploadedFile.objects.exists()


def test_desk_replaces_a_file(editor: Client, tmp_path: Path) -> None:
    picture = stored_picture()
    before = picture.file.name
    picture.get_rendition("max-40x40")
    editor.post(f"/desk/images/{picture.pk}/", desk_form(file=upload("PNG")))
    picture = Picture.objects.get()
    assert picture.file.name != before
    assert not picture.file.storage.exists(before)
    assert picture.file_hash != ""
    assert not picture.renditions.exists()


def bulk(action: str, *chosen: Picture) -> str:
    ids = "&".join(f"id={picture.pk}" for picture in chosen)
    return f"/desk/bulk/core/picture/{action}/?{ids}&next=/desk/images/"


def test_desk_makes_pictures_public_and_takes_them_back(editor: Client) -> None:
    both = [stored_picture(title="One"), stored_picture(title="Two")]
    page = editor.get(bulk("approve", *both)).content.decode()
    assert "A technician solders a board." in page
    assert not Picture.objects.filter(approved_at__isnull=False).exists()
    assert editor.post(bulk("approve", *both)).status_code == 302
    assert Picture.objects.filter(approved_at__isnull=False).count() == 2
    assert editor.post(bulk("withdraw", both[0])).status_code == 302
    assert [picture.title for picture in Picture.objects.filter(approved_at__isnull=False)] == [
        "Two"
    ]
    assert AuditEvent.objects.filter(actor__isnull=False).count() == 3


def test_desk_says_which_picture_cannot_be_made_public(editor: Client) -> None:
    both = [stored_picture(), stored_picture(description="")]
    page = editor.post(bulk("approve", *both))
    assert page.status_code == 200
    assert "Nothing says what this picture shows" in page.content.decode()
    assert not Picture.objects.filter(approved_at__isnull=False).exists()


# --- private until approved -------------------------------------------------------------------
def test_everything_of_a_new_picture_is_private(tmp_path: Path) -> None:
    picture = stored_picture()
    rendition = picture.get_rendition("max-40x40")
    assert rendition.url.startswith("/files/pictures/")
    assert on_disk(tmp_path, "public") == []


def test_approving_makes_renditions_public_and_never_the_original(tmp_path: Path) -> None:
    picture = stored_picture()
    seen_before = picture.get_rendition("max-40x40")
    pictures.approve(actor=SYSTEM, picture=picture)
    rendition = picture.get_rendition("max-40x40")
    assert rendition.pk != seen_before.pk
    assert rendition.url.startswith(f"/media/pictures/{picture.key.hex}/")
    assert len(on_disk(tmp_path, "public")) == 1
    assert picture.file.name.startswith("private/")


def test_many_renditions_at_once_go_where_one_would(tmp_path: Path) -> None:
    picture = stored_picture()
    pictures.approve(actor=SYSTEM, picture=picture)
    picture.get_renditions(*SIZES)
    assert len(on_disk(tmp_path, "public")) == len(SIZES)


def test_withdrawing_takes_files_down_at_commit(
    tmp_path: Path, django_capture_on_commit_callbacks: Any
) -> None:
    picture = stored_picture()
    pictures.approve(actor=SYSTEM, picture=picture)
    picture.get_renditions(*SIZES)
    with django_capture_on_commit_callbacks(execute=True):
        pictures.withdraw(actor=SYSTEM, picture=picture)
    assert on_disk(tmp_path, "public") == []
    assert not Rendition.objects.exists()
    assert picture.get_rendition("max-40x40").url.startswith("/files/")


def test_withdrawal_that_rolls_back_takes_nothing_down(tmp_path: Path) -> None:
    picture = stored_picture()
    pictures.approve(actor=SYSTEM, picture=picture)
    picture.get_rendition("max-40x40")
    with transaction.atomic():
        pictures.withdraw(actor=SYSTEM, picture=picture)
        transaction.set_rollback(True)
    assert len(on_disk(tmp_path, "public")) == 1
    assert Rendition.objects.count() == 1


def test_a_copy_read_before_withdrawal_draws_in_private(tmp_path: Path) -> None:
    """Two processes: one holds the picture as it was, the other withdraws it."""
    pictures.approve(actor=SYSTEM, picture=stored_picture())
    held = Picture.objects.get()
    pictures.withdraw(actor=SYSTEM, picture=Picture.objects.get())
    assert held.is_approved
    held.get_rendition("max-40x40")
    held.get_renditions(*SIZES)
    assert on_disk(tmp_path, "public") == []


def test_sweep_finds_what_was_left_behind_and_spares_the_approved(tmp_path: Path) -> None:
    picture = stored_picture()
    pictures.approve(actor=SYSTEM, picture=picture)
    picture.get_rendition("max-40x40")
    pictures.sweep.func(picture.key.hex)
    assert len(on_disk(tmp_path, "public")) == 1
    Picture.objects.update(approved_at=None)
    pictures.sweep.func(picture.key.hex)
    assert on_disk(tmp_path, "public") == []


def test_a_cached_rendition_does_not_outlive_the_state() -> None:
    picture = stored_picture()
    private = picture.get_rendition("max-40x40").url
    pictures.approve(actor=SYSTEM, picture=picture)
    public = Picture.objects.get().get_rendition("max-40x40").url
    pictures.withdraw(actor=SYSTEM, picture=picture)
    again = Picture.objects.get().get_rendition("max-40x40").url
    assert [url.split("/")[1] for url in (private, public, again)] == ["files", "media", "files"]


def test_destroying_leaves_nothing(tmp_path: Path, django_capture_on_commit_callbacks: Any) -> None:
    picture = stored_picture()
    picture.get_rendition("max-40x40")
    pictures.approve(actor=SYSTEM, picture=picture)
    picture.get_rendition("max-40x40")
    with django_capture_on_commit_callbacks(execute=True):
        pictures.remove(actor=SYSTEM, picture=picture)
    assert on_disk(tmp_path, ".") == []
    assert not Picture.objects.exists()


def test_picture_without_description_is_not_approved() -> None:
    picture = stored_picture(description=" ")
    with pytest.raises(Refused):
        pictures.approve(actor=SYSTEM, picture=picture)
    Picture.objects.update(description="")
    with pytest.raises(IntegrityError), transaction.atomic():
        Picture.objects.update(approved_at="2027-01-01T00:00Z")


def test_only_editors_approve() -> None:
    picture = stored_picture()
    with pytest.raises(Denied):
        pictures.approve(actor=VISITOR, picture=picture)
    assert not Picture.objects.get().is_approved


def test_acts_are_on_record_and_heard(django_capture_on_commit_callbacks: Any) -> None:
    heard: list[Any] = []
    picture = stored_picture()
    with subscriptions.opened():
        for event in ("picture.approved", "picture.withdrawn"):
            subscriptions.register(Subscription(key=event, event=event, handle=heard.append))
        with django_capture_on_commit_callbacks(execute=True):
            pictures.approve(actor=SYSTEM, picture=picture)
            pictures.withdraw(actor=SYSTEM, picture=picture)
    assert heard == [{"picture_id": picture.pk}] * 2
    verbs = AuditEvent.objects.order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == ["picture.approve", "picture.withdraw"]


def test_redraw_draws_what_was_asked_for(tmp_path: Path) -> None:
    picture = stored_picture()
    pictures.approve(actor=SYSTEM, picture=picture)
    pictures.redraw.func(picture.pk, ["max-40x40"])
    assert len(on_disk(tmp_path, "public")) == 1
    pictures.redraw.func(picture.pk + 1, ["max-40x40"])


# --- who may see ------------------------------------------------------------------------------
def status(client: Client, address: str) -> int:
    response = client.get(address)
    if response.streaming:
        response.getvalue()  # reading to the end closes the file
    return int(response.status_code)


def test_editor_sees_private_files(editor: Client) -> None:
    picture = stored_picture()
    for address in (picture.file.url, picture.get_rendition("max-40x40").url):
        response = editor.get(address)
        assert response.status_code == 200
        assert response["Content-Type"] == "image/jpeg"
        assert response["X-Content-Type-Options"] == "nosniff"
        assert set(response["Cache-Control"].split(", ")) == {"private", "no-store"}
        assert response.getvalue()


def test_nobody_else_does(client: Client) -> None:
    picture = stored_picture()
    address = picture.file.url
    assert status(client, address) == 404
    user = get_user_model().objects.create_user("somebody@example.org", "x" * 20)
    client.force_login(user)
    assert status(client, address) == 404


def test_who_brought_it_does(client: Client) -> None:
    user = get_user_model().objects.create_user("somebody@example.org", "x" * 20)
    picture = stored_picture(uploaded_by_user=user)
    client.force_login(user)
    assert status(client, picture.file.url) == 200


def test_a_room_may_let_others_see(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    user = get_user_model().objects.create_user("somebody@example.org", "x" * 20)
    picture = stored_picture()
    client.force_login(user)
    monkeypatch.setattr(pictures, "viewers", [lambda who, what: who == user and what == picture])
    assert status(client, picture.file.url) == 200


@pytest.mark.parametrize(
    "path",
    ["documents/a.pdf", "pictures/x/a.jpg", "pictures/" + "0" * 32 + "/a.jpg", "pictures/a.jpg"],
)
def test_private_view_opens_pictures_only(editor: Client, path: str, tmp_path: Path) -> None:
    (tmp_path / "private" / path).parent.mkdir(parents=True)
    (tmp_path / "private" / path).write_bytes(b"secret")
    assert status(editor, f"/files/{path}") == 404


def test_private_view_does_not_wander(editor: Client, tmp_path: Path) -> None:
    key = stored_picture().key.hex
    (tmp_path / "private/secret.jpg").write_bytes(b"secret")
    assert status(editor, f"/files/pictures/{key}/..%2f..%2fsecret.jpg") == 404
    assert status(editor, f"/files/pictures/{key}/../../secret.jpg") == 404


# --- documents --------------------------------------------------------------------------------
def test_documents_off_the_list_are_refused(editor: Client) -> None:
    for name in ("page.html", "drawing.svg", "run.exe", "photo.jpg"):
        file = SimpleUploadedFile(name, b"hello")
        response = editor.post("/desk/documents/add/", desk_form(file=file))
        assert response.status_code == 200
        assert "not allowed" in response.content.decode()


def test_documents_are_downloaded(editor: Client, client: Client) -> None:
    file = SimpleUploadedFile("plan.pdf", b"%PDF-1.7 <script>")
    editor.post("/desk/documents/add/", desk_form(file=file))
    document = Document.objects.get()
    response = client.get(document.url)
    assert response.status_code == 200
    assert response["Content-Disposition"].startswith("attachment")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "default-src 'none'" in response["Content-Security-Policy"]
    assert response.getvalue().startswith(b"%PDF")
