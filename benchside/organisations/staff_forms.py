"""Forms of the staff list."""

from django import forms
from django.utils import timezone

from benchside.accounts.forms import InOurWords
from benchside.organisations.staff_list.sheets import MAX_BYTES

DATE = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class StaffListFile(InOurWords):
    file = forms.FileField(
        label="The file",
        help_text="An Excel workbook (.xlsx) or a CSV, just as your HR system makes it. "
        f"Up to {MAX_BYTES // 1024**2} MB.",
        widget=forms.FileInput(
            attrs={
                "accept": ".csv,.xlsx,text/csv,"
                "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
            }
        ),
        error_messages={
            "required": "Choose a file.",
            "empty": "This file is empty. Choose the file that holds the staff list.",
        },
    )
    as_of = forms.DateField(
        label="The day it is of",
        help_text="Who is here on that day counts. Ages are worked out for it.",
        widget=DATE,
        initial=timezone.localdate,
        error_messages={"invalid": "Give a day such as 01/08/2026."},
    )
