"""The second screen of an order: which school, who, where to. For adults, and it says so."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms
from django.http import HttpRequest

from benchside.core.open_forms import OpenForm
from benchside.organisations.enums import Region
from benchside.organisations.models import KnownPlace
from benchside.outreach.enums import Phase, RefusalReason
from benchside.outreach.models import Item
from benchside.outreach.orders.schools import postcode

MOST_LINES, LONGEST_LINE = 4, 60  # what a label holds
NONE_OF_THESE = "none"


def _one_line(value: str) -> str:
    """Without line ends, zero-width and direction signs: it goes onto a label and into mail."""
    return " ".join("".join(s if s.isprintable() else " " for s in value).split())


class AddressFields(forms.Form):
    """Who the parcel is for and where it goes; what may still be changed until it is packed."""

    contact_name = forms.CharField(
        label="Your name",
        max_length=80,
        help_text="It goes on the parcel, so that the office knows whose it is.",
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": "Give a name for the parcel."},
    )
    address = forms.CharField(
        label="School address",
        max_length=300,
        help_text="Street and town, without the name of the school. Please no home address.",
        widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "street-address"}),
        error_messages={"required": "Give the street and the town."},
    )
    postcode = forms.CharField(
        label="Postcode",
        max_length=12,
        widget=forms.TextInput(
            attrs={"autocomplete": "postal-code", "autocapitalize": "characters"}
        ),
        error_messages={"required": "Give the postcode, such as SW1A 1AA."},
    )

    def clean_contact_name(self) -> str:
        said = _one_line(self.cleaned_data["contact_name"])
        if not said:
            raise forms.ValidationError("Give a name for the parcel.")
        return said

    def clean_address(self) -> str:
        lines = [_one_line(line) for line in self.cleaned_data["address"].splitlines()]
        lines = [line for line in lines if line]
        if len(lines) > MOST_LINES:
            raise forms.ValidationError(
                f"A label has room for {MOST_LINES} lines. You have {len(lines)}."
            )
        if any(len(line) > LONGEST_LINE for line in lines):
            raise forms.ValidationError(
                f"A line of the label holds {LONGEST_LINE} letters. Start a new line sooner."
            )
        return "\n".join(lines)

    def clean_postcode(self) -> str:
        if found := postcode(self.cleaned_data["postcode"]):
            return found
        raise forms.ValidationError("That is no postcode. One looks like SW1A 1AA.")


class OrderForm(OpenForm, AddressFields):
    """All of it. `place` is the school when the address says which; then it is not asked for.

    `candidates` are schools of the real lists that the typed one may be; they are asked about
    once, and only where more than one could be meant.
    """

    purpose = "order"

    school = forms.CharField(
        label="School, college or group",
        max_length=160,
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
        error_messages={"required": "Give the name of the school, college or group."},
    )
    which = forms.ChoiceField(
        label="Which of these is yours?",
        widget=forms.RadioSelect,
        required=False,
        error_messages={"invalid_choice": "Choose one of these."},
    )
    phase = forms.ChoiceField(
        label="What kind of school?",
        choices=[("", "Choose"), *Phase.choices],
        error_messages={"required": "Choose what kind of school it is."},
    )
    region = forms.ChoiceField(
        label="Where in the UK?",
        choices=[("", "Choose"), *Region.choices],
        error_messages={"required": "Choose where the school is."},
    )
    email = forms.EmailField(
        label="Your e-mail",
        max_length=254,
        help_text="We send one link. Press it, and we pack.",
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={
            "required": "Give an e-mail address. We send the link there.",
            "invalid": "That is no e-mail address. One looks like name@school.sch.uk.",
        },
    )
    is_adult = forms.BooleanField(
        label="I am an adult, and I order for this school or group.",
        error_messages={"required": "Tick this. Pupils: please ask a teacher to order."},
    )
    field_order = (
        "school", "which", "phase", "region", "contact_name", "email", "address", "postcode",
        "is_adult",
    )  # fmt: skip

    def __init__(
        self,
        request: HttpRequest,
        *args: Any,
        place: KnownPlace | None = None,
        candidates: Sequence[KnownPlace] = (),
        **options: Any,
    ) -> None:
        super().__init__(request, *args, **options)
        self.use_required_attribute = False
        if place is not None:
            del self.fields["school"], self.fields["which"]
        elif candidates:
            self.fields["which"].choices = [  # type: ignore[attr-defined]
                *((f"{one.source}:{one.code}", f"{one.name}, {one.where}") for one in candidates),
                (NONE_OF_THESE, "None of these"),
            ]
        else:
            del self.fields["which"]

    def clean_school(self) -> str:
        said = _one_line(self.cleaned_data["school"])
        if not any(sign.isalnum() for sign in said):
            raise forms.ValidationError("Give the name of the school, college or group.")
        return said

    def clean_email(self) -> str:
        return str(self.cleaned_data["email"]).strip()


class PacksForm(forms.Form):
    """How many packs of each item: a choice from none to what one school may have."""

    def __init__(
        self, *args: Any, items: Sequence[Item], most: dict[int, int], **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.items = items
        for item in items:
            counted = range(most.get(item.pk, item.limit_per_school) + 1)
            self.fields[f"p-{item.slug}"] = forms.TypedChoiceField(
                label=item.title,
                choices=[(n, str(n)) for n in counted],
                coerce=int,
                required=False,
                error_messages={
                    "invalid_choice": f"Choose a number from 0 to {counted[-1]} from the list."
                },
            )
            self.fields[f"p-{item.slug}"].item = item  # type: ignore[attr-defined]

    def packs(self) -> dict[int, int]:
        """By the item's key, without what nobody wants."""
        found = {item.pk: self.cleaned_data.get(f"p-{item.slug}") or 0 for item in self.items}
        return {pk: packs for pk, packs in found.items() if packs}


# --- the desk ----------------------------------------------------------------------------------
class ItemForm(forms.ModelForm):
    class Meta:
        model = Item
        fields = (
            "title", "slug", "kind", "about", "pack", "limit_per_school", "low_at", "campaign",
            "offered_from", "offered_until", "order", "is_on",
        )  # fmt: skip
        help_texts: ClassVar = {
            "slug": "Its name in addresses: small letters, digits and dashes.",
            "pack": "Such as “one sheet of 24 stickers”.",
            "campaign": "The key of a campaign, if it belongs to one.",
        }
        widgets: ClassVar = {
            "offered_from": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "offered_until": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        }

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        begins, ends = cleaned.get("offered_from"), cleaned.get("offered_until")
        if begins and ends and begins > ends:
            self.add_error("offered_until", "It ends before it begins. Mend one of the days.")
        return cleaned


class ReceiveForm(forms.Form):
    packs = forms.IntegerField(label="Packs that came", min_value=1, max_value=1_000_000)
    reason = forms.CharField(label="Delivery note", max_length=120, required=False)


class CorrectForm(forms.Form):
    counted = forms.IntegerField(label="Packs on the shelf", min_value=0, max_value=1_000_000)
    reason = forms.CharField(
        label="Why the ledger was wrong",
        max_length=120,
        error_messages={"required": "Say what happened, in a few words."},
    )


class RefuseForm(forms.Form):
    reason = forms.ChoiceField(label="Why nothing is sent", choices=RefusalReason)


class ParcelForm(forms.Form):
    """What lies in the parcel, line by line, and what becomes of the rest."""

    rest = forms.ChoiceField(
        label="What is not in it",
        choices=[("follows", "Comes in a later parcel"), ("dropped", "Will not come")],
        initial="follows",
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, lines: Sequence[Any], **options: Any) -> None:
        super().__init__(*args, **options)
        self.lines = lines
        for line in lines:
            self.fields[f"line-{line.item_id}"] = forms.IntegerField(
                label=f"{line.item.title}, packs in the parcel",
                min_value=0,
                max_value=line.left,
                initial=line.left,
                error_messages={"max_value": f"At most {line.left} are still to come."},
            )
        self.order_fields([f"line-{line.item_id}" for line in lines])

    def packed(self) -> dict[int, int]:
        return {one.item_id: self.cleaned_data[f"line-{one.item_id}"] for one in self.lines}
