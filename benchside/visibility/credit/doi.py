"""DOIs as people type and paste them. No Django here.

Source: the DOI Handbook, 2.2 to 2.4: a prefix of "10." and a number, a slash, and a suffix of any
printed signs. Letters of ASCII are the same in either case, and only those; in an address the
signs that mean something there are percent-encoded.
"""

import re
from urllib.parse import quote, unquote, urlsplit

LONGEST = 255
ADDRESS = "https://doi.org/"
WHOLE = re.compile(r"10\.\d{4,9}(?:\.\d{1,9})*/\S+")
LABEL = re.compile(r"(?:info:doi/|urn:doi:|doi\.org/|doi\s*[:=]?\s*)", re.IGNORECASE)
RESOLVERS = {"doi.org", "dx.doi.org", "www.doi.org"}
# What a publisher puts behind a DOI in the address of one of its own pages.
BEHIND = re.compile(r"(?:/(?:full|abstract|abs|pdf|epdf|pdfdirect|html|meta|summary))+/?$|\.pdf$")
PAIRS = {")": "(", "]": "[", "}": "{", ">": "<"}
MARKS = ".,;:!?\"'`”’»*"
UPPER = {ord(letter): letter.lower() for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"}


def normal(text: str) -> str | None:
    """The DOI in `text`, its letters small, without anything around it; None where there is none.

    Takes "10.1000/ABC", "doi:10.1000/abc", addresses of doi.org and dx.doi.org with or without
    "https://", percent-encoded or not, the address of a publisher's page that holds one, and one
    with a full stop or a bracket behind it from the middle of a sentence.
    """
    typed = " ".join(text.replace("\u200b", "").split())[: LONGEST * 4].strip("<>“”‘’\"' ")
    found = _from_address(typed) if _is_address(typed) else _bare(typed)
    if found is None:
        return None
    doi = _trimmed(found).translate(UPPER)
    is_one = WHOLE.fullmatch(doi) and len(doi) <= LONGEST and doi.isprintable()
    return doi if is_one else None


def address(doi: str) -> str:
    """Where a DOI leads, safe in any page."""
    return ADDRESS + encoded(doi)


def encoded(doi: str) -> str:
    """As part of a path: everything but letters, digits, "-._~" and the slash is encoded."""
    return quote(doi, safe="/")


def _is_address(text: str) -> bool:
    return text.lower().startswith(("https://", "http://")) and " " not in text


def _from_address(text: str) -> str | None:
    """A DOI in an address: all behind the host for doi.org, else from the first "10." on."""
    try:
        parts = urlsplit(text)
        host = (parts.hostname or "").lower()
    except ValueError:
        return None
    path = unquote(parts.path)
    if host in RESOLVERS:
        return path.lstrip("/")
    found = WHOLE.search(path)
    if found is None:
        return None
    return BEHIND.sub("", found[0])


def _bare(text: str) -> str | None:
    label = LABEL.match(text)
    rest = text[label.end() :] if label else text
    rest = re.sub(r"^(?:(?:dx\.|www\.)?doi\.org/)", "", rest, flags=re.IGNORECASE)
    if "%2f" in rest.lower() and "/" not in rest:
        rest = unquote(rest)
    found = re.search(rf"(?<![\w.]){WHOLE.pattern}", rest)  # in a sentence, perhaps
    return found[0] if found else None


def _trimmed(doi: str) -> str:
    """Without marks of the sentence behind it; a closing bracket stays with one that opens."""
    while doi:
        last = doi[-1]
        opens = PAIRS.get(last)
        if last in MARKS or (opens and doi.count(last) > doi.count(opens)):
            doi = doi[:-1]
        else:
            break
    return doi
