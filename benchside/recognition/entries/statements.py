"""Signed, dated statements of one entry that an employer can keep."""

import hashlib
import io
import json
import uuid
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

import segno
import typst
from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from benchside.assessment.chain import canonical
from benchside.assessment.showing.pdf import CONTROL, STANDARD
from benchside.core.actions import Actor, acting
from benchside.core.permissions import anybody
from benchside.recognition.entries import keyring, signing
from benchside.recognition.entries.notices import Notice
from benchside.recognition.entries.publishing import Sheet
from benchside.recognition.entries.signing import KIND, Signed
from benchside.recognition.models import Entry, Statement, StatementKey

FOLDER = Path(__file__).parent / "typst"


@dataclass(frozen=True, slots=True)
class Checked:
    """What became of checking a file: whether it is a statement, signed by us, unchanged as a
    whole; what it says; the record of its being given out; and the key that signed it. One that a
    compromised key signed is ours only where we know that we gave it out."""

    signed: Signed | None = None
    is_ours: bool = False
    is_whole: bool = False
    statement: Statement | None = None
    key: StatementKey | None = None

    @property
    def says(self) -> dict[str, Any]:
        return self.signed.says if self.signed and self.is_ours else {}

    @property
    def made_at(self) -> datetime | None:
        """When, by what was signed: as a moment, which a page tells in the time of here."""
        made_at = self.says.get("made_at")
        return datetime.fromisoformat(made_at) if made_at else None


def give(*, actor: Actor, entry: Entry, sheet: Sheet) -> tuple[Statement, bytes]:
    """A new statement of an entry as it is now, and its PDF. `sheet` is what is public of it.

    Raises typst.TypstError when it cannot be set, NoPrivateKey when it cannot be signed.
    """
    with acting("entry.state", actor=actor, subject=entry, may=anybody) as act:
        key, made_at = keyring.current(), timezone.now()
        number = uuid.uuid4()
        said = says(sheet, number, made_at)
        signed = signing.sign(canonical(said), keyring.private_half(key))
        pdf = _set(said, signed, key)
        statement = Statement.objects.create(
            key=number,
            entry=entry,
            made_at=made_at,
            digest=hashlib.sha256(signed.data).hexdigest(),
            file=hashlib.sha256(pdf).hexdigest(),
            signed_with=key,
        )
        act.note(statement=str(number))
    return statement, pdf


def says(sheet: Sheet, number: uuid.UUID, made_at: datetime) -> dict[str, Any]:
    """What is signed: all that is public of the entry at that moment, as plain values."""
    shown, head = sheet.entry, sheet.entry.register.heads.last()
    return {
        "kind": KIND,
        "id": str(number),
        "issuer": settings.BASE_URL,
        "made_at": made_at.isoformat(),
        "register": {"slug": shown.register.slug, "name": shown.register.name},
        "keeper": shown.register.rules.keeper,
        "number": shown.number,
        "name": shown.name,
        "letters": shown.letters,
        "former_names": list(sheet.former_names),
        "is_registered": shown.stands,
        "status": shown.state.title,
        "meaning": shown.state.meaning,
        "since": sheet.since.isoformat(),
        "body": shown.body,
        "admitted_on": shown.admitted_on.isoformat(),
        "period": [shown.from_day.isoformat(), shown.until.isoformat() if shown.until else None],
        "area": shown.area,
        "employer": shown.employer,
        "notices": [_notice(one) for one in sheet.notices],
        "seal": {"number": head.number, "digest": head.digest} if head else None,
    }


def _notice(one: Notice) -> list[str | None]:
    return [one.title, one.words, one.since.isoformat(), one.ends.isoformat() if one.ends else None]


def _set(said: dict[str, Any], signed: Signed, key: StatementKey) -> bytes:
    """The PDF: tagged, and to PDF/UA-1 unless a letter of the name is in none of our fonts."""
    check = f"{settings.BASE_URL}{reverse('recognition:statement_check', args=[said['id']])}"
    words = _clean(_words(said)) | {
        "json": signed.data.decode(),
        "signature": list(signed.signature),
        "check": check,
        "key": key.public,
        "key_name": f"{key.fragment}.pem",
        "key_address": f"{settings.BASE_URL}{key_path(key)}",
        "qr": _qr(check),
        "id": said["id"],
    }
    try:
        return _compiled(words, to_standard=True)
    except typst.TypstError:
        return _compiled(words, to_standard=False)


def _compiled(words: dict[str, Any], *, to_standard: bool) -> bytes:
    made: bytes = typst.compile(
        FOLDER / "statement.typ",
        root=FOLDER,
        font_paths=_fonts(),
        format="pdf",
        pdf_standards=STANDARD if to_standard else None,
        sys_inputs={"data": json.dumps(words)},
    )
    return made


def _words(said: dict[str, Any]) -> dict[str, Any]:
    """What stands on the sheet, in people's words."""
    when = timezone.localtime(datetime.fromisoformat(said["made_at"]))
    rows = [
        ("Number", said["number"]),
        ("Status", f"{said['status']}, since {day(said['since'])}"),
        ("Letters", said["letters"] or "may not be used"),
        ("Through", said["body"]),
        ("Admitted", day(said["admitted_on"])),
        ("Present period", f"{day(said['period'][0])} to {day(said['period'][1])}"),
        ("Registered before as", ", ".join(said["former_names"])),
        ("Area", said["area"]),
        ("Works at", said["employer"]),
    ]
    told_at = f"{when:%-d %B %Y at %H:%M:%S}"
    return {
        "title": f"{said['name']}: statement of the register",
        "keeper": said["keeper"],
        "register": said["register"]["name"],
        "name": f"{said['name']} {said['letters']}".strip(),
        "answer": "Yes: on the register." if said["is_registered"] else "No: not on the register.",
        "told": f"On {told_at} the register said: {said['status']}, since {day(said['since'])}.",
        "meaning": said["meaning"],
        "when": told_at,
        "rows": [[title, value] for title, value in rows if value],
        "notices": [
            [title, f"{words} From {day(since)}{f' until {day(ends)}' if ends else ''}.".strip()]
            for title, words, since, ends in said["notices"]
        ],
        "head": f"{said['seal']['number']}, {said['seal']['digest']}"
        if said["seal"]
        else "none yet",
    }


def day(text: str | None) -> str:
    return f"{datetime.fromisoformat(text):%-d %B %Y}" if text else "no end"


def _clean(words: dict[str, Any]) -> dict[str, Any]:
    def plain(value: Any) -> Any:
        if isinstance(value, list):
            return [plain(one) for one in value]
        return CONTROL.sub(" ", value)

    return {key: plain(value) for key, value in words.items()}


def key_path(key: StatementKey) -> str:
    """Where the public half is, also once it is retired."""
    return reverse("recognition:statement_key_of", args=[key.fragment])


def _qr(address: str) -> str:
    drawn = io.BytesIO()
    segno.make(address, error="m", micro=False).save(drawn, kind="svg", border=2, xmldecl=False)
    return drawn.getvalue().decode()


@lru_cache(maxsize=1)
def _fonts() -> typst.Fonts:
    """Those inside the typst wheel: the same on every machine."""
    return typst.Fonts(include_system_fonts=False)


def check(file: bytes) -> Checked:
    """Whether a file is one of our statements, and unchanged."""
    signed = signing.found_in(file)
    if signed is None:
        return Checked()
    key = keyring.signer_of(signed)
    if key is None:
        return Checked(signed)
    digest = hashlib.sha256(signed.data).hexdigest()
    statement = Statement.objects.filter(digest=digest).select_related("entry").first()
    if key.compromised_at is not None and statement is None:
        return Checked(signed)  # whoever stole the key may have made it
    is_whole = statement is not None and statement.file == hashlib.sha256(file).hexdigest()
    return Checked(signed, is_ours=True, is_whole=is_whole, statement=statement, key=key)
