"""Twenty-six themes by which plans can be compared: a vocabulary in our own words.

That plans across the sector fall into about so many themes was shown by S. Jackson (2025).
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Theme:
    """`words` are beginnings of words that hint at it, in lower case."""

    key: str
    title: str
    words: tuple[str, ...]


def _theme(key: str, title: str, words: str) -> Theme:
    return Theme(key, title, tuple(words.split("|")))


THEMES = (
    _theme(
        "apprentices",
        "Apprentices, trainees and placements",
        "apprentic|trainee|t level|placement|work experience",
    ),
    _theme(
        "roles",
        "Job families and clear roles",
        "job famil|role profile|job description|regrad|framework",
    ),
    _theme(
        "pathways", "Ways up and across", "pathway|progression|promotion|career|secondment|shadow"
    ),
    _theme(
        "data",
        "Knowing who our technicians are",
        "staff list|workforce data|census|identify all|data on",
    ),
    _theme("inclusion", "Fairness and inclusion", "inclusi|equalit|diversi|gender|disab|part-time"),
    _theme("environment", "Greener labs and workshops", "green|energy|carbon|waste|recycl|leaf"),
    _theme("equipment", "Sharing equipment", "equipment|instrument|kit|loan"),
    _theme(
        "partners", "Working with others outside", "partner|industry|employer|consorti|neighbour"
    ),
    _theme("money", "Money for technicians", "fund|budget|bursar|grant for|pot of"),
    _theme("mentoring", "Mentors and coaches", "mentor|coach|buddy"),
    _theme(
        "steering",
        "Steering and checking this plan",
        "steering|this plan|self-assessment|action plan|annual report",
    ),
    _theme(
        "networks",
        "Networks and conferences",
        "network|conference|forum|communit|present at|symposium",
    ),
    _theme(
        "visibility",
        "Being seen and heard of",
        "page|profile|newsletter|stories|story|website|meet the|showcase|display",
    ),
    _theme(
        "continuity",
        "Keeping skills when people leave",
        "succession|single point|handover|retire|critical skill|cover for",
    ),
    _theme(
        "registration",
        "Professional registration",
        "regist|rscitech|rsci|engtech|chartered|professional body",
    ),
    _theme("credit", "Names on publications", "publication|author|acknowledg|credit|orcid|paper"),
    _theme("awards", "Prizes and thanks", "award|prize|nominat|celebrat|thank"),
    _theme(
        "recruiting", "Recruiting and welcoming", "recruit|induct|onboard|vacanc|advert|welcome"
    ),
    _theme(
        "governance",
        "Seats where things are decided",
        "committee|governance|senate|board|policy group|seat on",
    ),
    _theme(
        "assessment",
        "Part in research assessment",
        "ref |research assessment|environment statement|ref2029",
    ),
    _theme("bids", "Part in research bids", "bid|costed|grant application|proposal"),
    _theme("teaching", "Part in teaching", "teach|demonstrat|student|fellowship|curricul"),
    _theme("leading", "Leading and managing", "leader|line manag|manager|supervis"),
    _theme("voice", "Being asked and answered", "survey|feedback|listen|voice|consult|focus group"),
    _theme("training", "Training and time for it", "train|cpd|course|workshop|skill|learning"),
    _theme("wellbeing", "Wellbeing and workload", "wellbeing|workload|health|safe|stress|lone"),
)
BY_KEY = {theme.key: theme for theme in THEMES}
CHOICES = [(theme.key, theme.title) for theme in THEMES]


def titles(keys: list[str]) -> list[str]:
    """Of keys; one of another vocabulary stands as it is."""
    return [BY_KEY[key].title if key in BY_KEY else key for key in keys]


def suggested(words: str, most: int = 3) -> list[str]:
    """Keys of themes that words hint at, the strongest first."""
    text = f" {' '.join(words.lower().split())} "
    found = [(sum(text.count(f" {hint}") for hint in theme.words), theme) for theme in THEMES]
    hits = sorted((one for one in found if one[0]), key=lambda one: -one[0])
    return [theme.key for _, theme in hits[:most]]
