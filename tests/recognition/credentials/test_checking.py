"""What anybody is told who brings a file, a number or an address; files from anybody included."""

import copy
import json
import re
import struct
import zlib
from datetime import timedelta
from typing import Any
from urllib.parse import quote
from uuid import uuid4

import pytest
import time_machine
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from benchside.assessment.actions import move_award
from benchside.core import outgoing
from benchside.core.actions import SYSTEM
from benchside.core.open_forms import make_token
from benchside.recognition.credentials import actions, carriers, checking, papers, wording
from benchside.recognition.credentials.vc import badge, baking, did, keys, signing
from benchside.recognition.credentials.views import files
from benchside.recognition.models import Credential, Endorsement, Entry
from tests.factories import credentials as made

pytestmark = pytest.mark.django_db
HERE = {"HTTP_ORIGIN": "http://testserver"}


def told(document: Any) -> wording.Told:
    return wording.told(checking.check(document))


def drop(client: Client, data: bytes, name: str = "badge.json") -> str:
    sent = {"token": make_token("verify"), "file": SimpleUploadedFile(name, data)}
    answer = client.post("/verify/", sent, **HERE)
    assert answer["Cache-Control"] == "no-store"
    assert not answer.cookies
    return answer.content.decode()


def a_did_key() -> tuple[str, str, Ed25519PrivateKey]:
    key = Ed25519PrivateKey.generate()
    who = did.did_key(keys.public_bytes(key))
    return who, who.removeprefix(did.KEY), key


def foreign_word() -> dict[str, Any]:
    """Somebody's word for it, of whom nobody knows who they are."""
    who, name, key = a_did_key()
    said = badge.endorsement_credential(
        id="https://elsewhere.example/words/1",
        issuer=badge.Issuer(who, "The Made-Up Council for Technicians"),
        about="https://elsewhere.example/a",
        comment="The best there is.",
        valid_from=timezone.now() - timedelta(days=1),
    )
    return signing.sign(said, key=key, method=did.method_id(who, name), created=timezone.now())


def foreign(
    signer: tuple[str, str, Ed25519PrivateKey] | None = None, **changes: Any
) -> dict[str, Any]:
    """A badge of somebody else's, under a did:key of their own unless said otherwise."""
    who, name, key = signer or a_did_key()
    what = badge.Badge(
        id="https://elsewhere.example/badges/1",
        issuer=badge.Issuer(who, "Elsewhere (made up)", "https://elsewhere.example/"),
        achievement=badge.Achievement(
            id="https://elsewhere.example/a",
            name="Knot tyer",
            description="Ties knots.",
            criteria_url="https://elsewhere.example/a#c",
        ),
        holders=(badge.Identifier("Nell Made-Up"),),
        valid_from=timezone.now() - timedelta(days=1),
        **changes,
    )
    method = did.method_id(who, name)
    return signing.sign(badge.credential(what), key=key, method=method, created=timezone.now())


class TestWords:
    """What each case is called."""

    @pytest.fixture(autouse=True)
    def _one(self) -> None:
        self.entry = made.a_registered_person()
        self.credential = made.claimed(self.entry)
        self.document = made.document_of(self.credential)

    def test_ours_in_force(self) -> None:
        answer = told(self.document)
        assert answer.heading == "Yes: this is genuine"
        assert answer.holder == self.entry.name
        assert {line.tone for line in answer.lines} == {"good"}

    @pytest.mark.parametrize(
        "path", [("credentialSubject", "licenseNumber"), ("validUntil",), ("name",)]
    )
    def test_a_letter_changed(self, path: tuple[str, ...]) -> None:
        spoilt = copy.deepcopy(self.document)
        place = spoilt
        for one in path[:-1]:
            place = place[one]
        place[path[-1]] = "2099-01-01T00:00:00Z" if path[0] == "validUntil" else "RT-999999"
        answer = told(spoilt)
        assert answer.heading == "No: somebody changed it"
        assert not answer.is_signed  # what it claims is not repeated

    def test_a_word_put_in_that_nobody_defines(self) -> None:
        assert told(self.document | {"x-grade": "distinction"}).heading == (
            "No: somebody changed it"
        )

    def test_signed_by_somebody_in_our_name(self) -> None:
        bare = {key: value for key, value in self.document.items() if key != "proof"}
        forged = signing.sign(
            bare,
            key=Ed25519PrivateKey.generate(),
            method=self.document["proof"]["verificationMethod"],
            created=timezone.now(),
        )
        assert told(forged).heading == "No: somebody changed it"

    def test_suspended_since_a_moment_before_the_list_says_so(self) -> None:
        move_award(actor=SYSTEM, award=self.entry.award, verb="suspend-for-health",
                   reason="Health")  # fmt: skip
        actions.keep_in_step(award=self.entry.award)
        answer = told(self.document)
        assert answer.heading == "No: it is no longer valid"
        assert f"{timezone.localdate():%-d %B %Y}" in answer.lead
        assert "ealth" not in repr(answer)  # never why

    def test_a_word_for_it_that_was_taken_back_counts_no_more(self) -> None:
        made.spoken_for(self.entry.register.standard, 2)
        other = made.claimed(made.a_registered_person("otto@work.example"))
        document = made.document_of(other)
        assert "Spoken for by 2" in [line.title for line in told(document).lines]
        held = Endorsement.objects.all()
        for count, title in ((1, "Somebody speaks for it no more"), (2, "2 speak for it no more")):
            held.filter(pk=held[count - 1].pk).update(
                state="taken-back", taken_back_at=timezone.now()
            )
            answer = told(document)
            assert answer.heading == "Yes: this is genuine"
            titles = [line.title for line in answer.lines]
            assert title in titles
            assert ("Spoken for by 1" in titles) == (count == 1)
            assert "Spoken for by 2" not in titles

    def test_out_of_date(self) -> None:
        with time_machine.travel(timezone.now() + timedelta(days=800), tick=False):
            answer = told(self.document)
            assert answer.heading in {"No: it is no longer valid", "We cannot tell just now"}
            assert "It is out of date" in [line.title for line in answer.lines]

    def test_of_a_stranger(self) -> None:
        answer = told(foreign())
        assert answer.heading == "It is whole, but we do not know who made it"
        assert "It names no list" in [line.title for line in answer.lines]

    def test_a_key_alone_proves_no_name(self, client: Client) -> None:
        """Whatever a forger calls themselves, it is not repeated as who made it."""
        answer = told(foreign())
        assert (answer.maker, answer.calls_itself) == (wording.NAMELESS, "Elsewhere (made up)")
        tones = {line.title: line.tone for line in answer.lines}
        assert tones["We cannot tell who made it"] == "unsure"
        assert not {"Its maker is known", "The key is the maker’s"} & set(tones)
        page = drop(client, json.dumps(foreign()).encode())
        assert "Made by" not in page
        assert page.index("Signed by") < page.index("Calls itself")

    @pytest.mark.parametrize("steps", [(), ("bodies", "council")])
    def test_of_a_strangers_host_the_host_is_what_is_said(
        self, steps: tuple[str, ...], client: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        key = Ed25519PrivateKey.generate()
        who, place = (
            did.did_of("elsewhere.example", *steps),
            "/".join(("elsewhere.example", *steps)),
        )
        theirs = did.document(who, [did.Method("key-1", keys.public_bytes(key))])
        monkeypatch.setattr(checking, "fetched", {did.url_of(who): theirs}.__getitem__)
        document = foreign(signer=(who, "key-1", key))
        answer = told(document)
        assert (answer.maker, answer.calls_itself) == (place, "Elsewhere (made up)")
        tones = {line.title: line.tone for line in answer.lines}
        assert tones[f"{place} answers for it"] == tones["The key is the maker’s"] == "good"
        assert "Its maker is known" not in tones
        assert place in drop(client, json.dumps(document).encode())

    def test_strangers_who_speak_for_a_strangers_badge_are_nobody_we_know(self) -> None:
        lines = told(foreign(endorsements=(foreign_word(),))).lines
        assert {one.title: one.tone for one in lines}["Spoken for by 1"] == "unsure"

    def test_of_a_stranger_whose_list_we_may_not_ask_for(self) -> None:
        answer = told(foreign(status=badge.Status("https://elsewhere.example/list", 7)))
        assert answer.heading == "We cannot tell just now"
        assert "asks no other computer" in answer.lead

    def test_a_strangers_list_is_asked_for_once_and_within_limits(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        asked: list[str] = []

        def get(client: outgoing.Client, url: str, **_: Any) -> outgoing.Answer:
            asked.append(url)
            assert client.most_bytes <= 1_000_000
            assert client.schemes == ("https",)
            return outgoing.Answer(url, 200, {}, b"[]")

        monkeypatch.setattr(outgoing.Client, "get", get)
        document = foreign(status=badge.Status("https://elsewhere.example/list", 7))
        assert told(document).heading == "We cannot tell just now"
        assert asked == ["https://elsewhere.example/list"]

    def test_no_badge(self) -> None:
        for document in ({}, {"type": ["VerifiableCredential"]}, {"@context": 3}):
            assert told(document).heading == "This is not a badge we can read"

    def test_contexts_from_elsewhere_are_not_fetched(self) -> None:
        lured = {
            **self.document,
            "@context": [*self.document["@context"], "https://evil.example/c"],
        }
        assert told(lured).heading == "This is not a badge we can read"

    def test_hidden_it_has_no_page_and_its_file_still_holds(self, client: Client) -> None:
        Entry.objects.filter(pk=self.entry.pk).update(is_hidden=True, hidden_basis="made up")
        number = self.entry.award.number
        for address in (
            f"/credentials/{self.credential.key}/",
            f"/credentials/{self.credential.key}/badge.json",
        ):
            assert client.get(address).status_code == 404
        for typed, other, what in (
            (number, "RT-999999", "number"),
            (number.replace("-", " "), "RT 999999", "number"),
            (str(self.credential.key), str(uuid4()), "address"),
        ):
            page, nothing = (
                re.sub(r'name="token" value="[^"]*"', "", client.get(f"/verify/?q={one}").text)
                .replace(one, "").replace(quote(one), "")
                for one in (typed, other)
            )  # fmt: skip
            assert f"We find nothing under that {what}" in page
            assert self.entry.name not in page
            assert page == nothing
        answer = told(self.document)
        assert answer.heading == "Yes: this is genuine"
        assert answer.lookup == ""
        assert not any("Our record" in line.title for line in answer.lines)


class TestCarried:
    """Every file is taken apart again, and hostile ones are refused."""

    @pytest.fixture(autouse=True)
    def _one(self) -> None:
        self.credential = made.claimed(made.a_registered_person())

    def test_all_files_and_the_page(self, client: Client) -> None:
        key = self.credential.key
        for name in files.KINDS:
            answer = client.get(f"/credentials/{key}/{name}")
            assert answer.status_code == 200
            assert carriers.document_in(answer.content) == made.document_of(self.credential)
            assert "Yes: this is genuine" in drop(client, answer.content, name)
        page = client.get(f"/credentials/{key}/")
        assert "This badge counts" in page.content.decode()
        asked = client.get(f"/credentials/{key}/", headers={"Accept": "application/json"})
        assert asked.json() == made.document_of(self.credential)
        assert client.get(f"/credentials/{key}/secrets.txt").status_code == 404

    def test_the_certificate_is_tagged_and_holds_the_credential(self) -> None:
        pdf = papers.certificate(self.credential)
        assert b"/StructTreeRoot" in pdf
        assert b"pdfuaid" in pdf
        assert self.credential.document.encode() in pdf or b"/EmbeddedFile" in pdf

    def test_typed(self, client: Client) -> None:
        award = self.credential.award
        whole = f"http://testserver/credentials/{self.credential.key}/"
        assert "Yes: this is genuine" in client.get("/verify/", {"q": whole}).content.decode()
        page = client.get("/verify/", {"q": award.number.lower()}).content.decode()
        assert "This is what the record says now" in page
        sent = {"token": make_token("verify"), "typed": "https://elsewhere.example/b.json"}
        page = client.post("/verify/", sent, **HERE).content.decode()
        assert "asks no other computer" in page

    @pytest.mark.parametrize("typed", ["rt 000001", "RT000001", "1", "rt1", "Regina RT-000001"])
    def test_a_number_is_read_as_the_look_up_reads_it(self, client: Client, typed: str) -> None:
        assert self.credential.award.number == "RT-000001"
        page = client.get("/verify/", {"q": typed}).content.decode()
        assert "This is what the record says now" in page
        sent = {"token": make_token("verify"), "typed": typed}
        assert "This is what the record" in client.post("/verify/", sent, **HERE).content.decode()

    def test_what_is_no_number_leads_to_the_look_up(self, client: Client) -> None:
        page = client.get("/verify/", {"q": "Regina & Made-Up"}).content.decode()
        assert "That is no number" in page
        assert 'href="/registers/find/?q=Regina%20%26%20Made-Up"' in page
        page = client.get("/verify/", {"q": "rt 77"}).content.decode()
        assert "We find nothing under that number" in page
        assert 'href="/registers/find/?q=rt%2077"' in page
        made.a_registered_person("otto@work.example")
        page = client.get("/verify/", {"q": "RT-000001 or RT-000002"}).content.decode()
        assert "More than one has this number" in page
        assert "/registers/find/?q=RT-000001%20or%20RT-000002" in page
        page = client.get("/verify/", {"q": "https://elsewhere.example/b.json"}).content.decode()
        assert "That address is not ours" in page

    def test_a_number_of_no_register_is_read_so_too(self, client: Client) -> None:
        award = made.a_marked_school()
        letters, digits = award.number.split("-")
        for typed in (award.number.lower(), f"{letters} {digits}", f"{letters}{int(digits)}"):
            page = client.get("/verify/", {"q": typed}).content.decode()
            assert "This is what the record says now" in page

    def test_beside_a_file_what_was_typed_is_not_dropped_without_a_word(
        self, client: Client
    ) -> None:
        file = SimpleUploadedFile("Badge.json", self.credential.document.encode())
        sent = {"token": make_token("verify"), "file": file, "typed": "rt 000001"}
        page = client.post("/verify/", sent, **HERE).content.decode()
        assert "Yes: this is genuine" in page
        assert "You typed “rt 000001” as well" in page
        assert 'href="?q=rt%20000001"' in page

    def test_a_file_keeps_the_case_of_its_name_which_breaks(self, client: Client) -> None:
        name = f"Badge{'x' * 200}.json"
        for data in (self.credential.document.encode(), b"rubbish"):
            page = drop(client, data, name)
            assert f'<p class="small reach">{name[:80]}</p>' in page

    def test_an_empty_file_is_told_in_our_words(self, client: Client) -> None:
        sent = {"token": make_token("verify"), "file": SimpleUploadedFile("a.json", b"")}
        page = client.post("/verify/", sent, **HERE).content.decode()
        assert "This file is empty. Choose it again, or another." in page

    def test_the_answer_stands_before_the_form_and_what_is_wrong_before_what_is_right(
        self, client: Client
    ) -> None:
        spoilt = made.document_of(self.credential)
        spoilt["name"] = "Knight"
        page = drop(client, json.dumps(spoilt).encode())
        order = ["No: somebody changed it", "What we checked", "The seal is broken",
                 "It is a badge", "Check another", 'type="file"']  # fmt: skip
        places = [page.index(words) for words in order]
        assert places == sorted(places)
        # Of three ways one is enough: none is called one that may be left out.
        first = client.get("/verify/").content.decode()
        assert "One of the three is enough" in first
        assert "leave this out" not in first

    def test_without_token_or_from_elsewhere_nothing_is_read(self, client: Client) -> None:
        for extra, token in ((HERE, "x"), ({"HTTP_ORIGIN": "https://evil.example"}, "")):
            sent = {"token": token or make_token("verify"), "typed": "RT-1"}
            assert client.post("/verify/", sent, **extra).status_code == 422
        sent = {"token": make_token("verify")}
        answer = client.post("/verify/", sent, **HERE)
        assert (answer.status_code, b"Choose a file" in answer.content) == (422, True)


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


PNG = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
ENDED = chunk(b"IDAT", zlib.compress(b"\0\0")) + chunk(b"IEND", b"")
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"/>'
ATTACHED = b"<</Type/EmbeddedFile/Length %d%s>>stream\n%s\nendstream"


def pdf(*contents: bytes, extra: bytes = b"") -> bytes:
    parts = [b"1 0 obj " + ATTACHED % (len(one), extra, one) for one in contents]
    return b"%PDF-1.7\n" + b"\n".join(parts)


BOMB = zlib.compress(b"{" + b" " * 80_000_000)
TWO = json.dumps({"a": 1}).encode()
HOSTILE = {
    "nothing": b"",
    "no text": b"\xff\xfe\x00\x01" * 10,
    "a list": b"[1, 2]",
    "a word said twice": b'{"a": 1, "a": 2}',
    "no number": b'{"a": NaN}',
    "nested without end": b'{"a":' * 100_000,
    "huge": b"{" + b" " * 6_000_000 + b"}",
    "PNG without one": PNG + ENDED,
    "PNG with two": baking.bake(PNG + ENDED, "{}").replace(
        ENDED, chunk(b"iTXt", b"openbadgecredential\0\0\0\0\0{}") + ENDED
    ),
    "PNG that lies of its length": PNG + struct.pack(">I", 2**31 - 1) + b"iTXt",
    "PNG with a compressed one": PNG
    + chunk(b"iTXt", b"openbadgecredential\0\1\0\0\0" + BOMB)
    + ENDED,
    "SVG without one": SVG,
    "SVG with entities": b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><svg>&b;</svg>',
    "SVG that asks for a file": b'<!DOCTYPE x SYSTEM "file:///etc/passwd"><svg/>',
    "PDF without one": b"%PDF-1.7\n%%EOF",
    "PDF with two": pdf(TWO, TWO),
    "PDF with many": pdf(*[b"x"] * 40),
    "PDF with a bomb": pdf(BOMB, extra=b"/Filter/FlateDecode"),
    "PDF with rubbish": pdf(b"rubbish", extra=b"/Filter/FlateDecode"),
    "PDF that repeats itself": b"%PDF-1.7" + b"<<" * 300_000 + b"/EmbeddedFile" * 15,
    "PNG that says it is a PDF later": PNG + ENDED + pdf(TWO),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_files_get_a_sentence(name: str) -> None:
    with pytest.raises(carriers.Unreadable) as refused:
        carriers.document_in(HOSTILE[name])
    assert str(refused.value).endswith((".", ". "))


def test_a_hostile_file_gets_a_page_and_its_words_are_no_markup(client: Client) -> None:
    page = drop(client, HOSTILE["PDF with two"], "<script>.pdf")
    assert "Bring one at a time" in page
    assert "<script>" not in page.split("answer", 1)[1]
    lured = foreign()
    assert Credential.objects.count() == 0
    page = drop(client, json.dumps(lured).encode())
    assert "we do not know who made it" in page
