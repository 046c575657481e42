"""What empties the page cache: a page published or taken down, and what lower rooms tell."""

from typing import Any

from django.db import transaction
from django.db.models.signals import post_delete
from django.dispatch import receiver
from wagtail.models import Page
from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move

from benchside.core.pictures import APPROVED, WITHDRAWN
from benchside.core.registries import Subscription, page_purges, subscriptions
from benchside.website import events  # noqa: F401 - what this room tells others
from benchside.website.stamps import purge


def purge_after_commit(*_args: Any, **_kwargs: Any) -> None:
    """Not before: a page made anew while the change is still open would be the old one."""
    transaction.on_commit(purge)


# Every event after which some room says that public pages are stale. Which addresses does not
# matter yet: one stamp stands for all (docs/decisions/0006-page-cache.md).
for event in sorted({entry.event for entry in page_purges} | {APPROVED.key, WITHDRAWN.key}):
    subscriptions.register(
        Subscription(key=f"website.purge.{event}", event=event, handle=purge_after_commit)
    )


# The signals of the CMS are the only place where it says that a page has changed.
receiver([page_published, page_unpublished, page_slug_changed, post_page_move])(purge_after_commit)


@receiver(post_delete)
def page_deleted(sender: type, **_kwargs: Any) -> None:
    if issubclass(sender, Page):
        purge_after_commit()
