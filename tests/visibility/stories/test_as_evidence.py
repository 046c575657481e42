"""A published story stands as evidence for its organisation, and stops when it is taken down."""

import pytest

from benchside.core.actions import SYSTEM
from benchside.core.registries import evidence_kinds
from benchside.visibility.stories.actions import withdraw_story
from tests.factories.organisations import an_organisation
from tests.factories.stories import a_published_story, a_sent_story

pytestmark = pytest.mark.usefixtures("site")


def test_only_what_everybody_may_read_is_offered_and_only_to_its_own() -> None:
    kind = evidence_kinds["visibility.story"]
    here, other = an_organisation("northmoor"), an_organisation("southmoor")
    story = a_published_story()
    type(story).objects.filter(pk=story.pk).update(organisation=here)
    waiting = a_sent_story()
    type(waiting).objects.filter(pk=waiting.pk).update(organisation=here)
    assert [one.id for one in kind.offer(here.pk, None)] == [str(story.key)]
    assert kind.offer(other.pk, None) == []
    assert kind.offer(None, None) == []
    said = kind.describe(str(story.key), None)
    assert said is not None
    assert said["url"] == f"/stories/{story.slug}/"
    for wrong in (str(waiting.key), "nonsense", ""):
        assert kind.describe(wrong, None) is None
    story.refresh_from_db()
    withdraw_story(actor=SYSTEM, story=story)
    assert kind.describe(str(story.key), None) is None
