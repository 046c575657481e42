"""Submissions to write in, under made-up standards of any size."""

import tomllib
from pathlib import Path
from typing import Any

from benchside.accounts.models import User
from benchside.assessment.actions import begin_submission, load_standard, publish_standard
from benchside.assessment.models import StandardVersion, Submission
from benchside.assessment.standards import Standard
from benchside.core.actions import SYSTEM

FILE = Path(__file__).parent.parent / "assessment" / "made_up.toml"
WORDS = {
    "submission": "application",
    "statement": "answer",
    "criterion": "question",
    "criteria": "questions",
    "evidence": "things you show",
    "reviewer": "assessor",
}


def a_version(**changes: Any) -> StandardVersion:
    """The made-up mark, published; `changes` go over what its file says."""
    values = tomllib.loads(FILE.read_text()) | {"words": WORDS} | changes
    standard = Standard.model_validate(values, strict=False)
    version = load_standard(actor=SYSTEM, standard=standard)
    if version.state == "draft":
        publish_standard(actor=SYSTEM, version=version)
    return version


def with_measures(*measures: str) -> StandardVersion:
    """Its first question names these measures."""
    areas = tomllib.loads(FILE.read_text())["areas"]
    areas[0]["criteria"][0]["measures"] = list(measures)
    return a_version(areas=areas)


def of_size(questions: int) -> StandardVersion:
    """As many questions, five an area."""
    areas = [
        {
            "key": f"area-{n}",
            "title": f"Area {n}",
            "criteria": [
                {"key": f"q-{m}", "title": f"Question {m}", "prompt": "What?", "words": 100}
                for m in range(n, min(n + 5, questions))
            ],
        }
        for n in range(0, questions, 5)
    ]
    return a_version(key=f"size-{questions}", areas=areas)


def begun(head: User, version: StandardVersion | None = None, **more: Any) -> Submission:
    """One of the head's organisation, begun by Benchside itself; at the lowest level."""
    return begin_submission(
        actor=SYSTEM,
        version=version or a_version(),
        organisation=head.memberships.get().organisation,
        level="plain",
        **more,
    )
