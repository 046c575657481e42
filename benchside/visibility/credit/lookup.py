"""Asking the registries of DOIs: Crossref first, which has most papers, then DataCite."""

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from django.conf import settings

from benchside.core import outgoing
from benchside.visibility.credit import doi as dois
from benchside.visibility.credit.records import Record, read_crossref, read_datacite

logger = logging.getLogger(__name__)

SECONDS = 8.0  # for both together: somebody waits
MOST_BYTES = 2_000_000  # a paper of a thousand authors with all their affiliations
DATACITE = "application/vnd.datacite.datacite+json"


class Why(StrEnum):
    """Why nothing was found."""

    OFF = "off"
    UNKNOWN = "unknown"
    NO_ANSWER = "no answer"


@dataclass(frozen=True, slots=True)
class Registry:
    """Where a DOI is asked for, as what, and how the answer is read."""

    address: Callable[[str], str]
    accept: str
    read: Callable[[bytes, str], Record | None]


REGISTRIES = (
    Registry(
        lambda doi: "https://api.crossref.org/works/" + dois.encoded(doi).replace("/", "%2F"),
        "application/json",
        read_crossref,
    ),
    Registry(dois.address, DATACITE, read_datacite),
)


def is_on() -> bool:
    return bool(settings.OUTGOING_REQUESTS)


def look_up(doi: str) -> Record | Why:
    """What a registry says of a DOI (in its normal form), or why there is nothing to say."""
    end, answered = time.monotonic() + SECONDS, True
    for registry in REGISTRIES:
        left = end - time.monotonic()
        if left <= 0:
            return Why.NO_ANSWER
        client = outgoing.Client(most_bytes=MOST_BYTES, seconds=left)
        try:
            answer = client.get(registry.address(doi), accept=registry.accept)
        except outgoing.SwitchedOff:
            return Why.OFF
        except outgoing.OutgoingFailed as failed:
            logger.info("A registry of DOIs did not answer: %s", type(failed).__name__)
            answered = False
            continue
        if answer.is_ok and (record := registry.read(answer.body, doi)):
            return record
        answered = answered and answer.status < 500 and answer.status != 429
    return Why.UNKNOWN if answered else Why.NO_ANSWER
