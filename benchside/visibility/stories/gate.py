"""What a story still lacks before it can be sent, and before it can be seen.

The same list stands at the desk, in the person's own page and before the verb, so nobody is told
"no" by one and "yes" by another.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from benchside.core.models import FilmState
from benchside.people.enums import ConsentBy, Covers
from benchside.people.models import MediaConsent
from benchside.visibility.enums import NameMode
from benchside.visibility.models import Story, StoryPage
from benchside.visibility.stories import shown
from benchside.visibility.stories.names import Leak, hidden_words, leaks


@dataclass(frozen=True, slots=True)
class Lack:
    """Something missing, what to do, and the step of the form it is done at ("" for the desk)."""

    what: str
    remedy: str
    step: str = ""

    def __str__(self) -> str:
        return f"{self.what} {self.remedy}"


# --- before it is sent ----------------------------------------------------------------------------
def lacks_to_send(story: Story) -> list[Lack]:
    return [*_who(story), *_job(story), *_told(story), *_pictures(story), *_consents(story)]


def _who(story: Story) -> Iterator[Lack]:
    if story.name_mode != NameMode.EMPLOYER and not story.name:
        yield Lack("We have no name to show.", "Type one, or choose to show none.", "who")
    if not story.email and story.person_id is None:
        yield Lack("We cannot reach you.", "Give an e-mail address.", "who")
    if story.is_minor is None:
        yield Lack("We do not know if you are 18.", "Say how old you are.", "who")
    if story.is_minor and not story.parent_email and not story.parent_consent_at:
        yield Lack("You are under 18.", "Give the e-mail of a parent or carer.", "who")


def _job(story: Story) -> Iterator[Lack]:
    if story.role_id is None:
        yield Lack("We do not know which kind of job it is.", "Choose the nearest one.", "job")
    if not story.employer:
        yield Lack("We do not know where you work.", "Type who you work for.", "job")


def _told(story: Story) -> Iterator[Lack]:
    if not story.told.get("hook"):
        yield Lack("There is no first line.", "Write one line about what you do.", "answers")
    if not any(story.told.get("answers", {}).values()):
        yield Lack("No question is answered yet.", "Answer one at least.", "answers")


def _pictures(story: Story) -> Iterator[Lack]:
    for number, one in enumerate(shown.pictures_of(story), start=1):
        if not one.description.strip():
            yield Lack(f"Nothing says what picture {number} shows.", "Describe it.", "pictures")
    film = story.film_or_none
    if film is None:
        return
    if film.film and film.film.state == FilmState.REFUSED:
        yield Lack("The film cannot be used.", "Take it out, or choose another.", "film")
    if film.film and not film.film.is_ready and film.film.state != FilmState.REFUSED:
        yield Lack("The film is being made ready.", "Wait a few minutes.", "film")
    if film.film and not film.captions:
        yield Lack("The film has no captions.", "Add a file of captions.", "film")
    if not film.transcript.strip():
        yield Lack("The film has no transcript.", "Write down what is said and seen.", "film")


# --- consent --------------------------------------------------------------------------------------
def covers_needed(story: Story) -> list[Covers]:
    """What a yes is needed to: the words, and pictures and film where there are any."""
    needed = [Covers.WORDS]
    film = story.film_or_none
    if story.pictures.exists():
        needed.append(Covers.PICTURE)
    if film is not None:
        needed.append(Covers.FILM)
    return needed


def consents_missing(story: Story, by: ConsentBy) -> list[Covers]:
    given = MediaConsent.objects.of(story.subject).standing().filter(given_by=by)
    had = set(given.values_list("covers", flat=True))
    return [one for one in covers_needed(story) if one not in had]


def _consents(story: Story, *, with_parent: bool = False) -> Iterator[Lack]:
    if story.consent_at is None or consents_missing(story, ConsentBy.THEMSELVES):
        yield Lack("There is no yes by the person to all of it.", "Say yes, and sign.", "consent")
    if not (with_parent and story.is_minor):
        return
    if story.parent_consent_at is None or consents_missing(story, ConsentBy.PARENT):
        yield Lack(
            "A parent or carer has not said yes to all of it.", "They have a link by e-mail."
        )


# --- before it is seen ----------------------------------------------------------------------------
def lacks(story: Story) -> list[Lack]:
    """All that stands between a story and its readers, but for who presses the button."""
    page = shown.words_now(story)
    if page is None:
        return [Lack("It has no page.", "It was not sent in, or was taken back.")]
    return [
        *_who(story),
        *_job(story),
        *_words(page),
        *_pictures(story),
        *_consents(story, with_parent=True),
        *_agreed(story, page),
        *_named(story, page),
    ]


def _words(page: StoryPage) -> Iterator[Lack]:
    if not page.title.strip() or not any(answer.strip() for _, answer in shown.answers_of(page)):
        yield Lack("It says nothing yet.", "It needs a hook and one answer at least.")
    if page.go_live_at or page.expire_at:
        yield Lack("Its page has a time to go up or down.", "Take the time out in the editor.")


def _agreed(story: Story, page: StoryPage) -> Iterator[Lack]:
    if story.agreed_at is None:
        yield Lack("The person has not agreed to these words.", "Send them to be agreed.")
    elif story.agreed_words != shown.digest(story, page):
        yield Lack("It was changed after the person agreed.", "Send it to be agreed again.")


def _named(story: Story, page: StoryPage) -> Iterator[Lack]:
    for leak in names_told(story, page):
        if leak.is_plain:
            yield Lack(
                f"A name they do not show (“{leak.word}”) stands in {leak.where}.", "Take it out."
            )


def names_told(story: Story, page: StoryPage) -> list[Leak]:
    """Where a name that was signed and is not shown can be read. Plain ones stop the story; the
    others, such as "green" of somebody called Green, are for the reviewer to judge. So is the name
    of an employer: a firm may be called as somebody who works there is."""
    signed = MediaConsent.objects.of(story.subject)  # a parent's too: it is mostly the same name
    hidden = hidden_words(signed.values_list("signed_as", flat=True), story.name)
    if not hidden:
        return []
    found = leaks(shown.texts(story, page), hidden)
    return [replace(one, is_plain=one.is_plain and one.where != shown.EMPLOYER) for one in found]
