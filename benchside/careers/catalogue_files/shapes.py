"""The shape of each file: its fields, their kinds and their limits."""

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=80)]
LongSlug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=120)]
Time = Annotated[str, StringConstraints(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")]
Words = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]
Web = Annotated[str, StringConstraints(pattern=r"^https://\S+$", max_length=200)]
Line = Annotated[str, StringConstraints(min_length=1, max_length=80, strip_whitespace=True)]
Name = Annotated[str, StringConstraints(min_length=1, max_length=120, strip_whitespace=True)]
Sentence = Annotated[str, StringConstraints(min_length=1, max_length=200, strip_whitespace=True)]
Long = Annotated[str, StringConstraints(min_length=1, max_length=250, strip_whitespace=True)]
Paragraph = Annotated[str, StringConstraints(min_length=1, max_length=300, strip_whitespace=True)]
Optional = Annotated[str, StringConstraints(max_length=300, strip_whitespace=True)]
Number = Annotated[int, Field(ge=1, le=999)]
Level = Annotated[int, Field(ge=2, le=7)]
Interest = Annotated[float, Field(ge=1, le=7)]
NationSlug = Literal["england", "scotland", "wales", "northern-ireland"]
RouteKindSlug = Literal[
    "apprenticeship",
    "foundation",
    "higher",
    "degree",
    "t-level",
    "v-level",
    "htq",
    "higher-course",
]


class Shape(BaseModel):
    """Strict: nothing is turned into another kind, and no field is there that we do not know."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)


class TermShape(Shape):
    slug: Slug
    name: Name


class SectorShape(TermShape):
    sentence: Sentence


class KitTermShape(TermShape):
    sentence: Sentence
    symbol: Slug


class SourceShape(TermShape):
    publisher: Name
    url: Web
    licence: Line
    stale_after_days: Annotated[int, Field(ge=1, le=10_000)]


class AdviceShape(Shape):
    nation: NationSlug
    name: Name
    publisher: Name
    url: Web
    pay_url: Web
    last_year: Annotated[str, StringConstraints(max_length=20)] = ""
    exams: Annotated[str, StringConstraints(max_length=40)] = ""
    change_of_mind: list[Sentence] = []
    checked: date | None = None


class NationWayShape(Shape):
    """A kind of way in that a nation has, in general words."""

    slug: Slug
    nation: NationSlug
    kind: RouteKindSlug | None = None
    name: Line
    starts: Annotated[int, Field(ge=14, le=19)]
    sentence: Paragraph
    entry: Optional = ""
    after: Optional = ""
    url: Web
    checked: date | None = None


class RouteShape(Shape):
    """One route, told once; role files name it by its slug."""

    slug: LongSlug
    kind: RouteKindSlug
    title: Annotated[str, StringConstraints(min_length=1, max_length=160, strip_whitespace=True)]
    reference: Annotated[str, StringConstraints(max_length=20)] = ""
    level: Annotated[int, Field(ge=1, le=8)] | None = None
    months: Annotated[int, Field(ge=1, le=120)] | None = None
    entry: Optional = ""
    job_titles: list[Name] = []
    topic: Annotated[str, StringConstraints(max_length=80)] = ""
    nation: NationSlug
    status: Literal["coming", "open", "retired"] = "open"
    source: Slug
    as_of: date
    valid_from: date | None = None
    valid_to: date | None = None
    url: Web | None = None


class DrawingShape(Shape):
    """How a role is drawn; whether scene and tools are there is asked by `drawing`."""

    number: Number
    scene: Slug
    tools: Annotated[list[Line], Field(min_length=1)]
    note: Annotated[str, StringConstraints(max_length=20)] = ""
    flip: bool = False
    alt: Long

    @property
    def plan(self) -> dict[str, Any]:
        """What is drawn, as written: without the number and what is read out."""
        return self.model_dump(exclude={"number", "alt"}, exclude_unset=True)


class WordsShape(Shape):
    what: Words
    where: Words
    takes: Words
    ways_in: Words
    next: Words


class MomentShape(Shape):
    time: Time
    title: Line
    text: Sentence
    key: bool = False


class ListsShape(Shape):
    tasks: Annotated[list[Sentence], Field(min_length=3, max_length=8)]
    subjects: Annotated[list[Slug], Field(min_length=1)]
    skills: Annotated[list[Slug], Field(min_length=1)]
    settings: Annotated[list[Slug], Field(min_length=1)]
    employers: Annotated[list[Line], Field(min_length=1)]


class KitShape(Shape):
    term: Slug
    why: Long


class TagsShape(Shape):
    hands: Literal["hands", "screen", "both"]
    indoors: Literal["indoors", "outdoors", "both"]
    people: Literal["people", "quiet", "both"]
    place: Literal["one-place", "travel", "both"]


class Soc2020Shape(Shape):
    code: Annotated[str, StringConstraints(pattern=r"^\d{4}$")]
    extension: Annotated[str, StringConstraints(pattern=r"^(\d{4}/\d{2})?$")] = ""
    title: Name
    judged: bool = False


class OnetShape(Shape):
    code: Annotated[str, StringConstraints(pattern=r"^\d{2}-\d{4}\.\d{2}$")]
    title: Name
    release: Annotated[str, StringConstraints(pattern=r"^\d+\.\d+$")]
    realistic: Interest
    investigative: Interest
    artistic: Interest
    social: Interest
    enterprising: Interest
    conventional: Interest


class RoleRouteShape(Shape):
    """A route that opens a role, by its slug in routes.toml."""

    route: LongSlug
    listed: bool = True


class RoleShape(Shape):
    number: Number
    slug: Slug
    title: Line
    short: Annotated[str, StringConstraints(min_length=1, max_length=24)]
    sector: Slug
    level: Level
    sentence: Sentence
    other_names: list[Line]
    phrases: list[Line]
    checked: date
    words: WordsShape
    day: Annotated[list[MomentShape], Field(min_length=1)]
    lists: ListsShape
    kit: Annotated[list[KitShape], Field(min_length=1)]
    tags: TagsShape
    soc2020: Soc2020Shape
    onet: OnetShape
    routes: list[RoleRouteShape] = []
