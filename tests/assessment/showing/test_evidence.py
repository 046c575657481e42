"""Evidence: added, told what it serves, changed, taken out, handed to who may read it."""

import hashlib
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client, TestCase
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from benchside.accounts.models import User
from benchside.assessment.actions import (
    add_contributor,
    add_file,
    add_link,
    add_record,
    change_evidence,
    remove_evidence,
    sign,
    submit,
)
from benchside.assessment.enums import DutyKind, SeatState
from benchside.assessment.models import Duty, Evidence, Seat, Submission
from benchside.core import registries, vault
from benchside.core.actions import Actor, Denied, Refused
from benchside.core.registries import EvidenceKind, Offered
from tests.assessment.showing.conftest import signed_in
from tests.assessment.showing.making import a_pdf, a_photograph, an_xlsx, complete
from tests.factories.organisations import a_member, an_organisation
from tests.factories.people import person

pytestmark = pytest.mark.django_db
ROTA = a_pdf("Rota")


def url(name: str, submission: Submission, *args: object) -> str:
    return reverse(f"assessment:{name}", args=[submission.key, *args])


def upload(client: Client, submission: Submission, name: str, data: bytes, **more: object):  # type: ignore[no-untyped-def]
    file = SimpleUploadedFile(name, data)
    return client.post(url("evidence_add", submission, "file"), {"file": file, **more})


def test_a_file_is_added_for_two_criteria_and_listed(
    as_lead: Client, submission: Submission
) -> None:
    given = {"serves": ["clear", "mended"], "how-mended": "Who mends on which day"}
    upload(as_lead, submission, "rota.pdf", ROTA, title="Rota of March", **given)
    piece = submission.evidence.get()
    assert piece.file_digest == hashlib.sha256(ROTA).hexdigest()
    assert {one.criterion: one.how for one in piece.serves.all()} == {
        "clear": "",
        "mended": "Who mends on which day",
    }
    html = as_lead.get(url("evidence", submission)).content.decode()
    for words in ("Rota of March", "rota.pdf", "It is mended: ", "Who mends on which day"):
        assert words in html
    table = as_lead.get(url("evidence_csv", submission)).content.decode("utf-8-sig")
    assert table.count("Rota of March") == 2
    assert "Who mends on which day" in table


def test_a_refused_file_says_why_and_keeps_what_was_typed(
    as_lead: Client, submission: Submission
) -> None:
    typed = {"title": "Rota of March", "serves": ["clear"], "how-clear": "All of it"}
    response = upload(as_lead, submission, "rota.pdf", b"<!doctype html>", **typed)
    html = response.content.decode()
    assert response.status_code == 422
    assert "This is no PDF" in html
    assert 'value="Rota of March"' in html
    assert 'value="All of it"' in html
    assert re.search(r'value="clear" checked', html)
    assert not submission.evidence.exists()
    assert vault.names_below("evidence") == []


def test_the_same_file_is_kept_once_and_said_so(as_lead: Client, submission: Submission) -> None:
    upload(as_lead, submission, "rota.pdf", ROTA, title="Rota", serves=["clear"])
    again = {"serves": ["mended"], "next": url("evidence", submission)}
    response = upload(as_lead, submission, "copy of rota.pdf", ROTA, **again)
    assert response.status_code == 302
    assert "is here already, as “Rota”" in as_lead.get(response["Location"]).content.decode()
    assert {one.criterion for one in submission.evidence.get().serves.all()} == {"clear", "mended"}
    assert len(vault.names_below("evidence")) == 1


def test_a_photograph_from_a_phone_loses_its_place(submission: Submission, lead: Actor) -> None:
    piece, _ = add_file(
        actor=lead, submission=submission, name="IMG.jpeg", data=a_photograph(b"Here"), serves={}
    )
    stored = vault.get(piece.file, piece.file_digest)
    assert b"Here" not in stored
    assert (piece.title, piece.file_name) == ("IMG.jpg", "IMG.jpg")


def test_a_link_and_what_is_no_link(as_lead: Client, submission: Submission) -> None:
    add = url("evidence_add", submission, "link")
    as_lead.post(add, {"url": "example.org/log", "title": "Log", "serves": "mended"})
    assert submission.evidence.get().url == "https://example.org/log"
    for bad in ("javascript://x/%0aalert(1)", "https://", "https://[", "x" * 600):
        response = as_lead.post(add, {"url": bad, "title": "Log"})
        assert response.status_code == 422, bad
    assert submission.evidence.count() == 1


def test_a_record_of_the_house_is_chosen_from_what_one_may_show(
    as_lead: Client, lead: Actor, submission: Submission
) -> None:
    said = {"7": {"title": "A story of glass", "url": "/stories/glass/"}}
    kind = EvidenceKind(
        key="test.story",
        title="Stories",
        describe=lambda found, viewer: said.get(found) if viewer == lead.person_id else None,
        offer=lambda organisation, viewer: [Offered(id="7", title="A story of glass")],
    )
    with registries.evidence_kinds.opened():
        registries.evidence_kinds.register(kind)
        add = url("evidence_add", submission, "record")
        assert "A story of glass" in as_lead.get(add).content.decode()
        as_lead.post(add, {"record": "test.story|7"})
        piece = submission.evidence.get()
        assert (piece.title, piece.record_kind, piece.record_id) == (
            "A story of glass",
            "test.story",
            "7",
        )
        assert "/stories/glass/" in as_lead.get(url("evidence", submission)).content.decode()
        assert as_lead.post(add, {"record": "test.story|8"}).status_code == 422
        for wrong in (("test.story", "8"), ("nothing", "7")):
            with pytest.raises(Refused, match="no such record"):
                add_record(
                    actor=lead, submission=submission, title="X", record_kind=wrong[0],
                    record_id=wrong[1], serves={},
                )  # fmt: skip


def test_a_criterion_takes_only_its_kinds(lead: Actor, submission: Submission) -> None:
    add_link(
        actor=lead, submission=submission, title="L", url="https://x.org/", serves={"mended": ""}
    )
    rule = submission.version.standard.criterion("mended").evidence
    assert rule.kinds == ("file", "link")
    kind = EvidenceKind(key="test.any", title="Any", describe=lambda *_: {"title": "T"})
    with registries.evidence_kinds.opened():
        registries.evidence_kinds.register(kind)
        with pytest.raises(Refused, match="takes a file or a link"):
            add_record(
                actor=lead, submission=submission, title="", record_kind="test.any", record_id="1",
                serves={"mended": ""},
            )  # fmt: skip


def test_changed_narrowed_sorted_and_taken_out(as_lead: Client, submission: Submission) -> None:
    upload(as_lead, submission, "rota.pdf", ROTA, title="Rota", serves=["clear"])
    upload(as_lead, submission, "list.xlsx", an_xlsx(), title="Accidents")
    rota = submission.evidence.get(title="Rota")
    change = url("evidence_change", submission, rota.pk)
    as_lead.post(change, {"title": "Rota, mended", "serves": "mended", "how-mended": "It says who"})
    here = url("evidence", submission)
    shown = as_lead.get(f"{here}?sort=title").content.decode()
    assert shown.index("Accidents</a>") < shown.index("Rota, mended</a>")
    assert "Accidents</a>" not in as_lead.get(f"{here}?for=mended").content.decode()
    assert "Rota, mended</a>" not in as_lead.get(f"{here}?for=none").content.decode()
    assert "Nothing found" in as_lead.get(f"{here}?kind=link").content.decode()
    assert "Nothing found" in as_lead.get(f"{here}?q=zzz%00").content.decode()
    for odd in ("sort=nonsense", "page=999", "page=x", "kind=%00", "for=%00"):
        assert as_lead.get(f"{here}?{odd}").status_code == 200, odd
    remove = url("evidence_remove", submission, rota.pk)
    assert "Take out “Rota, mended”?" in as_lead.get(remove).content.decode()
    assert submission.evidence.count() == 2
    as_lead.post(remove)
    assert [one.title for one in submission.evidence.all()] == ["Accidents"]


def test_the_grid_keeps_ticks_and_how_it_served(as_lead: Client, submission: Submission) -> None:
    upload(as_lead, submission, "rota.pdf", ROTA, **{"serves": ["clear"], "how-clear": "So"})
    piece = submission.evidence.get()
    grid = url("evidence_grid", submission)
    assert f'value="{piece.pk}|clear" checked' in as_lead.get(grid).content.decode()
    as_lead.post(grid, {"row": piece.pk, "tick": [f"{piece.pk}|clear", f"{piece.pk}|mended"]})
    assert {one.criterion: one.how for one in piece.serves.all()} == {"clear": "So", "mended": ""}
    as_lead.post(grid, {"row": piece.pk, "tick": [f"{piece.pk}|mended"]})
    assert {one.criterion for one in piece.serves.all()} == {"mended"}
    as_lead.post(grid, {"tick": [f"{piece.pk}|clear"]})  # a row that was not on the page
    assert {one.criterion for one in piece.serves.all()} == {"mended"}
    assert as_lead.post(grid, {"row": piece.pk, "tick": f"{piece.pk}|none"}).status_code == 422


def test_the_part_beside_a_question_adds_in_place(as_lead: Client, submission: Submission) -> None:
    file = SimpleUploadedFile("rota.pdf", ROTA)
    add = url("evidence_add", submission, "file")
    given = {"file": file, "serves": "mended", "beside": "mended", "next": "/forms/question/"}
    html = as_lead.post(add, given, headers={"HX-Request": "true"}).content.decode()
    assert html.strip().startswith('<section class="shows')
    assert "“rota.pdf” is added." in html
    assert 'name="next" value="/forms/question/"' in html
    assert f"files/{hashlib.sha256(ROTA).hexdigest()}" in html
    given = {"file": SimpleUploadedFile("x.exe", b"MZ"), "serves": "mended", "beside": "mended"}
    html = as_lead.post(add, given, headers={"HX-Request": "true"}).content.decode()
    assert "Programs are not taken in." in html
    assert '<details class="fold" open>' in html


def test_what_was_sent_before_stays_while_more_is_asked_for(
    lead: Actor, head: Actor, submission: Submission
) -> None:
    complete(lead, submission)
    old = submission.evidence.get()
    Submission.objects.filter(pk=submission.pk).update(
        state="more-asked", evidence_rounds=1, submitted_at=timezone.now()
    )
    with pytest.raises(Refused, match="stays as it is"):
        remove_evidence(actor=lead, evidence=old)
    new, _ = add_file(actor=lead, submission=submission, name="r.pdf", data=ROTA, serves={})
    assert new.round == 1
    remove_evidence(actor=lead, evidence=new)


# --- who may --------------------------------------------------------------------------------------
@pytest.fixture
def sent(lead: Actor, head: Actor, submission: Submission) -> Submission:
    complete(lead, submission)
    add_file(actor=lead, submission=submission, name="rota.pdf", data=ROTA, serves={"clear": ""})
    sign(actor=lead, submission=submission, step="lead", signed_as="Lena Made-Up")
    sign(actor=head, submission=submission, step="head", signed_as="Hedda Made-Up")
    submit(actor=lead, submission=submission)
    return submission


def answers(user: User, submission: Submission) -> list[int]:
    """The file, the frozen JSON, and the list of evidence."""
    client = signed_in(user)
    digest = hashlib.sha256(ROTA).hexdigest()
    places = [
        url("evidence_file", submission, digest),
        url("frozen", submission, 1, "json"),
        url("evidence", submission),
    ]
    return [client.get(place).status_code for place in places]


def test_a_file_goes_to_who_may_read_and_to_nobody_else(sent: Submission, hedda: User) -> None:
    reviewer, invited = person("seated@example.org"), person("invited@example.org")
    now = timezone.now()
    Seat.objects.create(
        submission=sent, user=reviewer, number=1, state=SeatState.ACCEPTED, no_conflict_at=now
    )
    Seat.objects.create(submission=sent, user=invited, number=2)
    officer, other = person("officer@example.org"), person("other-officer@example.org")
    Duty.objects.create(user=officer, standard="tidy-bench", kind=DutyKind.ASSIGN)
    Duty.objects.create(user=other, standard="another", kind=DutyKind.ASSIGN)
    elsewhere = a_member(an_organisation("southmoor"))
    assert answers(hedda, sent) == [200, 200, 200]
    assert answers(reviewer, sent) == [200, 200, 404]
    assert answers(officer, sent) == [200, 200, 404]
    for stranger in (invited, other, elsewhere):
        assert answers(stranger, sent) == [404, 404, 404]
    assert Client().get(url("evidence", sent)).status_code == 302


def test_officers_and_reviewers_read_nothing_before_it_is_sent_in(
    lead: Actor, submission: Submission
) -> None:
    officer = person("officer@example.org")
    Duty.objects.create(user=officer, standard="tidy-bench", kind=DutyKind.RATIFY)
    add_file(actor=lead, submission=submission, name="rota.pdf", data=ROTA, serves={})
    assert answers(officer, submission) == [404, 404, 404]


def test_a_reviewer_who_may_not_know_whose_it_is_gets_no_export(
    sent: Submission, monkeypatch: pytest.MonkeyPatch
) -> None:
    reviewer = person("seated@example.org")
    Seat.objects.create(
        submission=sent, user=reviewer, number=1, state=SeatState.ACCEPTED,
        no_conflict_at=timezone.now(),
    )  # fmt: skip
    content = sent.version.content
    content["review"]["hidden"] = ["holder"]
    type(sent.version).objects.filter(pk=sent.version.pk).update(content=content, digest="other")
    assert answers(reviewer, sent) == [200, 404, 404]


def test_a_download_runs_nowhere_and_is_kept_nowhere(as_lead: Client, sent: Submission) -> None:
    digest = hashlib.sha256(ROTA).hexdigest()
    response = as_lead.get(url("evidence_file", sent, digest))
    assert response.content == ROTA
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == 'attachment; filename="rota.pdf"'
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in response["Content-Security-Policy"]
    assert "no-store" in response["Cache-Control"]


def test_bytes_that_changed_on_the_disk_are_not_handed_out(
    as_lead: Client, sent: Submission, caplog: pytest.LogCaptureFixture
) -> None:
    piece = sent.evidence.get(kind="file")
    vault.storage.delete(piece.file)
    vault.storage.save(piece.file, SimpleUploadedFile("x", b"%PDF-another"))
    with caplog.at_level("ERROR"):
        response = as_lead.get(url("evidence_file", sent, piece.file_digest))
    assert response.status_code == 500
    assert b"This file is damaged" in response.content
    assert "is not what it was" in caplog.text


def test_a_file_that_was_signed_for_outlives_its_place_in_the_list(
    as_lead: Client, lead: Actor, head: Actor, submission: Submission
) -> None:
    complete(lead, submission)
    signed, _ = add_file(actor=lead, submission=submission, name="r.pdf", data=ROTA, serves={})
    digest = signed.file_digest
    sign(actor=lead, submission=submission, step="lead", signed_as="Lena Made-Up")
    other, _ = add_file(
        actor=lead, submission=submission, name="o.pdf", data=a_pdf("Other"), serves={}
    )
    page = url("evidence_remove", submission, signed.pk)
    with_commit(as_lead, page)
    with_commit(as_lead, url("evidence_remove", submission, other.pk))
    assert as_lead.get(url("evidence_file", submission, digest)).content == ROTA
    assert len(vault.names_below("evidence")) == 1  # nobody signed for the other


def with_commit(client: Client, page: str) -> None:
    with TestCase.captureOnCommitCallbacks(execute=True):
        client.post(page)


def test_a_contributor_adds_and_a_stranger_does_not(lead: Actor, submission: Submission) -> None:
    helper = person("helper@example.org")
    add_contributor(actor=lead, submission=submission, user=helper, criterion="clear")
    client = signed_in(helper)
    assert upload(client, submission, "rota.pdf", ROTA).status_code == 302
    with pytest.raises(Denied):
        add_file(
            actor=Actor.of(person("other@example.org")), submission=submission, name="r.pdf",
            data=ROTA, serves={},
        )  # fmt: skip


def test_the_head_reads_and_does_not_change(
    as_head: Client, lead: Actor, submission: Submission
) -> None:
    piece, _ = add_file(actor=lead, submission=submission, name="r.pdf", data=ROTA, serves={})
    assert as_head.get(url("evidence", submission)).status_code == 200
    change = url("evidence_change", submission, piece.pk)
    assert as_head.post(change, {"title": "Mine"}).status_code == 403
    assert as_head.post(url("evidence_remove", submission, piece.pk)).status_code == 404
    assert Evidence.objects.get().title == "r.pdf"


def test_ids_of_another_submission_lead_nowhere(
    as_lead: Client, lead: Actor, submission: Submission
) -> None:
    other = Submission.objects.create(
        version=submission.version, holder="organisation", organisation=an_organisation("south"),
        level="plain",
    )  # fmt: skip
    piece = Evidence.objects.create(submission=other, kind="link", title="T", url="https://x.org/")
    assert as_lead.get(url("evidence_change", submission, piece.pk)).status_code == 404
    assert as_lead.get(url("evidence_file", submission, "0" * 64)).status_code == 404


@pytest.mark.parametrize("place", ["evidence", "evidence_grid"])
def test_a_long_list_asks_as_little_as_a_short_one(
    place: str, as_lead: Client, lead: Actor, submission: Submission
) -> None:
    def add(number: int) -> None:
        add_link(
            actor=lead, submission=submission, title=f"L{number}", url=f"https://x.org/{number}",
            serves={"clear": "", "mended": ""},
        )  # fmt: skip

    add(0)
    as_lead.get(url(place, submission))
    with CaptureQueriesContext(connection) as few:
        as_lead.get(url(place, submission))
    for number in range(1, 20):
        add(number)
    with CaptureQueriesContext(connection) as many:
        as_lead.get(url(place, submission))
    assert len(many) == len(few) <= 25


def test_whoever_was_asked_for_a_part_shows_things_for_that_part_alone(
    lead: Actor, submission: Submission
) -> None:
    helper = person("helper@example.org")
    add_contributor(actor=lead, submission=submission, user=helper, criterion="clear")
    actor = Actor.of(helper)
    shown = add_link(
        actor=lead, submission=submission, title="Rota", url="https://x.org/", serves={"mended": ""}
    )
    mine = add_link(
        actor=actor, submission=submission, title="Log", url="https://y.org/", serves={"clear": ""}
    )
    with pytest.raises(Refused, match="not part of what you were asked for"):
        add_link(
            actor=actor, submission=submission, title="More", url="https://z.org/",
            serves={"mended": ""},
        )  # fmt: skip
    for change in (
        {"title": "Rota", "serves": {}},
        {"title": "Rota", "serves": {"mended": "Look here"}},
        {"title": "Mine now", "serves": {"mended": ""}},
    ):
        with pytest.raises(Refused, match="not part"):
            change_evidence(actor=actor, evidence=shown, **change)  # type: ignore[arg-type]
    with pytest.raises(Refused, match="not part"):
        remove_evidence(actor=actor, evidence=shown)
    shown.refresh_from_db()
    assert (shown.title, shown.serves.get().criterion) == ("Rota", "mended")
    assert submission.evidence.count() == 2
    change_evidence(
        actor=actor, evidence=shown, title="Rota", serves={"mended": "", "clear": "Also"}
    )
    remove_evidence(actor=actor, evidence=mine)
    remove_evidence(actor=lead, evidence=shown)
    assert not submission.evidence.exists()


def test_the_long_name_of_a_file_may_be_broken(as_lead: Client, submission: Submission) -> None:
    """One word of a hundred letters pushed the rest of the table off the screen."""
    name = "x" * 110 + ".pdf"
    upload(as_lead, submission, name, ROTA)
    page = as_lead.get(url("evidence", submission)).content.decode()
    title, shown = re.escape(submission.evidence.get().title), re.escape(name)
    assert re.search(rf'class="tap longname"[^>]*>{title}<', page)
    assert re.search(rf'class="small longname">{shown},', page)
