"""Forms in the look of the sheet."""

from django.forms.renderers import DjangoTemplates


class SheetRenderer(DjangoTemplates):
    field_template_name = "sheet/field.html"
