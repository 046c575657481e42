"""What can be asked about technicians, starting from what they choose to show."""

from allauth.account.models import EmailAddress
from django.db.models import F, Prefetch, QuerySet
from django.db.models.functions import Lower

from benchside.accounts.enums import InvitationState
from benchside.accounts.models import User
from benchside.people.enums import Audience, ClaimAnswer
from benchside.people.models import ClaimInvitation, Profile, ProfileKit, ProfileSkill, Technician


def technician_of(user: User) -> Technician | None:
    """Somebody's own record, with the profile."""
    return Technician.objects.select_related("profile").filter(account=user).first()


def public_profiles() -> QuerySet[Profile]:
    """Everybody whom everyone may see, by name. Nobody counts as public without a name."""
    return (
        Profile.objects.filter(is_shown=True, name_to=Audience.EVERYONE)
        .exclude(technician__name="")
        .annotate(name=F("technician__name"))
        .order_by("technician__name", "pk")
    )


def offered_to(user: User) -> QuerySet[Technician]:
    """Records that nobody has claimed under an address that is proven to be this person's."""
    held = EmailAddress.objects.filter(user=user, verified=True)
    proven = [address.lower() for address in held.values_list("email", flat=True)]
    unclaimed = Technician.objects.unclaimed().annotate(address=Lower("work_email"))
    return unclaimed.filter(address__in=proven).order_by("pk")


def open_claim(technician: Technician) -> ClaimInvitation | None:
    """The letter or the code on paper that has not been answered. One that has run out is open
    still for its sender, who may renew it or take it back."""
    claims = technician.claims.select_related("invitation").order_by("-pk")
    return claims.filter(invitation__state=InvitationState.OPEN).first()


def said_no(technician: Technician) -> bool:
    """Whether whoever it is about would not claim it; not when the letter came to another."""
    newest = technician.claims.select_related("invitation").order_by("-pk").first()
    return (
        newest is not None
        and newest.invitation.state == InvitationState.DECLINED
        and newest.answer != ClaimAnswer.NOT_ME
    )


def with_lines(profiles: QuerySet[Profile]) -> QuerySet[Profile]:
    """With all that `showing.shown` reads, in a fixed number of queries."""
    return profiles.select_related("technician", "role", "photo").prefetch_related(
        Prefetch("skills", ProfileSkill.objects.select_related("term")),
        Prefetch("kit", ProfileKit.objects.select_related("term")),
        "qualifications",
        "languages",
    )
