"""The quiz over the catalogue as readers see it: one matcher a version, until it changes."""

from functools import lru_cache

from benchside.careers.live import LiveCatalogue, live_catalogue
from benchside.careers.models import Role
from benchside.careers.quiz import version as versions
from benchside.careers.quiz.matching import Answers, Matcher, Result, RoleProfile


def result_for(answers: Answers, live: LiveCatalogue | None = None) -> Result:
    """What to show for these answers, by the rules of the version they were given to.

    One query, to see whether the catalogue has changed. Raises ValueError for an unknown version.
    """
    return matcher(live or live_catalogue(), answers.version).match(answers)


@lru_cache(maxsize=8)  # the catalogue is one object until it changes: a few, times the versions
def matcher(live: LiveCatalogue, version: str) -> Matcher:
    found = versions.find(version)
    if found is None:
        raise ValueError(f"There is no version {version} of the quiz")
    return Matcher(map(profile, live.roles), found)


def profile(role: Role) -> RoleProfile:
    """Reads relations: fetch them beforehand."""
    return RoleProfile(
        slug=role.slug,
        sector=role.sector.slug,
        interests=role.interests,
        subjects=frozenset(subject.slug for subject in role.subjects.all()),
        tags={
            "hands": role.hands,
            "indoors": role.indoors,
            "people": role.people,
            "place": role.place,
        },
    )
