"""The steps of the form, in order: what each is called, and whether it is done."""

from dataclasses import dataclass

from benchside.visibility.models import Story
from benchside.visibility.stories import gate


@dataclass(frozen=True, slots=True)
class Step:
    """`key` stands in the address; `asks` is the heading; one that is not `needed` may be left."""

    key: str
    title: str
    asks: str
    needed: bool = True


STEPS = (
    Step("who", "Who you are", "Who are you?"),
    Step("job", "Your job", "What is your job?"),
    Step("answers", "Your answers", "Tell us about it"),
    Step("route", "Your route", "How did you get there?", needed=False),
    Step("pictures", "Pictures", "Show yourself at work", needed=False),
    Step("film", "A film", "Have you got a film?", needed=False),
    Step("consent", "Your yes", "Do you say yes to this?"),
    Step("send", "Look it over", "Look it over, then send it"),
)
BY_KEY = {step.key: step for step in STEPS}


@dataclass(frozen=True, slots=True)
class Mark:
    """A step as the list of steps shows it."""

    step: Step
    number: int
    is_here: bool
    is_done: bool


def marks(story: Story, here: str) -> list[Mark]:
    undone = {lack.step for lack in gate.lacks_to_send(story)}
    return [
        Mark(step, number, step.key == here, _is_done(step, story, undone))
        for number, step in enumerate(STEPS, start=1)
    ]


def after(key: str) -> str:
    keys = [step.key for step in STEPS]
    return keys[min(keys.index(key) + 1, len(keys) - 1)]


def _is_done(step: Step, story: Story, undone: set[str]) -> bool:
    if step.key in undone or step.key == "send":
        return False
    if step.key == "route":
        return bool(story.told.get("route"))
    if step.key == "pictures":
        return story.pictures.exists()
    if step.key == "film":
        return story.film_or_none is not None
    return True
