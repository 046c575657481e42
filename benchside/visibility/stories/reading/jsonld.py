"""A story for machines, in schema.org's words: what its page shows, and no more."""

from typing import Any

from django.conf import settings

from benchside.visibility.stories.reading.shown import Film, Told


def article(story: Told, picture_url: str) -> dict[str, Any]:
    """schema.org `Article` about a person. `picture_url` is absolute, or "".

    Somebody without a name is no `Person` here: machines are told of the job alone.
    """
    url = f"{settings.BASE_URL}{story.url}"
    found: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Article",
        "@id": url,
        "url": url,
        "headline": story.hook,
        "name": story.title,
        "inLanguage": "en-GB",
        "isAccessibleForFree": True,
        "image": _picture(story, picture_url),
        "datePublished": story.published_at.isoformat(),
        "dateModified": story.changed_at.isoformat(),
        "about": _occupation(story),
        "mentions": _person(story),
        "articleBody": story.plain,
        "video": video(story.film, story) if story.film else {},
        "publisher": {"@type": "Organization", "name": settings.SITE_NAME},
    }
    return {name: value for name, value in found.items() if value}


def video(film: Film, story: Told) -> dict[str, Any]:
    """schema.org `VideoObject` with its captions; one elsewhere by its address there."""
    found: dict[str, Any] = {
        "@type": "VideoObject",
        "name": f"Film: {story.title}",
        "description": story.hook,
        "uploadDate": story.published_at.isoformat(),
        "thumbnailUrl": _absolute(film.poster_url),
        "contentUrl": _absolute(film.url),
        "encodingFormat": film.kind if film.url else "",
        "url": film.site_url,
        "duration": f"PT{film.seconds}S" if film.seconds else "",
        "transcript": film.transcript,
        "caption": _captions(film),
    }
    return {name: value for name, value in found.items() if value}


def _captions(film: Film) -> dict[str, str]:
    if not film.captions_url:
        return {}
    return {
        "@type": "MediaObject",
        "contentUrl": _absolute(film.captions_url),
        "encodingFormat": "text/vtt",
        "inLanguage": "en-GB",
    }


def _picture(story: Told, url: str) -> dict[str, str]:
    if not url:
        return {}
    return {"@type": "ImageObject", "url": url, "caption": story.alt}


def _occupation(story: Told) -> dict[str, str]:
    if story.role is None:
        return {}
    url = f"{settings.BASE_URL}{story.role.get_absolute_url()}"
    return {"@type": "Occupation", "@id": url, "name": story.role.title, "url": url}


def _person(story: Told) -> dict[str, Any]:
    if not story.name:
        return {}
    person: dict[str, Any] = {
        "@type": "Person",
        "name": story.name,
        "jobTitle": story.role.title if story.role else "",
        "honorificSuffix": story.letters,
        "worksFor": {"@type": "Organization", "name": story.employer} if story.employer else {},
    }
    return {name: value for name, value in person.items() if value}


def _absolute(url: str) -> str:
    return f"{settings.BASE_URL}{url}" if url.startswith("/") else url
