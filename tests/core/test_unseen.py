"""What cannot be seen in a line is not kept; what can be is kept as it stands."""

import pytest

from benchside.core.unseen import without_unseen


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("From Maria", "From Maria"),
        ("Ma\u202eiram", "Ma iram"),
        ("A\u200bB\ufeff C", "A B C"),
        ("two\nlines\t", "two lines"),
        ("Zoë O’Brien-Łoś", "Zoë O’Brien-Łoś"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("علي", "علي"),
    ],
)
def test_words_stay_and_hidden_signs_go(typed: str, kept: str) -> None:
    assert without_unseen(typed) == kept
