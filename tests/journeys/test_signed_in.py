"""What holds for every page behind a sign-in: accessible, valid, narrow enough, nothing astray."""

import json
import re
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page

from tests import services
from tests.journeys.conftest import PASSWORD, Site, narrow, width_of

NODE = Path(__file__).resolve().parent.parent / "node"
HERE = "/org/made-up-university/"
PLAN = "impact/plan/34343434-3434-4343-8434-343434343434/"
# By whom they are seen. What is below a number is reached by its link: the first such on a page.
LEAD = [
    "", "people/", "units/", "invitations/", "hand-over/", "details/", "audit/",
    "staff/", "staff/?unit=none", "staff/?q=zzzzqqq", "staff/add/", "staff/bring-in/",
    "staff/lists/", "staff/definition/", "staff/definition/edit/", "staff/definition/compare/",
    "staff/titles/", "staff/titles/decided/", "staff/duplicates/", "staff/requests/",
    "staff/snapshots/", "staff/claims/", "impact/measures/", "impact/measures/?by=age_band",
    "visibility/directory/", "visibility/technicians/", "visibility/technicians/?q=zzzzqqq",
    "visibility/equipment/", "visibility/equipment/add/", "visibility/equipment/bring-in/",
    "visibility/stories/", "visibility/stories/?q=zzzzqqq", "visibility/stories/new/",
    "visibility/contributions/", "visibility/contributions/?q=zzzzqqq",
    "visibility/campaigns/", "recognition/",
    "recognition/registrations/", "recognition/registrations/?q=zzzzqqq",
    "recognition/registrations/fees/", "recognition/credentials/", "outreach/orders/",
    "impact/plans/", PLAN, f"{PLAN}board/", f"{PLAN}timeline/", f"{PLAN}print/", f"{PLAN}check/",
    f"{PLAN}history/", f"{PLAN}V-001/", f"{PLAN}V-001/edit/", f"{PLAN}change/?code=V-001",
]  # fmt: skip
FROM_A_LINK = {
    "staff/": r"staff/\d+/$",
    "staff/lists/": r"staff/lists/\d+/$",
    "units/": r"units/\d+/$",
    "people/": r"people/\d+/end/$",
    "visibility/equipment/": r"visibility/equipment/\d+/$",
    "visibility/technicians/": r"visibility/technicians/[0-9a-z]{8,}/$",
    "/my/cpd/": r"/my/cpd/[0-9a-f-]{36}/$",
    "/registry/registered-technician/entries/": r"entries/[A-Z]+-\d+/$",
    "/registry/registered-technician/conduct/": r"conduct/\d+/$",
    "/my/contributions/": r"/my/contributions/\d+/$",
    "/registry/registered-technician/cpd/": r"cpd/runs/\d+/$",
    "/registry/registered-technician/cpd/cases/": r"cpd/cases/\d+/$",
    "/my/registrations/": r"/my/registrations/R[A-Z]+-\d+/$",
    "/my/registrations/OLD-1041/declare/": r"/declare/\d+/$",
    "/registry/registered-technician/applications/": r"/applications/RTA-\d+/$",
}
DESK = "/registry/registered-technician/"
AT_ONCE = 12  # pages of a walk
ROLES = {
    "registrar": [
        DESK, f"{DESK}queues/renewals/", f"{DESK}queues/check/", f"{DESK}queues/late/?q=zzzzqqq",
        f"{DESK}entries/", f"{DESK}entries/?due=due", f"{DESK}entries/?q=zzzzqqq",
        f"{DESK}conduct/", f"{DESK}conduct/?q=zzzzqqq", f"{DESK}assessors/", f"{DESK}outcomes/",
        f"{DESK}queues/words/", f"{DESK}queues/silent/", "/my/credentials/words/",
        *(
            f"{DESK}{one}"
            for one in (
                "cpd/", "cpd/runs/new/", "cpd/cases/", "cpd/cases/?q=zzzzqqq", "cpd/committee/",
                "cpd/declarations/", "cpd/declarations/?what=late", "hiding/", "as-at/", "seals/",
                "names/RT-000020/", "applications/", "applications/?q=zzzzqqq",
                "bring/", "bring/1/", "bring/1/?q=zzzzqqq", "bring/2/", "bring/2/columns/",
                "entries/OLD-1064/letter/", "entries/OLD-1041/letter/",
            )
        ),
    ],
    "lead": [HERE + one for one in LEAD],
    "hr-steward": [f"{HERE}impact/measures/exact/", f"{HERE}staff/"],
    "champion": ["/my/actions/", HERE, f"{HERE}visibility/equipment/", f"{HERE}people/"],
    "manager": [HERE, f"{HERE}staff/", f"{HERE}visibility/equipment/"],
    "anwen.invented": [
        "/my/", "/my/profile/", "/my/profile/photo/", "/my/profile/skills/", "/my/profile/kit/",
        "/my/profile/qualifications/", "/my/profile/languages/", "/my/visibility/",
        "/my/preview/", "/my/preview/?as=nobody", "/my/employment/",
        "/my/equipment/", "/my/equipment/?q=microscope", "/my/data/", f"{HERE}count-me-in/",
        "/my/stories/", "/my/nominations/", "/nominations/made-up-prize/nominate/",
        "/my/cpd/", "/my/cpd/?q=zzzzqqq", "/my/cpd/add/", "/my/cpd/bring-in/", "/my/cpd/shares/",
        "/my/cpd/settings/", "/my/cpd/how/",
        "/my/credentials/", "/my/registrations/", "/my/registrations/OLD-1041/",
        "/my/registrations/OLD-1041/declare/", "/my/fees/",
        "/my/contributions/", "/my/contributions/add/",
        "/my/contributions/add/?hand=yes",
    ],
    "mark-officer": ["/assess/nominations/", "/assess/nominations/made-up-prize/",
                     "/assess/nominations/begin/"],
    "candidate": [
        "/my/registrations/", "/my/registrations/start/",
        "/my/registrations/start/registered-it-technician/",
        "/my/registrations/start/registered-it-technician/?route=accredited", "/my/fees/",
    ],
    "registered": ["/my/", "/my/registrations/", "/my/fees/", "/my/nominations/1/"],
    "applicant": ["/my/", "/my/record/", "/my/equipment/", "/my/employment/", "/org/new/check/"],
}  # fmt: skip


@pytest.fixture(scope="module")
def states() -> dict[str, Any]:
    """Each role's cookies, once it has signed in."""
    return {}


@pytest.fixture
def context_of(browser: Any, site: Site, states: dict[str, Any]) -> Iterator[Callable[..., Any]]:
    """context_of("lead", width=320) is a browser in which that person is signed in."""
    opened = []

    def open_context(who: str, *, width: int = 1280, **more: Any) -> BrowserContext:
        context = browser.new_context(
            viewport={"width": width, "height": 900},
            storage_state=states.get(who),
            reduced_motion="reduce",
            **more,
        )
        opened.append(context)
        if who not in states:
            page = context.new_page()
            page.goto(f"{site.address}/accounts/login/")
            page.get_by_label("E-mail").fill(f"{who}@benchside.example")
            page.get_by_label("Password", exact=True).fill(PASSWORD)
            page.get_by_role("button", name="Sign in", exact=True).click()
            page.wait_for_url(lambda url: "/accounts/login/" not in url)
            page.close()
            states[who] = context.storage_state()
        return context

    yield open_context
    for context in opened:
        context.close()


# The pages of each role, in parts of which four workers can each take some.
WALKS = [
    (who, paths[first : first + AT_ONCE])
    for who, paths in ROLES.items()
    for first in range(0, len(paths), AT_ONCE)
]


def pages(context: BrowserContext, site: Site, who: str, paths: list[str]) -> Iterator[Page]:
    """Each of these pages, opened, and of each list its first entry."""
    page = context.new_page()
    for path in paths:
        page.goto(site.address + path)
        below = FROM_A_LINK.get(path.removeprefix(HERE))
        links = page.eval_on_selector_all("main a[href]", "found => found.map(a => a.href)")
        yield page
        if below is None:
            continue
        found = next((one for one in links if re.search(below, one)), None)
        if found is None:
            # A manager or a champion may read a list and not what is below it.
            assert who != "lead", f"{path} has no link like {below}"
            continue
        page.goto(found)
        yield page


@pytest.mark.node
@pytest.mark.parametrize(("who", "paths"), WALKS)
def test_accessible_wide_and_at_320_pixels_with_links_that_lead_somewhere_and_valid_html(
    context_of: Any, axe: Any, site: Site, tmp_path: Path, who: str, paths: list[str]
) -> None:
    """One walk for all: contrast in light and in the dark, every link followed, every page to the
    validator."""
    services.need("html-validate (npm ci in tests/node)", (NODE / "node_modules").exists())
    said: list[str] = []
    context = context_of(who)
    context.on("console", lambda it: it.type == "error" and said.append(f"{it.page.url} {it.text}"))
    addresses: dict[str, str] = {}
    names: dict[str, str] = {}
    for number, page in enumerate(pages(context, site, who, paths)):
        path = page.url.removeprefix(site.address)
        whole(page, axe)
        for href in page.eval_on_selector_all("a[href]", "found => found.map(a => a.href)"):
            target = href.split("#")[0]
            if target.startswith(site.address) and "?" not in target:
                addresses.setdefault(target, path)
        file = tmp_path / f"{number}.html"
        file.write_text(context.request.get(page.url).text())
        names[str(file)] = path
    bad = {
        target: (source, status)
        for target, source in addresses.items()
        if (status := context.request.get(target, max_redirects=3).status) >= 400
    }
    assert len(addresses) > 20
    assert bad == {}
    assert said == []
    assert faults_of_html(tmp_path, names) == []


def whole(page: Page, axe: Any) -> None:
    """Wide in light, then narrow in the dark; and wide again for the next."""
    assert axe(page) == []
    assert page.locator("h1").count() == 1, page.url
    assert page.get_by_role("link", name="Report a concern").count() >= 1, page.url
    assert page.get_by_role("link", name="Sign in", exact=True).count() == 0, page.url
    narrow(page)
    wide = width_of(page)
    assert wide <= 320, f"{page.url} is {wide} px wide at 320"
    assert axe(page) == []
    page.emulate_media(color_scheme="light", reduced_motion="reduce")
    page.set_viewport_size({"width": 1280, "height": 900})


def faults_of_html(folder: Path, names: dict[str, str]) -> list[str]:
    """What an independent validator says of each page in a folder."""
    report = folder / "report.json"
    subprocess.run(
        ["npx", "--no-install", "html-validate", "--config", "htmlvalidate.json",
         "--formatter", f"json={report}", str(folder)],
        cwd=NODE, capture_output=True, text=True, check=False,
    )  # fmt: skip
    return [
        f"{names[result['filePath']]}:{message['line']} {message['ruleId']} {message['message']}"
        for result in json.loads(report.read_text())
        for message in result["messages"]
        if message["severity"] == 2
    ]
