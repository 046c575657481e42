"""Fields of the steps: each says in our words what is wrong, and none loses what was typed."""

from typing import Any

from django import forms

from benchside.visibility.models import Story


class StepForm(forms.Form):
    """One step. Faults are said in our words; nothing typed is lost."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.use_required_attribute = False

    @classmethod
    def first(cls, story: Story) -> dict[str, Any]:
        """What stands in the fields when the step is opened again."""
        return {name: getattr(story, name, None) for name in cls.base_fields}


def a_line(label: str, hint: str = "", *, most: int, required: str = "", **attrs: Any) -> Any:
    return forms.CharField(
        label=label,
        help_text=hint,
        max_length=most,
        required=bool(required),
        widget=forms.TextInput(attrs={"autocomplete": "off", **attrs}),
        error_messages={
            "required": required,
            "max_length": f"Use {most} letters at most. You have %(show_value)s.",
        },
    )


def some_words(label: str, hint: str, *, most: int, rows: int = 4, required: str = "") -> Any:
    return forms.CharField(
        label=label,
        help_text=hint,
        max_length=most,
        required=bool(required),
        widget=forms.Textarea(attrs={"rows": rows, "maxlength": most + 500}),
        error_messages={
            "required": required,
            "max_length": f"Use {most:,} letters at most. You have %(show_value)s.",
        },
    )


def an_email(label: str, hint: str, *, required: str = "") -> forms.EmailField:
    return forms.EmailField(
        label=label,
        help_text=hint,
        max_length=254,
        required=bool(required),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={
            "required": required,
            "invalid": "This is not an e-mail address. Write one like name@example.com.",
        },
    )


def a_choice(label: str, hint: str, choices: Any, first: str) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label, help_text=hint, choices=[("", first), *choices], required=False
    )
