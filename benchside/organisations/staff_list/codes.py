"""Codes and words of HR exports for a few things that have few answers.

Codes are those of the Higher Education Statistics Agency's staff record (manual C23025 and older
ones). RESCON 6 and 8 are not named in what we could read of it; they are inferred.
"""

from enum import StrEnum


class Sex(StrEnum):
    FEMALE = "female"
    MALE = "male"
    OTHER = "other"
    UNKNOWN = "not known"


class Disability(StrEnum):
    YES = "yes"
    NO = "no"
    UNKNOWN = "not known"


class Mode(StrEnum):
    FULL = "full time"
    PART = "part time"
    ATYPICAL = "atypical"  # dropped: casual and hourly-paid work is no post
    DORMANT = "dormant"  # kept and flagged: on a career break, say


class Terms(StrEnum):
    PERMANENT = "permanent"
    FIXED = "fixed term"
    ATYPICAL = "atypical"


class Reason(StrEnum):
    NEW_CONTRACT = "new contract"
    ATYPICAL = "moved to atypical work"
    CONTRACT_ENDED = "fixed term ended"
    REDUNDANCY = "redundancy"
    RESIGNED = "resigned"
    RETIRED = "retired"
    DIED = "died"
    OTHER = "other"
    MOVED_GROUP = "moved to another staff group"


# The person is still here, in another contract.
NOT_LEAVING = frozenset({Reason.NEW_CONTRACT, Reason.MOVED_GROUP})


def _table(kind: type[StrEnum], **words: str) -> dict[str, str]:
    """By code or word, as `plain_name` writes it, the value."""
    found: dict[str, str] = {str(value): str(value) for value in kind}
    for member, names in words.items():
        found |= {name.strip(): str(kind[member]) for name in names.split(",")}
    return found


SEX = _table(
    Sex,
    FEMALE="f, female, woman, 10, 2",
    MALE="m, male, man, 11, 1",
    OTHER="o, other, non binary, nonbinary, x, 12, 3",
    UNKNOWN="u, unknown, not known, prefer not to say, not disclosed, 96, 98, 99, 9, 0",
)
DISABILITY = _table(
    Disability,
    YES="y, yes, disabled, true, 1, " + ", ".join(f"{code:02}" for code in range(8, 59)),
    NO="n, no, none, not disabled, no known disability, false, 95, 00, 0",
    UNKNOWN="u, unknown, not known, prefer not to say, not disclosed, 96, 97, 98, 99",
)
MODE = _table(
    Mode,
    FULL="1, 2, full time, full, ft, f, fulltime, full time term time only",
    PART="3, 4, part time, part, pt, p, parttime, part time term time only, job share",
    ATYPICAL="5, atypical, casual, hourly paid, zero hours, bank, variable hours, as and when",
    DORMANT="6, dormant, career break, unpaid leave, on leave, suspended",
)
TERMS = _table(
    Terms,
    PERMANENT="1, permanent, perm, p, open ended, indefinite, open, substantive, regular, ongoing,"
    "open ended permanent, permanent open ended",
    FIXED="2, fixed term, fixed, ftc, f, fixed term contract, temporary, temp, t, limited term,"
    "secondment, apprentice, apprenticeship, maternity cover, open ended externally funded",
    ATYPICAL="3, atypical, casual, zero hours, hourly paid, bank, a",
)
REASON = _table(
    Reason,
    NEW_CONTRACT="1, new contract, contract renewed, renewal, new post, promotion, regrade,"
    "internal transfer, internal move, change of post, change of contract, secondment,"
    "transfer within organisation, transfer within university",
    ATYPICAL="2, moved to atypical contract",
    CONTRACT_ENDED="3, end of fixed term contract, end of contract, end of ftc, contract ended,"
    "contract expired, expiry of contract, end of temporary contract",
    REDUNDANCY="4, 5, redundancy, redundant, voluntary redundancy, compulsory redundancy,"
    "voluntary severance, severance",
    RESIGNED="6, resignation, resigned, voluntary resignation, voluntary",
    RETIRED="7, retirement, retired, early retirement, normal retirement,"
    "age retirement, flexible retirement",
    DIED="8, death, deceased, died in service, death in service",
    OTHER="9, other, leaver, ill health, ill health retirement, tupe, tupe out, dismissal,"
    "dismissed, mutual agreement",
    MOVED_GROUP="10, moved to non academic, transfer to non academic",
)
