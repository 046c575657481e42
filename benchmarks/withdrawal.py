"""A story taken back, end to end: from the press of the button until no way out tells of it.

A real server with two worker processes, its page cache warm. The person presses "Take it back" on
their own page; every way out is asked, over and over, from the moment before until all of them
have let go. The goal is five minutes.
"""

import re
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator

from benchmarks import ground

Row = tuple[str, str, str]
WAYS_OUT = (
    "/", "/stories/", "/stories/{slug}/", "/stories/{slug}/embed/", "/stories/embed/",
    "/stories.atom", "/stories/{slug}/card.png", "/stories/{slug}/square.png",
    "/search/?q={word}", "/sitemap.xml", "/careers/roles/{role}/",
)  # fmt: skip
LONGEST = 300.0  # seconds
MAKE = """
from benchside.accounts.models import User
from benchside.core.models import Picture
from benchside.visibility.stories import links
from benchside.visibility.stories.queries import public_stories
story = public_stories().filter(by_partners=True, photo__isnull=False).latest("published_at")
picture = Picture.objects.get(pk=story.photo_id)
print("MADE", story.slug, story.role.slug, story.page.title.split()[0].strip(",."),
      links.new_link(story), picture.get_rendition("width-320").url)
"""


def run() -> Iterator[Row]:
    slug, role, word, token, file = _made()
    with ground.server("config.wsgi:application") as base:
        ways = [way.format(slug=slug, role=role, word=word) for way in WAYS_OUT] + [file]
        telling = [way for way in ways if _tells(base + way, slug)]
        for _ in range(2):  # both workers keep them
            for way in telling:
                _tells(base + way, slug)
        began = time.monotonic()
        _press(f"{base}/stories/tell/{token}/withdraw/")
        answered = time.monotonic() - began
        gone = {}
        while len(gone) < len(telling) and time.monotonic() - began < LONGEST:
            for way in telling:
                if way not in gone and not _tells(base + way, slug):
                    gone[way] = time.monotonic() - began
        left = len(telling) - len(gone)
    yield "a story taken back: the press answered", f"{answered * 1000:.0f} ms", "-"
    last = max(gone.values(), default=LONGEST)
    said = f"{last:.2f} s, {len(telling)} ways out" + (f", {left} still tell" if left else "")
    yield "a story taken back: gone from every way out, page cache warm", said, "300 s"


def _made() -> list[str]:
    done = subprocess.run(
        [sys.executable, "manage.py", "shell", "-c", MAKE],
        cwd=ground.ROOT,
        env=ground.environment(ground.var()),
        check=True,
        capture_output=True,
        text=True,
    )
    found = re.search(r"^MADE (.+)$", done.stdout, re.M)
    assert found is not None, done.stdout
    return found[1].split()


def _tells(url: str, slug: str) -> bool:
    """Whether an address still says anything of the story."""
    try:
        with urllib.request.urlopen(url, timeout=30) as answer:
            return slug in answer.read().decode(errors="replace") or slug in url or "/media/" in url
    except urllib.error.HTTPError:
        return False


def _press(url: str) -> None:
    asked = urllib.request.Request(url, data=b"", method="POST")
    with urllib.request.urlopen(asked, timeout=60) as answer:
        assert answer.status == 200
