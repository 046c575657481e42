"""What was sent in, each time it was, and what changed since somebody judged it."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from benchside.assessment.content import asked
from benchside.assessment.models import FrozenVersion, Judgement, Submission
from benchside.core.models import AuditEvent

SENT = ("submission.submit", "submission.answer")


@dataclass(frozen=True, slots=True)
class Sending:
    at: datetime
    frozen: FrozenVersion


def sendings(submission: Submission) -> list[Sending]:
    """What was sent, each time it was, the last one first. A version that was signed since and
    not sent is nobody's to read."""
    events = AuditEvent.objects.about(submission).filter(verb__in=SENT).order_by("-at", "-pk")
    frozen = {one.digest: one for one in submission.frozen.all()}
    found = [(one.at, frozen.get(one.detail.get("digest", ""))) for one in events]
    return [Sending(at, one) for at, one in found if one is not None]


class Changes:
    """What reviewers read now, beside what they read at any moment before."""

    def __init__(self, submission: Submission) -> None:
        self.submission = submission
        # Only an answer to "more is asked for" changes words under a seat: what is sent back
        # ends the seats. So where none was asked for, nothing is read.
        self.sent = sendings(submission) if submission.evidence_rounds else []
        self._found: dict[int, frozenset[str]] = {}

    def since(self, moment: datetime) -> frozenset[str]:
        """The questions, by key, whose answers say or show something else than at that moment."""
        if not self.sent:
            return frozenset()
        before = next((one for one in self.sent if one.at <= moment), self.sent[-1]).frozen
        if before.number not in self._found:
            now = json.loads(self.sent[0].frozen.content)
            self._found[before.number] = self._differing(json.loads(before.content), now)
        return self._found[before.number]

    def _differing(self, before: Mapping[str, Any], now: Mapping[str, Any]) -> frozenset[str]:
        keys = (one.key for one in asked(self.submission))
        return frozenset(key for key in keys if _answer(before, key) != _answer(now, key))

    def behind(self, criterion: str, moment: datetime) -> tuple[str, ...]:
        """The titles of the answers behind a criterion that changed since a moment."""
        one, standard = self.submission, self.submission.version.standard
        changed = self.since(moment)
        shown_by = standard.shown_by(criterion, one.level or None, one.route)
        return tuple(
            each.title for each in (standard.criterion(criterion), *shown_by) if each.key in changed
        )

    def outdated(self, judgements: Iterable[Judgement]) -> dict[int, tuple[str, ...]]:
        """Those judgements, by number, that were made on earlier words: the answers that changed
        since, by title."""
        found = {
            one.pk: self.behind(one.criterion, one.changed_at) for one in judgements if one.grade
        }
        return {pk: titles for pk, titles in found.items() if titles}


def _answer(content: Mapping[str, Any], key: str) -> list[Any]:
    """All that stands in a frozen content for one question: words, what shows it, figures."""
    said = [one for one in content["statements"] if one["criterion"] == key]
    shown = [
        ({name: value for name, value in one.items() if name != "serves"}, serves["how"])
        for one in content["evidence"]
        for serves in one["serves"]
        if serves["criterion"] == key
    ]
    return [said, shown, [one for one in content.get("figures", ()) if one["criterion"] == key]]
