"""How long files are kept: while something that stands refers to them, and then no longer."""

import json
from collections.abc import Iterable

from benchside.assessment.models import Evidence, FrozenVersion, Submission
from benchside.core import vault

EVIDENCE = "evidence"
FROZEN = "frozen"


def folder_of(submission: Submission) -> str:
    return f"{EVIDENCE}/{submission.key.hex}"


def folder_of_exports(frozen: FrozenVersion) -> str:
    return f"{FROZEN}/{frozen.submission.key.hex}/{frozen.number}"


def files_in(content: str) -> set[str]:
    """The digests of the files that a frozen content names."""
    return {one["file"] for one in json.loads(content)["evidence"] if one["file"]}


def frozen_files(submission: Submission) -> set[str]:
    contents = submission.frozen.exclude(content="").values_list("content", flat=True)
    return {digest for content in contents for digest in files_in(content)}


def drop_unless_frozen(submission: Submission, name: str, digest: str) -> None:
    """Delete the bytes of evidence that was taken out, unless a frozen version names them."""
    is_shown = Evidence.objects.filter(submission=submission, file_digest=digest).exists()
    if not is_shown and digest not in frozen_files(submission):
        vault.drop(name)


def drop_all(submissions: Iterable[Submission]) -> int:
    """Delete every byte that is kept for these submissions. Returns how many files."""
    count = 0
    for one in submissions:
        for folder in (folder_of(one), f"{FROZEN}/{one.key.hex}"):
            for name in vault.names_below(folder):
                vault.drop(name)
                count += 1
    return count
