"""Stories in the demonstration: visibly made up, and told by the same verbs as any."""

import tomllib
from collections.abc import Iterator, Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.core.files.base import ContentFile
from django.utils import timezone

from benchside.accounts.models import DEMONSTRATION_DOMAIN, User
from benchside.careers.models import Role
from benchside.core.actions import Actor
from benchside.organisations.models import Organisation
from benchside.visibility.enums import NameMode
from benchside.visibility.models import Story
from benchside.visibility.stories import actions, links, shown
from benchside.visibility.stories.demonstration import film, portraits
from benchside.visibility.stories.questions import BY_KEY

FOLDER = Path(__file__).parent / "demonstration"
# In this order, so that the last is the newest.
TOLD = (
    "femi", "nell", "bram", "somebody", "sanjay", "tam", "niamh", "aisha", "olu", "priya", "gwen",
)  # fmt: skip
YES = "I say yes to my story and my picture being shown. (Made up, like the story.)"
SHOWN_FOR = timedelta(days=365)
ALL_USES = {"on_social": True, "in_print": True, "by_partners": True}
# One says no to everywhere but here.
HERE_ALONE = {"somebody"}


def create() -> None:
    """Once; nothing where there is a story, no catalogue or nobody to review."""
    reviewer = User.objects.filter(email=f"moderator{DEMONSTRATION_DOMAIN}").first()
    if reviewer is None or Story.objects.exists() or not Role.objects.exists():
        return
    for slug in TOLD:
        _tell(slug, tomllib.loads((FOLDER / f"{slug}.toml").read_text(encoding="utf-8")), reviewer)


def _tell(slug: str, words: Mapping[str, Any], reviewer: User) -> None:
    """As far as its file says that it has come: a draft, waiting to be reviewed, or published."""
    story, _ = actions.begin_story(actor=Actor.holding_link(scope=""), values=_values(slug, words))
    teller = links.holder_of(story)
    _set_roles(story, words, teller)
    actions.add_picture(
        actor=teller,
        story=story,
        file=ContentFile(portraits.portrait(slug, words.get("behind", ())), "portrait.png"),
        description=words["alt"],
    )
    if words.get("film"):
        film.add(story, teller)
    if words.get("ends") == "draft":
        return
    actions.sign_consent(actor=teller, story=story, yes=_yes(slug, words))
    actions.send_story(actor=teller, story=story)
    if words.get("ends") != "in review":
        _edit(story, words)
        _publish(story, reviewer, teller)


def _edit(story: Story, words: Mapping[str, Any]) -> None:
    """As an editor would: with the questions that this person had more to say to."""
    page = shown.words_now(story)
    assert page is not None
    page.answers = [
        ("answer", {"question": question, "answer": text}) for question, text in _edited(words)
    ]
    page.save_revision(user=User.objects.get(email=f"editor{DEMONSTRATION_DOMAIN}"))


def _publish(story: Story, reviewer: User, teller: Actor) -> None:
    who = Actor.of(reviewer)
    actions.propose_words(actor=who, story=story)
    page = shown.words_now(story)
    assert page is not None
    actions.agree_words(actor=teller, story=story, words=shown.digest(story, page))
    review_on = timezone.localdate() + SHOWN_FOR
    actions.publish_story(actor=who, story=story, review_on=review_on, names_judged=True)


def _values(slug: str, words: Mapping[str, Any]) -> dict[str, Any]:
    mode = NameMode(words["shown_as"])
    names = {
        NameMode.FULL: f"{words['given']} {words['family']}",
        NameMode.FIRST: words["given"],
        NameMode.EMPLOYER: "",
    }
    found = {
        "name_mode": mode,
        "name": names[mode],
        "email": f"story-{slug}{DEMONSTRATION_DOMAIN}",
        "is_minor": False,
        "role": Role.objects.filter(slug=words["role"]).first(),
        "employer": words["employer"],
        "organisation": Organisation.objects.filter(name=words.get("organisation", "")).first(),
        "years_in_role": words["years"],
        "nation": words["nation"],
        "region": words["region"],
        "letters": words.get("letters", ""),
        "way": words["way"],
        "hook": words["hook"],
        "answers": dict(_answers(words)),
        "route": [{"when": one["when"], "what": one["text"]} for one in words["steps"]],
    }
    return found | ({"gender": words["gender"]} if words["gender"] else {})


def _answers(words: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """To the questions of the form, by their keys."""
    given = {one["key"]: one["text"].strip() for one in words["answers"] if "key" in one}
    for key in BY_KEY:
        if text := given.get(key) or (words["at_school"] if key == "school" else ""):
            yield key, text


def _edited(words: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Every question with its answer, what school was like last."""
    for one in words["answers"]:
        yield BY_KEY[one["key"]].text if "key" in one else one["question"], one["text"].strip()
    yield BY_KEY["school"].text, words["at_school"]


def _set_roles(story: Story, words: Mapping[str, Any], teller: Actor) -> None:
    near = list(Role.objects.filter(slug__in=words["also"]))
    actions.save_step(actor=teller, story=story, values={"more_roles": near})


def _yes(slug: str, words: Mapping[str, Any]) -> actions.Yes:
    uses: dict[str, Any] = {} if slug in HERE_ALONE else ALL_USES
    return actions.Yes(signed_as=f"{words['given']} {words['family']}", words=YES, **uses)
