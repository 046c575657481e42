"""The files that a credential is carried in; who may have them, each page asks for itself."""

from collections.abc import Callable

import typst
from django.http import Http404, HttpResponse

from benchside.core.actions import Refused
from benchside.recognition.credentials import papers
from benchside.recognition.credentials.vc import baking
from benchside.recognition.models import Credential

Made = Callable[[Credential], bytes]


def _json(credential: Credential) -> bytes:
    return credential.document.encode()


def _png(credential: Credential) -> bytes:
    return baking.bake(papers.png(papers.face_of(credential)), credential.document)


def _svg(credential: Credential) -> bytes:
    drawn = papers.svg(papers.face_of(credential)).encode()
    return baking.bake(drawn, credential.document)


KINDS: dict[str, tuple[str, Made]] = {
    "badge.json": ("application/ld+json", _json),
    "badge.png": ("image/png", _png),
    "badge.svg": ("image/svg+xml", _svg),
    "certificate.pdf": ("application/pdf", papers.certificate),
}


def file_of(credential: Credential, name: str) -> HttpResponse:
    """One of its files, named by its number. Raises Http404 for a name that is none of them, and
    Refused when it cannot be drawn."""
    if name not in KINDS:
        raise Http404
    kind, make = KINDS[name]
    try:
        content = make(credential)
    except typst.TypstError as problem:
        raise Refused(
            "This picture cannot be drawn.", "Take the JSON file: it is the credential itself."
        ) from problem
    response = HttpResponse(content, content_type=kind)
    number = credential.award.number
    response["Content-Disposition"] = f'inline; filename="{number}-{name}"'
    return response
