"""In which sizes a photograph is shown, and the sizes that are ready.

All are drawn by a task at approval. A page of the wall shows what is there and draws nothing.
"""

from dataclasses import dataclass

from benchside.core.models import Picture, Rendition

# Two columns of a phone at twice its dots take 400, a hall's screen or a whole page 1600.
AVIF = ("width-400|format-avif", "width-800|format-avif")
WEBP = ("width-400|format-webp", "width-800|format-webp")
LARGE = "max-1600x1600|format-webp"
PLAIN = "max-1200x1200|format-jpeg"  # for feeds, cards on other sites and the oldest browsers
SPECS = (*AVIF, *WEBP, LARGE, PLAIN)
ON_THE_WALL = (*AVIF, *WEBP)
WHOLE = (AVIF[1], WEBP[1], LARGE, PLAIN)

SMALLEST_SIDE = 300  # px: less is too small to look at in a hall; moderators are told


@dataclass(frozen=True, slots=True)
class Shot:
    """The sizes of one picture that are ready, for a template: addresses and measures.

    `plain` is the one for feeds and for sites that show a card of the page.
    """

    avif: str
    webp: str
    src: str
    width: int
    height: int
    plain: Rendition

    @property
    def is_tall(self) -> bool:
        return self.height > self.width * 1.1


def ready(picture: Picture) -> dict[str, Rendition]:
    """By filter, what is drawn: from what was fetched with the picture, never made here."""
    return {one.filter_spec: one for one in picture.prefetched_renditions}


def small(picture: Picture) -> Shot:
    """For a place on the wall. The picture comes with its renditions (see `wall_queries`)."""
    drawn = ready(picture)
    first = drawn[WEBP[0]]
    return Shot(
        avif=_set(drawn, AVIF),
        webp=_set(drawn, WEBP),
        src=first.url,
        width=first.width,
        height=first.height,
        plain=first,
    )


def large(picture: Picture) -> Shot:
    """For a page of its own and for a hall."""
    drawn = ready(picture)
    whole, plain = drawn[LARGE], drawn[PLAIN]
    return Shot(
        avif="",  # at this size it takes seconds to draw and saves little
        webp=_set(drawn, (WEBP[1], LARGE)),
        src=plain.url,
        width=whole.width,
        height=whole.height,
        plain=plain,
    )


def _set(drawn: dict[str, Rendition], specs: tuple[str, ...]) -> str:
    """A srcset; a picture smaller than a size is there once."""
    by_width = {drawn[spec].width: drawn[spec].url for spec in specs if spec in drawn}
    return ", ".join(f"{url} {width}w" for width, url in sorted(by_width.items()))
