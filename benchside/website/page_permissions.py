"""What one person may do to a page: Wagtail's answers, without the way past the second person."""

from wagtail.models import PagePermissionTester


class PagePermissions(PagePermissionTester):
    """Nobody publishes by right; see `four_eyes`. Who may publish may still take down."""

    def can_publish(self) -> bool:
        return False

    def can_publish_subpage(self) -> bool:
        return False

    def can_unschedule(self) -> bool:
        return bool(super().can_publish())

    def can_set_view_restrictions(self) -> bool:
        return False  # a public page is public
