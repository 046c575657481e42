"""A device in words, from the user-agent header: enough to know one's own, and no more.

Only the words are kept: a full header, with its versions, is close to a fingerprint.
"""

UNKNOWN = "An unknown device"
# The first that is found wins: Edge and Opera also say Chrome, and Chrome also says Safari.
BROWSERS = [
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("Edg", "Edge"),
    ("OPR", "Opera"),
    ("Opera", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Samsung Internet", "Samsung Internet"),
    ("Chrome", "Chrome"),
    ("CriOS", "Chrome"),
    ("Chromium", "Chrome"),
    ("Safari", "Safari"),
]
SYSTEMS = [
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("CrOS", "Chromebook"),
    ("Chromebook", "Chromebook"),
    ("Windows", "Windows"),
    ("Macintosh", "Mac"),
    ("on Mac", "Mac"),
    ("Linux", "Linux"),
]


def describe(user_agent: str) -> str:
    """ "Firefox on Windows". What was described already comes back as it is."""
    browser = _first(BROWSERS, user_agent)
    system = _first(SYSTEMS, user_agent)
    if not browser and not system:
        return UNKNOWN
    if not system:
        return browser
    return f"{browser or 'A browser'} on {system}"


def _first(table: list[tuple[str, str]], text: str) -> str:
    return next((name for mark, name in table if mark in text), "")
