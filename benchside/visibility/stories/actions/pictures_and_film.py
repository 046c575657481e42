"""The pictures and the film sent with a story."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from benchside.core import captions as core_captions
from benchside.core import films, pictures
from benchside.core.actions import Act, Actor, Refused, acting
from benchside.core.models import Picture
from benchside.visibility.enums import StoryState
from benchside.visibility.models import Story, StoryFilm, StoryPicture
from benchside.visibility.stories.actions.publishing import locked
from benchside.visibility.stories.film_links import FilmLink
from benchside.visibility.stories.rules import can_review, can_tell

MOST_PICTURES = 6
TITLE = "A story"  # what the picture is called at the desk: never who is in it
can_arrange = can_tell | can_review


def add_picture(*, actor: Actor, story: Story, file: Any, description: str) -> StoryPicture:
    """Take a picture in, stripped of everything but its pixels. Raises Denied; Refused for too
    many; PictureRefused for what is no safe picture."""
    with acting("story.add_picture", actor=actor, subject=story, may=can_tell) as act:
        _not_seen(story)
        if story.pictures.count() >= MOST_PICTURES:
            raise Refused(
                f"There are {MOST_PICTURES} pictures, which is as many as a page shows well.",
                "Take one out first.",
            )
        picture = Picture(title=TITLE, description=description.strip(), file=file)
        picture.save()
        last = story.pictures.last()
        made = StoryPicture.objects.create(
            story=story, picture=picture, position=last.position + 1 if last else 0
        )
        act.note(picture=picture.pk)
    return made


def describe_picture(*, actor: Actor, story: Story, pk: int, description: str) -> None:
    """Say what a picture shows, for people who cannot see it. Raises Denied, Refused."""
    with acting("story.describe_picture", actor=actor, subject=story, may=can_arrange) as act:
        _not_seen(story)
        picture = _one(story, pk).picture
        picture.description = description.strip()
        picture.save(update_fields=["description"])
        act.note(picture=picture.pk)


def put_first(*, actor: Actor, story: Story, pk: int) -> None:
    """Make a picture the one the story is known by. Raises Denied, Refused."""
    with acting("story.put_first", actor=actor, subject=story, may=can_arrange):
        _not_seen(story)
        chosen = _one(story, pk)
        others = story.pictures.exclude(pk=chosen.pk)
        for position, one in enumerate([chosen, *others]):
            StoryPicture.objects.filter(pk=one.pk).update(position=position)
        _follow_first(story)


def remove_picture(*, actor: Actor, story: Story, pk: int) -> None:
    """Destroy a picture, original and all. Raises Denied, Refused."""
    with acting("story.remove_picture", actor=actor, subject=story, may=can_arrange) as act:
        _not_seen(story)
        gone = _one(story, pk)
        act.note(picture=gone.picture_id)
        if story.photo_id == gone.picture_id:
            story.photo = None
            story.save(update_fields=["photo"])
        gone.delete()
        pictures.destroy(gone.picture)
        _follow_first(story)


# --- the film -------------------------------------------------------------------------------------
def add_film(
    *, actor: Actor, story: Story, file: Any, description: str, captions: str, transcript: str
) -> None:
    """Take a film in; a task makes it ready, which strips everything but picture and sound.

    Raises Denied, Refused; FilmRefused for what is no film; CaptionsRefused, naming the line.
    """
    with _changing_film("story.add_film", actor, story) as act:
        words = core_captions.write(core_captions.read(captions)) if captions else ""
        film = films.take_in(file, description=description.strip())
        film.captions, film.transcript = words, transcript.strip()
        film.save(update_fields=["captions", "transcript"])
        StoryFilm.objects.create(story=story, film=film)
        act.note(film=film.pk)


def link_film(*, actor: Actor, story: Story, link: FilmLink, transcript: str) -> None:
    """Point at a film elsewhere; it is opened by a press alone. Raises Denied, Refused."""
    with _changing_film("story.link_film", actor, story) as act:
        if not transcript.strip():
            raise Refused("The film has no transcript.", "Write down what is said and seen.")
        StoryFilm.objects.create(
            story=story, site=link.site, number=link.number, told=transcript.strip()
        )
        act.note(site=link.site)


def caption_film(*, actor: Actor, story: Story, captions: str, transcript: str) -> None:
    """Give a film its words: captions, written anew, and a transcript. Empty captions leave those
    that are there. Raises Denied; CaptionsRefused, naming the line; Refused without a film."""
    with acting("story.caption_film", actor=actor, subject=story, may=can_arrange):
        _not_seen(story)
        held = story.film_or_none
        if held is None or not transcript.strip():
            raise Refused("The film has no transcript.", "Write down what is said and seen.")
        if held.film is None:
            held.told = transcript.strip()
            held.save(update_fields=["told"])
            return
        if captions:
            held.film.captions = core_captions.write(core_captions.read(captions))
        held.film.transcript = transcript.strip()
        held.film.save(update_fields=["captions", "transcript"])


def remove_film(*, actor: Actor, story: Story) -> None:
    """Destroy the film, its file and its poster; done already is done. Raises Denied, Refused."""
    with _changing_film("story.remove_film", actor, story):
        pass


@contextmanager
def _changing_film(verb: str, actor: Actor, story: Story) -> Iterator[Act]:
    """One change of a story's film, which destroys the one before."""
    with acting(verb, actor=actor, subject=story, may=can_arrange) as act:
        _not_seen(story)
        _destroy_film(story)
        yield act


def _destroy_film(story: Story) -> None:
    held = story.film_or_none
    if held is None:
        return
    film = held.film
    held.delete()
    if film is not None:
        films.destroy(film)
    story._state.fields_cache.pop("film", None)


def _not_seen(story: Story) -> None:
    locked(story)
    if story.state in {StoryState.PUBLISHED, StoryState.WITHDRAWN}:
        raise Refused("Everybody can see this story.", "Take it down first, then change it.")


def _one(story: Story, pk: int) -> StoryPicture:
    found = story.pictures.select_related("picture").filter(pk=pk).first()
    if found is None:
        raise Refused("This picture is not here any more.", "Load the page again.")
    return found


def _follow_first(story: Story) -> None:
    first = story.pictures.select_related("picture").first()
    story.photo = first.picture if first and story.page_id else None
    story.save(update_fields=["photo"])
