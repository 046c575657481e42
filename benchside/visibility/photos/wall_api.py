"""The wall for programs: what hangs on it now, no key, no cookie."""

from datetime import datetime
from urllib.parse import urlencode
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from ninja import Query, Router, Schema
from pydantic import Field

from benchside.core.public_api import PROBLEMS, Problem, Refusal
from benchside.visibility.models import Photo
from benchside.visibility.photos.wall import FILTERS, LONGEST, Asked, Place, clean
from benchside.visibility.photos.wall_pictures import WHOLE
from benchside.visibility.photos.wall_queries import Wall, one
from benchside.visibility.photos.wall_shapes import Hanging, hanging

MOST = 100
router = Router(tags=["The wall"])


class PhotoOut(Schema):
    """A photograph everybody may see. Whoever shows it asks for it again at least once a day: one
    that was withdrawn must be gone from your pages too."""

    id: str
    url: str = Field(description="Its page")
    image: str = Field(description="JPEG, the longer side at most 1,200 pixels")
    srcset: str = Field(description="WebP in two widths, as an srcset")
    width: int
    height: int
    description: str = Field(description="What it shows, for people who cannot see it")
    caption: str
    by: str = Field(description="Who it is from, as they want to be called")
    school: str
    year: int
    approved: datetime


class WallPage(Schema):
    items: list[PhotoOut]
    total: int
    next: str | None = Field(description="Where the next older ones are")


class WallQuery(Schema):
    """Each narrows the wall; together they narrow it more."""

    school: str = Field("", max_length=LONGEST, description="As in /wall/schools/")
    trade: str = Field("", max_length=LONGEST, description="Slug of a role: see /api/v1/roles")
    year: str = Field("", max_length=4, description="Year it was sent in")
    campaign: str = Field("", max_length=LONGEST, description="Slug of a campaign")
    older: str = Field("", max_length=60, description="Read on from here: see `next`")
    limit: int = Field(20, ge=1, le=MOST, description=f"Photographs a page, at most {MOST}")


@router.get(
    "/wall",
    response={200: WallPage, **PROBLEMS},
    summary="Photographs on the wall, newest first",
    url_name="wall",
)
def list_wall(request: HttpRequest, asked: Query[WallQuery]) -> WallPage:
    """An unknown value or name is refused. What is withdrawn is gone at once."""
    for name in request.GET:
        if name not in WallQuery.model_fields:
            remedy = f"Use {', '.join(WallQuery.model_fields)}."
            raise Refusal(400, _problem("Unknown parameter", name, name, remedy))
    place = Place.read(asked.older) if asked.older else None
    if asked.older and place is None:
        remedy = "Take the address from `next` as it is."
        raise Refusal(422, _problem("Not a place on the wall", "older", asked.older, remedy))
    chosen = {name: clean(getattr(asked, name)) for name in FILTERS}
    wanted = Asked(older=place, **chosen)  # type: ignore[arg-type]
    wall = Wall(wanted, reverse("visibility:wall"), asked.limit, WHOLE)
    for name in FILTERS:
        if chosen[name] and not getattr(wall.asked, name):
            remedy = "Leave it out, or look at /wall/ for what there is."
            raise Refusal(422, _problem("Unknown value", name, chosen[name], remedy))
    return WallPage(
        items=[_whole(each) for each in hanging(wall.photos, at_once=0, whole=True)],
        total=wall.total,
        next=_next(wall, asked.limit),
    )


@router.get(
    "/wall/{key}", response={200: PhotoOut, **PROBLEMS}, summary="One photograph on the wall"
)
def one_photo(request: HttpRequest, key: UUID) -> PhotoOut:
    found = one(key)
    if found is None:
        remedy = "Those that hang are at /api/v1/wall."
        raise Refusal(404, _problem("Nothing there", "key", str(key), remedy))
    return _whole(Hanging(found.photo, found.shot, "eager"))


def _whole(each: Hanging) -> PhotoOut:
    photo, shot = each.photo, each.shot
    assert photo.picture is not None  # it hangs
    assert photo.approved_at is not None
    return PhotoOut(
        id=str(photo.key),
        url=settings.BASE_URL + address(photo),
        image=settings.BASE_URL + shot.src,
        srcset=", ".join(settings.BASE_URL + one for one in shot.webp.split(", ")),
        width=shot.plain.width,
        height=shot.plain.height,
        description=photo.picture.description,
        caption=photo.caption,
        by=photo.display_name,
        school=photo.school,
        year=photo.year,
        approved=photo.approved_at,
    )


def address(photo: Photo) -> str:
    return reverse("visibility:wall_photo", args=[photo.key])


def _next(wall: Wall, limit: int) -> str | None:
    if not wall.older_url:
        return None
    older = wall.older_url.partition("?")[2]
    return f"{settings.BASE_URL}/api/v1/wall?{older}&{urlencode({'limit': limit})}"


def _problem(title: str, field: str, value: str, remedy: str) -> Problem:
    return Problem(title=title, detail=f"{title}: {value[:LONGEST]}.", field=field, remedy=remedy)
