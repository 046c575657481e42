"""Who last changed the words of something kept in revisions, and what the words say."""

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:  # Wagtail asks for this module while it makes its own models
    from wagtail.models import Revision

# What a save writes of itself, and the names the editor gives to blocks of text each time.
BOOKKEEPING = {
    "draft_title",
    "first_published_at",
    "has_unpublished_changes",
    "last_published_at",
    "latest_revision",
    "latest_revision_created_at",
    "live_revision",
    "updated_at",
}
BLOCK_NAME = re.compile(r' data-block-key="[^"]*"')


def last_change(item: Any) -> "Revision | None":
    """The newest revision that says something other than the one before it.

    The desk writes a revision each time a form is sent, also when somebody only reads and
    approves: that one has changed nothing, and is no hand in it.
    """
    newer = None
    for revision in item.revisions.order_by("-created_at", "-id").iterator(chunk_size=10):
        if newer is not None and says(revision) != says(newer):
            return newer
        newer = revision
    return newer


def says(revision: "Revision") -> Any:
    """What a revision holds, without bookkeeping: equal where a reader would see no difference."""
    return _plain(revision.content)


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _plain(one) for name, one in value.items() if name not in BOOKKEEPING}
    if isinstance(value, list):
        return [_plain(one) for one in value]
    return BLOCK_NAME.sub("", value) if isinstance(value, str) else value
