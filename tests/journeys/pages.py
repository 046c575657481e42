"""The page types of the site, one address each."""

PUBLIC = {
    "home": "/",
    "sectors": "/careers/",
    "list": "/careers/roles/",
    "list with filters": "/careers/roles/?subject=physics&level=3&q=electric",
    "list with nothing": "/careers/roles/?q=zzzzqqq",
    "list with an unknown filter": "/careers/roles/?subject=magic",
    "role": "/careers/roles/wind-turbine-technician/",
    "sector": "/careers/sectors/health/",
    "routes": "/careers/routes/",
    "routes with filters": "/careers/routes/?nation=england&level=3&q=laboratory&sort=level",
    "routes in Wales": "/careers/routes/?nation=wales",
    "routes with an unknown filter": "/careers/routes/?kind=magic",
    "apprenticeship": "/careers/routes/laboratory-technician-st0248/",
    "T Level": "/careers/routes/t-level-science/",
    "compare": "/careers/roles/compare/?role=lighting-technician&role=sound-technician",
    "compare with nothing": "/careers/roles/compare/",
    "favourites": "/careers/roles/favourites/",
    "class code": "/careers/class/",
    "class code mistyped": "/careers/class/?code=CDG+HJ0",
    "open a class": "/careers/class/new/",
    "worksheet": "/careers/class/worksheet/",
    "quiz": "/careers/quiz/",
    "quiz in a frame": "/careers/quiz/embed/",
    "quiz for a school's site": "/careers/quiz/schools/",
    "equipment": "/equipment/",
    "equipment not found": "/equipment/?q=zzzzqqq",
    "search": "/search/?q=fixes+planes",
    "search with nothing typed": "/search/",
    "parents": "/parents/",
    "teachers": "/teachers/",
    "about": "/about/",
    "privacy": "/privacy/",
    "accessibility": "/accessibility/",
    "news": "/news/",
    "concern": "/concern/?about=/careers/roles/",
    "style sheet": "/design/",
    "API documentation": "/api/v1/docs",
}
# Answers to a form, which no address leads to.
POSTED = {
    "quiz result": ("/careers/quiz/result/", {"card-calm-dog": "2", "card-cake-stall": "0"}),
    "quiz result without answers": ("/careers/quiz/result/", {"version": "2026-1"}),
    "quiz refused": ("/careers/quiz/result/", {"card-calm-dog": "9", "code": ""}),
    "quiz result in a frame": ("/careers/quiz/embed/result/", {"subject": "music"}),
}
MISSING = "/careers/roles/no-such-role/"
SIGN_IN = {
    "sign in": "/accounts/login/",
    "sign up": "/accounts/signup/",
    "forgotten password": "/accounts/password/reset/",
}
