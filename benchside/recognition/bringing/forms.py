"""Forms of bringing a register in."""

from django import forms

from benchside.core.forms import PlainForm


class ListFile(PlainForm):
    """The file that holds the entries."""

    file = forms.FileField(
        label="The file",
        help_text="A workbook (.xlsx) or a CSV, 25 MB at most.",
        error_messages={
            "required": "Choose the file that holds the entries.",
            "empty": "This file is empty. Choose it again, or another.",
        },
    )


class LetterForm(PlainForm):
    """Where a letter to somebody on the register goes."""

    email = forms.EmailField(
        label="Their e-mail address",
        help_text="One that they alone read. Whoever opens the link comes to the entry.",
        max_length=200,
        error_messages={
            "required": "Write the address they use.",
            "invalid": "Write it in full, such as name@work.example.",
        },
    )


class PaysForm(PlainForm):
    """What goes on the invoice."""

    reference = forms.CharField(
        label="Your order number, for the invoice",
        required=False,
        max_length=60,
        error_messages={"max_length": "Use 60 letters at most."},
    )
