"""A submission as it was sent in, for whoever reads it: the frozen content, never the live one."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from benchside.accounts.models import User
from benchside.assessment.models import Evidence, FrozenVersion, Submission
from benchside.assessment.reviewing.naming import hides_holder
from benchside.assessment.sendings import sendings
from benchside.assessment.showing.document import day
from benchside.assessment.standards import Area, Criterion, Standard
from benchside.assessment.words import is_same_name
from benchside.core.registries import evidence_kinds


@dataclass(frozen=True, slots=True)
class Shown:
    """A piece of evidence: what it is called, how it serves, and where it leads."""

    title: str
    kind: str
    how: str
    url: str = ""
    pk: int | None = None  # of a file that can be taken
    name: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """What is said of one criterion, and what shows it. `before`: what it said when it was sent
    first, where more was asked for and it changed. `shown_by`: the answers to the questions that
    show it, each with whether it stands on the page for the first time."""

    criterion: Criterion
    text: str
    choice: str
    evidence: Sequence[Shown]
    figures: Sequence[str]
    before: str = ""
    shown_by: Sequence[tuple["Answer", bool]] = ()


@dataclass(frozen=True, slots=True)
class Part:
    area: Area
    answers: Sequence[Answer]


@dataclass(frozen=True, slots=True)
class Sent:
    """All of it."""

    frozen: FrozenVersion
    parts: Sequence[Part]
    annexes: Sequence[Mapping[str, Any]]
    signed: Sequence[str]
    supporters: Sequence[tuple[str, Sequence[tuple[str, str]]]]
    others: Sequence[Shown] = field(default_factory=tuple)


def sent(submission: Submission, viewer: User) -> Sent | None:
    """What reviewers read; None when nothing was sent."""
    versions = [one.frozen for one in sendings(submission)]
    if not versions:
        return None
    content = json.loads(versions[0].content)
    first = json.loads(versions[-1].content) if len(versions) > 1 else content
    pieces = _pieces(submission, content, viewer)
    standard = submission.version.standard
    said, said_first = _said(content), _said(first)
    way = content.get("level") or None, content.get("route", "")
    answers = {
        one.key: _answer(one, said, said_first, pieces, content) for one in standard.counting(*way)
    }
    return Sent(
        versions[0],
        list(_parts(standard, answers, way)),
        [one for one in content.get("annexes", []) if one["tables"]],
        _signed(submission, versions[0]),
        _supporters(submission),
        pieces.get("", ()),
    )


def _parts(
    standard: Standard, answers: Mapping[str, Answer], way: tuple[str | None, str]
) -> Iterator[Part]:
    """What is judged, area by area, each with the answers that show it, and what is only asked;
    a question that shows something is read there."""
    read_there = {
        each.key
        for one in standard.judged_at(*way)
        for each in standard.shown_by(one.key, *way)
        if not each.judged
    }
    met: set[str] = set()
    for area in standard.areas:
        found = []
        for one in area.criteria:
            if one.key not in answers or one.key in read_there:
                continue
            shown_by = []
            for question in standard.shown_by(one.key, *way):
                shown_by.append((answers[question.key], question.key not in met))
                met.add(question.key)
            found.append(replace(answers[one.key], shown_by=shown_by))
        if found:
            yield Part(area, found)


def file_of(submission: Submission, pk: int) -> Evidence | None:
    """A file that was sent in; none that was added and not sent."""
    found = Evidence.objects.filter(submission=submission, pk=pk).exclude(file="").first()
    sent = sendings(submission)
    if found is None or not sent:
        return None
    digests = {one["file"] for one in json.loads(sent[0].frozen.content)["evidence"]}
    return found if found.file_digest in digests else None


def _said(content: Mapping[str, Any]) -> dict[str, tuple[str, str]]:
    return {one["criterion"]: (one["text"], one["choice"]) for one in content["statements"]}


def _answer(
    criterion: Criterion,
    said: Mapping[str, tuple[str, str]],
    first: Mapping[str, tuple[str, str]],
    pieces: Mapping[str, Sequence[Shown]],
    content: Mapping[str, Any],
) -> Answer:
    text, choice = said.get(criterion.key, ("", ""))
    before = first.get(criterion.key, ("", ""))
    figures = [
        _figure(one) for one in content.get("figures", ()) if one["criterion"] == criterion.key
    ]
    changed = before[0] if before != (text, choice) else ""
    return Answer(criterion, text, choice, pieces.get(criterion.key, ()), figures, changed)


def _figure(one: Mapping[str, Any]) -> str:
    """A cited figure in words; one that was overruled says why."""
    value = one["own_value"] if one["own_value"] is not None else one["value"]
    number = f"{value:,.10g}" if isinstance(value, int | float) else str(value)
    of = f" of {one['people']:,} people" if one["people"] else ""
    on = f", {day(one['on'])}" if one["on"] else ""
    why = f" (put in by hand: {one['own_reason']})" if one["own_reason"] else ""
    unit = f" {one['unit']}" if one.get("unit") else ""
    return f"{one.get('title') or one['measure']}: {number}{unit}{of}{on}{why}"


def _pieces(
    submission: Submission, content: Mapping[str, Any], viewer: User
) -> dict[str, list[Shown]]:
    files = {one.file_digest: one for one in submission.evidence.all() if one.file_digest}
    found: dict[str, list[Shown]] = {}
    for one in content["evidence"]:
        for serves in one["serves"] or [{"criterion": "", "how": ""}]:
            shown = _shown(one, serves["how"], files, viewer)
            found.setdefault(serves["criterion"], []).append(shown)
    return found


def _shown(one: Mapping[str, Any], how: str, files: Mapping[str, Evidence], viewer: User) -> Shown:
    if one["kind"] == "file":
        held = files.get(one["file"])
        return Shown(one["title"], "file", how, pk=held.pk if held else None,
                     name=held.file_name if held else "")  # fmt: skip
    if one["kind"] == "record":
        kind, _, pk = one["record"].partition(":")
        known = (
            evidence_kinds[kind].describe(pk, viewer.person_id) if kind in evidence_kinds else None
        )
        return Shown(one["title"], "record", how, url=str((known or {}).get("url", "")))
    return Shown(one["title"], "link", how, url=one["url"])


def _signed(submission: Submission, frozen: FrozenVersion) -> list[str]:
    """Each signature by its title, with the name that was typed; with the account's too, where
    that is another."""
    titles = {one.key: one.title for one in submission.version.standard.sign_offs}
    found = list(submission.sign_offs.filter(frozen=frozen))
    if hides_holder(submission):
        return [titles.get(one.step, one.step) for one in found]
    accounts = User.objects.filter(person_id__in=[one.signed_by for one in found])
    names = {one.person_id: one.get_full_name() for one in accounts}
    return [
        f"{titles.get(one.step, one.step)}: {_signer(one.signed_as, names.get(one.signed_by, ''))}"
        for one in found
    ]


def _signer(typed: str, account: str) -> str:
    if not account or is_same_name(typed, account):
        return typed
    return f"{typed}, from the account of {account}"


def _supporters(submission: Submission) -> list[tuple[str, list[tuple[str, str]]]]:
    """Who speaks for it, and what they say of each area. Where the holder is kept from reviewers
    only how they know each other is said: a name or an employer would give it away."""
    titles = {area.key: area.title for area in submission.version.standard.areas}
    hidden = hides_holder(submission)
    found = []
    for one in submission.supporters.prefetch_related("statements"):
        said = [(titles.get(each.area, each.area), each.text) for each in one.statements.all()]
        named = ", ".join(filter(None, (one.name, one.relation, one.employer)))
        if said:
            found.append((one.relation or "A supporter" if hidden else named, said))
    return found
