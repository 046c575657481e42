"""A change is obeyed by the very next read of everything that tells of a person, page cache on."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from html import unescape
from typing import Any
from wsgiref.util import setup_testing_defaults

from django.core.handlers.wsgi import WSGIHandler
from django.core.management import call_command
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.test import Client, TestCase
from django.utils import timezone

from benchside.careers.models import Role
from benchside.core.actions import Actor
from benchside.organisations.actions import equipment
from benchside.organisations.actions.definitions import write_definition
from benchside.organisations.actions.staff_lists import undo_staff_list
from benchside.organisations.enums import MemberRole
from benchside.organisations.models import Runs
from benchside.people.enums import Audience
from benchside.people.fields import FIELDS
from benchside.website import stamps
from benchside.website.page_cache import PageCache
from tests.factories.credit import confirmed
from tests.factories.organisations import RULES, a_member, a_unit, an_organisation, bring_in
from tests.factories.staff_lists import HEADER, OLU
from tests.factories.technicians import a_profile, at_work, tell

NEW = "2222222222"
NAME, KIT, PLACE, UNIT = "Zarquon", "Jubjubscope", "Xyzzyhall", "Plughworks"
ITEM, REACHED = "/equipment/{item}/", ["/equipment/{reached}/", "/equipment/at/xyzzy.csv"]
PERSON = f"/technicians/{NEW}/"
AT = ["/technicians/at/xyzzy/", "/technicians/at/xyzzy.csv", "/technicians/at/xyzzy/embed/"]
IN_UNIT = "/technicians/at/xyzzy/{unit}/"
API = ["/api/v1/technicians", f"/api/v1/technicians/{NEW}"]
OF_KIT = ["/technicians/kit/jubjubscope/", "/technicians/?kit=jubjubscope"]
ROLE = "/careers/roles/rov-pilot-technician/"
INSIDE = "/org/xyzzy/visibility/technicians/"
OWN = [INSIDE, "/org/xyzzy/visibility/technicians.csv", f"{INSIDE}{NEW}/"]

# What tells of her while she shows everything, and by which word.
TELLS_NAME = {
    **dict.fromkeys(["/technicians/", "/technicians.csv", PERSON, ROLE, *AT, IN_UNIT], NAME),
    **dict.fromkeys([*API, *OF_KIT, ITEM, *REACHED, *OWN], NAME),
    **dict.fromkeys([f"/search/?q={word}" for word in (NAME, KIT, PLACE)], NEW),
    **dict.fromkeys([f"/api/v1/technicians?q={word}" for word in (NAME, KIT, PLACE)], NEW),
    "/sitemap.xml": NEW,
}
TELLS_KIT = {
    **dict.fromkeys(["/technicians/", PERSON, "/technicians.csv", *AT[1:2], *API, *OWN[1:]], KIT),
    **dict.fromkeys([*OF_KIT, ITEM, f"{INSIDE}?kit=jubjubscope"], NAME),
    **dict.fromkeys([f"/search/?q={KIT}", f"/api/v1/technicians?q={KIT}"], NEW),
}
WORK = "Slithytove"
TELLS_WORK = {
    **dict.fromkeys([PERSON, "/technicians.csv", AT[1], *API, ITEM, *OWN[1:]], WORK),
    "/org/xyzzy/visibility/contributions/": WORK,
    "/org/xyzzy/visibility/contributions.csv": WORK,
}
TELLS_PLACE = {
    **dict.fromkeys(["/technicians/", PERSON, "/technicians.csv", ROLE, *API], PLACE),
    **dict.fromkeys([*AT, IN_UNIT, ITEM, *REACHED, *OWN], NAME),
    **dict.fromkeys([f"/search/?q={word}" for word in (PLACE, UNIT)], NEW),
    **dict.fromkeys([f"/api/v1/technicians?q={word}" for word in (PLACE, UNIT)], NEW),
}


class Obeyed(TestCase):
    """Somebody who shows everything to everyone, and whom every page has told of, twice."""

    @classmethod
    def setUpTestData(cls) -> None:
        call_command("load_catalogue", verbosity=0)
        cls.home = an_organisation("xyzzy", name=PLACE)
        cls.steward = a_member(cls.home, MemberRole.HR_STEWARD)
        write_definition(actor=Actor.of(cls.steward), organisation=cls.home, rules=RULES)
        role = Role.objects.get(slug="rov-pilot-technician")
        cls.profile = a_profile(NAME, public_id=NEW, role=role, contact_email="z@benchside.example")
        tell(cls.profile, kit=KIT)
        cls.unit = a_unit(cls.home, UNIT)
        cls.employment = at_work(cls.profile.technician, cls.home, cls.unit, "Quuxsmith")
        lead = Actor.of(a_member(cls.home))
        mill = {"name": "Mill", "is_public": True}
        cls.item = equipment.add_item(actor=lead, organisation=cls.home, values=mill)
        lathe = {"name": "Lathe", "is_public": True, "contact": cls.profile.technician}
        cls.reached = equipment.add_item(actor=lead, organisation=cls.home, values=lathe)
        Runs.objects.create(
            equipment=cls.item, technician=cls.profile.technician, confirmed_at=timezone.now(),
            said_by=cls.profile.technician.person_id,
        )  # fmt: skip
        cls.work = confirmed(cls.profile, WORK, equipment=[cls.item])

    def setUp(self) -> None:
        self.front = Front()
        self.mine, self.inside = Client(), Client()
        self.mine.force_login(self.profile.technician.account)
        self.inside.force_login(self.steward)

    def test_she_hides(self) -> None:
        with self.told_until(TELLS_NAME):
            self.mine.post("/my/visibility/switch/", {"show": "no"})
        assert self.front.status(PERSON) == "404 Not Found"
        with self.not_told_until(TELLS_NAME):
            self.mine.post("/my/visibility/switch/", {"show": "yes"})

    def test_she_hides_her_kit_alone(self) -> None:
        with self.told_until(TELLS_KIT):
            self.mine.post("/my/visibility/", chosen(kit=Audience.NOBODY))
        assert NAME in self.read(PERSON)
        assert NAME in self.read(INSIDE)

    def test_she_shows_her_kit_to_her_organisation_alone(self) -> None:
        public = {where: word for where, word in TELLS_KIT.items() if not where.startswith("/org/")}
        with self.told_until(public):
            self.mine.post("/my/visibility/", chosen(kit=Audience.ORGANISATION))
        assert KIT in self.read(f"{INSIDE}{NEW}/")

    def test_she_hides_her_work_alone(self) -> None:
        with self.told_until(TELLS_WORK):
            self.mine.post("/my/visibility/", chosen(contributions=Audience.NOBODY))
        assert NAME in self.read(PERSON)

    def test_she_hides_and_her_work_goes_with_her(self) -> None:
        with self.told_until(TELLS_WORK):
            self.mine.post("/my/visibility/switch/", {"show": "no"})

    def test_she_withdraws_a_piece_of_work_and_brings_it_back(self) -> None:
        where = f"/my/contributions/{self.work.pk}/do/"
        with self.told_until(TELLS_WORK):
            self.mine.post(where, {"verb": "withdraw"})
        again = {page: WORK for page in TELLS_WORK if page != ITEM}  # there confirmed ones only
        with self.not_told_until(again):
            self.mine.post(where, {"verb": "state_again"})

    def test_she_says_that_she_has_left(self) -> None:
        with self.told_until(TELLS_PLACE):
            self.mine.post(f"/my/employment/{self.employment.pk}/", {"word": "left"})
        assert NAME in self.read("/technicians/")
        assert NAME in self.read(PERSON)
        assert self.mine.get(INSIDE).status_code == 404

    def test_she_says_that_she_is_no_technician_there(self) -> None:
        with self.told_until(TELLS_PLACE):
            self.mine.post(f"/my/employment/{self.employment.pk}/", {"word": "no"})

    def test_whoever_keeps_the_list_says_that_she_has_left_and_is_back(self) -> None:
        where = f"/org/xyzzy/staff/{self.employment.pk}/"
        day = timezone.localdate().isoformat()
        with self.told_until(TELLS_PLACE):
            self.inside.post(f"{where}left/", {"left_on": day}, follow=True)
        with self.not_told_until({page: TELLS_PLACE[page] for page in [*AT, *OWN]}):
            self.inside.post(f"{where}back/", follow=True)

    def test_a_list_leaves_her_out_and_is_undone(self) -> None:
        steward = Actor.of(self.steward)
        with self.told_until(TELLS_PLACE):
            run = bring_in(steward, self.home, [HEADER, OLU])
        with self.not_told_until({page: TELLS_PLACE[page] for page in [*AT, *OWN]}):
            undo_staff_list(actor=steward, run=run)

    def test_browsers_and_proxies_ask_anew_before_they_show_it_again(self) -> None:
        for where in TELLS_NAME:
            if not where.startswith("/org/"):
                self.read(where)
                rule = self.front.headers["Cache-Control"]
                assert "no-cache" in rule, where
                assert "max-age" not in rule, where

    @contextmanager
    def told_until(self, tells: dict[str, str]) -> Iterator[None]:
        """Everything tells before, kept by the page cache where it is public; nothing after."""
        for where, word in tells.items():
            assert word in self.read(where), f"{where} never told {word}"
            before = self.front.asked
            self.read(where)
            assert self.front.asked == before or where.startswith("/org/"), f"{where} is not kept"
        with self.captureOnCommitCallbacks(execute=True):
            yield
        for where, word in tells.items():
            assert word not in self.read(where), f"{where} still tells {word}"

    @contextmanager
    def not_told_until(self, tells: dict[str, str]) -> Iterator[None]:
        with self.captureOnCommitCallbacks(execute=True):
            yield
        for where, word in tells.items():
            assert word in self.read(where), f"{where} does not tell {word} again"

    def read(self, where: str) -> str:
        where = where.format(item=self.item.pk, reached=self.reached.pk, unit=self.unit.pk)
        if where.startswith("/org/"):
            return unescape(self.inside.get(where).content.decode())
        return self.front.get(where)


class Front:
    """The site behind a page cache of its own, read by somebody who is not signed in."""

    def __init__(self) -> None:
        self.asked = 0
        self.headers: dict[str, str] = {}
        self.cache = PageCache(
            self.counted(WSGIHandler()), stamp=stamps.stamp, visited=lambda path: None,
            private_cookie="benchside_session",
        )  # fmt: skip

    def counted(self, site: Callable[..., Any]) -> Callable[..., Any]:
        def counting(environ: dict[str, Any], start_response: Any) -> Any:
            self.asked += 1
            return site(environ, start_response)

        return counting

    def get(self, where: str) -> str:
        return self._ask(where)[1]

    def status(self, where: str) -> str:
        return self._ask(where)[0]

    def _ask(self, where: str) -> tuple[str, str]:
        environ: dict[str, Any] = {}
        setup_testing_defaults(environ)
        path, _, query = where.partition("?")
        environ |= {"PATH_INFO": path, "QUERY_STRING": query, "HTTP_HOST": "testserver"}
        said: list[Any] = []
        # As the test client does: a request does not end the connection the test itself uses.
        for signal in (request_started, request_finished):
            signal.disconnect(close_old_connections)
        try:
            body = b"".join(self.cache(environ, lambda *args: said.append(args)))
        finally:
            for signal in (request_started, request_finished):
                signal.connect(close_old_connections)
        self.headers = dict(said[0][1])
        return said[0][0], unescape(body.decode(errors="replace"))  # a card is a picture


def chosen(**but: Audience) -> dict[str, str]:
    """The form of who sees what: everything to everyone, but for what is said."""
    return {field.key: str(int(but.get(field.key, Audience.EVERYONE))) for field in FIELDS}
