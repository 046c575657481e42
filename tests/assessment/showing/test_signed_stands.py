"""No order of edits, evidence, figures, annexes and signatures leaves a signature to other words.

The machine keeps its own picture of all there is, read field by field from the records, and
remembers it with every signature. The engine's digests are not asked what the words were.
"""

import hashlib
import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from benchside.accounts.models import User
from benchside.assessment import annexes
from benchside.assessment.actions import (
    add_file,
    add_link,
    begin_submission,
    change_evidence,
    remove_evidence,
    save_statement,
    sign,
    submit,
)
from benchside.assessment.annexes import Annex, Table
from benchside.assessment.models import Figure, FrozenVersion, Submission
from benchside.assessment.signatures import next_step, standing
from benchside.core.actions import Actor, Refused
from tests.assessment.showing.making import complete

pytestmark = pytest.mark.django_db
Picture = str


def picture(one: Submission, plan: list[str]) -> Picture:
    """All that a reader would see, straight from the records."""
    rows: list[Any] = [sorted(one.statements.values_list("criterion", "text", "choice"))]
    for piece in one.evidence.order_by("pk"):
        serves = sorted(piece.serves.values_list("criterion", "how"))
        rows.append(
            [piece.kind, piece.title, piece.url, piece.file_digest, piece.file_name, serves]
        )
    fields = ("criterion", "measure", "value", "people", "observed_on", "own_value", "own_reason")
    rows.append([list(row) for row in one.figures.order_by("pk").values_list(*fields)])
    return json.dumps([*rows, plan], default=str)


class Signing(RuleBasedStateMachine):
    actors: tuple[Actor, Actor]
    template: Submission
    plan: list[str]

    @initialize(names=st.sampled_from([2, 1, 0]))
    def begin(self, names: int) -> None:
        lead, _ = self.actors
        self.one = begin_submission(
            actor=lead,
            version=self.template.version,
            organisation=self.template.organisation,
            level="plain",
        )
        complete(lead, self.one)
        self.plan[:] = ["Buy a kiln"]
        self.signed: dict[int, Picture] = {}
        for step in ("lead", "head")[:names]:
            self.put_name(step)

    def _do(self, act: Any, **given: Any) -> Any:
        try:
            return act(actor=self.actors[0], **given)
        except Refused:
            return None

    @rule(text=st.sampled_from(["Yes, clear.", "No.", "Perhaps."]))
    def write(self, text: str) -> None:
        number = self.one.statements.get(criterion="clear").number
        self._do(save_statement, submission=self.one, criterion="clear", text=text, based_on=number)

    @rule(number=st.integers(0, 2), how=st.sampled_from(["", "So"]))
    def show_link(self, number: int, how: str) -> None:
        address = f"https://example.org/{number}"
        self._do(add_link, submission=self.one, title="L", url=address, serves={"clear": how})

    @rule(words=st.sampled_from([b"one", b"two"]))
    def show_file(self, words: bytes) -> None:
        self._do(add_file, submission=self.one, name="r.txt", data=words, serves={"clear": ""})

    @rule(title=st.sampled_from(["Log", "Rota"]), how=st.sampled_from(["", "So"]))
    def reword(self, title: str, how: str) -> None:
        piece = self.one.evidence.order_by("pk").last()
        if piece:
            self._do(change_evidence, evidence=piece, title=title, serves={"mended": how})

    @rule()
    def take_out(self) -> None:
        if self.one.evidence.count() > 1:
            self._do(remove_evidence, evidence=self.one.evidence.order_by("pk").last())

    @rule(value=st.sampled_from([1.0, 2.0]))
    def cite(self, value: float) -> None:
        """However a figure comes to change: here, behind the back of every action."""
        Figure.objects.update_or_create(
            submission=self.one, criterion="clear", measure="m", defaults={"value": value}
        )

    @rule(row=st.sampled_from(["Buy a kiln", "Buy two kilns"]))
    def plan_anew(self, row: str) -> None:
        self.plan[:] = [row]

    @rule()
    def put_next_name(self) -> None:
        due = next_step(self.one)
        self.put_name(due.key if due else "head")

    def put_name(self, step: str) -> None:
        actor = self.actors[("lead", "head").index(step)]
        try:
            made = sign(actor=actor, submission=self.one, step=step, signed_as="Somebody")
        except Refused:
            return
        self.signed[made.pk] = picture(self.one, self.plan)

    @rule()
    def send_in(self) -> None:
        self._do(submit, submission=self.one)
        self.one.refresh_from_db()

    @invariant()
    def what_stands_was_signed(self) -> None:
        if not hasattr(self, "one"):
            return
        now = picture(self.one, self.plan)
        names = standing(self.one)
        assert all(self.signed[one.pk] == now for one in names)
        steps = [one.step for one in names]
        assert steps == ["lead", "head"][: len(steps)]
        assert (next_step(self.one) is None) == (steps == ["lead", "head"])

    @invariant()
    def what_was_frozen_is_what_its_digest_says(self) -> None:
        if not hasattr(self, "one"):
            return
        for frozen in FrozenVersion.objects.filter(submission=self.one):
            assert frozen.digest == hashlib.sha256(frozen.content.encode()).hexdigest()


@pytest.fixture
def plan(submission: Submission) -> Iterator[list[str]]:
    rows = ["Buy a kiln"]
    annex = Annex(
        key="test.plan",
        title="Plan",
        tables=lambda _: [
            Table(title="Actions", columns=("What",), rows=tuple((row,) for row in rows))
        ],
        url=lambda _: "/plan/",
    )
    version = submission.version
    content = {**version.content, "annexes": ["test.plan"]}
    type(version).objects.filter(pk=version.pk).update(content=content, digest="machine")
    version.refresh_from_db()
    with annexes.annexes.opened():
        annexes.annexes.register(annex)
        yield rows


def test_no_order_of_anything_leaves_a_signature_to_other_words(
    plan: list[str], lead: Actor, head: Actor, submission: Submission, hedda: User
) -> None:
    Signing.actors, Signing.template, Signing.plan = (lead, head), submission, plan
    run_state_machine_as_test(
        Signing,
        settings=settings(
            max_examples=20,
            stateful_step_count=10,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
