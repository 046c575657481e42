"""The quiz for programs: what it asks, and which roles fit. Nothing sent is kept or logged."""

from collections.abc import Collection, Iterable

from django.conf import settings
from django.http import HttpRequest
from ninja import Router, Schema
from pydantic import ConfigDict, Field, StrictInt

from benchside.careers.live import LiveCatalogue, live_catalogue
from benchside.careers.quiz import codes
from benchside.careers.quiz.engine import result_for
from benchside.careers.quiz.matching import Answers, Pick
from benchside.careers.quiz.version import ANSWERS, Version, all_versions, current, find
from benchside.careers.quiz.words import summary, words
from benchside.careers.selection import shown
from benchside.careers.wording import listed
from benchside.core.public_api import PROBLEMS, Problem, Refusal

MOST_NAMED = 20  # values a remedy names before it says "..."
router = Router(tags=["Quiz"])


class CardOut(Schema):
    slug: str
    type: str = Field(description="The interest it is about: realistic, investigative, ...")
    asks: str = Field(description='Completes "Would you like to"')


class ChoiceOut(Schema):
    slug: str
    name: str


class SwitchOut(Schema):
    name: str
    question: str
    options: list[ChoiceOut]


class QuizOut(Schema):
    version: str
    cards: list[CardOut]
    answers: dict[str, int] = Field(description="What each answer is called and counts")
    subjects: list[ChoiceOut]
    subjects_at_most: int
    switches: list[SwitchOut]
    attribution: str = "Interests: O*NET, USDOL/ETA, CC BY 4.0."


class MatchIn(Schema):
    """Either a `code`, or answers. Leave out whatever was skipped."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "example": {
                "cards": {"mend-controller": 2, "sick-river": 0},
                "subjects": ["physics"],
                "switches": {"indoors": "outdoors"},
            }
        },
    )

    code: str = Field("", max_length=200, description="A code from a list of roles")
    version: str = Field("", max_length=40, description="Of the quiz; today's if left out")
    cards: dict[str, StrictInt] = Field(
        {}, description="2 yes, 1 not sure, 0 no, by slug of the card"
    )
    subjects: list[str] = Field([], description="Slugs of subjects")
    switches: dict[str, str] = Field({}, description="Values by name of the switch")


class PickOut(Schema):
    slug: str
    title: str
    sector: str
    url: str
    api_url: str
    band: str = Field(description="How well it fits, in words: there are no percentages")
    reasons: list[str] = Field(
        description='The answers that counted most, after "Because you like"'
    )


class MatchOut(Schema):
    version: str
    code: str = Field(description="Gives this result again; holds the answers and nothing else")
    url: str = Field(description="The page for people; no server sees what is after the #")
    picks: list[PickOut] = Field(description="Six roles, best first, two of a sector at most")
    others: list[PickOut] = Field(description="Two worth a look, from other sectors")
    note: str = Field(description="What to tell the reader if the answers say little; or empty")
    attribution: str = "Interests: O*NET, USDOL/ETA, CC BY 4.0."


@router.get("/quiz", response={200: QuizOut, **PROBLEMS}, summary="What the quiz asks")
def quiz(request: HttpRequest) -> QuizOut:
    version = current()
    return QuizOut(
        version=version.name,
        cards=[CardOut(slug=one.slug, type=one.type, asks=one.asks) for one in version.cards],
        answers=dict(ANSWERS),
        subjects=[ChoiceOut(slug=slug, name=name) for slug, name in version.subjects.items()],
        subjects_at_most=version.subjects_at_most,
        switches=[
            SwitchOut(
                name=one.name,
                question=one.question,
                options=[ChoiceOut(slug=o.value, name=o.label) for o in one.options],
            )
            for one in version.switches
        ],
    )


@router.post("/match", response={200: MatchOut, **PROBLEMS}, summary="Roles that fit some answers")
def match(request: HttpRequest, asked: MatchIn) -> MatchOut:
    """The sums of the quiz's own page. What is sent is forgotten once it is answered."""
    answers = _from_code(asked) if asked.code else _checked(asked)
    live = live_catalogue()
    result = result_for(answers, live)
    code = codes.write(answers)
    return MatchOut(
        version=answers.version,
        code=code,
        url=f"{settings.BASE_URL}/careers/quiz/#{code}",
        picks=[_pick(pick, live) for pick in result.picks],
        others=[_pick(pick, live) for pick in result.others],
        note=summary(answers),
    )


def _pick(pick: Pick, live: LiveCatalogue) -> PickOut:
    role = live.by_slug[pick.slug]
    return PickOut(
        slug=role.slug,
        title=role.title,
        sector=role.sector.slug,
        url=f"{settings.BASE_URL}{role.get_absolute_url()}",
        api_url=f"{settings.BASE_URL}/api/v1/roles/{role.slug}",
        band=pick.band.name,
        reasons=[words(reason) for reason in pick.reasons],
    )


def _from_code(asked: MatchIn) -> Answers:
    if asked.cards or asked.subjects or asked.switches:
        raise _refused("Two things at once", "A code and answers were sent.", "code", "Send one.")
    try:
        return codes.read(asked.code)
    except codes.BadCode as bad:
        raise _refused("No such code", bad.said, "code", bad.remedy) from bad


def _checked(asked: MatchIn) -> Answers:
    version = find(asked.version) if asked.version else current()
    if version is None:
        known = [one.name for one in all_versions()]
        raise _unknown("version", asked.version, known)
    _refuse_strangers("cards", asked.cards, version.by_slug)
    for slug, value in asked.cards.items():
        if value not in ANSWERS.values():
            raise _unknown(slug, str(value), ["0", "1", "2"])
    _refuse_strangers("subjects", asked.subjects, version.subjects)
    if len(set(asked.subjects)) > version.subjects_at_most:
        said = f"{len(set(asked.subjects))} subjects were sent."
        remedy = f"Send {version.subjects_at_most} at most."
        raise _refused("Too many subjects", said, "subjects", remedy)
    _refuse_strangers("switches", asked.switches, version.by_switch)
    for name, chosen in asked.switches.items():
        _refuse_strangers(name, [chosen], [o.value for o in version.by_switch[name].options])
    return _in_order(asked, version)


def _in_order(asked: MatchIn, version: Version) -> Answers:
    return Answers(
        version.name,
        {card.slug: asked.cards[card.slug] for card in version.cards if card.slug in asked.cards},
        tuple(slug for slug in version.subjects if slug in asked.subjects),
        {
            one.name: asked.switches[one.name]
            for one in version.switches
            if one.name in asked.switches
        },
    )


def _refuse_strangers(field: str, given: Iterable[str], known: Collection[str]) -> None:
    for value in given:
        if value not in known:
            raise _unknown(field, value, list(known))


def _unknown(field: str, value: str, known: list[str]) -> Refusal:
    dots = [] if len(known) <= MOST_NAMED else ["..."]
    remedy = f"Use {listed(known[:MOST_NAMED] + dots, 'or')}. All are at /api/v1/quiz."
    return _refused("Unknown value", f"Unknown value: {shown(value)}.", field, remedy)


def _refused(title: str, detail: str, field: str, remedy: str) -> Refusal:
    return Refusal(422, Problem(title=title, detail=detail, field=field, remedy=remedy))
