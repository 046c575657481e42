"""Captions: times and words cross, nothing else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchside.core.captions import CaptionsRefused, Cue, read, transcript, write

VTT = """WEBVTT - a file
Kind: captions

STYLE
::cue { background: url(https://example.org/track.png) }

NOTE made in a hurry

intro
00:01.000 --> 00:02.500 line:0 position:20%
<v Edie Made-Up>This is <b>my</b> bench.

01:00:03,000 --> 01:00:04,000
Tea &amp; <c.loud>solder</c>
second line
"""


def test_times_and_words() -> None:
    assert read(VTT) == [
        Cue(1, 2.5, "This is my bench."),
        Cue(3603, 3604, "Tea & solder\nsecond line"),
    ]


def test_subrip() -> None:
    assert read(b"\xef\xbb\xbf1\r\n00:00:01,5 --> 00:00:02,000\r\nHello\r\n") == [
        Cue(1.5, 2, "Hello")
    ]


def test_written_again_it_says_the_same_and_no_more() -> None:
    written = write(read(VTT))
    assert written == (
        "WEBVTT\n\n00:00:01.000 --> 00:00:02.500\nThis is my bench.\n\n"
        "01:00:03.000 --> 01:00:04.000\nTea &amp; solder\nsecond line\n"
    )
    assert read(written) == read(VTT)
    assert transcript(read(VTT)) == "This is my bench.\nTea & solder second line"


@pytest.mark.parametrize(
    "words",
    [
        "<img src=x onerror=alert(1)>",
        "&lt;script&gt;alert(1)&lt;/script&gt;",
        "<<b>script>alert(1)",
        "a --> b",
        "x\u202egnp.exe",
    ],
)
def test_words_cannot_do_anything(words: str) -> None:
    try:
        written = write(read(f"WEBVTT\n\n00:01.000 --> 00:02.000\n{words}\n"))
    except CaptionsRefused:
        return
    body = written.split("\n", 3)[3]
    assert "<" not in body
    assert "-->" not in body
    assert "\u202e" not in body


@pytest.mark.parametrize(
    ("data", "says"),
    [
        ("WEBVTT\n", "no captions"),
        ("WEBVTT\n\nhello\nthere\n", "Line 3"),
        ("WEBVTT\n\n00:99.000 --> 00:02.000\nx\n", "Line 3"),
        ("WEBVTT\n\n00:03.000 --> 00:02.000\nx\n", "before it begins"),
        (b"\xff\xfe\x00W", "UTF-8"),
        ("WEBVTT\n\n00:01.000 --> 00:02.000\n" + "x" * 700, "too long"),
        ("x" * (1024 * 1024 + 1), "1 MB"),
    ],
)
def test_refusals_name_place_and_remedy(data: str | bytes, says: str) -> None:
    with pytest.raises(CaptionsRefused, match=says):
        read(data)


@given(st.text(max_size=300))
def test_any_text_gives_captions_or_a_refusal(text: str) -> None:
    try:
        cues = read("WEBVTT\n\n00:01.000 --> 00:02.000\n" + text)
    except CaptionsRefused:
        return
    assert read(write(cues)) == cues
