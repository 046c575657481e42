"""A story as pages, cards, feeds and programs show it: plain values, and nothing that is hidden.

No Django here but its types. `reading.queries` makes these of the records and their pages.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from urllib.parse import urlsplit

from benchside.careers.models import Role
from benchside.careers.wording import counted, inside, listed, with_article

MOST_IN_A_POST = 240  # letters: what every network takes, with room for a picture


@dataclass(frozen=True, slots=True)
class Answer:
    question: str
    text: str


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the way taken: when, and what."""

    when: str
    text: str


@dataclass(frozen=True, slots=True)
class Film:
    """A film of our own, or one elsewhere (`site` and `site_url`), which opens on a press alone.

    `frame_url` is what the one page that shows it frames.
    """

    transcript: str
    url: str = ""
    kind: str = "video/mp4"
    captions_url: str = ""
    poster_url: str = ""
    seconds: int = 0
    width: int = 0
    height: int = 0
    site: str = ""
    site_url: str = ""
    frame_url: str = ""

    @property
    def is_elsewhere(self) -> bool:
        return bool(self.site)

    @property
    def frame_origin(self) -> str:
        """The one site its page may frame."""
        parts = urlsplit(self.frame_url)
        return f"{parts.scheme}://{parts.netloc}"

    @property
    def length(self) -> str:
        """ "45 seconds", "2 minutes 10 seconds"."""
        minutes, seconds = divmod(self.seconds, 60)
        parts = [counted(minutes, "minute")] if minutes else []
        return " ".join([*parts, counted(seconds, "second")] if seconds or not parts else parts)


@dataclass(frozen=True, slots=True)
class Uses:
    """Where else, besides this site, the person said yes to being shown, and until when."""

    on_social: bool = False
    in_print: bool = False
    by_partners: bool = False
    until: date | None = None

    @property
    def elsewhere(self) -> str:
        """Within a sentence: "on social media, in print and by partners", or ""."""
        said = {
            "on social media": self.on_social,
            "in print": self.in_print,
            "by partners": self.by_partners,
        }
        return listed([words for words, is_so in said.items() if is_so])


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """What stands in a list. `name` is the name as shown, "" for somebody without one."""

    key: int
    slug: str
    url: str
    name: str
    hook: str
    role: Role | None
    employer: str
    nation: str
    region: str
    letters: str
    years: int | None
    photo: Any
    has_film: bool
    way: str
    way_name: str
    published_at: datetime

    @property
    def who(self) -> str:
        """The name, or what they are: "A calibration technician"."""
        if self.name:
            return self.name
        return with_article(self.role.title).capitalize() if self.role else "A technician"

    @property
    def called(self) -> str:
        """How a sentence goes on about them: the first name, or "this technician"."""
        return self.name.split()[0] if self.name else "this technician"

    @property
    def plate_name(self) -> str:
        return self.name.split()[0] if self.name else "No name"

    @property
    def years_words(self) -> str:
        return counted(self.years, "year") if self.years else "Less than a year"

    @property
    def does(self) -> str:
        return self.role.title if self.role else "Technician"

    @property
    def does_inside(self) -> str:
        return inside(self.does)

    @property
    def where(self) -> str:
        """Region and nation, as far as they are told, each once."""
        return ", ".join(dict.fromkeys(filter(None, (self.region, self.nation))))

    @property
    def title(self) -> str:
        """For the top of a window and a feed: "Gwen Made-Up, wind turbine technician"."""
        return f"{self.name}, {self.does_inside}" if self.name else self.who

    @property
    def alt(self) -> str:
        return str(self.photo.description) if self.photo else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told(Card):
    """Everything the page of one story shows."""

    roles: tuple[Role, ...]
    at_school: str
    answers: tuple[Answer, ...]
    steps: tuple[Step, ...]
    film: Film | None
    uses: Uses
    review_on: date | None
    changed_at: datetime
    hashtags: tuple[str, ...] = field(default=())

    @property
    def summary(self) -> str:
        """One sentence for a search engine or a feed."""
        place = f" at {self.employer}" if self.employer else ""
        return (
            f"{self.who} is {with_article(self.does)}{place}. “{self.hook}”"
            if self.name
            else (f"{self.who}{place}. “{self.hook}”")
        )

    @property
    def plain(self) -> str:
        """All that is read, as plain text."""
        said = [f"{one.question}\n\n{one.text}" for one in self.answers]
        school = [f"At school\n\n{self.at_school}"] if self.at_school else []
        return "\n\n".join([self.hook, *said, *school])


def posts(story: Told, url: str) -> Sequence[tuple[str, str]]:
    """Ready to copy: (what it is for, the words). Nothing that is longer than a network takes."""
    tags = " ".join(f"#{tag}" for tag in story.hashtags)
    long = _cut(f"“{story.hook}” Meet {story.title}.", tags, url)
    short = _cut(f"This is what {with_article(story.does)} does all day.", tags, url)
    return (("Their words", long), ("A plain line", short))


def _cut(words: str, tags: str, url: str) -> str:
    room = MOST_IN_A_POST - len(tags) - len(url) - 2
    if len(words) > room:
        words = words[: room - 1].rsplit(" ", 1)[0] + "…"
    return " ".join(filter(None, (words, tags, url)))
