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
MISSING = "/careers/roles/no-such-role/"
SIGN_IN = {
    "sign in": "/accounts/login/",
    "sign up": "/accounts/signup/",
    "forgotten password": "/accounts/password/reset/",
}
