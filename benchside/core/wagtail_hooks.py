"""What the mechanism adds to the desk: pictures are put before the public, and taken back."""

from collections.abc import Callable, Sequence
from typing import Any, ClassVar

from wagtail import hooks
from wagtail.images.views.bulk_actions.image_bulk_action import ImageBulkAction

from benchside.core import pictures
from benchside.core.actions import Actor, Refused
from benchside.core.kept_pictures import PicturesApi
from benchside.core.models import Picture


class PictureAction(ImageBulkAction):
    """A verb of `core.pictures` on the pictures ticked in the listing; all of them or none."""

    template_name = "core/desk/confirm_picture_action.html"
    verb: ClassVar[Callable[..., None]]
    done: ClassVar[str]

    def check_perm(self, obj: Picture) -> bool:
        return pictures.may_publish(Actor.of(self.request.user), obj)

    def get_execution_context(self) -> dict[str, Any]:
        return {"actor": Actor.of(self.request.user)}

    @classmethod
    def execute_action(
        cls, objects: Sequence[Picture], actor: Actor | None = None, **options: Any
    ) -> tuple[int, int]:
        for picture in objects:
            cls.verb(actor=actor, picture=picture)
        return len(objects), 0

    def form_valid(self, form: Any) -> Any:
        try:
            return super().form_valid(form)
        except Refused as refused:
            form.add_error(None, str(refused))
            return self.form_invalid(form)

    def get_success_message(self, num_parent_objects: int, num_child_objects: int) -> str:
        noun = "picture" if num_parent_objects == 1 else "pictures"
        return f"{num_parent_objects} {noun} {self.done}."

    def get_context_data(self, **options: Any) -> dict[str, Any]:
        return super().get_context_data(**options) | {"verb": self.display_name}


@hooks.register("register_bulk_action")
class Approve(PictureAction):
    display_name = "Make public"
    aria_label = "Make the ticked pictures public"
    action_type = "approve"
    action_priority = 5
    verb = staticmethod(pictures.approve)
    done = "can now be seen by everyone"


@hooks.register("register_bulk_action")
class Withdraw(PictureAction):
    display_name = "Withdraw"
    aria_label = "Withdraw the ticked pictures from the public"
    action_type = "withdraw"
    action_priority = 6
    verb = staticmethod(pictures.withdraw)
    done = "withdrawn"


@hooks.register("construct_admin_api", order=1)  # after Wagtail's own, which it takes the place of
def pictures_api(router: Any) -> None:
    router.register_endpoint("images", PicturesApi)
