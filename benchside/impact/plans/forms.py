"""The forms of action plans: few fields each, and what was typed stays."""

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone

from benchside.accounts.forms import ONE_LINE
from benchside.core.forms import say_what_to_do
from benchside.core.registries import measures
from benchside.impact.enums import ActionState, Area, Delivery
from benchside.impact.models import Action, Cycle, Plan
from benchside.impact.plans import queries, themes
from benchside.organisations import queries as organisations
from benchside.organisations.models import Organisation

NOBODY = "nobody"


def line(label: str, most: int, hint: str = "", *, required: bool = True) -> forms.CharField:
    return forms.CharField(
        label=label, max_length=most, help_text=hint, required=required, validators=[ONE_LINE],
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip


def words(label: str, most: int, hint: str = "", rows: int = 3) -> forms.CharField:
    return forms.CharField(
        label=label, max_length=most, help_text=hint, required=False,
        widget=forms.Textarea(attrs={"rows": rows}),
    )  # fmt: skip


def day(label: str, hint: str = "", *, required: bool = False) -> forms.DateField:
    return forms.DateField(
        label=label, required=required, help_text=hint,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        error_messages={"invalid": "Give a day, such as 31/07/2027."},
        input_formats=["%Y-%m-%d", "%d/%m/%Y", "%d/%m/%y", "%d.%m.%Y"],
    )  # fmt: skip


class PlainForm(forms.Form):
    """The browser does not stop what we can say better. `ids` keeps forms of one page apart."""

    ids = "id_%s"

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **{"auto_id": self.ids, **options})
        self.use_required_attribute = False
        say_what_to_do(self)


class PlanForm(PlainForm):
    title = line("What the plan is called", 120)
    starts_on = day("From", required=True)
    ends_on = day("To", required=True)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        starts, ends = cleaned.get("starts_on"), cleaned.get("ends_on")
        if starts and ends and ends <= starts:
            self.add_error("ends_on", "Give a day after the start.")
        return cleaned

    def values(self) -> dict[str, Any]:
        return dict(self.cleaned_data)


class BeginForm(PlanForm):
    """With the stage it is for and the plan it continues, where there are any."""

    def __init__(self, *args: Any, cycles: list[Cycle], before: list[Plan], **options: Any) -> None:
        super().__init__(*args, **options)
        self.cycles = {str(one.pk): one for one in cycles}
        self.before = {str(one.pk): one for one in before}
        if cycles:
            named = [(key, _stage(one)) for key, one in self.cycles.items()]
            self.fields["cycle"] = _choice("What it is for", [("", "No charter"), *named])
        if before:
            earlier = [(key, one.title) for key, one in self.before.items()]
            self.fields["before"] = _choice("It continues", [("", "No plan before"), *earlier])

    def values(self) -> dict[str, Any]:
        found = dict(self.cleaned_data)
        found["cycle"] = self.cycles.get(found.get("cycle", ""))
        found["before"] = self.before.get(found.get("before", ""))
        return found


def _stage(cycle: Cycle) -> str:
    charter = cycle.signatory.charter.name
    return f"{charter}, stage {cycle.stage}, due {_told(cycle.due_on)}"


def _told(on: date) -> str:
    return f"{on.day} {on:%B %Y}"


def _choice(label: str, choices: list[tuple[str, str]]) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=choices, required=False)


def begin_form(organisation: Organisation, data: Any) -> BeginForm:
    """With years that fit the stage that waits."""
    cycles = list(queries.cycles_without_plan(organisation))
    before = list(Plan.objects.filter(organisation=organisation, after__isnull=True))
    today = timezone.localdate()
    starts = date(today.year + (today.month > 6), 1, 1)
    months = cycles[0].plan_months if cycles else 36
    initial = {
        "title": f"Action plan {starts.year} to {starts.year + months // 12 - 1}",
        "starts_on": starts,
        "ends_on": date(starts.year + months // 12 - 1, 12, 31),
        "cycle": str(cycles[0].pk) if cycles else "",
    }
    return BeginForm(data, cycles=cycles, before=before, initial=initial)


# --- one action ---------------------------------------------------------------------------------
class ActionForm(PlainForm):
    """All of an action but its state, its steps and its proof."""

    optional_said_above = "Only the first two are needed now. The rest can follow."

    title = line("What will be done", 300, "One sentence that begins with a verb of doing.")
    areas = forms.MultipleChoiceField(
        label="Areas", choices=Area.choices, widget=forms.CheckboxSelectMultiple,
        help_text="The first one gives the code its letter.",
        error_messages={"required": "Choose at least one of the five."},
    )  # fmt: skip
    objective = words("What it is to achieve", 2000)
    rationale = words("Why", 2000, "What you found, and where.")
    text = words("What everybody reads", 4000, "Once the plan is public. No names of people.")
    internal = words("What only members read", 4000)
    owner = forms.ChoiceField(label="Who answers for it", required=False)
    owner_post = line(
        "Their post", 120, "Public, and in what is signed, in place of a name.", required=False
    )
    contributors = forms.MultipleChoiceField(
        label="Who helps", required=False, widget=forms.CheckboxSelectMultiple
    )
    starts_on = day("From")
    due_on = day("By")
    cost = forms.DecimalField(
        label="Cost in pounds", required=False, min_value=0, max_digits=12, decimal_places=2,
        help_text="Never public.", widget=forms.TextInput(attrs={"inputmode": "decimal"}),
    )  # fmt: skip
    themes = forms.MultipleChoiceField(
        label="Themes", required=False, choices=themes.CHOICES,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    other_charters = words("Other charters it serves", 600, "One a line.", rows=2)

    def __init__(self, organisation: Organisation, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.people = {str(one.pk): one for one in organisations.members_who_sign_in(organisation)}
        named = [(key, one.get_full_name()) for key, one in self.people.items()]
        self.fields["owner"].choices = [("", "Nobody yet"), *named]  # type: ignore[attr-defined]
        self.fields["contributors"].choices = named  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        starts, due = cleaned.get("starts_on"), cleaned.get("due_on")
        if starts and due and due < starts:
            self.add_error("due_on", "This is before its start: mend one of the two.")
        return cleaned

    def values(self) -> dict[str, Any]:
        """As `change_action` takes them."""
        found = dict(self.cleaned_data)
        found["owner"] = self.people.get(found["owner"])
        found["contributors"] = [self.people[key] for key in found["contributors"]]
        lines = found["other_charters"].splitlines()
        found["other_charters"] = [" ".join(one.split())[:80] for one in lines if one.strip()][:20]
        return found


def initial_of(action: Action) -> dict[str, Any]:
    names = (
        "title", "areas", "objective", "rationale", "text", "internal", "owner_post", "starts_on",
        "due_on", "cost", "themes",
    )  # fmt: skip
    return {
        **{name: getattr(action, name) for name in names},
        "owner": str(action.owner_id or ""),
        "contributors": [str(one.pk) for one in action.contributors.all()],
        "other_charters": "\n".join(action.other_charters),
    }


class NewAction(PlainForm):
    """The least an action needs; the rest follows on its page."""

    title = ActionForm.base_fields["title"]
    areas = ActionForm.base_fields["areas"]
    due_on = ActionForm.base_fields["due_on"]


class StateForm(PlainForm):
    verb = forms.CharField(max_length=20)
    why = forms.CharField(label="Why", max_length=500, required=False)


class NoteForm(PlainForm):
    ids = "note_%s"

    delivery = forms.ChoiceField(
        label="How it goes",
        required=False,
        choices=[("", "Say nothing of it"), *[one for one in Delivery.choices if one[0]]],
    )
    text = words("What happened", 2000, "At risk or off track? Say why.", rows=2)
    is_public = forms.BooleanField(label="Everybody may read this note", required=False)


class MilestoneForm(PlainForm):
    ids = "milestone_%s"

    title = line("Milestone", 200)
    due_on = day("By")


class SuccessForm(PlainForm):
    """What will be measured. One that Benchside keeps by itself needs no title."""

    ids = "measure_%s"

    title = line("What is counted", 200, required=False)
    measure = forms.ChoiceField(
        label="Or let Benchside count", required=False,
        help_text="It observes itself on census days.",
    )  # fmt: skip
    unit = line("Unit", 40, "People, hours, %.", required=False)
    baseline = forms.DecimalField(label="Now", required=False, max_digits=12, decimal_places=2)
    baseline_on = day("Counted on")
    target = forms.DecimalField(label="To reach", required=False, max_digits=12, decimal_places=2)
    target_on = day("Reached by")
    denominator = line("Out of", 120, "All technicians, all departments.", required=False)
    source = line("Where the number comes from", 200, required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        kept = [(one.key, one.title) for one in measures]
        self.fields["measure"].choices = [("", "No, we count it"), *kept]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not cleaned.get("title") and not cleaned.get("measure"):
            self.add_error("title", "Say what is counted, or choose what Benchside counts.")
        return cleaned


class ObservationForm(PlainForm):
    value = forms.DecimalField(label="Value", max_digits=12, decimal_places=2)
    observed_on = day("On", required=True)
    people = forms.IntegerField(label="Out of", required=False, min_value=0, max_value=10**9)


class EvidenceForm(PlainForm):
    ids = "evidence_%s"

    title = line("What it shows", 200, required=False)
    url = forms.CharField(
        label="Address of the page", max_length=500,
        widget=forms.TextInput(attrs={"inputmode": "url", "autocomplete": "off"}),
    )  # fmt: skip
    is_public = forms.BooleanField(label="Everybody may see it", required=False)


# --- many at once -------------------------------------------------------------------------------
class BulkForm(PlainForm):
    """Which field of the chosen actions is changed, and into what."""

    optional_said_above = True

    WHAT = (
        ("owner", "Who answers for it"),
        ("due_on", "By when"),
        ("state", "State"),
        ("delivery", "How it goes"),
        ("add_theme", "Add a theme"),
        ("drop_theme", "Take a theme off"),
    )
    STEPS = (
        ("agree", "Agree"), ("start", "Start"), ("complete", "Complete"), ("embed", "Embed"),
        ("revise", "Revise"), ("stop", "Stop"), ("reopen", "Open again"),
    )  # fmt: skip

    what = forms.ChoiceField(label="What to change", choices=WHAT, widget=forms.RadioSelect)
    owner = forms.ChoiceField(label="Who answers for it", required=False)
    due_on = day("By when")
    state = forms.ChoiceField(label="State", choices=STEPS, required=False)
    delivery = forms.ChoiceField(
        label="How it goes", required=False, choices=[one for one in Delivery.choices if one[0]]
    )
    theme = forms.ChoiceField(label="Theme", required=False, choices=themes.CHOICES)
    why = line("Why", 500, "For stop, revise, at risk and off track.", required=False)

    def __init__(self, organisation: Organisation, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.people = {str(one.pk): one for one in organisations.members_who_sign_in(organisation)}
        named = [(key, one.get_full_name()) for key, one in self.people.items()]
        self.fields["owner"].choices = [(NOBODY, "Nobody"), *named]  # type: ignore[attr-defined]


STATE_WORDS = dict(ActionState.choices)
