"""Published stories of an organisation, offered as evidence to whoever shows what it does."""

from collections.abc import Sequence
from uuid import UUID

from benchside.core.registries import Context, EvidenceKind, Offered
from benchside.visibility.stories.queries import public_stories

MOST = 200


def describe(key: str, _viewer_id: UUID | None) -> Context | None:
    """Title and address of one that everybody may read; None once it is taken down."""
    try:
        found = public_stories().filter(key=UUID(key)).first()
    except ValueError:
        return None
    if found is None:
        return None
    title = found.page.title if found.page else found.slug
    return {"title": title, "url": found.get_absolute_url()}


def offer(organisation_id: int | None, _viewer_id: UUID | None) -> Sequence[Offered]:
    if organisation_id is None:
        return []
    found = public_stories().filter(organisation=organisation_id)[:MOST]
    return [
        Offered(id=str(one.key), title=one.page.title if one.page else one.slug) for one in found
    ]


KIND = EvidenceKind(key="visibility.story", title="Stories", describe=describe, offer=offer)
