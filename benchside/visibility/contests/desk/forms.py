"""What the team types to set a competition up."""

from typing import Any, ClassVar

from django import forms

from benchside.visibility.contests.enums import OutFor
from benchside.visibility.desk_pages import moment_field
from benchside.visibility.models import AgeGroup, Category, Competition, Criterion, Prize


class DetailsForm(forms.ModelForm):
    """The details. Once people can read it, its address and opening stand."""

    opens_at = moment_field("Opens")
    closes_at = moment_field(
        "Closes", help_text="By the clock in London. At this minute it is too late."
    )
    results_at = moment_field(
        "Winners are told from", required=False, help_text="Nobody outside sees them before."
    )

    class Meta:
        model = Competition
        fields: ClassVar = [
            "title", "slug", "campaign", "lead", "about", "opens_at", "closes_at", "results_at",
            "most_each",
        ]  # fmt: skip
        labels: ClassVar = {"slug": "Address: /competitions/…/"}
        widgets: ClassVar = {"about": forms.Textarea({"rows": 8})}

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if self.instance.pk and self.instance.state != "draft":
            for name in ("slug", "campaign", "opens_at", "most_each"):
                self.fields[name].disabled = True

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        opens, closes, told = (said.get(n) for n in ("opens_at", "closes_at", "results_at"))
        if opens and closes and closes <= opens:
            self.add_error("closes_at", "It would close before it opens. Give a later time.")
        if closes and told and told <= closes:
            self.add_error(
                "results_at", "Winners would be told before it closes. Give a later time."
            )
        return said


class NewForm(DetailsForm):
    terms = forms.CharField(
        label="Terms",
        max_length=20_000,
        widget=forms.Textarea({"rows": 12}),
        help_text="Who may enter, what is judged, what is won, what becomes of the pictures. Each "
        "change later is a new version, and each entry holds the version it was sent in by.",
    )


class TermsForm(forms.Form):
    text = forms.CharField(
        label="The terms", max_length=20_000, widget=forms.Textarea({"rows": 18})
    )


class CategoryForm(forms.ModelForm):
    class Meta:
        model = Category
        fields: ClassVar = ["title", "words", "order"]


class AgeGroupForm(forms.ModelForm):
    class Meta:
        model = AgeGroup
        fields: ClassVar = ["youngest", "oldest"]

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        if said.get("youngest") and said.get("oldest") and said["oldest"] < said["youngest"]:
            self.add_error("oldest", "The oldest cannot be younger than the youngest.")
        return said


class CriterionForm(forms.ModelForm):
    class Meta:
        model = Criterion
        fields: ClassVar = ["title", "words", "most", "order"]


class PrizeForm(forms.ModelForm):
    class Meta:
        model = Prize
        fields: ClassVar = ["title", "words", "category", "age_group", "order"]

    def __init__(self, *args: Any, competition: Competition, **options: Any) -> None:
        super().__init__(*args, **options)
        for name, found in (
            ("category", competition.categories.all()),
            ("age_group", competition.age_groups.all()),
        ):
            field = self.fields[name]
            assert isinstance(field, forms.ModelChoiceField)
            field.queryset, field.empty_label = found, "All"


class OutForm(forms.Form):
    why = forms.ChoiceField(label="Why", choices=OutFor.choices)


class BlindForm(forms.Form):
    caption = forms.CharField(
        label="Caption as judges read it", max_length=400, widget=forms.Textarea({"rows": 3})
    )


class InviteForm(forms.Form):
    email = forms.EmailField(label="E-mail of the judge")
