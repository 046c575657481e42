"""What an employer types to ask one of its people for a story."""

from typing import Any

from django import forms

from benchside.visibility.enums import NameMode
from benchside.visibility.stories.tell.fields import StepForm
from benchside.visibility.stories.tell.forms import JobForm


class AskForm(StepForm):
    """Who, which job, and a start of the words if there is one. They can change all of it."""

    name = forms.CharField(
        label="First name",
        max_length=80,
        help_text="They choose themselves how much of their name is shown.",
        error_messages={"required": "Type the first name."},
    )
    email = forms.EmailField(
        label="Their e-mail",
        help_text="The link goes there. Nothing is sent in or seen unless they do it.",
        error_messages={
            "required": "Type their e-mail.",
            "invalid": "This is not an e-mail address. Write one like name@example.com.",
        },
    )
    role = JobForm.base_fields["role"]
    job_title = JobForm.base_fields["job_title"]
    hook = forms.CharField(
        label="One line that makes people read on",
        max_length=120,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text="If you have one: I keep a wind farm turning.",
    )
    day = forms.CharField(
        label="What do they do on a normal day?",
        max_length=1500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="As they would say it. They put it right.",
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        role = self.fields["role"]
        source = JobForm().fields["role"]
        assert isinstance(role, forms.ModelChoiceField)
        assert isinstance(source, forms.ModelChoiceField)
        role.queryset, role.choices = source.queryset, source.choices

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        day = cleaned.pop("day", "").strip()
        cleaned["name"] = " ".join(cleaned.get("name", "").split()).split(" ")[0]
        return {**cleaned, "name_mode": NameMode.FIRST, "answers": {"day": day} if day else {}}
