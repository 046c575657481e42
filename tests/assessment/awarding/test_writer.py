"""A standard written back into a file is the same standard, whatever stands in its words."""

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from benchside.assessment.standards import parse, read, write

FILE = Path(__file__).parent.parent / "made_up.toml"
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=200)


def test_the_made_up_mark() -> None:
    assert parse("again", write(read(FILE)).encode()) == read(FILE)


@given(TEXTS, TEXTS, st.lists(TEXTS.map(str.strip).filter(bool), max_size=3))
def test_any_words(about: str, prompt: str, options: list[str]) -> None:
    standard = read(FILE)
    first, *rest = standard.areas[0].criteria
    criterion = first.model_copy(
        update={"prompt": prompt.strip(), "options": tuple(one[:200] for one in options)}
    )
    area = standard.areas[0].model_copy(update={"criteria": (criterion, *rest)})
    changed = standard.model_copy(
        update={"about": about.strip(), "areas": (area, *standard.areas[1:])}
    )
    assert parse("again", write(changed).encode()) == changed
