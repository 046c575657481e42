"""The page types of the site, one address each."""

from django.utils import timezone

from benchside.visibility.campaigns.demo import friday_in_march

CAMPAIGN = "/campaigns/made-up-technicians-day/"
DAY = f"{CAMPAIGN}{friday_in_march(after=timezone.localdate()).year}/"

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
    "technicians": "/technicians/",
    "technicians with filters": "/technicians/?q=bench&letters=RSci",
    "technicians with an unknown filter": "/technicians/?kit=magic",
    "who can run this": "/technicians/kit/lathe/",
    "who does this": "/technicians/role/laboratory-technician/",
    "equipment": "/equipment/",
    "equipment not found": "/equipment/?q=zzzzqqq",
    "campaigns": "/campaigns/",
    "campaign": CAMPAIGN,
    "words to share": f"{CAMPAIGN}partners/",
    "campaign day": DAY,
    "what to do on the day": f"{DAY}what-to-do/",
    "schools that join in": f"{DAY}schools/?q=academy",
    "schools not found": f"{DAY}schools/?q=zzzzqqq",
    "find your school": f"{DAY}join/",
    "find your school in vain": f"{DAY}join/?q=zzzzqqq",
    "join with a school": f"{DAY}join/school/?name=Nowhere+School",
    "look in your mail": f"{DAY}join/sent/",
    "send me my link": f"{DAY}join/again/",
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
    "type a code": "/claim/",
    "find an organisation": "/org/new/",
    "find an organisation in vain": "/org/new/?q=zzzzqqq",
    "forgotten password": "/accounts/password/reset/",
}
