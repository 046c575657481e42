"""Letters about awards and standards."""

from django.conf import settings
from django.urls import reverse

from benchside.accounts.models import User
from benchside.assessment.awarding import offers, queries
from benchside.assessment.models import Award, Challenge, StandardVersion, Submission
from benchside.core import mail


def absolute(path: str) -> str:
    return f"{settings.BASE_URL}{path}"


def readers_of(award: Award) -> list[str]:
    """Who reads letters about an award: its person, or those its thin room names."""
    if award.technician is not None and award.technician.account is not None:
        return [award.technician.account.email]
    home = offers.home_of(award.version.key)
    named = list(home.write_to(award)) if home else []
    contact = award.organisation.contact if award.organisation else None
    return named or ([contact.email] if contact else [])


def ends_soon(award: Award) -> bool:
    """False when nobody is there to read it."""
    home = offers.home_of(award.version.key)
    context = {
        "holder": queries.holder_of(award),
        "is_own": award.technician is not None,
        "title": queries.rules_of(award).title,
        "number": award.number,
        "ends": award.period_end,
        "link": absolute(home.renew_url(award)) if home else "",
        "missing": offers.missing_for(award),
    }
    readers = readers_of(award)
    for address in readers:
        mail.send("assessment/award_ends_soon", address, context)
    return bool(readers)


def challenged(challenge: Challenge) -> None:
    """To those who keep the award. What was written stands behind their sign-in alone."""
    award = challenge.award
    context = {
        "number": award.number,
        "holder": queries.holder_of(award),
        "link": absolute(reverse("assessment:kept_challenge", args=[challenge.pk])),
    }
    for keeper in queries.keepers_of(award):
        mail.send("assessment/award_challenged", keeper.email, context)


def challenge_answered(challenge: Challenge) -> None:
    """To whoever wrote, where they gave an address."""
    if not challenge.reply_to:
        return
    context = {
        "number": challenge.award.number,
        "holder": queries.holder_of(challenge.award),
        "answer": challenge.answer,
    }
    mail.send("assessment/challenge_answered", challenge.reply_to, context)


def version_published(version: StandardVersion, submission: Submission) -> None:
    """To whoever began what goes on under an older version."""
    if submission.created_by is None:
        return
    writer = User.objects.filter(person_id=submission.created_by, is_active=True).first()
    if writer is None:
        return
    context = {
        "title": version.title,
        "word": submission.version.standard.words.submission,
        "old": submission.version.version,
        "new": version.version,
        "begins": version.valid_from,
        "link": absolute(reverse("assessment:form", args=[submission.key])),
    }
    mail.send("assessment/standard_published", writer.email, context)
