"""`make shots`: screenshots of the main pages, narrow and wide, light and dark, into shots/.

    python -m scripts.shots                  all of them
    python -m scripts.shots /careers/roles/  only these addresses
    python -m scripts.shots lead:/org/made-up-university/   as a demonstration person sees it

Uses a running site with demonstration content when BENCHSIDE_SHOTS_URL names one, else starts
its own.
"""

import os
import re
import sys
from contextlib import nullcontext
from pathlib import Path
from time import localtime
from typing import Any

from playwright.sync_api import sync_playwright

from benchmarks import ground
from tests.services import chromium

DEMONSTRATION_DOMAIN = "@benchside.example"
DEMONSTRATION_PASSWORD = "benchside-demonstration"
OUT = Path(__file__).resolve().parent.parent / "shots"
PAGES = [
    "/",
    "/careers/",
    "/careers/roles/",
    "/careers/roles/?subject=physics&q=plane",
    "/careers/roles/?q=zzzzzz",
    "/careers/roles/wind-turbine-technician/",
    "/careers/sectors/health/",
    "/careers/routes/",
    "/careers/routes/?nation=wales",
    "/careers/routes/laboratory-technician-st0248/",
    "/careers/roles/compare/?role=lighting-technician&role=sound-technician",
    "/careers/roles/favourites/",
    "/wall/send/",
    "/careers/class/",
    "/careers/class/new/",
    "/careers/class/worksheet/",
    "/careers/quiz/",
    "/careers/quiz/#1BR-NG8-R2Y-X4N-G9B-TYC",
    "/careers/quiz/embed/",
    "/careers/quiz/schools/",
    "/technicians/",
    "/technicians/?q=zzzzzz",
    "/technicians/credit/",
    "/technicians/kit/lathe/",
    "/technicians/at/made-up-university/",
    "/technicians/at/made-up-university/embed/",
    "/stories/",
    "/stories/?nation=scotland&way=t-level",
    "/stories/embed/",
    "/stories/tell/",
    "/stories/tell/link/",
    "/plans/",
    "/charters/made-up-charter/made-up-university/plan/",
    "/charters/made-up-charter/made-up-university/plan/V-001/",
    "/charters/made-up-charter/analysis/",
    "/equipment/",
    "/nominations/",
    "/nominations/made-up-prize/",
    "/registers/",
    "/registers/registered-technician/about/",
    "/marks/",
    "/marks/technician-support-mark/",
    "/marks/technician-support-mark/TSM-000001/",
    "/verify/",
    "/verify/?q=RT-000001",
    "/credentials/badges/",
    "/credentials/badges/registered-technician/",
    "/registers/find/?q=made-up",
    "/registers/registered-technician/",
    "/registers/registered-technician/RT-000020/",
    "/registers/check/",
    "/orders/",
    "/orders/to/?p-tool-stickers=2",
    "/competitions/",
    "/competitions/before-the-bell/",
    "/competitions/before-the-bell/enter/",
    "/competitions/hands-that-make/winners/",
    "/exhibitions/",
    "/exhibitions/hands-on-tour/",
    "/charters/",
    "/charters/made-up-charter/",
    "/charters/made-up-charter/made-up-university/",
    "/campaigns/",
    "/campaigns/made-up-technicians-day/",
    "/campaigns/made-up-technicians-day/2027/",
    "/campaigns/made-up-technicians-day/2026/",
    "/campaigns/made-up-technicians-day/2027/what-to-do/",
    "/campaigns/made-up-technicians-day/2027/join/",
    "/campaigns/made-up-technicians-day/2027/join/school/",
    "/wall/",
    "/wall/schools/",
    "/wall/screen/",
    "/wall/embed/",
    "/search/?q=makes+fake+blood+for+films",
    "/parents/",
    "/teachers/",
    "/about/",
    "/privacy/",
    "/accessibility/",
    "/news/",
    "/concern/",
    "/design/",
    "/nothing-here/",
    "/accounts/login/",
    "/accounts/signup/",
    "/claim/",
    "/org/new/",
    "/org/new/?q=school",
    "/api/v1/docs",
]
# What people see who are signed in, by the part of their address before the @.
SIGNED_IN = {
    "lead": [
        "/org/made-up-university/",
        "/org/made-up-university/people/",
        "/org/made-up-university/recognition/registrations/",
        "/org/made-up-university/recognition/registrations/fees/",
        "/org/made-up-university/units/",
        "/org/made-up-university/staff/",
        "/org/made-up-university/staff/definition/",
        "/org/made-up-university/staff/titles/",
        "/org/made-up-university/impact/measures/",
        "/org/made-up-university/impact/plan/34343434-3434-4343-8434-343434343434/",
        "/org/made-up-university/impact/plan/34343434-3434-4343-8434-343434343434/board/",
        "/org/made-up-university/impact/plan/34343434-3434-4343-8434-343434343434/timeline/",
        "/org/made-up-university/impact/plan/34343434-3434-4343-8434-343434343434/check/",
        "/org/made-up-university/impact/plan/34343434-3434-4343-8434-343434343434/V-001/",
        "/my/actions/",
        "/org/made-up-university/visibility/technicians/",
        "/org/made-up-university/visibility/equipment/",
        "/org/made-up-university/visibility/stories/",
        "/org/made-up-university/visibility/stories/new/",
        "/org/made-up-university/visibility/contributions/",
        "/forms/",
    ],
    "technician": ["/my/profile/", "/my/stories/", "/my/photos/"],  # begins: has no record yet
    "anwen.invented": [
        "/my/",
        "/my/profile/",
        "/my/visibility/",
        "/my/preview/",
        "/my/data/",
        "/my/cpd/",
        "/my/cpd/add/",
        "/my/cpd/bring-in/",
        "/my/cpd/how/",
        "/my/contributions/",
        "/my/contributions/add/?hand=yes",
        "/my/credentials/",
        "/my/registrations/",
        "/my/registrations/OLD-1041/",
        f"/my/registrations/OLD-1041/declare/{localtime().tm_year}/",
    ],
    "administrator": ["/desk/credentials/", "/desk/statement-keys/"],
    "moderator": [
        "/desk/",
        "/desk/stories/",
        "/desk/photos/",
        "/desk/photos/list/",
        "/desk/photos/sheet/",
        "/desk/photos/figures/",
    ],
    "campaigner": [
        "/desk/campaigns/",
        "/desk/campaigns/days/1/",
        "/desk/partners/",
        "/desk/orders/",
        "/desk/orders/packing/",
        "/desk/orders/stock/",
    ],
    "other-lead": [
        "/org/imaginary-institute-of-science/impact/charters/made-up-charter/response/1/",
    ],
    "officer": [
        "/assess/submissions/",
        "/assess/reviewers/",
        "/desk/charters/",
        "/desk/charters/made-up-charter/",
        "/desk/charters/made-up-charter/signatories/",
        "/desk/charters/made-up-charter/rules/",
    ],
    "reviewer": ["/assess/", "/assess/interests/"],
    "school-lead": ["/org/made-up-high-school/outreach/orders/"],
    "headteacher": [
        "/org/made-up-high-school/recognition/marks/",
    ],
    "registrar": [
        "/registry/registered-technician/applications/",
        "/my/credentials/words/",
        "/desk/registers/",
        "/registry/registered-technician/cpd/",
        "/registry/registered-technician/cpd/runs/new/",
        "/registry/registered-technician/cpd/cases/",
        "/registry/registered-technician/cpd/committee/",
        "/registry/registered-technician/cpd/declarations/",
        "/registry/registered-technician/hiding/",
        "/registry/registered-technician/seals/",
        "/registry/registered-technician/names/RT-000020/",
        "/registry/registered-technician/",
        "/registry/registered-technician/queues/renewals/",
        "/registry/registered-technician/entries/",
        "/registry/registered-technician/entries/?due=due",
        "/registry/registered-technician/entries/RT-000001/",
        "/registry/registered-technician/conduct/",
        "/registry/registered-technician/conduct/1/",
        "/registry/registered-technician/assessors/",
        "/registry/registered-technician/outcomes/",
        "/registry/registered-technician/bring/",
        "/registry/registered-technician/bring/1/",
        "/registry/registered-technician/bring/2/",
        "/registry/registered-technician/bring/2/columns/",
        "/registry/registered-technician/entries/OLD-1064/letter/",
    ],
    "registered": [
        "/my/nominations/1/",
        "/my/registrations/RT-000001/life/",
        "/my/registrations/RT-000001/renew/",
    ],
    "candidate": [
        "/my/registrations/",
        "/my/registrations/start/",
        "/my/registrations/start/registered-it-technician/",
        "/my/registrations/start/registered-it-technician/?route=accredited",
        "/my/fees/",
    ],
    "mark-officer": [
        "/assess/nominations/made-up-prize/",
        "/assess/marks/",
        "/assess/marks/follow-ups/",
        "/assess/awards/",
        "/assess/awards/of/TSM-000002/",
    ],
}
WIDTHS = (390, 1280)
SCHEMES = ("light", "dark")
FLAGS = "--headless --no-sandbox --disable-gpu --disable-quic --disable-background-networking"


def main() -> None:
    wanted = chosen(sys.argv[1:])
    OUT.mkdir(exist_ok=True)
    given = os.environ.get("BENCHSIDE_SHOTS_URL")
    running = nullcontext(given) if given else ground.server("config.wsgi:application")
    with running as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS.split())
        for width in WIDTHS:
            for scheme in SCHEMES:
                for who, pages in wanted.items():
                    context = browser.new_context(
                        viewport={"width": width, "height": 900},
                        color_scheme=scheme,  # type: ignore[arg-type]
                        reduced_motion="reduce",
                    )
                    if who:
                        sign_in(context, address, who)
                    for path in pages:
                        to = OUT / f"{name(f'{who}{path}')}-{width}-{scheme}.png"
                        take(context, f"{address}{path}", to)
                    context.close()
        browser.close()
    print(f"Written to {OUT.name}/")


def chosen(arguments: list[str]) -> dict[str, list[str]]:
    """Addresses by who looks at them; the empty name is a visitor."""
    if not arguments:
        return {"": PAGES} | SIGNED_IN
    wanted: dict[str, list[str]] = {}
    for each in arguments:
        who, _, path = each.rpartition(":") if not each.startswith("/") else ("", "", each)
        wanted.setdefault(who, []).append(path)
    return wanted


def sign_in(context: Any, address: str, who: str) -> None:
    page = context.new_page()
    page.goto(f"{address}/accounts/login/")
    page.fill("[name=login]", who + DEMONSTRATION_DOMAIN)
    page.fill("[name=password]", DEMONSTRATION_PASSWORD)
    page.press("[name=password]", "Enter")
    page.wait_for_url(lambda url: "/accounts/login/" not in url)
    page.close()


def take(context: Any, url: str, to: Path) -> None:
    page = context.new_page()
    page.goto(url)
    page.screenshot(path=to, full_page=True)
    page.close()


def name(path: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", path.lower()).strip("-") or "home"


if __name__ == "__main__":
    main()
