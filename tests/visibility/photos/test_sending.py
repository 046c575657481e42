"""Sending photographs in: by a code, without an account, from a phone that loses its connection."""

from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.test import Client
from django.utils import timezone

from benchside.accounts.models import User
from benchside.core.actions import SYSTEM, VISITOR, Denied
from benchside.core.models import Picture
from benchside.core.personal_data import erase_person, export_person
from benchside.people import actions as people
from benchside.people.models import MediaConsent
from benchside.visibility.enums import CampaignState, InPicture, PhotoState, PledgeState, RefusedFor
from benchside.visibility.models import LikenessMark, Photo
from benchside.visibility.photos import doors, keeping, sending, sending_links, sending_views
from tests.core.pictures import MARK, PAYLOAD, encoded, place_of
from tests.core.test_images import on_disk
from tests.core.test_storage import own_media
from tests.visibility.photos.sent import campaign, filled_in, jpeg, pledge, post, row, scene

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_folders(settings: Any, tmp_path: Path) -> None:
    own_media(settings, tmp_path)
    cache.clear()


def sent(seed: int = 1, **fields: Any) -> sending.Sent:
    given: dict[str, Any] = {
        "sending": uuid4(), "file": ContentFile(jpeg(seed), name="a.jpg"),
        "in_picture": InPicture.NOBODY, "display_name": "A bench", "signed_as": "Edie Made-Up",
        "words": "Yes.", "caption": "A lathe",
    }  # fmt: skip
    return sending.Sent(**given | fields)


def send(seed: int = 1, **fields: Any) -> Photo:
    return sending.send_photo(actor=VISITOR, door=doors.OWN, sent=sent(seed, **fields))


# --- by a code -----------------------------------------------------------------------------------
def test_code_leads_to_the_form_without_cookie_or_account(client: Client) -> None:
    school = pledge()
    typed = f" {school.code[:4].lower()}-{school.code[4:].lower()} "
    response = client.get("/wall/send/", {"code": typed}, follow=True)
    assert response.redirect_chain == [(f"/wall/send/{school.code}/", 302)]
    page = response.content.decode()
    assert "Made-Up Hill School" in page
    assert "no-store" in response["Cache-Control"]
    assert not response.cookies


@pytest.mark.parametrize("typed", ["", "ABC", "OOOOOOOO", "22222222", "<script>", "x" * 40])
def test_wrong_code_says_what_to_do(client: Client, typed: str) -> None:
    response = client.get("/wall/send/", {"code": typed})
    assert response.status_code in {404, 422}
    assert "code" in response.content.decode()


def test_code_is_closed_after_the_day_and_before_it_opens(client: Client) -> None:
    over, today = pledge(until=-1), timezone.localdate()
    early = campaign(starts_on=today + timedelta(days=1))
    ended = campaign(ends_on=today - timedelta(days=1))
    draft = campaign(state=CampaignState.DRAFT)
    unconfirmed = pledge(state=PledgeState.MADE, confirmed_at=None)
    for code in (over.code, early.code, ended.code, draft.code, unconfirmed.code):
        assert client.get(f"/wall/send/{code}/").status_code == 404
        assert post(client, code, filled_in([row(0, jpeg())])).status_code == 404
        assert post(client, code, filled_in([row(0, jpeg())]), json=True).status_code == 409
    assert not Photo.objects.exists()


def test_codes_cannot_be_guessed_for_long(client: Client) -> None:
    answers = [client.get("/wall/send/", {"code": "22222222"}).status_code for _ in range(42)]
    assert answers[0] == 404
    assert answers[-1] == 429


# --- what is kept --------------------------------------------------------------------------------
def test_several_at_once_each_with_its_own_words(client: Client, tmp_path: Path) -> None:
    school = pledge()
    rows = [
        row(0, encoded("JPEG"), caption="One"),
        row(1, encoded("PNG"), caption="Two", in_picture="agreed", adults="Edie, Sam ,Edie"),
        row(2, encoded("HEIF"), caption="Three", in_picture="child"),
    ]
    response = post(client, school.code, filled_in(rows, reply_to="edie@benchside.example"))

    assert response.status_code == 302
    one, two, three = Photo.objects.order_by("caption").filter(pledge=school)[:3]
    photos = {photo.caption: photo for photo in (one, two, three)}
    assert set(photos) == {"One", "Two", "Three"}
    for photo in photos.values():
        assert photo.state == PhotoState.QUEUED
        assert photo.campaign == school.day.campaign
        assert photo.school == "Made-Up Hill School"
        assert photo.picture is not None
        assert not photo.picture.is_approved
    assert photos["Three"].child_may_be_seen
    consents = {
        caption: sorted(MediaConsent.objects.of(photo.subject).values_list("who", "given_by"))
        for caption, photo in photos.items()
    }
    assert consents == {
        "One": [("Edie Made-Up", "self")],
        "Two": [("Edie", "self"), ("Sam", "self")],
        "Three": [(sending.A_CHILD, "parent")],
    }
    for name in on_disk(tmp_path, "private"):
        data = (tmp_path / "private" / name).read_bytes()
        assert MARK not in data
        assert place_of(data) == {}
    assert on_disk(tmp_path, "public") == []


def test_one_bad_picture_leaves_the_others(client: Client) -> None:
    school = pledge()
    rows = [row(0, jpeg(), caption="Good one"), row(1, PAYLOAD, caption="Bad one")]
    response = post(client, school.code, filled_in(rows))
    page = response.content.decode()
    assert response.status_code == 422
    assert Photo.objects.get().caption == "Good one"
    assert "1 picture came in" in page
    assert "This is not a picture we can use" in page
    assert 'value="Bad one"' in page
    assert 'value="Good one"' not in page
    assert 'value="Edie Made-Up"' in page


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"agreed": ""}, "with this yes"),
        ({"signed_as": ""}, "it signs what you said yes to"),
        ({"display_name": ""}, "Say who it is from"),
        ({"p0-in_picture": ""}, "Say who can be recognised"),
        ({"p0-in_picture": "agreed"}, "who is in it and said yes"),
        ({"p0-caption": "x" * 201}, "200 letters at most"),
        ({"reply_to": "nobody"}, "not an e-mail address"),
        ({"token": "forged"}, "still here"),
        ({"visit": "forged"}, "still here"),
        ({"role": "999999"}, "valid choice"),
    ],
)
def test_what_is_missing_is_said_beside_it_and_nothing_is_kept(
    client: Client, change: dict[str, str], says: str
) -> None:
    response = post(client, pledge().code, filled_in([row(0, jpeg())]) | change)
    assert response.status_code == 422
    assert says in response.content.decode()
    assert not Photo.objects.exists()
    assert not Picture.objects.exists()


def test_sent_from_another_site_or_by_a_robot_is_not_kept(client: Client) -> None:
    school = pledge()
    data = filled_in([row(0, jpeg())])
    assert client.post(f"/wall/send/{school.code}/", data).status_code == 422
    post(client, school.code, filled_in([row(0, jpeg())]) | {"website": "https://spam.example"})
    assert not Photo.objects.exists()


def test_the_same_again_is_the_same_photograph(client: Client, tmp_path: Path) -> None:
    """A connection that dropped after the picture was in: the phone sends it once more."""
    school, visit = pledge(), sending_links.new_visit()
    first = post(client, school.code, filled_in([row(0, jpeg())], visit=visit), json=True)
    again = post(client, school.code, filled_in([row(5, jpeg())], visit=visit), json=True)
    assert first.status_code == again.status_code == 200
    assert first.json() == again.json()
    assert Photo.objects.count() == Picture.objects.count() == 1
    assert len(on_disk(tmp_path, "private")) == 1
    assert MediaConsent.objects.count() == 1


def test_another_process_was_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both looked, both found nothing, one wrote: the other leaves no file behind."""
    what = sent()
    first = sending.send_photo(actor=VISITOR, door=doors.OWN, sent=what)

    class Blind:
        @staticmethod
        def first() -> None:
            return None

    real, looked = Photo.objects.filter, []

    def filtered(*args: Any, **wanted: Any) -> Any:
        if "sent_once" in wanted and not looked:
            looked.append(wanted)
            return Blind
        return real(*args, **wanted)

    monkeypatch.setattr(Photo.objects, "filter", filtered)
    assert sending.send_photo(actor=VISITOR, door=doors.OWN, sent=what) == first
    assert looked
    assert len(on_disk(tmp_path, "private")) == 1


def test_a_crowd_is_slowed_by_place_and_by_code(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    school = pledge()
    monkeypatch.setitem(doors.MOST_A_DAY, "school", 1)
    rows = [row(0, jpeg(1)), row(1, jpeg(2))]
    page = post(client, school.code, filled_in(rows)).content.decode()
    assert "Very many photographs came with this code today" in page
    monkeypatch.setattr("benchside.visibility.photos.sending_views.MOST_PICTURES", 2)
    response = post(client, school.code, filled_in([row(0, jpeg(3))]), json=True)
    assert response.status_code == 429
    assert response["Retry-After"]
    assert Photo.objects.count() == 1


def test_a_full_house_is_told_to_wait(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sending_views, "SCRIPT_PATIENCE", 0)
    school = pledge()
    with sending.in_turn(0):
        response = post(client, school.code, filled_in([row(0, jpeg())]), json=True)
    assert response.status_code == 503
    assert response["Retry-After"] == "2"
    assert not Photo.objects.exists()
    assert post(client, school.code, filled_in([row(0, jpeg())]), json=True).status_code == 200


# --- near-duplicates -----------------------------------------------------------------------------
def test_the_moderator_is_told_of_a_near_one_and_nothing_is_refused() -> None:
    first, other = send(1), send(2)
    smaller = scene(1).resize((300, 225))
    near = send(file=_file(smaller))
    assert near.near_duplicate_of == first
    assert other.near_duplicate_of is None
    assert near.state == PhotoState.QUEUED


def _file(image: Any) -> ContentFile:
    from io import BytesIO

    out = BytesIO()
    image.save(out, "JPEG", quality=60)
    return ContentFile(out.getvalue(), name="b.jpg")


def test_what_was_withdrawn_is_near_to_nothing() -> None:
    sending.withdraw_photo(actor=SYSTEM, photo=send(1))
    assert send(1).near_duplicate_of is None


# --- following and taking back -------------------------------------------------------------------
@pytest.fixture
def page(client: Client) -> str:
    school = pledge()
    answer = post(client, school.code, filled_in([row(0, encoded("JPEG"))]), json=True)
    return str(answer.json()["follow"])


def test_sender_sees_downloads_and_takes_back(
    client: Client, page: str, tmp_path: Path, django_capture_on_commit_callbacks: Any
) -> None:
    from benchside.core.open_forms import make_token

    photo = Photo.objects.get()
    shown = client.get(page)
    assert "waits to be looked at" in shown.content.decode()
    assert shown["Referrer-Policy"] == "same-origin"
    own = client.get(f"{page}{photo.key}/")
    data = own.getvalue()
    assert own["Content-Disposition"].startswith("attachment")
    assert MARK not in data
    assert place_of(data) == {}
    assert client.get(f"{page}{photo.key}/?small").getvalue()[8:12] == b"WEBP"
    back = f"{page}{photo.key}/back/"
    assert client.post(back, {"token": make_token("photo-take-back")}).status_code == 422

    with django_capture_on_commit_callbacks(execute=True):
        response = client.post(
            back,
            {"token": make_token("photo-take-back")},
            headers={"origin": "http://testserver"},
        )
    assert response.status_code == 302
    photo.refresh_from_db()
    assert photo.state == PhotoState.WITHDRAWN
    assert (photo.caption, photo.display_name, photo.picture) == ("", "", None)
    assert on_disk(tmp_path, "private") == []
    assert not LikenessMark.objects.exists()
    assert not MediaConsent.objects.standing().exists()
    assert "taken back" in client.get(page).content.decode()
    assert client.get(f"{page}{photo.key}/").status_code == 404


def test_a_link_opens_its_own_pictures_and_no_others(client: Client, page: str) -> None:
    other = send(2)
    assert client.get(f"{page}{other.key}/").status_code == 404
    for forged in ("/wall/sent/forged/", page[:-4] + "abc/", f"/wall/sent/{other.sending.hex}/"):
        assert client.get(forged).status_code == 404
    with pytest.raises(Denied):
        sending.withdraw_photo(
            actor=sending_links.holder_of(Photo.objects.exclude(pk=other.pk).get()), photo=other
        )


def test_consent_that_is_taken_back_takes_the_picture(
    django_capture_on_commit_callbacks: Any,
) -> None:
    photo = send(1, in_picture=InPicture.AGREED, adults=["Sam Made-Up"])
    consent = MediaConsent.objects.of(photo.subject).get()
    with django_capture_on_commit_callbacks(execute=True):
        people.withdraw_consent(actor=SYSTEM, consent=consent)
    photo.refresh_from_db()
    assert photo.state == PhotoState.WITHDRAWN


# --- one's own space -----------------------------------------------------------------------------
@pytest.fixture
def technician(settings: Any) -> User:
    return User.objects.create_user("edie@benchside.example", "x" * 20, name="Edie Made-Up")


def test_own_space_sends_lists_downloads_and_takes_back(client: Client, technician: User) -> None:
    assert client.get("/my/photos/").status_code == 302
    client.force_login(technician)
    assert "You have sent none yet" in client.get("/my/photos/").content.decode()
    assert 'value="Edie Made-Up"' in client.get("/my/photos/send/").content.decode()
    data = filled_in([row(0, encoded("JPEG"))])
    client.post("/my/photos/send/", data, headers={"origin": "http://testserver"})
    photo = Photo.objects.get()
    assert photo.person_id == technician.person_id
    assert "waits to be looked at" in client.get("/my/photos/").content.decode()
    assert MARK not in client.get(f"/my/photos/{photo.key}/").getvalue()

    somebody = User.objects.create_user("sam@benchside.example", "x" * 20)
    other = Client()
    other.force_login(somebody)
    assert other.get(f"/my/photos/{photo.key}/").status_code == 404
    assert other.post(f"/my/photos/{photo.key}/back/").status_code == 404
    client.post(f"/my/photos/{photo.key}/back/")
    photo.refresh_from_db()
    assert photo.state == PhotoState.WITHDRAWN


def test_exported_and_erased(technician: User) -> None:
    from benchside.core.actions import Actor

    photo = sending.send_photo(actor=Actor.of(technician), door=doors.OWN, sent=sent())
    assert export_person(technician.person_id)["Photographs"]["photographs"][0]["caption"]
    erase_person(technician.person_id)
    photo.refresh_from_db()
    assert (photo.state, photo.person_id, photo.picture) == (PhotoState.WITHDRAWN, None, None)


# --- retention -----------------------------------------------------------------------------------
def test_refused_are_destroyed_after_a_month(
    tmp_path: Path, django_capture_on_commit_callbacks: Any
) -> None:
    now = timezone.now()
    for seed, age in ((1, 29), (2, 31)):
        Photo.objects.filter(pk=send(seed).pk).update(
            state=PhotoState.REFUSED,
            refused_for=RefusedFor.QUALITY,
            refused_at=now - timedelta(days=age),
            caption=f"{age} days",
        )
    with django_capture_on_commit_callbacks(execute=True):
        keeping.forget_photos.func()
    assert [photo.caption for photo in Photo.objects.order_by("pk")] == ["29 days", ""]
    assert Photo.objects.filter(state=PhotoState.REFUSED).count() == 2
    assert len(on_disk(tmp_path, "private")) == 1


def test_what_nobody_answered_goes(django_capture_on_commit_callbacks: Any) -> None:
    photo = send(1)
    Photo.objects.filter(pk=photo.pk).update(
        state=PhotoState.ASKED, question="?", asked_at=timezone.now() - timedelta(days=61)
    )
    keeping.forget_photos.func()
    photo.refresh_from_db()
    assert photo.state == PhotoState.WITHDRAWN
