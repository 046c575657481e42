"""What nominations keep of people, and why."""

from benchside.core.personal_data import Basis, Erasure, Personal, declare

UNTIL = "Until a year after the winners are named."
OF_WINNERS = f"{UNTIL} Of winners for ever, as they agreed."
BOTH = "Nominator and nominee; those who run the round and judge it. Everybody, once shortlisted."


def _theirs(purpose: str, basis: Basis = Basis.CONSENT, kept: str = UNTIL) -> Personal:
    return Personal(purpose, basis, kept, Erasure.BLANKED)


declare(
    "recognition.NominationRound",
    not_personal="""
    slug name standard about who opens_on closes_on shortlist_on announce_at announced_at
    """,
)
declare(
    "recognition.Nomination",
    seen_by=BOTH,
    personal={
        "nominator": _theirs("Knowing who proposed it."),
        "name": _theirs("Asking the nominee, and naming them if they win.", kept=OF_WINNERS),
        "email": _theirs("Asking the nominee.", Basis.LEGITIMATE_INTERESTS),
        "why": _theirs("Telling the nominee why."),
        "technician": _theirs("Knowing whose nomination it is.", kept=OF_WINNERS),
    },
    not_personal="""
    round category state submission token_digest asked_at answered_at shortlisted_at closed_at
    """,
)
