"""Forms in the look of the sheet."""

from django import forms
from django.forms.renderers import DjangoTemplates


class SheetRenderer(DjangoTemplates):
    field_template_name = "sheet/field.html"


def say_what_to_do(form: forms.BaseForm) -> None:
    """A field left empty says what to do, where the form has no words of its own for it."""
    for field in form.fields.values():
        if field.error_messages.get("required") == forms.Field.default_error_messages["required"]:
            field.error_messages["required"] = _wanted(field)


def _wanted(field: forms.Field) -> str:
    if isinstance(field, forms.ChoiceField | forms.ModelChoiceField):
        return "Choose one."
    if isinstance(field, forms.DateField):
        return "Give a day, such as 31/07/2027."
    return "Fill this in."
