"""What this room puts into an organisation's workspace: sheets of the rail, and what waits."""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from functools import partial

from django.urls import reverse
from django.utils import timezone

from benchside.accounts import queries as accounts
from benchside.core.registries import AreaReport, Standing, ToDo, ToDoSource, WorkspaceTab
from benchside.core.sitting import Sitting
from benchside.organisations import queries, roles, staff_queries
from benchside.organisations.enums import Kind, MemberRole, StaffRunState
from benchside.organisations.models import Employment, Membership, Organisation, StaffRun, Unit
from benchside.organisations.staff import judging, releasing
from benchside.organisations.wording import spoken

NEWEST = "organisations.newest_run"
STALE_AFTER = timedelta(days=190)  # two lists a year, and a little grace


def _address(name: str, slug: str) -> str:
    return reverse(f"organisations:{name}", args=[slug])


def _tab(name: str, title: str, order: int, right: str = roles.SEE, area: str = "") -> WorkspaceTab:
    return WorkspaceTab(
        key=f"organisations.{name}",
        area=area,
        title=title,
        url=partial(_address, name),
        roles=frozenset(roles.with_right(right)),
        order=order,
    )


TABS = [
    _tab("people", "People", 10),
    _tab("staff", "Staff list", 5, roles.SEE_OWN_STAFF),
    _tab("units", "Units", 20),
    _tab("invitations", "Invitations", 30, roles.INVITE),
    _tab("hand_over", "Hand over", 40, roles.HAND_OVER),
    _tab("details", "Details", 50),
    _tab("audit", "What was done", 60, roles.SEE_AUDIT),
    _tab("measures", "Technicians in numbers", 10, area="impact"),
]


def things_to_do(sitting: Sitting) -> Sequence[ToDo]:
    organisation_id, slug = sitting.organisation_id, sitting.slug
    live = Membership.objects.live().filter(organisation=organisation_id)
    is_small = sitting.kind == Kind.SCHOOL
    found: list[ToDo] = []
    if sitting.has_one_of(roles.with_right(roles.SEE_STAFF)) and accounts.is_open_to_thieves(
        sitting.viewer_id
    ):
        found.append(_second_factor())
    if sitting.has_one_of(roles.with_right(roles.INVITE)):
        waiting = queries.open_invitations(organisation_id).values_list("role", flat=True)
        taken = {*live.values_list("role", flat=True), *waiting}
        wanted = WANTED[:1] if is_small else WANTED
        found += [_invite(slug, *each) for each in wanted if each[0] not in taken]
    if sitting.has_one_of(roles.with_right(roles.KEEP_STAFF)):
        found += _staff_to_do(sitting)
    may_shape = sitting.has_one_of(roles.with_right(roles.SHAPE_UNITS))
    if may_shape and not is_small and not _has_units(organisation_id):
        found.append(_draw_units(slug))
    return found


def _newest_run(organisation_id: int) -> StaffRun | None:
    return staff_queries.newest_run(Organisation(pk=organisation_id))


def _staff_to_do(sitting: Sitting) -> Iterator[ToDo]:
    """The next step of the staff list: a file that waits, else the first list, else its titles."""
    organisation, slug = Organisation(pk=sitting.organisation_id, slug=sitting.slug), sitting.slug
    for file in staff_queries.files(organisation):
        if file.run is None or file.run.state == StaffRunState.PREVIEWED:
            yield ToDo(
                title="Finish bringing in the staff list",
                why=f"{file.filename} waits for you. It is deleted a week after it came.",
                do="Go on with it",
                url=reverse("organisations:staff_columns", args=[slug, file.pk]),
                order=1,
            )
            return
    newest = sitting.once(NEWEST, _newest_run)
    if newest is None:
        yield ToDo(
            title="Bring in your staff list",
            why="A spreadsheet from HR, just as it is: from it comes who your technicians are.",
            do="Bring in a list",
            url=_address("staff_bring_in", slug),
            order=5,
        )
        return
    if waiting := len(judging.waiting_titles(organisation)):
        yield ToDo(
            title=f"Decide about {waiting} job title{'' if waiting == 1 else 's'}",
            why="No rule is sure of them. What you decide is remembered for every later list.",
            do="Decide",
            url=_address("staff_titles", slug),
            order=15,
        )
    if timezone.localdate() - newest.as_of > STALE_AFTER:
        yield ToDo(
            title="Bring in a newer staff list",
            why=f"The one that holds is of {newest.as_of:%d/%m/%Y}.",
            do="Bring in a list",
            url=_address("staff_bring_in", slug),
            order=25,
        )


def _second_factor() -> ToDo:
    return ToDo(
        title="Add a second lock to your sign-in",
        why="You see what people told HR. With a second lock a stolen password alone opens none "
        "of it. A passkey takes a minute.",
        do="Add a second lock",
        url=reverse("accounts:second_factor"),
        order=3,
    )


def _has_units(organisation_id: int) -> bool:
    return Unit.objects.open().filter(organisation=organisation_id).exists()


# Roles an organisation is better off with: which, why, how soon. A school needs only the first.
WANTED = (
    (MemberRole.DEPUTY, "One person away should never mean that nothing can be done.", 10),
    (
        MemberRole.HR_STEWARD,
        "They bring in the staff list, and see what must stay with few people.",
        30,
    ),
)


def _invite(slug: str, role: MemberRole, why: str, order: int) -> ToDo:
    name = spoken(role)
    article = "an" if role == MemberRole.HR_STEWARD else "a"
    return ToDo(
        title=f"Invite {article} {name}",
        why=why,
        do=f"Invite {article} {name}",
        url=f"{_address('invitations', slug)}?role={role}",
        order=order,
    )


def _draw_units(slug: str) -> ToDo:
    return ToDo(
        title="Draw up your units",
        why="Faculties, departments, workshops: posts and champions hang on them. Two or three are "
        "enough to begin with.",
        do="Add the first unit",
        url=_address("units", slug),
        order=20,
    )


def staff_list_standing(sitting: Sitting) -> Standing | None:
    """How many technicians the newest staff list knows, and of which day it is."""
    run = sitting.once(NEWEST, _newest_run)
    if run is None:
        return None
    known = Employment.objects.current().filter(organisation=sitting.organisation_id).count()
    return Standing(
        done=known,
        total=known,
        words=f"{known:,} technician{'' if known == 1 else 's'} known by the staff list",
        as_of=run.as_of,
    )


def censuses_standing(sitting: Sitting) -> Standing | None:
    """On how many census days technicians were counted, and the last of them."""
    days = [one.day for one in releasing.shown_of(Organisation(pk=sitting.organisation_id))]
    if not days:
        return None
    words = f"Technicians counted on {len(days)} census day{'' if len(days) == 1 else 's'}"
    return Standing(done=len(days), total=len(days), words=words, as_of=days[-1])


CENSUSES = AreaReport(key="organisations.censuses", area="impact", standing=censuses_standing)
STAFF_LIST = AreaReport(
    key="organisations.staff_list", area="visibility", standing=staff_list_standing
)
TO_DO = ToDoSource(key="organisations", things=things_to_do)
