"""Many phones at one moment, each of which sends again when it hears nothing; one process dies.

None is lost and none is there twice. The thousand of `make bench` are the same, by the server.
"""

import os
import signal
import uuid
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.db import connection

from benchside.core.actions import VISITOR
from benchside.core.models import Picture
from benchside.people.models import MediaConsent
from benchside.visibility.enums import InPicture, PhotoState
from benchside.visibility.models import LikenessMark, Photo
from benchside.visibility.photos import doors, sending
from tests.core.test_images import on_disk
from tests.core.test_storage import own_media
from tests.visibility.photos.sent import jpeg

pytestmark = pytest.mark.django_db(transaction=True)
FORK = get_context("fork")
PHOTOS, PROCESSES = 24, 4
KILLED_AT = 1  # its very first: the others may have sent later ones before it comes to them


def sent(visit: uuid.UUID, number: int) -> sending.Sent:
    return sending.Sent(
        sending=visit, file=ContentFile(jpeg(number), name="a.jpg"), caption=str(number),
        in_picture=InPicture.NOBODY, display_name="A bench", signed_as="Edie Made-Up", words="Yes.",
    )  # fmt: skip


def test_none_lost_none_twice(
    settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own_media(settings, tmp_path)
    visit, start = uuid.uuid4(), FORK.Barrier(PROCESSES)

    def phones(part: int) -> None:
        """All send all: each photograph comes four times. The first process dies with a file
        stored and no row written."""
        connection.close()
        stored: list[str] = []
        keep = sending._stored

        def dying(file: Any) -> Picture:
            picture = keep(file)
            stored.append(str(picture.file.name))
            if part == 0 and len(stored) == KILLED_AT:
                os.kill(os.getpid(), signal.SIGKILL)
            return picture

        monkeypatch.setattr(sending, "_stored", dying)
        start.wait(timeout=60)
        for step in range(PHOTOS):
            number = (step * 5 + part * 7) % PHOTOS
            sending.send_photo(actor=VISITOR, door=doors.OWN, sent=sent(visit, number))

    connection.close()
    processes = [FORK.Process(target=phones, args=[part], daemon=True) for part in range(PROCESSES)]
    for process in processes:
        process.start()
    for process in processes:
        process.join(timeout=180)
    assert [process.exitcode for process in processes] == [-signal.SIGKILL, 0, 0, 0]

    captions = sorted(int(photo.caption) for photo in Photo.objects.all())
    assert captions == list(range(PHOTOS))
    assert Picture.objects.count() == MediaConsent.objects.count() == PHOTOS
    assert not Photo.objects.exclude(state=PhotoState.QUEUED).exists()
    assert LikenessMark.objects.values("photo").distinct().count() == PHOTOS
    left = len(on_disk(tmp_path, "private")) - PHOTOS
    assert left in {0, 1}, "the killed process leaves its one file, safe and led to by nothing"


def test_what_a_killed_process_left_is_swept_after_a_day(settings: Any, tmp_path: Path) -> None:
    from benchside.core import pictures

    own_media(settings, tmp_path)
    kept = sending.send_photo(actor=VISITOR, door=doors.OWN, sent=sent(uuid.uuid4(), 1))
    old, new = (sending._stored(_clean(number)) for number in (2, 3))
    a_week_ago = Path(tmp_path / str(old.file.name)).stat().st_mtime - 7 * 24 * 3600
    os.utime(tmp_path / str(old.file.name), (a_week_ago, a_week_ago))
    pictures.sweep_orphans.func()
    assert kept.picture is not None
    assert set(on_disk(tmp_path, "private")) == {
        str(each.file.name).removeprefix("private/") for each in (kept.picture, new)
    }


def _clean(number: int) -> Any:
    from benchside.core.media import make_safe

    return make_safe(ContentFile(jpeg(number), name="a.jpg"))
