"""The living style sheet: every component of the drawing sheet in every state."""

from dataclasses import dataclass
from datetime import date

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from benchside.careers.lanes import chart

COLOURS = (
    "paper", "sheet", "inset", "ink", "ink-2", "ink-3", "rule", "link", "hivis",
    "bad", "good", "warn", "info",
)  # fmt: skip
AREAS = (
    ("vis", "Visibility"), ("rec", "Recognition"), ("car", "Careers"),
    ("sus", "Sustainability"), ("imp", "Impact"), ("out", "Outreach"),
)  # fmt: skip
MOMENTS = (
    {"time": "07:45", "title": "Warm up", "text": "Lamps on, gauges to zero."},
    {"time": "09:15", "title": "First cut", "text": "A tenth of a millimetre.", "key": True},
    {"time": "12:30", "title": "Lunch", "text": "Somebody brought flapjack."},
    {"time": "15:00", "title": "Prove it", "text": "Measure, write it down, sign."},
)  # fmt: skip
# Anchor, heading, how to use it; its template is website/design/<anchor>.html.
SECTIONS = (
    (
        "colours",
        "Colours",
        "Ink on sheet, and one highlight. Hi-vis means “here”: the one thing to do, the "
        "focus, the spot on a drawing. An area colour is for its tab and its plate edge.",
    ),
    (
        "type",
        "Type",
        "Two stacks of fonts that every system has. One h1 to a page, one h2 to a zone, "
        "sentence case. Capitals only on plate labels and tabs.",
    ),
    (
        "plates",
        "Plates",
        "The number first, then what lets a reader trust the sheet. On a phone a plate folds "
        "to two lines; one that proves something does not fold.",
    ),
    (
        "actions",
        "Actions",
        "A button says what it does. One hi-vis button to a screen.",
    ),
    (
        "wayfinding",
        "Finding your way",
        "Crumbs, tabs, chips, tags and pages. Words in all of them.",
    ),
    (
        "fields",
        "Fields",
        "Label, hint, what is wrong, then the control. An error names the remedy.",
    ),
    (
        "messages",
        "Messages",
        "Say what is wrong and what to do; in an empty place say what to do first.",
    ),
    (
        "lists",
        "Lists and time",
        "A contact grid shares its hairlines. Time is drawn as length: the rule and the lanes "
        "are to scale.",
    ),
    (
        "figures",
        "Facts and figures",
        "No figure without its source and year. A state has a letter, a shape and a word; "
        "colour only agrees. Each chart has its table.",
    ),
    (
        "tables",
        "Tables",
        "On a phone each row becomes a small block.",
    ),
    (
        "records",
        "Records",
        "A record proves something, so its plate never folds. The stamp repeats in words what "
        "the list proves.",
    ),
    (
        "drawings",
        "Drawings",
        "One pen: two pixels at any size, round joins, no shading, one spot of hi-vis. If it "
        "is to scale it says so; if not, it says “not to scale”.",
    ),
)
FACT = {"label": "Hub height", "value": "105 m", "source": "Example", "as_of": date(2021, 6, 1)}


@dataclass(frozen=True)
class SpecimenRoute:
    kind: str
    title: str
    reference: str
    level: int | None
    months: int | None


ROUTES = (
    SpecimenRoute("apprenticeship", "Glass technician", "ST0000", 3, 30),
    SpecimenRoute("t-level", "Science", "", 3, 24),
    SpecimenRoute("higher", "Glass scientist", "ST0001", 5, None),
)


class SpecimenForm(forms.Form):
    """One field of each kind. It is shown, never sent."""

    name = forms.CharField(label="Name of this thing", help_text="As it stands on the door.")
    day = forms.CharField(label="Date of this list", help_text="For example, 1 November 2025")
    about = forms.CharField(label="What happened", widget=forms.Textarea, required=False)
    kind = forms.ChoiceField(label="Kind", choices=[("a", "Workshop"), ("b", "Laboratory")])
    size = forms.ChoiceField(
        label="How big", choices=[("s", "Small"), ("l", "Large")], widget=forms.RadioSelect
    )
    agree = forms.BooleanField(label="Keep this for next time", required=False)

    def clean_day(self) -> str:
        raise forms.ValidationError(
            "31 November does not exist. Enter a real date, such as 30 November 2025."
        )


def _filled_form(prefix: str) -> SpecimenForm:
    given = {"name": "Glass workshop", "day": "31 November 2025", "kind": "a", "size": "s"}
    return SpecimenForm({f"{prefix}-{name}": value for name, value in given.items()}, prefix=prefix)


@require_safe
def design(request: HttpRequest) -> HttpResponse:
    modes = [
        {
            "name": name,
            "label": label,
            "form": _filled_form(name),
            "page": Paginator(range(90), 10).page(4),
        }
        for name, label in (("light", "Paper"), ("dark", "Blueprint"))
    ]
    context = {
        "modes": modes,
        "colours": COLOURS,
        "areas": AREAS,
        "moments": MOMENTS,
        "fact": FACT,
        "chart": chart(ROUTES),
        "sections": SECTIONS,
        "points": [("2021", 8), ("2022", 11), ("2023", 15), ("2024", 16), ("2025", 17)],
        "bar_rows": [("Health", 12, "#figures"), ("Energy", 7, ""), ("Stage and screen", 5, "")],
        "tabs": [("Overview", request.path), ("People", "#tables"), ("Papers", "#fields")],
    }
    return render(request, "website/design.html", context)
