"""What was checked, in words for whoever has never heard of a signature."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone

from benchside.assessment.awarding.queries import shown_state_of
from benchside.recognition.credentials import badging, queries
from benchside.recognition.credentials.checking import Checked, Verdict
from benchside.recognition.credentials.designs import page_of
from benchside.recognition.credentials.saying import entry_of, name_on
from benchside.recognition.credentials.vc import did
from benchside.recognition.credentials.vc.signing import issuer_of
from benchside.recognition.credentials.vc.times import read_stamp
from benchside.recognition.credentials.vc.verifying import Check, Name, Outcome

GOOD, BAD, UNSURE = "good", "bad", "unsure"
ORDER = (BAD, UNSURE, GOOD)

HEADINGS = {
    Verdict.GENUINE: "Yes: this is genuine",
    Verdict.STRANGER: "It is whole, but we do not know who made it",
    Verdict.CHANGED: "No: somebody changed it",
    Verdict.FALSE: "No: it was not made by whom it names",
    Verdict.OVER: "No: it is no longer valid",
    Verdict.UNKNOWN: "We cannot tell just now",
    Verdict.NO_BADGE: "This is not a badge we can read",
}
LEADS = {
    Verdict.GENUINE: "It was issued here, nobody has changed it, and it still counts.",
    Verdict.STRANGER: "Nobody has changed it, and whoever made it says that it still counts. "
    "Anybody can make badges, in any name. Ask yourself if you trust whoever signed it.",
    Verdict.CHANGED: "At least one letter is not as it was when it was signed. Do not rely on it.",
    Verdict.FALSE: "It names somebody as its maker who did not sign it. Do not rely on it.",
    Verdict.OVER: "It was good once. It does not count now.",
    Verdict.UNKNOWN: "We could not ask everybody whom we have to ask. This says nothing bad about "
    "its holder. Try again later.",
    Verdict.NO_BADGE: "It may be a picture of a badge, without the badge inside it. Ask its holder "
    "for the file, or type the number that stands on it.",
}
TONES = {
    Verdict.GENUINE: GOOD, Verdict.STRANGER: UNSURE, Verdict.CHANGED: BAD, Verdict.FALSE: BAD,
    Verdict.OVER: BAD, Verdict.UNKNOWN: UNSURE, Verdict.NO_BADGE: UNSURE,
}  # fmt: skip
STAMPS = {
    Verdict.GENUINE: "GENUINE", Verdict.STRANGER: "WHOLE", Verdict.CHANGED: "CHANGED",
    Verdict.FALSE: "FALSE", Verdict.OVER: "OVER", Verdict.UNKNOWN: "UNSURE",
    Verdict.NO_BADGE: "NO BADGE",
}  # fmt: skip

# Each check: what to say when it passed.
PASSED = {
    Name.SHAPE: ("It is a badge", "It is made as Open Badges 3.0 says."),
    Name.TERMS: ("The seal covers all of it", "Every word in it is part of what was signed."),
    Name.ISSUER: ("Its maker is known", "It was made here: we have the page of keys."),
    Name.KEY: ("The key is the maker’s", "The maker lists the key that it was signed with."),
    Name.SIGNATURE: ("The seal is whole", "Nobody has changed a letter since it was signed."),
    Name.DATES: ("It is in date", "Its first day has come, and its last day has not."),
    Name.REVOKED: ("It was not taken back", "The maker’s list of what was taken back is clean."),
}
# What to say when it failed, by the reason.
FAILED = {
    "not-a-credential": ("It is not a badge", "There is no signed statement in it."),
    "not-a-badge": ("It is not a badge", "It is signed, but it is something else than a badge."),
    "no-issuer": ("It names no maker", "A badge has to say who made it."),
    "not-signed": ("It has no seal", "Anybody could have written it."),
    "another-kind-of-signature": ("Its seal is of another kind", "We cannot read this kind."),
    "signed-for-another-purpose": (
        "Its seal is for something else",
        "It does not vouch for a badge.",
    ),
    "not-version-2": ("It is of an older kind", "We read Open Badges 3.0 alone."),
    "unknown-context": ("It uses words that we do not know", "So nobody can say what it means."),
    "undefined-words": (
        "The seal does not cover all of it",
        "Something was put in, or has no meaning.",
    ),
    "nodes-alike": ("It can be read in two ways", "Two parts of it cannot be told apart."),
    "signed-by-another": ("It was signed by somebody else", "The maker it names did not sign it."),
    "issuer-is-another": (
        "Its maker is somebody else",
        "The page of keys belongs to another name.",
    ),
    "issuer-unreachable": (
        "We could not ask its maker",
        "The maker’s page of keys was not to be had.",
    ),
    "key-not-listed": (
        "The key is not the maker’s",
        "The maker does not list the key it was signed with.",
    ),
    "key-of-another-kind": ("The key is of another kind", "We cannot check with it."),
    "key-revoked": (
        "The key is no longer safe",
        "Its maker has given up this key. Ask for a newer badge.",
    ),
    "key-expired": ("The key was too old", "It was signed after the last day of its key."),
    "signature-wrong": (
        "The seal is broken",
        "It was changed after it was signed, or never signed.",
    ),
    "no-date": ("Its dates cannot be read", "It does not say from when it counts."),
    "not-yet": ("It is not valid yet", "Its first day has not come."),
    "expired": ("It is out of date", "Its last day is over. There may be a newer one."),
    "another-kind-of-status": (
        "We cannot see if it was taken back",
        "It uses a kind of list that we do not read.",
    ),
    "status-unreachable": ("We could not see if it was taken back", "The list was not to be had."),
    "status-stale": (
        "We could not see if it was taken back",
        "The list that we were given is too old.",
    ),
    "status-unreadable": ("We could not see if it was taken back", "The list cannot be read."),
    "status-forged": (
        "The list is not the maker’s",
        "Somebody else signed the list of what was taken back.",
    ),
    "status-of-another": (
        "The list is another one",
        "What came was not the list that was asked for.",
    ),
    "revoked": (
        "It counts no more",
        "The maker’s list says so: it was taken back, a newer one came, or its holder gave it up.",
    ),
    "suspended": ("It does not count for a time", "The maker’s list says so."),
}
NAMELESS = "A key that names nobody"
SHOWN = (Name.SHAPE, Name.TERMS, Name.ISSUER, Name.KEY, Name.SIGNATURE, Name.DATES, Name.REVOKED)
STOOD_FOR = {Name.SHAPE: Name.CONTEXTS, Name.REVOKED: Name.STATUS}


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that was checked: how it went, what, and in a sentence."""

    tone: str
    title: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """The answer as it stands on the page."""

    heading: str
    lead: str
    tone: str
    stamp: str
    what: str
    holder: str
    is_ours: bool
    maker: str  # who signed it, as far as it was proved
    calls_itself: str  # and what a stranger says they are called
    number: str
    since: date | None
    until: date | None
    lines: list[Line]
    lookup: str
    newer: str
    is_signed: bool
    at: Any


def told(checked: Checked) -> Told:
    lines = [_line(checked, name) for name in SHOWN]
    lines += [*_of_the_record(checked), *_of_endorsements(checked)]
    since = _over_since(checked)
    ours = checked.ours
    public = ours is not None and queries.is_public(ours.award)
    newer = ours.replaced_by if ours is not None and public else None
    return Told(
        heading=HEADINGS[checked.verdict],
        lead=_lead(checked, since),
        tone=TONES[checked.verdict],
        stamp=STAMPS[checked.verdict],
        what=_text(checked, "credentialSubject", "achievement", "name"),
        holder=_holder(checked),
        is_ours=checked.is_ours,
        maker=_maker(checked),
        calls_itself="" if checked.is_ours else _text(checked, "issuer", "name"),
        number=_text(checked, "credentialSubject", "licenseNumber"),
        since=_day(checked.document.get("validFrom")),
        until=_day(checked.document.get("validUntil")),
        # What is wrong stands first: nobody has to look for it among what is right.
        lines=sorted((line for line in lines if line), key=lambda line: ORDER.index(line.tone)),
        lookup=page_of(ours.award) if ours is not None and public else "",
        newer=newer.get_absolute_url() if newer is not None and newer.document else "",
        # What an unsigned file says is nobody's word: it is not repeated.
        is_signed=checked.report[Name.SIGNATURE].outcome is Outcome.PASSED,
        at=checked.at,
    )


def _lead(checked: Checked, since: date | None) -> str:
    lead = LEADS[checked.verdict]
    if checked.verdict is Verdict.OVER and since is not None:
        lead = f"It has not counted since {since:%-d %B %Y}."
    if checked.verdict is Verdict.UNKNOWN and checked.asked:
        lead = f"{lead} {checked.asked}"
    return lead


def _over_since(checked: Checked) -> date | None:
    if checked.verdict is not Verdict.OVER:
        return None
    if checked.ours is not None and checked.ours.revoked_at is not None:
        return timezone.localdate(checked.ours.revoked_at)
    return _day(checked.document.get("validUntil")) if "expired" in checked.report.faults else None


def _line(checked: Checked, name: Name) -> Line | None:
    check = _worst(checked, name)
    if check.outcome is Outcome.PASSED:
        return _passed(checked, name)
    if check.outcome is Outcome.NOT_STATED:
        return Line(UNSURE, "It names no list", "So its maker could not take it back.")
    if check.outcome is Outcome.NOT_REACHED:
        return None
    title, words = FAILED.get(check.why, ("Something is wrong", "We could not check it."))
    unsure = check.why.endswith("unreachable") or check.why in {"status-stale", "status-unreadable"}
    return Line(UNSURE if unsure else BAD, title, words)


def _passed(checked: Checked, name: Name) -> Line | None:
    """Of a stranger it is proved which host answers for the key; of a key alone, nothing at all."""
    place = did.place_of(issuer_of(checked.document))
    if checked.is_ours or name not in {Name.ISSUER, Name.KEY} or (place and name is Name.KEY):
        return Line(GOOD, *PASSED[name])
    if name is Name.KEY:
        return None
    if not place:
        words = "Anybody can make such a key, and write any name beside it."
        return Line(UNSURE, "We cannot tell who made it", words)
    return Line(GOOD, f"{place} answers for it", "We found a page of keys there. Who runs it, "
                "and if they are who they say, we do not know.")  # fmt: skip


def _worst(checked: Checked, name: Name) -> Check:
    """Two checks that a layperson sees as one."""
    before = STOOD_FOR.get(name)
    if before is not None and checked.report[before].outcome is Outcome.FAILED:
        return checked.report[before]
    return checked.report[name]


def _of_the_record(checked: Checked) -> list[Line]:
    """What our own record says now: the truth, of which a badge is a copy with a date."""
    ours, at = checked.ours, timezone.localtime(checked.at)
    if ours is None:
        return []
    clock = f"{at:%H:%M} on {at:%-d %B %Y}"
    if ours.revoked_at is not None and "revoked" not in checked.report.faults:
        return [Line(BAD, "It ended a moment ago", f"Our record says so, at {clock}.")]
    if not queries.is_public(ours.award):
        return []
    state = shown_state_of(ours.award)
    tone = GOOD if state.stands else BAD
    return [Line(tone, f"Our record says: {state.title}", f"{state.meaning} Asked at {clock}.")]


def _of_endorsements(checked: Checked) -> list[Line]:
    good = sum(one.holds for one in checked.spoken)
    lines = []
    if back := checked.taken_back:
        who = "Somebody speaks" if back == 1 else f"{back} speak"
        words = "They took their word for it back after it was signed. The badge itself counts."
        lines.append(Line(UNSURE, f"{who} for it no more", words))
    if good < len(checked.spoken):
        words = "A word for it inside does not hold."
        lines.append(Line(UNSURE, "Not all who speak for it do", words))
    elif good and checked.is_ours:
        words = "Others put their word to it, and it holds."
        lines.append(Line(GOOD, f"Spoken for by {good}", words))
    elif good:
        words = "Their words are whole. Who they are, we do not know."
        lines.append(Line(UNSURE, f"Spoken for by {good}", words))
    return lines


# --- what stands in the document itself: text from anybody, never markup ------------------------
def _text(checked: Checked, *path: str) -> str:
    found: Any = checked.document
    for step in path:
        found = found.get(step) if isinstance(found, dict) else None
    return badging.line(found)[:200] if isinstance(found, str) else ""


def _maker(checked: Checked) -> str:
    """Ours by name. Of a stranger what was proved, never the name that they gave themselves."""
    if checked.is_ours:
        return _text(checked, "issuer", "name")
    return did.place_of(issuer_of(checked.document))[:200] or NAMELESS


def _holder(checked: Checked) -> str:
    subject = checked.document.get("credentialSubject")
    found = subject.get("identifier") if isinstance(subject, dict) else None
    for one in found if isinstance(found, list) else [found]:
        if isinstance(one, dict) and one.get("identityType") == "name":
            name = one.get("identityHash")
            if isinstance(name, str) and one.get("hashed") is False:
                return badging.line(name)[:200]
    return ""


def _day(stamp: object) -> date | None:
    moment = read_stamp(stamp)
    try:
        return timezone.localdate(moment) if moment else None
    except OverflowError:  # the last hours of the year 9999, which some write for "never"
        return None


def on_record(award: Any) -> dict[str, Any]:
    """What we say of a number that was typed: the record alone, no file was seen."""
    state, entry = shown_state_of(award), entry_of(award)
    called = queries.public_name_of(award) if award.technician_id and entry is None else None
    return {
        "award": award,
        "name": called or name_on(award, entry),
        "what": badging.name_of(award.version, award.level),
        "keeper": badging.keeper_of(award.version),
        "letters": badging.letters_of(award.version.key) if state.stands else "",
        "state": state,
        "lookup": page_of(award),
        "at": timezone.now(),
    }
