"""The words of the first pages: files a person can read and edit, in `content/`.

A file is a head in TOML between two lines of `+++`, then words in a small part of Markdown:
paragraphs, `### ` headings, `- ` lists, **bold** and [links](/address/). A link to `page:slug`
is a link to another written page. In a guide, each `## ` line is a question and what follows it
the answer. No Django here: text in, values out.
"""

import html
import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "content"
LINK = re.compile(r"\[([^\]]+)\]\(([^)\s]+)\)")
BOLD = re.compile(r"\*\*([^*]+)\*\*")

Number = Callable[[str], int]


class BadWords(ValueError):  # noqa: N818
    """A file of words that cannot be used: names the file, what is wrong, and the remedy."""

    def __init__(self, path: Path, what: str, remedy: str) -> None:
        super().__init__(f"{path.name}: {what}. {remedy}")


@dataclass(frozen=True)
class Words:
    """One file: its head, and its body or, in a guide, its questions with their answers."""

    path: Path
    head: dict[str, Any]
    body: str = ""
    questions: list[tuple[str, str]] = field(default_factory=list)

    @property
    def kind(self) -> str:
        return str(self.head["kind"])

    @property
    def slug(self) -> str:
        return str(self.head["slug"])


def read(path: Path, values: Mapping[str, str] | None = None) -> Words:
    """Read a file; each `{name}` in it becomes that value. Raises BadWords."""
    text = path.read_text(encoding="utf-8")
    parts = text.split("+++\n", 2)
    if len(parts) != 3 or parts[0].strip():
        raise BadWords(path, "it has no head", "Begin with a line +++, the head, and +++ again.")
    try:
        head = tomllib.loads(parts[1])
    except tomllib.TOMLDecodeError as error:
        raise BadWords(path, f"its head cannot be read ({error})", "Mend the TOML.") from error
    if missing := {"kind", "slug", "title"} - head.keys():
        raise BadWords(path, f"its head lacks {', '.join(sorted(missing))}", "Add it.")
    body = parts[2]
    for name, value in (values or {}).items():
        body = body.replace(f"{{{name}}}", value)
    first, *asked = re.split(r"^## (?!#)", body, flags=re.MULTILINE)
    return Words(path, head, first.strip(), [_question(part) for part in asked])


def _question(part: str) -> tuple[str, str]:
    question, _, answer = part.partition("\n")
    return question.strip(), answer.strip()


def to_html(text: str, page_number: Number) -> str:
    """Rich text as Wagtail keeps it. `page_number(slug)` gives the page a link means."""
    blocks = (block.strip() for block in re.split(r"\n\s*\n", text))
    return "".join(_block(block, page_number) for block in blocks if block)


def _block(block: str, page_number: Number) -> str:
    if block.startswith("### "):
        return f"<h3>{_inline(block[4:], page_number)}</h3>"
    if block.startswith("- "):
        return f"<ul>{''.join(_items(block, page_number))}</ul>"
    return f"<p>{_inline(' '.join(block.splitlines()), page_number)}</p>"


def _items(block: str, page_number: Number) -> Iterator[str]:
    for item in re.split(r"^- ", block, flags=re.MULTILINE)[1:]:
        yield f"<li>{_inline(' '.join(item.split()), page_number)}</li>"


def _inline(text: str, page_number: Number) -> str:
    def link(found: re.Match[str]) -> str:
        label, target = found.groups()
        if target.startswith("page:"):
            number = page_number(target.removeprefix("page:"))
            return f'<a linktype="page" id="{number}">{label}</a>'
        return f'<a href="{target}">{label}</a>'

    return BOLD.sub(r"<b>\1</b>", LINK.sub(link, html.escape(text, quote=False)))
