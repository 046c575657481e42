"""That a row finds its action again however it was reworded, and none that is not its own."""

import random

from benchside.impact.bringing.matching import Candidate, Match, Matcher, assign

# Thirty-four made-up actions of one made-up plan.
ACTIONS = """
Publish a profile of every technician on the staff pages
Launch a termly technicians’ newsletter
Hold an annual technicians’ conference
Give technicians two seats on the research committee
Make a technicians’ hub on the intranet
Film ten technicians at work for the website
Invite technicians to open days for schools
Name technicians in the annual report
Pay application and first-year fees for professional registration
Train mentors to support applicants for RSciTech
Write a fair attribution policy for research outputs
Add a technician category to the staff awards
Nominate technicians for national awards each year
Become an employer champion for registration
Write role profiles for every technical grade
Publish career pathways for technicians
Start a mentoring scheme for technicians
Offer shadowing weeks between faculties
Set up a development fund for technicians
Give every technician a yearly appraisal with a training plan
Open management training to senior technicians
Run secondments between departments
Survey which skills are held by one person only
Take on four technical apprentices a year
Host industry placements for T Level students
Write a succession plan for each workshop
Share equipment between departments through a register
Cut the energy use of ultra-low temperature freezers
Bring the workshops under a green laboratory scheme
Survey all technicians every two years
Report on the plan to the executive board each year
Publish progress against the plan every summer
Collect data on technicians by grade, sex and contract
Review the membership of the steering group
""".strip().split("\n")  # fmt: skip
# The same, as the next lead might type them.
REWORDED = {
    "Publish a profile of every technician on the staff pages": [
        "Publish profiles of all technicians on staff pages",
        "PUBLISH A PROFILE OF EVERY TECHNICIAN ON THE STAFF PAGES.",
    ],
    "Launch a termly technicians’ newsletter": ["Launch a termly newsletter for technicians"],
    "Give technicians two seats on the research committee": [
        "Give technicians 2 seats on the Research Committee"
    ],
    "Write a fair attribution policy for research outputs": [
        "Write and adopt a policy on fair attribution of research outputs"
    ],
    "Start a mentoring scheme for technicians": ["Start mentoring scheme for all technicians"],
    "Take on four technical apprentices a year": ["Take on 4 technical apprentices each year"],
    "Survey which skills are held by one person only": [
        "Survey skills which are held by only one person"
    ],
    "Write role profiles for every technical grade": [
        "Write role profiles for all technical grades"
    ],
    "Set up a development fund for technicians": ["Set up technicians’ development fund"],
    "Publish progress against the plan every summer": ["Publish progress against plan each summer"],
}
ELSEWHERE = [
    "Buy a new telescope for the observatory",
    "Write a policy on working from home",
    "Set up a prayer room in the library",
    "Move the archive into the new building",
    "Train first aiders in every building",
    "Give parking permits to shift workers",
    "Publish the menu of the canteen every week",
    "Run a conference on medieval pottery",
]


def matcher(others: list[str]) -> Matcher:
    candidates = [Candidate(str(at), (title,)) for at, title in enumerate(ACTIONS)]
    return Matcher(candidates, others)


def test_every_action_finds_itself() -> None:
    found = matcher(ACTIONS)
    assert [found.match(title).key for title in ACTIONS] == [str(at) for at in range(len(ACTIONS))]


def test_reworded_actions_are_found_or_asked_and_never_taken_for_another() -> None:
    pairs = [(old, new) for old, several in REWORDED.items() for new in several]
    found = matcher([new for _, new in pairs])
    right = asked = 0
    for old, new in pairs:
        match, key = found.match(new), str(ACTIONS.index(old))
        assert match.key in {"", key}, (new, match)
        right += match.key == key
        asked += match.key == "" and key in match.near
    assert right + asked == len(pairs)
    assert right >= 8, f"{right} of {len(pairs)} found without asking"


def test_actions_of_something_else_are_never_taken_for_one_of_these() -> None:
    found = matcher(ELSEWHERE)
    assert [found.match(title).key for title in ELSEWHERE] == [""] * len(ELSEWHERE)


def test_small_slips_of_the_hand_are_seen_through() -> None:
    chance = random.Random(7)
    slipped = []
    for title in ACTIONS:
        at = chance.randrange(3, len(title) - 3)
        slipped.append(title[:at] + title[at + 1 :])
    found = matcher(slipped)
    keys = [found.match(title) for title in slipped]
    assert all(one.key in {"", str(at)} for at, one in enumerate(keys))
    assert sum(one.key == str(at) for at, one in enumerate(keys)) >= 30


def test_a_code_finds_its_action_unless_the_words_are_of_another() -> None:
    found = Matcher(
        [
            Candidate("a", ("Publish a newsletter for all technicians",), ("V-001", "V1")),
            Candidate("b", ("Take on four apprentices",), ("S-001", "S1")),
        ]
    )
    assert found.match("Publish the technicians’ newsletter, printed too", "v1").key == "a"
    wrong = found.match("Take on four apprentices", "V1")
    assert wrong.key == ""
    assert wrong.near == ("a",)
    assert "V1" in wrong.doubt


def test_of_two_rows_for_one_action_the_nearer_takes_it() -> None:
    given = {"1": Match("a", 0.9), "2": Match("a", 1.0), "3": Match("", 0.1)}
    found = assign(given)
    assert found["2"].key == "a"
    assert found["1"].key == ""
    assert found["1"].near == ("a",)
    assert found["3"] == given["3"]
