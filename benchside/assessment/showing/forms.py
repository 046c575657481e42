"""Forms of evidence, signing and supporters."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpRequest

from benchside.assessment.content import spoken_of
from benchside.assessment.models import Submission
from benchside.assessment.showing.queries import Offer
from benchside.assessment.standards import Criterion
from benchside.core.forms import InPlainWords, PlainForm
from benchside.core.open_forms import OpenForm
from benchside.core.safe_files import ACCEPTED, BIGGEST

HOW = 300


@dataclass(frozen=True, slots=True)
class ServesRow:
    """One criterion beside which somebody ticks that a piece serves it, and says how."""

    number: int
    criterion: Criterion
    is_on: bool
    how: str


class EvidenceForm(PlainForm):
    """What it is called and which criteria it serves; each kind adds what it points to.

    `serves` holds keys of criteria, `how-<key>` says how. Nothing beside the thing itself must be
    filled in: a phone's camera roll should not be asked for twice.
    """

    kind = ""
    title = forms.CharField(
        label="What it shows",
        max_length=200,
        required=False,
        help_text="A few words, such as “Rota of the stores, March”.",
        error_messages={"max_length": "Use 200 letters at most."},
    )

    def __init__(
        self,
        *args: Any,
        criteria: Sequence[Criterion],
        now: Mapping[str, str] | None = None,
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.use_required_attribute = False
        self.criteria = criteria
        self.now = dict(now or {})
        for one in criteria:
            self.fields[f"how-{one.key}"] = forms.CharField(
                label=f"How it serves “{one.title}”", max_length=HOW, required=False
            )

    @property
    def shown_fields(self) -> list[Any]:
        """Those of the thing itself; the others stand beside their criteria."""
        return [self[name] for name in self.fields if not name.startswith("how-")]

    @property
    def rows(self) -> list[ServesRow]:
        return [
            ServesRow(number, one, self._is_on(one.key), self._how(one.key))
            for number, one in enumerate(self.criteria, 1)
            if self._may_serve(one)
        ]

    def _may_serve(self, one: Criterion) -> bool:
        kinds = one.evidence.kinds
        return not kinds or not self.kind or self.kind in kinds or one.key in self.now

    def _is_on(self, key: str) -> bool:
        if self.is_bound:
            return key in self._ticked()
        return key in self.now

    def _how(self, key: str) -> str:
        if self.is_bound:
            return str(self.data.get(f"how-{key}", ""))
        return self.now.get(key, "")

    def _ticked(self) -> list[str]:
        getlist = getattr(self.data, "getlist", None)
        return getlist("serves") if getlist else list(self.data.get("serves", []))

    def serves(self) -> dict[str, str]:
        """What was ticked, and how it serves. A key that is none goes on to the action, which
        refuses it."""
        return {key: self.cleaned_data.get(f"how-{key}", "") for key in self._ticked()}


class FileForm(EvidenceForm):
    kind = "file"
    file = forms.FileField(
        label="The file",
        widget=forms.ClearableFileInput(attrs={"accept": ACCEPTED}),
        help_text=(
            "A PDF, a Word, Excel or PowerPoint file, plain text, or a picture: a phone can take "
            f"one now. Up to {BIGGEST // 1024**2} MB. Place and camera details are removed from "
            "pictures."
        ),
        error_messages={
            "required": "Choose a file.",
            "empty": "This file is empty. Choose it again, or another.",
            "missing": "Choose a file.",
        },
    )
    field_order = ("file", "title")

    def clean_file(self) -> Any:
        """Too large is said before it is read."""
        file = self.cleaned_data["file"]
        if file is not None and file.size > BIGGEST:
            raise forms.ValidationError(
                f"This file is larger than {BIGGEST // 1024**2} MB. Save a smaller copy, or add a "
                "link to where it is kept."
            )
        return file


class LinkForm(EvidenceForm):
    kind = "link"
    url = forms.CharField(
        label="Address of the page",
        max_length=500,
        widget=forms.URLInput(attrs={"inputmode": "url", "autocomplete": "url"}),
        help_text="It begins with https://",
        error_messages={"required": "Type or paste the address."},
    )
    field_order = ("url", "title")

    def clean_url(self) -> str:
        said = str(self.cleaned_data["url"]).strip()
        return said if "://" in said else f"https://{said}"

    def clean_title(self) -> str:
        said = str(self.cleaned_data["title"]).strip()
        if not said:
            raise forms.ValidationError("Say in a few words what it shows.")
        return said


class RecordForm(EvidenceForm):
    kind = "record"
    record = forms.ChoiceField(
        label="The record",
        error_messages={
            "required": "Choose one.",
            "invalid_choice": "Choose one of the list.",
        },
    )
    field_order = ("record", "title")

    def __init__(self, *args: Any, offers: Sequence[Offer], **options: Any) -> None:
        super().__init__(*args, **options)
        groups = [
            (one.kind.title, [(f"{one.kind.key}|{each.id}", each.title) for each in one.records])
            for one in offers
        ]
        self.fields["record"].choices = [("", "Choose"), *groups]  # type: ignore[attr-defined]

    def chosen(self) -> tuple[str, str]:
        kind, _, record = self.cleaned_data["record"].partition("|")
        return kind, record


class ChangeForm(EvidenceForm):
    """`kind` is that of the piece, so that only criteria that take it are offered."""

    def __init__(self, *args: Any, kind: str, **options: Any) -> None:
        self.kind = kind
        super().__init__(*args, **options)


class SignForm(PlainForm):
    """The name, and every concern ticked; what is ticked comes as the words themselves."""

    signed_as = forms.CharField(
        label="Your full name",
        max_length=120,
        help_text="Typing it here is your signature.",
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={
            "required": "Type your name to sign.",
            "max_length": "Use 120 letters at most.",
        },
    )
    seen = forms.CharField(max_length=64, required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.use_required_attribute = False

    def faced(self) -> list[str]:
        return self.data.getlist("faced") if hasattr(self.data, "getlist") else []


class SupporterForm(PlainForm):
    """Whom to ask."""

    name = forms.CharField(
        label="Their name",
        max_length=120,
        error_messages={"required": "Say who they are."},
    )
    email = forms.EmailField(
        label="Their e-mail",
        max_length=254,
        help_text="One link goes there. They need no account.",
        error_messages={
            "required": "Give their e-mail address.",
            "invalid": "This is no e-mail address. One looks like name@example.org.",
        },
    )
    relation = forms.CharField(
        label="How they know the work",
        max_length=120,
        required=False,
        help_text="Such as “Head of chemistry”.",
    )
    employer = forms.CharField(label="Where they work", max_length=160, required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.use_required_attribute = False


class SupportForm(InPlainWords, OpenForm):
    """What a supporter says, a field an area. Too much is refused in words, never cut."""

    purpose = "support"

    def __init__(
        self, request: HttpRequest, *args: Any, submission: Submission, **options: Any
    ) -> None:
        super().__init__(request, *args, **options)
        self.use_required_attribute = False
        supporters = submission.version.standard.supporters
        is_each = supporters is None or supporters.per_area
        self.optional_said_above = not is_each
        for area in spoken_of(submission):
            self.fields[f"say-{area.key}"] = forms.CharField(
                label=area.title,
                help_text=area.about,
                required=is_each,
                max_length=4000,
                widget=forms.Textarea(attrs={"rows": 6, "maxlength": ""}),
                error_messages={
                    "required": f"Say something of “{area.title}”.",
                    "max_length": "This is too long: use 4,000 letters at most.",
                },
            )
            self.fields[f"say-{area.key}"].widget.attrs.pop("maxlength", None)

    def texts(self) -> dict[str, str]:
        return {
            name.removeprefix("say-"): text
            for name, text in self.cleaned_data.items()
            if name.startswith("say-")
        }
