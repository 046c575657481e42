"""An exhibition in the demonstration, visibly made up: six panels, four venues."""

from datetime import timedelta

from django.utils import timezone

from benchside.accounts.models import DEMONSTRATION_DOMAIN, User
from benchside.core.actions import Actor
from benchside.visibility.exhibitions import actions, queries
from benchside.visibility.exhibitions.enums import CountedBy
from benchside.visibility.models import Exhibition, Photo, Stop, Story

PANELS = 6
OF_STORIES = 2
LONGEST_HEADING = 80
WORDS = (
    "Somebody comes early, sets it up, tries it, and makes it safe. Nobody claps. Then everything "
    "works, and everybody else can begin. This panel is made up, to show how one looks."
)
# Venue, town, nation, first and last day from today, what one should know to get in.
VENUES = [
    ("Made-Up Library", "Nowhere", "england", -40, -22, "No steps. Lift to all floors."),
    ("Made-Up University, Great Hall", "Nowhere-on-Sea", "wales", -6, 8, "Ramp at the side door."),
    ("Made-Up Science Centre", "Elsewhere", "scotland", 15, 45, "No steps. Quiet hour at ten."),
    ("Made-Up Town Hall", "Otherwhere", "northern-ireland", 60, 74, "Two steps; ring for a ramp."),
]  # fmt: skip
BY_DAY = (41, 63, 38, 0, 112, 95)


def create() -> None:
    """Once: nothing where there is an exhibition, or nobody to run it."""
    user = User.objects.filter(email=f"campaigner{DEMONSTRATION_DOMAIN}").first()
    if user is None or Exhibition.objects.exists():
        return
    actor = Actor.of(user)
    exhibition = actions.create_exhibition(
        actor=actor,
        values={
            "slug": "hands-on-tour",
            "title": "Hands on tour",
            "lead": "Six big pictures of work that is seldom seen.",
            "about": "Stand in front of each for a minute. Then look for the same work in the "
            "building you are in.\n\nThis exhibition is made up.",
        },
    )
    _hang(actor, exhibition)
    stops = [_stop(actor, exhibition, *venue) for venue in VENUES]
    actions.cancel_stop(actor=actor, stop=stops[3])
    _count(actor, stops[0], guess=False)
    _count(actor, stops[1], guess=True)
    if queries.panels_shown(exhibition):
        actions.open_exhibition(actor=actor, exhibition=exhibition)


def _hang(actor: Actor, exhibition: Exhibition) -> None:
    stories: list[Story | Photo] = list(queries.stories_to_hang(exhibition)[:OF_STORIES])
    photos = list(queries.photos_to_hang(exhibition).order_by("pk")[: PANELS - len(stories)])
    for source in [*stories, *photos]:
        said = _heading(source)
        actions.hang(actor=actor, exhibition=exhibition, source=source, heading=said, words=WORDS)


def _heading(source: Story | Photo) -> str:
    """A story's first line if it fits, a photograph's caption; else the job."""
    if isinstance(source, Photo):
        return source.caption.partition(" (")[0]
    quoted = f"“{source.told.get('hook', '')}”"
    if len("“”") < len(quoted) <= LONGEST_HEADING:
        return quoted
    return source.role.title if source.role else "Technician"


def _stop(
    actor: Actor,
    exhibition: Exhibition,
    venue: str,
    town: str,
    nation: str,
    first: int,
    last: int,
    access: str,
) -> Stop:
    today = timezone.localdate()
    values = {
        "venue": venue,
        "address": "1 Made-Up Street",
        "town": town,
        "nation": nation,
        "starts_on": today + timedelta(days=first),
        "ends_on": today + timedelta(days=last),
        "hours": "Monday to Saturday, 10:00 to 16:00",
        "access": access,
        "contact": "Vera Made-Up",
        "contact_email": f"venue{DEMONSTRATION_DOMAIN}",
        "contact_phone": "01632 960000",  # of the numbers Ofcom keeps for stories
    }
    return actions.plan_stop(actor=actor, exhibition=exhibition, values=values)


def _count(actor: Actor, stop: Stop, *, guess: bool) -> None:
    for number, visitors in enumerate(BY_DAY):
        actions.note_visitors(
            actor=actor,
            stop=stop,
            day=stop.starts_on + timedelta(days=number),
            visitors=visitors,
            source=CountedBy.GUESS if guess and number % 2 else CountedBy.CLICKER,
            is_estimate=False,
        )
