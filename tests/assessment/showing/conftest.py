"""One organisation whose lead writes and whose head signs, and a submission of theirs."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import Client

from benchside.accounts.models import User
from benchside.assessment import writing_rules
from benchside.assessment.actions import begin_submission, load_standard, publish_standard
from benchside.assessment.models import Submission
from benchside.assessment.standards import Standard, read
from benchside.core.actions import SYSTEM, Actor
from benchside.organisations.enums import MemberRole
from tests.assessment.showing.making import two_steps
from tests.factories.organisations import a_member, an_organisation
from tests.factories.people import give_app

FILE = Path(__file__).parents[1] / "made_up.toml"


@pytest.fixture(autouse=True)
def own_files(settings, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    """Private files of one test lie in a folder of its own."""
    from django.core.files.storage import storages

    settings.PRIVATE_MEDIA_ROOT = str(tmp_path / "private")
    storages._storages.clear()
    yield
    storages._storages.clear()


@pytest.fixture
def lena() -> User:
    return a_member(an_organisation("northmoor"))


@pytest.fixture
def hedda(lena: User) -> User:
    here = lena.memberships.get().organisation
    return a_member(here, MemberRole.SIGNER, local="hedda")


@pytest.fixture
def lead(lena: User, hedda: User, monkeypatch: pytest.MonkeyPatch) -> Iterator[Actor]:
    """Which room says who leads and signs is not the engine's business."""
    monkeypatch.setattr(writing_rules, "leads", [lambda actor, _: actor.account == lena])
    monkeypatch.setattr(
        writing_rules, "signers",
        [lambda actor, _, right: actor.account == (hedda if right == "sign" else lena)],
    )  # fmt: skip
    return Actor.of(lena)


@pytest.fixture
def head(hedda: User) -> Actor:
    return Actor.of(hedda)


@pytest.fixture
def standard() -> Standard:
    return two_steps(read(FILE))


@pytest.fixture
def submission(lead: Actor, lena: User, standard: Standard) -> Submission:
    version = load_standard(actor=SYSTEM, standard=standard)
    publish_standard(actor=SYSTEM, version=version)
    here = lena.memberships.get().organisation
    return begin_submission(actor=lead, version=version, organisation=here, level="plain")


@pytest.fixture
def as_lead(lena: User, lead: Actor) -> Client:
    return signed_in(lena)


@pytest.fixture
def as_head(hedda: User, lead: Actor) -> Client:
    return signed_in(hedda)


def signed_in(user: User) -> Client:
    give_app(user)
    client = Client()
    client.force_login(user)
    return client
