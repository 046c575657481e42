"""Users at the desk: an administrator says who works here. All else is the accounts room's.

People come by invitation and leave by erasing their account, so nothing is added, deleted or
renamed here, and no address or password is changed.
"""

from typing import Any, ClassVar

from django import forms
from wagtail.admin.ui.tables import BaseColumn, BulkActionsCheckboxColumn
from wagtail.users.views.users import IndexView, UserViewSet

from benchside.accounts.models import User


class RightsForm(forms.ModelForm):
    """Which groups somebody is in, and whether they can sign in and are in charge."""

    class Meta:
        model = User
        fields: ClassVar = ["groups", "is_active", "is_superuser"]
        widgets: ClassVar = {"groups": forms.CheckboxSelectMultiple}
        labels: ClassVar = {"is_superuser": "Is in charge: may do everything"}

    def __init__(self, *args: Any, editing_self: bool = False, **options: Any) -> None:
        super().__init__(*args, **options)
        if editing_self:  # nobody locks themselves out
            del self.fields["is_active"], self.fields["is_superuser"]


class PeopleList(IndexView):
    @property
    def columns(self) -> list[BaseColumn]:
        return [
            column
            for column in super().columns
            if not isinstance(column, BulkActionsCheckboxColumn)
        ]

    search_fields: ClassVar = ["name", "email"]


class PeopleViewSet(UserViewSet):
    index_view_class = PeopleList
    edit_template_name = "wagtailadmin/generic/edit.html"

    def get_form_class(self, for_update: bool = False) -> type[forms.ModelForm]:
        return RightsForm
