"""What readers would see of a story, as plain values: to be agreed to, compared and searched."""

import hashlib
import json
from collections.abc import Iterable
from typing import Any

from benchside.visibility.models import Story, StoryPage
from benchside.visibility.stories.difference import Piece, difference
from benchside.visibility.stories.questions import QUESTIONS

EMPLOYER = "the employer"


def words_now(story: Story) -> StoryPage | None:
    """The page with its newest words, which may not be those that are live."""
    if story.page is None:
        return None
    newest: StoryPage = story.page.get_latest_revision_as_object()
    return newest


def answers_of(page: StoryPage) -> list[tuple[str, str]]:
    """(question, answer), in order."""
    return [(str(b.value["question"]), str(b.value["answer"])) for b in page.answers]


def steps_of(page: StoryPage) -> list[tuple[str, str]]:
    """(when, what), in order."""
    return [(str(b.value["when"]), str(b.value["what"])) for b in page.steps]


def told_answers(story: Story) -> list[tuple[str, str]]:
    """(question, answer) as typed, before there is a page."""
    answers = story.told.get("answers", {})
    return [(one.text, answers[one.key]) for one in QUESTIONS if answers.get(one.key)]


def told_text(story: Story) -> dict[str, str]:
    """What was sent, place by place, as `changes` compares it."""
    found = {"One line": story.told.get("hook", "")}
    found |= dict(told_answers(story))
    steps = [f"{step['when']}: {step['what']}" for step in story.told.get("route", [])]
    return found | {"Route": "\n".join(steps)}


def changes(story: Story, page: StoryPage) -> list[tuple[str, list[Piece]]]:
    """(place, pieces) wherever the words now differ from what was sent, in reading order."""
    before = told_text(story)
    steps = [f"{when}: {what}" for when, what in steps_of(page)]
    after = {"One line": page.title, **dict(answers_of(page)), "Route": "\n".join(steps)}
    return [
        (place, difference(before.get(place, ""), after.get(place, "")))
        for place in {**after, **before}
        if before.get(place, "") != after.get(place, "")
    ]


def texts(story: Story, page: StoryPage) -> dict[str, str]:
    """Every text that would be published, by the place it stands at, in words for the desk."""
    found = {
        "the hook": page.title,
        "the address": _own_part(page.slug, story),
        "the name": story.name,
        "the job": story.job_title,
        EMPLOYER: story.employer,
        "the letters after the name": story.letters,
        "the region": story.region,
    }
    for question, answer in answers_of(page):
        found[f"“{question}”"] = f"{question} {answer}"
    for number, (when, what) in enumerate(steps_of(page), start=1):
        found[f"step {number} of the route"] = f"{when} {what}"
    for number, one in enumerate(pictures_of(story), start=1):
        found[f"what picture {number} shows"] = one.description
    if film := story.film_or_none:
        found["the captions"], found["the transcript"] = film.captions, film.transcript
        found["what the film shows"] = film.film.description if film.film else ""
    return {where: text for where, text in found.items() if text}


def _own_part(slug: str, story: Story) -> str:
    """What an address says beside the role, whose word a name may be: Baker, Cooper, Pilot."""
    return slug.removeprefix(story.role.slug) if story.role else slug


def pictures_of(story: Story) -> list[Any]:
    """Its pictures (core.Picture), the one it is known by first."""
    return [one.picture for one in story.pictures.select_related("picture")]


def digest(story: Story, page: StoryPage) -> str:
    """64 letters that change whenever a reader would see something else."""
    said = {
        "hook": page.title,
        "answers": answers_of(page),
        "steps": steps_of(page),
        "who": [story.name_mode, story.name, story.letters],
        "job": [story.role_id, sorted(story.more_roles.values_list("pk", flat=True))],
        "called": [story.job_title, story.employer, story.years_in_role],
        "where": [story.nation, story.region, story.way],
        "pictures": [[one.key.hex, one.description] for one in pictures_of(story)],
        "film": list(_of_film(story.film_or_none)),
    }
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()


def _of_film(film: Any) -> Iterable[str]:
    if film is not None:
        yield from (film.film.key.hex if film.film else "", film.site, film.number)
        yield from (film.captions, film.transcript)
