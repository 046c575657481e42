"""The PDF and the Word file of what was frozen: made once, kept as bytes, never made again."""

from collections.abc import Callable
from uuid import UUID

from django.utils import timezone

from benchside.assessment.models import FrozenVersion
from benchside.assessment.showing.document import Document, document_of, of_canonical
from benchside.assessment.showing.keeping import folder_of_exports
from benchside.assessment.showing.pdf import pdf_of
from benchside.assessment.showing.word import docx_of
from benchside.core import vault
from benchside.core.models import TaskProgress
from benchside.core.tasks import enqueue_watched, report, task

KINDS: tuple[tuple[str, Callable[[Document], bytes]], ...] = (("pdf", pdf_of), ("docx", docx_of))


def have_made(frozen: FrozenVersion, *, owner: UUID | None) -> TaskProgress | None:
    """Queue its exports, once; nothing where they are there."""
    if frozen.pdf and frozen.docx:
        return None
    return enqueue_watched(
        make_exports, frozen.pk, title="Making the PDF and the Word file", owner=owner,
        key=_key(frozen),
    )  # fmt: skip


def _key(frozen: FrozenVersion) -> str:
    return f"assessment-exports-{frozen.pk}"


@task(attempts=5)
def make_exports(frozen_id: int) -> None:
    """Make what is not there yet. May be killed at any point and run again: a file counts only
    once its name and digest stand in the record, and the same content gives the same bytes."""
    frozen = (
        FrozenVersion.objects.select_related("submission__version").filter(pk=frozen_id).first()
    )
    if frozen is None or not frozen.content:
        return
    document = document_for(frozen)
    for number, (kind, render) in enumerate(KINDS):
        report(number, len(KINDS), "Making")
        if not getattr(frozen, kind):
            _keep(frozen, kind, render(document))
    _tidy(frozen)
    report(len(KINDS), len(KINDS), "Both are there.")


def document_for(frozen: FrozenVersion) -> Document:
    return document_of(
        of_canonical(frozen.content),
        frozen.submission.version.standard,
        frozen.cover,
        number=frozen.number,
        digest=frozen.digest,
        made_on=timezone.localdate(frozen.made_at),
    )


def _keep(frozen: FrozenVersion, kind: str, data: bytes) -> None:
    """Of two that make it at once, the first to write it down has made it."""
    name = vault.put(folder_of_exports(frozen), f".{kind}", data)
    missing = FrozenVersion.objects.filter(pk=frozen.pk, **{kind: ""})
    missing.update(**{kind: name, f"{kind}_digest": vault.digest(data)})


def _tidy(frozen: FrozenVersion) -> None:
    """Delete what an earlier, killed try left, once all is there."""
    frozen.refresh_from_db(fields=["pdf", "docx"])
    for name in vault.names_below(folder_of_exports(frozen)):
        if name not in {frozen.pdf, frozen.docx}:
            vault.drop(name)
