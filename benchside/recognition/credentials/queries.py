"""What can be asked of credentials: by their holders, by everybody, and by the clock."""

from datetime import timedelta
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone

from benchside.accounts.models import User
from benchside.assessment.awarding.offers import home_of
from benchside.assessment.awarding.queries import ends_after
from benchside.assessment.enums import DutyKind
from benchside.assessment.models import Award, Duty, StandardVersion
from benchside.organisations.models import Membership, Organisation
from benchside.recognition.credentials import saying
from benchside.recognition.credentials.designs import design_for, with_badges
from benchside.recognition.credentials.saying import name_on
from benchside.recognition.entries import queries as entries
from benchside.recognition.entries.folding import number_key
from benchside.recognition.entries.searching import LETTERED
from benchside.recognition.enums import CredentialState, WordState
from benchside.recognition.models import Credential, CredentialClaim, Endorsement, SigningKey
from benchside.recognition.models.credentials import CredentialQuerySet

RELATED = (
    "award__version", "award__organisation", "award__technician", "award__entry__register",
    "award__entry__body", "signed_with", "status_list",
)  # fmt: skip

LOOKED_INSIDE = timedelta(days=1)
UNDER_WAY = (WordState.WAITING, WordState.SHOWN)
AGAIN = timedelta(days=90)  # after a no, before the same may be asked again


def _full() -> CredentialQuerySet:
    return Credential.objects.select_related(*RELATED)


# --- for everybody --------------------------------------------------------------------------------
def public_credential(key: UUID) -> Credential | None:
    """One of them, without a look at every standard there is."""
    found = _full().signed().filter(key=key).first()
    return found if found is not None and is_public(found.award) else None


def is_public(award: Award) -> bool:
    rules = award.version.standard.award
    states = {one.key for one in rules.states if one.public} if rules else set()
    entry = getattr(award, "entry", None)
    return award.state in states and not (entry is not None and entry.is_hidden)


def public_award(number: str) -> Award | None:
    """Looked up by its number, as it is written on a badge."""
    found = Award.objects.select_related(
        "version", "organisation", "technician", "entry__register", "entry__body"
    ).filter(number__iexact=number)
    award = found.first()
    if award is None or not is_public(award) or design_for(award.version.key) is None:
        return None
    if award.technician_id is None or hasattr(award, "entry"):
        return award
    # A person who stands on no register is known by the page of the award, else it is theirs alone.
    return award if public_name_of(award) else None


def numbered(typed: str) -> list[Award]:
    """The same, as people type a number: RT000001, rt 1, or a name beside it. A number of no
    register needs its letters. Two where several are meant."""
    if (award := public_award(typed)) is not None:
        return [award]
    if not may_be_number(typed):
        return []
    found = entries.look_up(typed, list(entries.registers()))
    numbers = [one.number for one in entries.in_order(found.ids)][:2]
    if lettered := LETTERED.fullmatch(number_key(typed)):
        numbers = numbers or [f"{lettered[1]}-{lettered[2]:0>6}"]
    return [award for one in numbers if (award := public_award(one)) is not None]


def may_be_number(typed: str) -> bool:
    """Whether it is looked up as a number: a name has no digits."""
    return any(letter.isdigit() for letter in typed)


def public_name_of(award: Award) -> str | None:
    """What everybody may call a holder who stands on no register; None where nobody may know."""
    home = home_of(award.version.key)
    if home is None:
        return None
    return home.public_name(award) if home.public_name else name_on(award, None)


def endorsements_of(standard: str) -> QuerySet[Endorsement]:
    """Who speaks for a badge."""
    found = Endorsement.objects.filter(state=WordState.SHOWN, credential__isnull=True)
    return found.filter(standard=standard).select_related("organisation")


def spoken_for(credential: Credential) -> QuerySet[Endorsement]:
    """Who speaks for one credential."""
    found = Endorsement.objects.filter(state=WordState.SHOWN, credential=credential)
    return found.select_related("organisation")


# --- for holders ----------------------------------------------------------------------------------
def awards_of(user: User) -> list[Award]:
    """What a person holds that gives a badge."""
    held = Award.objects.filter(technician__account=user, version__key__in=with_badges())
    related = held.select_related(
        "version", "technician", "entry__register", "entry__body", "claim"
    )
    return list(related.order_by("-period_start", "pk"))


def awards_of_organisation(organisation: Organisation) -> list[Award]:
    held = Award.objects.filter(organisation=organisation, version__key__in=with_badges())
    return list(held.select_related("version", "organisation").order_by("-period_start", "pk"))


def credentials_of(awards: list[Award]) -> dict[int, list[Credential]]:
    """By award, newest first."""
    found: dict[int, list[Credential]] = {award.pk: [] for award in awards}
    for one in _full().filter(award__in=awards):
        found[one.award_id].append(one)
    return found


def own_credential(user: User, key: UUID) -> Credential | None:
    return _full().signed().filter(award__technician__account=user, key=key).first()


def credential_of_organisation(organisation: Organisation, key: UUID) -> Credential | None:
    return _full().signed().filter(award__organisation=organisation, key=key).first()


# --- what is said, and would be -------------------------------------------------------------------
def _said() -> QuerySet[Endorsement]:
    found = Endorsement.objects.select_related(
        "organisation", "credential__award__version", "credential__award__technician"
    )
    return found.order_by("-made_at", "-pk")


def endorsements_by(organisation: Organisation) -> QuerySet[Endorsement]:
    """What an organisation says, asked to say, and was told no to of late."""
    under_way = Q(state__in=UNDER_WAY) | Q(pk__in=declined_of_late(organisation).values("pk"))
    return _said().filter(under_way, organisation=organisation)


def declined_of_late(organisation: Organisation) -> QuerySet[Endorsement]:
    return Endorsement.objects.filter(
        organisation=organisation,
        state=WordState.DECLINED,
        answered_at__gt=timezone.now() - AGAIN,
    )


def words_for(user: User) -> QuerySet[Endorsement]:
    """What is said of what somebody holds themselves, and of badges whose standard they keep."""
    mine = Q(credential__award__technician__account=user)
    of_a_badge, of_one = Q(credential=None), Q(state=WordState.SHOWN)
    if not user.is_superuser:
        of_a_badge &= Q(standard__in=kept_by(user))
        of_one &= Q(credential__award__version__key__in=kept_by(user))
    return _said().filter(mine | of_a_badge | of_one, state__in=UNDER_WAY)


def kept_by(user: User) -> QuerySet[Duty, str]:
    """The standards of which somebody keeps the awards."""
    return Duty.objects.filter(user=user, kind=DutyKind.KEEP).values_list("standard", flat=True)


def words_to_answer(user: User) -> QuerySet[Endorsement]:
    """Those that wait for this person: never a keeper's for words of where they work themselves."""
    here = Membership.objects.live().filter(user=user).values("organisation")
    mine = Q(credential__award__technician__account=user)
    theirs = Q(credential__isnull=True) & ~Q(organisation__in=here)
    return words_for(user).filter(mine | theirs, state=WordState.WAITING)


def words_for_organisation(organisation: Organisation) -> QuerySet[Endorsement]:
    """What is said of what an organisation holds."""
    return _said().filter(state__in=UNDER_WAY, credential__award__organisation=organisation)


# --- for the clock --------------------------------------------------------------------------------
def out_of_step() -> QuerySet[Award]:
    """Awards whose credential is not the one that they should have now."""
    in_use = Credential.objects.in_use().filter(award=OuterRef("pk"))
    standing = _standing()
    wanted = (
        Award.objects.filter(standing)
        .filter(Q(technician__isnull=True) | Exists(_claims()))
        .filter(Q(technician__isnull=True) | Q(technician__erased_at__isnull=True))
        .exclude(Q(organisation__name="") | Q(technician__name="", entry__isnull=True))
    )
    behind = _says_otherwise().values("award")
    ends_on_another_day = [
        one.award_id for one in _ends_oddly() if one.until != saying.until(one.award)
    ]
    not_theirs = (
        Credential.objects.in_use()
        .filter(award__technician__isnull=False)
        .exclude(Exists(_claims("award")))
        .values("award")
    )
    gone = Credential.objects.in_use().exclude(award__in=Award.objects.filter(standing))
    wrong = (
        Q(pk__in=behind)
        | Q(pk__in=ends_on_another_day)
        | Q(pk__in=not_theirs)
        | Q(pk__in=gone.values("award"))
    )
    missing = Q(pk__in=wanted.filter(~Exists(in_use)).values("pk"))
    return Award.objects.filter(wrong | missing).order_by("pk")


def _claims(award: str = "pk") -> QuerySet[CredentialClaim]:
    return CredentialClaim.objects.filter(award=OuterRef(award), given_back_at__isnull=True)


def _standing() -> Q:
    found = Q(pk__in=())
    for version in StandardVersion.objects.filter(key__in=with_badges()):
        states = version.standard.award.states if version.standard.award else ()
        keys = [one.key for one in states if one.stands]
        found |= Q(version=version, state__in=keys)
    return found


def _says_otherwise() -> QuerySet[Credential]:
    name = Coalesce("award__entry__name", "award__organisation__name", "award__technician__name")
    same_end = Q(period_end=F("award__period_end")) | Q(
        period_end__isnull=True, award__period_end__isnull=True
    )
    same = Q(
        same_end,
        name=F("name_now"),
        level=F("award__level"),
        period_start=F("award__period_start"),
    )
    unsafe = Q(signed_with__compromised_at__isnull=False)
    # To look inside every badge takes long: a theft of yesterday was answered by its own task.
    lately = timezone.now() - LOOKED_INSIDE
    for key in SigningKey.objects.filter(compromised_at__gt=lately):
        unsafe |= _carries(key)
    return Credential.objects.in_use().annotate(name_now=name).filter(~same | unsafe)


def _ends_oddly() -> QuerySet[Credential]:
    """Those whose last day is not what the file makes of the end of their period, or is over: some
    of them rightly, because they came back late or wait for the registrar. Each is looked at."""
    plainly = Q(pk__in=())
    for version in StandardVersion.objects.filter(key__in=with_badges()):
        rules = version.standard.award
        for state in (one.key for one in (rules.states if rules else ()) if one.stands):
            here = Q(award__version=version, award__state=state)
            days = ends_after(rules, state) if rules else None
            plainly |= here & (Q(until=None) if days is None else _days_after_the_end(days))
    odd = ~plainly | Q(until__lt=timezone.localdate())
    found = Credential.objects.in_use().filter(odd, award__in=Award.objects.filter(_standing()))
    return found.select_related("award__version", "award__technician", "award__entry")


def _days_after_the_end(days: int) -> Q:
    no_end = Q(until=None, award__period_end=None)
    return no_end | Q(until=F("award__period_end") + timedelta(days=days - 1))


def resting_on(key: SigningKey) -> QuerySet[Credential]:
    """Those in force that a key signed, and, once it was given up, those that carry somebody's word
    for them that it signed."""
    mine = Q(signed_with=key)
    if key.compromised_at is not None:
        mine |= _carries(key)
    return Credential.objects.filter(mine, state=CredentialState.LIVE)


def _carries(key: SigningKey) -> Q:
    spoken_of = Endorsement.objects.exclude(standard="").values("standard")
    return Q(award__version__key__in=spoken_of, document__contains=key.mark)


def waiting() -> QuerySet[Credential]:
    return Credential.objects.filter(state=CredentialState.WAITING).order_by("pk")


def to_sign(after: int) -> QuerySet[Credential]:
    """Those that wait, with all that a badge says. What most of them share is read once, not in
    every row: a standard's file is long."""
    found = waiting().filter(pk__gt=after).select_related("award__technician", "award__entry")
    shared = ("award__version", "award__organisation", "award__entry__body", "status_list")
    return found.prefetch_related(*shared)
