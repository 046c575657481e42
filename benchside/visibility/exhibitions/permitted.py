"""Whether what a panel is made of may be printed now. Asked afresh each time, and kept nowhere."""

from collections.abc import Iterable, Mapping

from benchside.people.enums import Covers
from benchside.people.models import MediaConsent
from benchside.visibility.enums import PhotoState, StoryState
from benchside.visibility.exhibitions.enums import PanelState
from benchside.visibility.models import Panel, Photo, Story
from benchside.visibility.stories.names import hidden_words, leaks


def may_hang(panel: Panel) -> bool:
    return panel.state == PanelState.HANGING and not why_not(panel.story or panel.photo)


def may_hang_of(panels: Iterable[Panel]) -> set[int]:
    """The numbers (keys) of those that may hang, with one question for all of their consents."""
    found = [one for one in panels if one.state == PanelState.HANGING]
    sources = {one.pk: one.story or one.photo for one in found}
    consents = _standing([source.subject for source in sources.values() if source])
    return {pk for pk, source in sources.items() if not _why_not(source, consents)}


def why_not(source: Story | Photo | None) -> str:
    """Why this may not be printed, or nothing."""
    return _why_not(source, _standing([source.subject]) if source else {})


def name_told(source: Story | Photo | None, texts: Mapping[str, str]) -> str:
    """Which word of a name its story does not show stands in these words, and where; or nothing."""
    if not isinstance(source, Story):
        return ""
    signed = MediaConsent.objects.of(source.subject).values_list("signed_as", flat=True)
    told = (one for one in leaks(texts, hidden_words(signed, source.name)) if one.is_plain)
    return next((f"“{one.word}” in {one.where}" for one in told), "")


def _standing(subjects: list[str]) -> dict[str, list[MediaConsent]]:
    found: dict[str, list[MediaConsent]] = {}
    for consent in MediaConsent.objects.standing().filter(subject__in=subjects):
        found.setdefault(consent.subject, []).append(consent)
    return found


def _why_not(source: Story | Photo | None, consents: dict[str, list[MediaConsent]]) -> str:
    if source is None:
        return "It was withdrawn."
    is_story = isinstance(source, Story)
    shown = source.state == (StoryState.PUBLISHED if is_story else PhotoState.APPROVED)
    if not shown:
        return "It is not shown to everybody."
    picture = source.photo if isinstance(source, Story) else source.picture
    given = consents.get(source.subject, [])
    needed = {Covers.WORDS} if is_story else {Covers.PICTURE}
    if picture is not None:
        needed |= {Covers.PICTURE}
    for covers in needed:
        said = [one.in_print for one in given if one.covers == covers]
        if not said or not all(said):
            return f"No consent covers print: {Covers(covers).label.lower()}."
    return ""
