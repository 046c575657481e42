import pytest

from benchside.core.actions import Actor
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
