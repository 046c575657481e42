"""The one way a profile leaves: only what its owner shows to an audience, everything else empty."""

from dataclasses import dataclass

from benchside.core.models import Picture
from benchside.people.enums import Audience
from benchside.people.models import Profile

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What one audience sees. `skills`, `kit` and `role` are (slug, name); what is not shown is
    empty. Post and unit are the employer's to tell, and contributions another room's, where `post`,
    `unit` and `contributions` allow it."""

    public_id: str
    name: str = ""
    headline: str = ""
    about: str = ""
    role: Pair | None = None
    skills: tuple[Pair, ...] = ()
    kit: tuple[Pair, ...] = ()
    qualifications: tuple[str, ...] = ()
    letters: str = ""
    languages: tuple[str, ...] = ()
    contact_email: str = ""
    contact_url: str = ""
    orcid: str = ""
    photo: Picture | None = None
    post: bool = False
    unit: bool = False
    contributions: bool = False

    @property
    def is_anybody(self) -> bool:
        return bool(self.name)


def shown(profile: Profile, audience: Audience) -> Shown:
    """Read with `queries.with_lines`, this asks nothing of the database."""

    def may(key: str) -> bool:
        is_shown = profile.is_shown and audience > Audience.NOBODY
        return is_shown and getattr(profile, f"{key}_to") >= audience

    if not may("name"):
        return Shown(public_id=profile.public_id)
    return Shown(
        public_id=profile.public_id,
        name=profile.technician.name,
        headline=profile.headline if may("headline") else "",
        about=profile.about if may("about") else "",
        role=_role(profile) if may("role") else None,
        skills=_terms(profile.skills.all()) if may("skills") else (),
        kit=_terms(profile.kit.all()) if may("kit") else (),
        qualifications=_qualifications(profile) if may("qualifications") else (),
        letters=profile.letters if may("letters") else "",
        languages=tuple(one.name for one in profile.languages.all()) if may("languages") else (),
        contact_email=profile.contact_email if may("contact") else "",
        contact_url=profile.contact_url if may("contact") else "",
        orcid=profile.orcid if may("orcid") else "",
        photo=profile.photo if may("photo") else None,
        post=may("post"),
        unit=may("unit"),
        contributions=may("contributions"),
    )


def _role(profile: Profile) -> Pair | None:
    role = profile.role
    return (role.slug, role.title) if role and role.live else None


def _terms(lines: object) -> tuple[Pair, ...]:
    return tuple((one.term.slug, one.term.name) for one in lines)  # type: ignore[attr-defined]


def _qualifications(profile: Profile) -> tuple[str, ...]:
    return tuple(
        ", ".join(filter(None, [one.title, one.awarded_by, str(one.year or "")]))
        for one in profile.qualifications.all()
    )
