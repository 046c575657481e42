"""Reading grade, against counts printed elsewhere and counts a person can make aloud."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchside.core.reading import Reading, grade, read, syllables

# Counted aloud, with the Concise Oxford's division where two are heard.
COUNTED = {
    1: """the there where clean small through night start three learn right could train shows
    whole school watch light screen things glass parts course steel firms pipes makes looks trade
    shifts maths sound blood bring gloves wheel faults turns wires should smells tools gives joint
    green keeps press stops brakes close weeks weigh germs leaks known piece gauge sheet frame
    changed though trains flame built steam yours plate twice rails blades valves rinse share proof
    clipped jumped passed planned moved queue league tongue square fire our they eye eyes these
    cheese large seized friend played clothes shoes goes sea tea clear used world strength""",
    2: """people level before water after paper table about again metal order hundred engine being
    doing going seeing useful careful homework someone something sometimes science quiet fluid poet
    lion diet trial giant riot fuel cruel apple handle handled candles little bottles couple glasses
    changes boxes wishes matches wanted needed added tested safely closely movement pavement
    hopeless rhythm prism station nation special patient region ocean social machine fabric chemist
    picture question section million reason action student quarter coffee layer player driver
    workshop thirteen lifted pages sentence basement woman metre centre fibre business every evening
    Wednesday colleague routine create react surgeon fashion creature carriage hygiene ruin courses
    mixes edges laundry tidied likely argue goggles nursing rescue value metres welded language""",
    3: """technician hospital electric energy industry equipment computer animal idea area radio
    studio video audio museum factory curious previous chemical medical musical physical gradual
    usual sandwiches reaction piano period medium radium scientist employer employee employees
    officer engineer remember whatever everyone everything tomorrow apprentice nobody diary carrier
    earlier easier creative creating happiest addresses recipe nuclear studying actual graduate
    influence magazine projector library businesses""",
    4: """apprenticeship apprentices material variety society biology technology curriculum
    information January electrical mechanical radiation calculation experiment interior manufacture
    temperature dictionary geology organism mechanism exercises experience appreciate avionics
    graduation ingredient situation engineering variable secondary mathematics geography
    continuous""",
    5: """university electricity laboratory opportunity association qualification aluminium
    refrigerator possibility curiosity physiologist""",
    6: "responsibility",
}


@pytest.mark.parametrize("count", COUNTED)
def test_syllables_of_words_counted_aloud(count):
    words = COUNTED[count].split()

    assert {word: syllables(word) for word in words} == dict.fromkeys(words, count)


@pytest.mark.parametrize(
    ("word", "count"), [("people’s", 2), ("don't", 1), ("ROBOT", 2), ("42", 2), ("3.5", 2)]
)
def test_syllables_of_unusual_spellings(word, count):
    assert syllables(word) == count


def test_grade_of_the_example_most_often_printed():
    """Wikipedia, "Flesch-Kincaid readability tests": "The Australian platypus is seemingly a
    hybrid of a mammal and reptilian creature", 13 words and 24 syllables, is an 11.3."""
    assert round(Reading(sentences=1, words=13, syllables=24).grade, 1) == 11.3


def test_grade_of_a_passage_worked_by_hand():
    """16 words and 23 syllables (Flesch reading ease 69), then 6 and 6, in two sentences:
    0.39 * 22 / 2 + 11.8 * 29 / 22 - 15.59."""
    text = (
        "This sentence, taken as a reading passage unto itself, is being used to prove a point. "
        "The cat sat on the mat."
    )
    counted = read(text)

    assert (counted.sentences, counted.words, counted.syllables) == (2, 22, 29)
    assert counted.grade == pytest.approx(4.2545, abs=0.0001)


def test_shortest_words_make_the_lowest_grade():
    assert grade("Go.") == pytest.approx(0.39 + 11.8 - 15.59)


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("Dr. Wu and Mr. A. Smith fix it.", 1),
        ("It weighs 3.5 kg. It is hot.", 2),
        ("Use a tool, e.g. a saw.", 1),
        ("Why? Because! It is so… Yes.", 4),
        ("“Stop.” She did.", 2),
        ("A heading\n\nA line. Another", 3),
        ("You need:\n- a saw\n- a drill", 3),
        ("A line that\ngoes on.", 1),
    ],
)
def test_sentences_end_where_a_reader_ends_them(text, sentences):
    assert read(text).sentences == sentences


@pytest.mark.parametrize("text", ["", "  \n ", "... – !"])
def test_no_words_are_no_grade(text):
    assert read(text).words == 0
    assert grade(text) == 0


@given(st.text())
def test_any_text_can_be_read(text):
    counted = read(text)

    assert counted.syllables >= counted.words >= counted.sentences


@given(st.lists(st.sampled_from(["We test glass.", "The lab is open."]), min_size=1, max_size=20))
def test_more_of_the_same_has_the_same_grade(sentences):
    assert grade(" ".join(sentences * 2)) == pytest.approx(grade(" ".join(sentences)))
