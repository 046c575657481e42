"""Addresses of films elsewhere: which sites, and how a film is named there. No Django here."""

import re
from dataclasses import dataclass
from urllib.parse import parse_qs, urlsplit

YOUTUBE_ID = re.compile(r"[A-Za-z0-9_-]{11}")
VIMEO_ID = re.compile(r"\d{6,12}")
YOUTUBE_HOSTS = {"youtube.com", "www.youtube.com", "m.youtube.com", "www.youtube-nocookie.com"}
VIMEO_HOSTS = {"vimeo.com", "www.vimeo.com", "player.vimeo.com"}


class NoFilmThere(ValueError):  # noqa: N818
    """Not the address of one film on a site we know."""

    def __init__(self) -> None:
        super().__init__(
            "This is not the address of one film on YouTube or Vimeo. Open the film there and"
            " copy the address of its page."
        )


@dataclass(frozen=True, slots=True)
class FilmLink:
    """A film by site and number; `url` is its own page there. Opened only by a press."""

    site: str
    number: str

    @property
    def url(self) -> str:
        if self.site == "youtube":
            return f"https://www.youtube.com/watch?v={self.number}"
        return f"https://vimeo.com/{self.number}"

    @property
    def frame_url(self) -> str:
        """What a page may frame, in the form of each site that remembers least."""
        if self.site == "youtube":
            return f"https://www.youtube-nocookie.com/embed/{self.number}"
        return f"https://player.vimeo.com/video/{self.number}?dnt=1"


def read(address: str) -> FilmLink:
    """Which film an address means. Raises NoFilmThere."""
    try:
        parts = urlsplit(address.strip())
        host = (parts.hostname or "").lower()
    except ValueError as error:
        raise NoFilmThere from error
    if parts.scheme != "https" or parts.username or (parts.port not in {None, 443}):
        raise NoFilmThere
    path = [piece for piece in parts.path.split("/") if piece]
    if host == "youtu.be" and len(path) == 1:
        return _checked("youtube", path[0])
    if host in YOUTUBE_HOSTS:
        return _checked("youtube", _on_youtube(path, parts.query))
    if host in VIMEO_HOSTS and path:
        return _checked("vimeo", path[-1])
    raise NoFilmThere


def _on_youtube(path: list[str], query: str) -> str:
    if path == ["watch"]:
        return next(iter(parse_qs(query).get("v", [])), "")
    return path[1] if len(path) == 2 and path[0] in {"embed", "shorts", "live"} else ""


def _checked(site: str, number: str) -> FilmLink:
    shape = YOUTUBE_ID if site == "youtube" else VIMEO_ID
    if not shape.fullmatch(number):
        raise NoFilmThere
    return FilmLink(site, number)
