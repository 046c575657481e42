"""The standards that come with this part: what signing awards, and the form of each stage."""

from pathlib import Path

from benchside.assessment.actions import load_standard, publish_standard
from benchside.assessment.models import StandardVersion
from benchside.assessment.standards import read
from benchside.core.actions import Actor
from benchside.impact.charters.deadlines import KINDS, Reminder, Rules, Stage, Window

FOLDER = Path(__file__).resolve().parent.parent / "standards"
SIGNATORY, SUPPORTER = "charter-signatory", "charter-supporter"
FORMS = ("technician-charter-stage-1", "technician-charter-stage-2", "technician-charter-stage-3")
# What a new charter begins with; see docs/decisions/0026-when-a-stage-is-due.md.
FIRST_RULES = Rules(
    windows=(Window(1, 31), Window(7, 31)),
    first_after_months=12,
    stages=(Stage(24, FORMS[0]), Stage(36, FORMS[1]), Stage(36, FORMS[2])),
    extensions=1,
    reminders=tuple(
        Reminder(key, title, months)
        for key, title, months in zip(
            KINDS,
            ("Ask technicians", "Take it to the steering group", "Take it to the executive"),
            (6, 3, 2),
            strict=True,
        )
    ),
)


def load_files(*, actor: Actor) -> list[StandardVersion]:
    """Keep and publish those that are not published yet; what an editor loaded stays."""
    found = []
    for path in sorted(FOLDER.glob("technician-charter-*.toml")):
        standard = read(path)
        held = StandardVersion.objects.filter(key=standard.key, version=standard.version).first()
        if held is None or held.state == "draft":
            held = load_standard(actor=actor, standard=standard)
            publish_standard(actor=actor, version=held)
        found.append(held)
    return found
