import pytest

from benchside.core.actions import Actor
from benchside.organisations import live_places
from benchside.outreach.models import Item
from tests.factories.orders import a_packer, an_item


@pytest.fixture
def packer(db: None) -> Actor:
    return Actor.of(a_packer())


@pytest.fixture
def stickers(packer: Actor) -> Item:
    return an_item("stickers", packs=20, limit=5)


@pytest.fixture
def badges(packer: Actor) -> Item:
    return an_item("badges", packs=4, limit=10)


@pytest.fixture(autouse=True)
def _no_places_of_others(monkeypatch: pytest.MonkeyPatch) -> None:
    """The list of places is held in memory until an import; a test writes its own."""
    monkeypatch.setattr(live_places, "_held", None)
