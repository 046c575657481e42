"""The form of a role: what is printed on posters is set once."""

from typing import Any

from wagtail.admin.forms import WagtailAdminModelForm

PRINTED = ("number", "slug")
WHY = "Printed on posters, so it stays as it is."


class RoleForm(WagtailAdminModelForm):
    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if self.instance.pk is None:
            return
        for name in PRINTED:
            self.fields[name].disabled = True
            self.fields[name].help_text = WHY


class TermForm(WagtailAdminModelForm):
    """Filters in addresses and the catalogue's files name a term by its slug."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if self.instance.pk is not None and "slug" in self.fields:
            self.fields["slug"].disabled = True
            self.fields["slug"].help_text = "Part of addresses, so it stays as it is."
