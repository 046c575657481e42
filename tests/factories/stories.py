"""Stories as they come about: told, signed, sent, edited, agreed, published. All made up."""

from datetime import date, timedelta
from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image

from benchside.accounts.models import User
from benchside.careers.models import Role
from benchside.core.actions import Actor
from benchside.visibility.enums import LinkFor, NameMode
from benchside.visibility.models import Story
from benchside.visibility.stories import actions, links, shown
from tests.factories import desk

SIGNED = "Edie Made-Up"
WORDS = "I say yes."


def a_role(slug: str = "rov-pilot-technician") -> Role:
    """One of the catalogue, which the test has loaded."""
    return Role.objects.get(slug=slug)


def told(**values: Any) -> dict[str, Any]:
    """All steps of the form at once."""
    return {
        "name_mode": NameMode.FIRST,
        "name": "Edie",
        "email": "edie@benchside.example",
        "is_minor": False,
        "role": a_role(),
        "employer": "Madeup Marine",
        "years_in_role": 4,
        "nation": "scotland",
        "region": "Moray",
        "hook": "I fly a robot under the sea.",
        "answers": {"day": "I check the robot first.", "best": "The first dive of the day."},
        "route": [{"when": "2019", "what": "Apprentice at a boat yard"}],
        **values,
    }


def a_photograph(colour: str = "teal") -> SimpleUploadedFile:
    out = BytesIO()
    Image.new("RGB", (640, 480), colour).save(out, "JPEG")
    return SimpleUploadedFile("edie-made-up.jpg", out.getvalue(), "image/jpeg")


def teller(story: Story) -> Actor:
    return links.holder_of(story)


def parent(story: Story) -> Actor:
    return links.holder_of(story, LinkFor.PARENT)


def signed(**values: Any) -> actions.Yes:
    return actions.Yes(**{"signed_as": SIGNED, "words": WORDS, **values})


def a_draft(*, photos: int = 0, **values: Any) -> Story:
    """Told and signed, and not sent."""
    story, _ = actions.begin_story(actor=Actor.holding_link(scope=""), values=told(**values))
    for number in range(photos):
        actions.add_picture(
            actor=teller(story), story=story, file=a_photograph(),
            description=f"Hands on a robot, {number}",
        )  # fmt: skip
    actions.sign_consent(actor=teller(story), story=story, yes=signed())
    return story


def a_sent_story(**values: Any) -> Story:
    story = a_draft(**values)
    actions.send_story(actor=teller(story), story=story)
    return story


def reviewer(name: str = "Rhoda", *groups: str) -> User:
    return desk.person(name, *(groups or ("Moderators",)), is_staff=True)


def agreed(story: Story, by: User) -> Story:
    """Proposed by a reviewer as it stands, and agreed to."""
    actions.propose_words(actor=Actor.of(by), story=story)
    page = shown.words_now(story)
    assert page is not None
    actions.agree_words(actor=teller(story), story=story, words=shown.digest(story, page))
    return story


def an_agreed_story(by: User | None = None, **values: Any) -> Story:
    return agreed(a_sent_story(**values), by or reviewer("Proposer"))


def in_a_year() -> date:
    return timezone.localdate() + timedelta(days=365)


def a_published_story(by: User | None = None, **values: Any) -> Story:
    """Seen by everybody. `photos` pictures; other values as `told` has them."""
    publisher = by or User.objects.filter(email="publisher@example.org").first()
    publisher = publisher or reviewer("Publisher")
    story = an_agreed_story(publisher, **values)
    actions.publish_story(actor=Actor.of(publisher), story=story, review_on=in_a_year())
    return story
