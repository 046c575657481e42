"""Photographs of one day: how many a second two cores take in, and whether any is lost.

The first rows send full-size photographs (12 megapixels, as phones make them) through the whole
verb, by two processes: decoded, cleaned, its prints taken and compared with all others, stored,
consents and audit written, queued. The last send a thousand uploads to a real server from many
connections at once, kill one of its two processes in the middle, and count.
"""

import contextlib
import http.client
import io
import itertools
import os
import random
import signal
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from PIL import Image

from benchmarks import ground

Row = tuple[str, str, str]
FULL = (4032, 3024)
PHOTOS, PROCESSES = 60, 2
UPLOADS, CONNECTIONS, KILL_AFTER = 1_000, 24, 350
GOAL = 10


def run() -> Iterator[Row]:
    ground.use_here()
    code = _open_code()
    folder = ground.var() / "bench-photos"
    folder.mkdir()
    _make_photos(folder)
    yield _taken_in(folder, code)
    yield from _uploaded(code)


def _open_code() -> str:
    from datetime import timedelta

    from django.utils import timezone

    from benchside.visibility.enums import CampaignState
    from benchside.visibility.models import Campaign

    today = timezone.localdate()
    made = Campaign.objects.create(
        slug="bench",
        name="A measured day (made up)",
        state=CampaignState.OPEN,
        message="Measured",
        starts_on=today - timedelta(days=1),
        ends_on=today + timedelta(days=1),
    )
    return made.code


def _make_photos(folder: Path) -> None:
    """As a phone's: 12 megapixels, two to four megabytes, EXIF with a place."""
    exif = Image.Exif()
    exif.get_ifd(34853)[1] = "N"
    for number in range(PHOTOS):
        noise = Image.effect_noise((FULL[0] // 4, FULL[1] // 4), 40).resize(FULL)
        shapes = _shapes(number, (FULL[0] // 4, FULL[1] // 4)).resize(FULL)
        image = Image.blend(noise.convert("RGB"), shapes, 0.7)
        image.save(folder / f"{number}.jpg", quality=90, exif=exif)


def _shapes(seed: int, size: tuple[int, int]) -> Image.Image:
    from PIL import ImageDraw

    chance = random.Random(seed)
    image = Image.new("RGB", size, tuple(chance.randrange(256) for _ in range(3)))
    draw = ImageDraw.Draw(image)
    for _ in range(20):
        x, y = chance.randrange(size[0]), chance.randrange(size[1])
        draw.ellipse(
            (x, y, x + chance.randrange(20, 400), y + chance.randrange(20, 400)),
            fill=tuple(chance.randrange(256) for _ in range(3)),
        )
    return image


# --- a second's work -----------------------------------------------------------------------------
def _taken_in(folder: Path, code: str) -> Row:
    sizes = [path.stat().st_size for path in folder.glob("*.jpg")]
    begun = [
        subprocess.Popen(
            [sys.executable, "-m", "benchmarks.photos", str(folder), code, str(part)],
            cwd=ground.ROOT, env=ground.environment(ground.var()),
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )
        for part in range(PROCESSES)
    ]  # fmt: skip
    for child in begun:
        assert child.stdout is not None
        child.stdout.readline()  # it is ready
    started = time.perf_counter()
    seconds = [float(child.communicate("go\n")[0]) for child in begun]
    took = time.perf_counter() - started
    from benchside.visibility.models import Photo

    queued = Photo.objects.filter(state="queued", caption="bench").count()
    each, spent = sum(sizes) / len(sizes) / 1e6, sum(seconds) / queued
    return (
        f"photographs of 12 megapixels ({each:.1f} MB) taken in, checked and queued, "
        f"{PROCESSES} processes",
        f"{queued / took:.1f}/s ({queued} of {PHOTOS} queued); {spent * 1000:.0f} ms of a core "
        f"each, so {PROCESSES / spent:.1f}/s on two cores of its own",
        f"≥ {GOAL}/s",
    )


def _child(folder: str, code: str, part: str) -> None:
    import django

    django.setup()
    from django.core.files.base import ContentFile

    from benchside.core.actions import VISITOR
    from benchside.visibility.enums import InPicture
    from benchside.visibility.photos import doors, sending

    door = doors.find(code)
    print("ready", flush=True)
    sys.stdin.readline()
    before = time.process_time()
    for number in range(int(part), PHOTOS, PROCESSES):
        data = (Path(folder) / f"{number}.jpg").read_bytes()
        sent = sending.Sent(
            sending=uuid.uuid4(), file=ContentFile(data, name="IMG.jpg"), caption="bench",
            in_picture=InPicture.NOBODY, display_name="Bench", signed_as="Edie Made-Up",
            words="Yes.",
        )  # fmt: skip
        sending.send_photo(actor=VISITOR, door=door, sent=sent)
    print(time.process_time() - before, flush=True)


# --- a thousand at once, and one worker killed ---------------------------------------------------
def _uploaded(code: str) -> Iterator[Row]:
    from django.core.cache import cache

    from benchside.core.models import Picture
    from benchside.core.open_forms import make_token
    from benchside.visibility.models import Photo
    from benchside.visibility.photos import sending_links, sending_views
    from benchside.visibility.photos.sending_forms import SenderForm

    cache.clear()
    before, pictures = Photo.objects.count(), Picture.objects.count()
    common = {
        "token": make_token(SenderForm.purpose), "display_name": "Bench", "agreed": "on",
        "signed_as": "Edie Made-Up", "p0-in_picture": "nobody", "p0-caption": "upload",
    }  # fmt: skip
    bodies = [
        _multipart(common | {"visit": sending_links.new_visit()}, _small(number))
        for number in range(UPLOADS)
    ]
    count = itertools.count(1)
    with _server() as (address, process):
        waits: list[float] = []

        def send(body: bytes) -> int:
            started = time.perf_counter()
            tries = _until_in(address, f"/wall/send/{code}/", body)
            waits.append(time.perf_counter() - started)
            if next(count) == KILL_AFTER:
                os.kill(_a_worker(process.pid), signal.SIGKILL)
            return tries

        started = time.perf_counter()
        with ThreadPoolExecutor(CONNECTIONS) as pool:
            tries = list(pool.map(send, bodies))
        took = time.perf_counter() - started
    came, kept = Photo.objects.count() - before, Picture.objects.count() - pictures
    assert sending_views.MOST_PICTURES < UPLOADS, "the limit of a place was lifted for this"
    yield (
        f"{UPLOADS} uploads, {CONNECTIONS} connections, a worker killed after {KILL_AFTER}",
        f"{came} photographs, {kept} pictures; {sum(tries) - UPLOADS} sent again; "
        f"{UPLOADS / took:.0f}/s, longest {max(waits):.1f} s",
        f"{UPLOADS} and {UPLOADS}: none lost, none twice",
    )


def _small(number: int) -> bytes:
    out = io.BytesIO()
    _shapes(number, (320, 240)).save(out, "JPEG", comment=str(number).encode())
    return out.getvalue()


BOUNDARY = "benchside-bench"


def _multipart(fields: dict[str, str], file: bytes) -> bytes:
    parts = [
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
        for name, value in fields.items()
    ]
    head = (
        f"--{BOUNDARY}\r\nContent-Disposition: form-data; "
        'name="p0-file"; filename="a.jpg"\r\nContent-Type: image/jpeg\r\n\r\n'
    )
    return b"".join([*parts, head.encode(), file, f"\r\n--{BOUNDARY}--\r\n".encode()])


@contextlib.contextmanager
def _server() -> Iterator[tuple[str, Any]]:
    """The site as `make run` serves it: two processes, one that dies is begun anew."""
    port = ground.free_port()
    command = [
        *(sys.executable, "-m", "granian", "benchmarks.photos:application", "--interface", "wsgi"),
        *("--host", "127.0.0.1", "--port", str(port), "--workers", "2", "--http", "1"),
        *("--blocking-threads", "4", "--backpressure", "64", "--no-ws", "--log-level", "error"),
        *("--respawn-failed-workers", "--respawn-interval", "0.1"),
    ]
    process = subprocess.Popen(command, cwd=ground.ROOT, env=ground.environment(ground.var()))
    address = f"http://127.0.0.1:{port}"
    try:
        ground.wait_for(address)
        yield address, process
    finally:
        process.terminate()
        process.wait(timeout=30)


def application(environ: dict[str, Any], start_response: Any) -> Any:
    """The site, but every upload comes from an address of its own: the limit of one place is not
    what is measured."""
    global _site
    if _site is None:
        from config.wsgi import application as _site
    environ["REMOTE_ADDR"] = f"10.{random.randrange(256)}.{random.randrange(256)}.1"
    return _site(environ, start_response)


_site: Any = None


def _a_worker(parent: int) -> int:
    """One of the two that serve, not the helper that watches over their resources."""
    children = Path(f"/proc/{parent}/task/{parent}/children").read_text().split()
    lines = {int(pid): Path(f"/proc/{pid}/cmdline").read_bytes() for pid in children}
    return next(pid for pid, line in lines.items() if b"spawn_main" in line)


def _until_in(address: str, path: str, body: bytes) -> int:
    """As the page's script does: again until it is in; returns how many tries it took."""
    headers = {
        "Content-Type": f"multipart/form-data; boundary={BOUNDARY}",
        "Accept": "application/json",
        "Origin": address,
    }
    for tried in range(1, 400):
        connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=60)
        try:
            connection.request("POST", path, body, headers)
            answer = connection.getresponse()
            said = answer.read()
            if answer.status == 200:
                return tried
            if answer.status != 503:
                raise SystemExit(f"{answer.status}: {said[:300]!r}")
        except (OSError, http.client.HTTPException):
            pass
        finally:
            connection.close()
        time.sleep(0.05)
    raise SystemExit("An upload never came in")


if __name__ == "__main__":
    _child(*sys.argv[1:])
