"""Forms of bringing a register in."""

from django import forms


class ListFile(forms.Form):
    """The file that holds the entries."""

    file = forms.FileField(
        label="The file",
        help_text="A workbook (.xlsx) or a CSV, 25 MB at most.",
        error_messages={
            "required": "Choose the file that holds the entries.",
            "empty": "This file is empty. Choose it again, or another.",
        },
    )


class PaysForm(forms.Form):
    """What goes on the invoice."""

    reference = forms.CharField(
        label="Your order number, for the invoice",
        required=False,
        max_length=60,
        error_messages={"max_length": "Use 60 letters at most."},
    )
