"""What a moderator may type: the words beside a picture, a question, how much to cut off."""

from typing import Any

from django import forms

from benchside.visibility.enums import InPicture
from benchside.visibility.models import Photo
from benchside.visibility.photos.moderation import Words
from benchside.visibility.photos.moderation_squares import cut

MOST_CUT = 90


class WordsForm(forms.Form):
    use_required_attribute = False

    description = forms.CharField(
        label="What it shows, for people who cannot see it",
        max_length=255,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Say what it shows, in a sentence, then approve it."},
    )
    caption = forms.CharField(label="Caption", max_length=200, required=False)
    display_name = forms.CharField(label="From, as shown", max_length=80, required=False)
    in_picture = forms.ChoiceField(label="Who can be recognised", choices=InPicture.choices)

    @classmethod
    def of(cls, photo: Photo) -> "WordsForm":
        picture = photo.picture
        return cls(
            initial={
                "description": picture.description if picture else "",
                "caption": photo.caption,
                "display_name": photo.display_name,
                "in_picture": photo.in_picture,
            }
        )

    @property
    def words(self) -> Words:
        said = self.cleaned_data
        return Words(
            caption=said["caption"],
            display_name=said["display_name"],
            description=said["description"],
            in_picture=InPicture(said["in_picture"]),
        )

    def differs_from(self, photo: Photo) -> bool:
        return self.words != WordsForm._words_of(photo)

    @staticmethod
    def _words_of(photo: Photo) -> Words:
        return Words(
            caption=photo.caption,
            display_name=photo.display_name,
            description=photo.picture.description if photo.picture else "",
            in_picture=InPicture(photo.in_picture),
        )


class QuestionForm(forms.Form):
    question = forms.CharField(
        label="Your question",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Write what you want to know."},
    )


def _side(name: str) -> forms.IntegerField:
    return forms.IntegerField(
        label=name,
        min_value=0,
        max_value=MOST_CUT,
        initial=0,
        widget=forms.NumberInput(attrs={"step": 1}),
        error_messages={"min_value": "0 or more.", "max_value": f"{MOST_CUT} at most."},
    )


class CutForm(forms.Form):
    """How many hundredths go from each side."""

    left = _side("From the left, %")
    top = _side("From the top, %")
    right = _side("From the right, %")
    bottom = _side("From the bottom, %")

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if self.errors:
            return said
        if not any(said.values()):
            raise forms.ValidationError("Nothing is cut off yet. Say how much, from which side.")
        if said["left"] + said["right"] > MOST_CUT or said["top"] + said["bottom"] > MOST_CUT:
            raise forms.ValidationError("Too little would be left. Keep a tenth at least.")
        self.kept = cut(said["left"], said["top"], said["right"], said["bottom"])
        return said
