"""Pictures that a room keeps: the desk of pictures neither lists, shows, offers nor changes them.

What was sent in and waits for a moderator must not be made public, looked at or thrown away by
whoever may arrange the pictures of pages. Wagtail asks one policy everywhere: listing, chooser,
editor, bulk actions, previews, search. Its API asks nobody, so it is told here.
"""

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet
from wagtail.images.api.admin.views import ImagesAdminAPIViewSet
from wagtail.permission_policies.collections import CollectionOwnershipPermissionPolicy
from wagtail.permissions import policy_registry, register_permission_policy

from benchside.core.models import Picture

# Names of relations from a picture to what a room keeps it in. Rooms add theirs.
keepers: list[str] = ["poster_of"]


def without_kept(found: QuerySet[Picture]) -> QuerySet[Picture]:
    return found.filter(**{f"{name}__isnull": True for name in keepers})


def is_kept(picture: Picture) -> bool:
    found = Picture.objects.filter(pk=picture.pk)
    return found.exists() and not without_kept(found).exists()


class DeskPictures(CollectionOwnershipPermissionPolicy):
    """Wagtail's own, without what is kept. An administrator is no exception."""

    def user_has_any_permission_for_instance(
        self, user: Any, actions: Iterable[str], instance: Picture
    ) -> bool:
        may = super().user_has_any_permission_for_instance(user, actions, instance)
        return bool(may) and not is_kept(instance)

    def instances_user_has_any_permission_for(
        self, user: Any, actions: Iterable[str]
    ) -> QuerySet[Picture]:
        return without_kept(super().instances_user_has_any_permission_for(user, actions))


class PicturesApi(ImagesAdminAPIViewSet):
    """The desk's API: what its user may choose or change, and no more."""

    def get_queryset(self) -> QuerySet[Picture]:
        policy = policy_registry.get_by_type(Picture)
        may = policy.instances_user_has_any_permission_for(self.request.user, ["choose", "change"])
        return super().get_queryset().filter(pk__in=may.values("pk"))


# By exact class: Wagtail registers its own later, for the class and those below it.
register_permission_policy(
    Picture,
    DeskPictures(Picture, auth_model="wagtailimages.Image", owner_field_name="uploaded_by_user"),
    exact_class=True,
)
