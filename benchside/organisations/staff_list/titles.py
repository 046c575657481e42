"""Job titles as they are compared: without grades, terms and abbreviations.

"Snr. Lab Tech (Grade 6, 0.6 FTE)" is "senior laboratory technician". A decision about a title is
remembered under this form, so that next year's spelling of it finds the decision again.
"""

import re
import unicodedata
from functools import lru_cache

ABBREVIATIONS: dict[str, str] = {
    "admin": "administrator",
    "analyt": "analytical",
    "app": "apprentice",
    "appr": "apprentice",
    "asst": "assistant",
    "ass": "assistant",
    "assist": "assistant",
    "assoc": "associate",
    "bio": "biology",
    "biol": "biology",
    "chem": "chemistry",
    "comms": "communications",
    "co": "co",
    "coord": "coordinator",
    "dep": "deputy",
    "des": "design",
    "dev": "development",
    "elec": "electrical",
    "elect": "electrical",
    "electron": "electronics",
    "eng": "engineering",
    "engr": "engineer",
    "env": "environmental",
    "exp": "experimental",
    "hd": "head",
    "lab": "laboratory",
    "labs": "laboratory",
    "maint": "maintenance",
    "mech": "mechanical",
    "mgr": "manager",
    "mngr": "manager",
    "off": "officer",
    "offr": "officer",
    "ofcr": "officer",
    "phys": "physics",
    "prin": "principal",
    "princ": "principal",
    "res": "research",
    "sci": "science",
    "snr": "senior",
    "sr": "senior",
    "spec": "specialist",
    "supt": "superintendent",
    "sup": "supervisor",
    "supv": "supervisor",
    "svcs": "services",
    "tec": "technician",
    "tech": "technician",
    "techn": "technician",
    "technn": "technician",
    "trg": "training",
    "uni": "university",
    "wkshop": "workshop",
    "wkshp": "workshop",
    "wshop": "workshop",
    "ws": "workshop",
}
PHRASES = (
    (re.compile(r"\ba ?/ ?v\b"), " av "),
    (re.compile(r"\baudio[- ]?visual\b"), " av "),
    (re.compile(r"\bi\.?t\b\.?"), " it "),
    (re.compile(r"\bcad ?/ ?cam\b"), " cad "),
    (re.compile(r"\btechnical technician\b"), " technician "),
)
# What is written beside a title and is none: grade, hours, terms.
NOISE = re.compile(
    r"\b(?:grade|gr|band|level|lvl|scale|spine point)\.? ?\d+[a-z]?\b|\bg\d{1,2}\b"
    r"|\b\d?\.\d+ ?(?:fte|wte)?\b|\b\d+ ?(?:%|percent|hours|hrs)"
    r"|\b(?:full|part|fixed|term)[- ]time(?: only)?\b|\bfixed[- ]term\b|\bjob ?share\b"
    r"|\b(?:maternity|paternity|secondment) cover\b|\bterm time\b|\bft\b|\bpt\b|\bftc\b"
    r"|\b(?:fte|wte|temporary|permanent|casual|vacancy|acting)\b"
)
RANKS = frozenset(
    {
        "senior",
        "principal",
        "chief",
        "lead",
        "leading",
        "junior",
        "trainee",
        "apprentice",
        "assistant",
        "deputy",
        "graduate",
        "associate",
        "higher",
        "advanced",
        "head",
        "specialist",
        "student",
        "placement",
    }
)
SMALL = frozenset({"and", "the", "of", "for", "in", "to", "a", "an", "with", "on", "at"})


@lru_cache(maxsize=65_536)
def plain_title(title: str) -> str:
    """The title in full words, lower case, in its own order."""
    text = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().casefold()
    for pattern, instead in PHRASES:
        text = pattern.sub(instead, text)
    text = NOISE.sub(" ", text.replace("'", ""))
    words = re.findall(r"[a-z0-9]+", text)
    # A title of nothing but noise ("Grade 6") stands for itself.
    words = words or re.findall(r"[a-z0-9]+", title.casefold())
    return " ".join(_whole(word) for word in words)


def _whole(word: str) -> str:
    word = ABBREVIATIONS.get(word, word)
    is_plural = (
        word.endswith("s") and not word.endswith(("ss", "us", "is", "ics")) and len(word) > 4
    )
    return word[:-1] if is_plural and word not in {"services", "sciences", "systems"} else word


@lru_cache(maxsize=65_536)
def title_words(title: str) -> frozenset[str]:
    """The words that carry a title, in whatever order they stand."""
    return frozenset(plain_title(title).split()) - SMALL
