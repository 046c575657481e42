"""Words of the made-up charter, of its made-up signatories and of what they wrote."""

from typing import NamedTuple

from benchside.organisations.enums import Kind, Nation

CHARTER = {
    "slug": "made-up-charter",
    "name": "The Made-Up Technicians’ Charter",
    "owner": "The Made-Up Council for Technicians",
    "about": "A promise to the people who make things work. It is made up, to show how a charter "
    "runs here. Who signs it says every few years what they have done, and what they will do next.",
    "pledge": "We have technicians, and we could not do our work without them.\n\n"
    "We promise to make them visible, to name and credit their skill, to give them a way up, to "
    "pass on what they know before it is lost, and to measure what comes of it.\n\n"
    "We ask our technicians how, we put a plan on a page that anybody can read, and we say who "
    "answers for it.",
    "contact": "officers@charter.benchside.example",
}
WRITING, LATE, EXTENDED, SET = "writing", "late", "extended", "set"
DUE, SENT, IN_REVIEW, FEEDBACK, ANSWERED = "due", "sent", "in-review", "feedback", "answered"
LEFT, SUPPORTER = "left", "supporter"


class Made(NamedTuple):
    """A made-up signatory: at which stage, due how many windows from the next one, how far."""

    name: str
    kind: Kind
    nation: Nation
    town: str
    stage: int
    window: int
    goal: str
    contact: str


SIGNATORIES = [
    Made("Made-Up University", Kind.UNIVERSITY, Nation.ENGLAND, "Nowhere-on-Sea", 2, 0, WRITING,
         "Lena Made-Up"),
    Made("Invented University", Kind.UNIVERSITY, Nation.ENGLAND, "Elsewhere", 2, -1, IN_REVIEW,
         "Ines Made-Up"),
    Made("Imaginary Institute of Science", Kind.INSTITUTE, Nation.ENGLAND, "Anywhere", 1, -1,
         FEEDBACK, "Imran Made-Up"),
    Made("Pretend University", Kind.UNIVERSITY, Nation.WALES, "Nowhere", 1, -1, LATE,
         "Perry Made-Up"),
    Made("Storybook University", Kind.UNIVERSITY, Nation.ENGLAND, "Somewhere", 2, -1, EXTENDED,
         "Stevie Made-Up"),
    Made("Fable Research Institute", Kind.INSTITUTE, Nation.SCOTLAND, "Elsewhere", 2, 1, LEFT,
         "Fay Made-Up"),
    Made("Fictional University of Technology", Kind.UNIVERSITY, Nation.ENGLAND, "Anywhere", 3, 0,
         SENT, "Finn Made-Up"),
    Made("University of Elsewhere (made up)", Kind.UNIVERSITY, Nation.SCOTLAND, "Elsewhere", 3, 1,
         DUE, "Elsa Made-Up"),
    Made("Anywhere University (made up)", Kind.UNIVERSITY, Nation.NORTHERN_IRELAND, "Anywhere", 1,
         1, DUE, "Andy Made-Up"),
    Made("Nonesuch University", Kind.UNIVERSITY, Nation.WALES, "Nowhere", 2, -2, ANSWERED,
         "Nora Made-Up"),
    Made("Daydream University of the Arts", Kind.UNIVERSITY, Nation.ENGLAND, "Somewhere", 3, 0, SET,
         "Dana Made-Up"),
    Made("Made-Up Society of Benches", Kind.BODY, Nation.ENGLAND, "Nowhere", 1, 0, SUPPORTER,
         "Sol Made-Up"),
]  # fmt: skip
# Both have signed and the officers are asked; accepted for the next cohort; begun alone.
WAITING = [
    Made("Make-Believe Institute", Kind.INSTITUTE, Nation.ENGLAND, "Somewhere", 1, 0, "signed",
         "Mika Made-Up"),
    Made("Utopia College of Art (made up)", Kind.UNIVERSITY, Nation.NORTHERN_IRELAND, "Nowhere", 1,
         0, "accepted", "Uma Made-Up"),
]  # fmt: skip

OURS = {
    "profile": "Made-Up University teaches 12,000 students on two sites by the sea. It has three "
    "faculties and nine workshops. Technicians run the teaching laboratories, build what research "
    "asks for, keep the computers up and light the stage. Most are in Science and in Engineering; "
    "a fifth work in Professional Services.",
    "definition": "Everybody whose work needs a technical skill that is learnt by doing, whatever "
    "the title says. We began with the list of HR, found 41 titles in six families, and decided "
    "about each of them with a champion of every faculty. Whoever says “count me in” is looked at "
    "by two people.",
    "number": "The figure is that of the staff list of this term. It leaves out people paid by "
    "the hour, whom we mean to count next year.",
    "reflection": "Our first plan had 22 actions. 13 are done, six of them are now how we work "
    "every day: the network has a budget, every technician has an appraisal, a fund pays for "
    "registration. Five go on. Two we stopped: a newsletter that nobody read, and a mentoring "
    "scheme that asked for more mentors than there were. We will do otherwise: an owner for each "
    "action from the first day, and a figure to begin from.",
    "voice": "",
}
BEFORE = {
    "profile": "{name} is made up. It teaches and does research, and its technicians work in "
    "laboratories, workshops and studios.",
    "definition": "Everybody whose work needs a technical skill that is learnt by doing. We went "
    "through the titles with the managers, and asked whoever was not sure.",
    "number": "The number comes from the list of HR, of the first of the month.",
    "before": "A network that met twice a year and had no money. One faculty paid for "
    "registration; nobody knew how many technicians there were.",
    "since": "We know who our technicians are. They have a page of their own, a fund for "
    "registration, and seats on two committees. What did not work: a newsletter.",
    "reflection": "Most of what we set out to do is done. What stayed behind had no owner.",
    "progress": "More are registered, more are named in papers, fewer posts stay empty. The "
    "report we add shows it.",
    "engagement": "Managers of every faculty take part, and the committee for research hears a "
    "technician each term.",
    "voice": "All were asked by e-mail and at three open hours. Sixty in a hundred answered. The "
    "travel fund is in the plan because of them.",
}
PRAISE = [
    ("voice", "Technicians were asked before the plan was written, and can say what came of it."),
    ("number", "The number of technicians has a day and a source. Few can say that."),
]
ADVICE = [
    ("careers", "Say which posts the new pathway is for, and by when the first people are on it."),
    (
        "visibility",
        "The page of technicians is hard to find. Link it from the first page of staff.",
    ),
    ("impact", "Give each action a figure to begin from, or you cannot show that it has moved."),
]
ANSWERS = [
    "We take it up: the pathway begins with the two largest families, next summer.",
    "Done since: it is linked from the first page, and from every faculty.",
    "We take it up for the twelve largest actions, and say of the others why not.",
]
ACTIONS = [
    ("V-001", "visibility", "Give every workshop a page with its people and its kit"),
    ("R-001", "recognition", "Pay the fee of professional registration for whoever is ready"),
    ("C-001", "careers", "Write a pathway for the two largest families of posts"),
    ("S-001", "sustainability", "Take on two apprentices each year in workshops with one expert"),
    ("I-001", "impact", "Ask all technicians the same ten questions every spring"),
]
FIRST_FEEDBACK = [
    (
        "commend",
        "voice",
        "The open hours are a model: short, on every site, with notes that all can read.",
    ),
    ("recommend", "impact", "Name one person for each action. Several of yours belong to a group."),
    ("recommend", "careers", "Begin with a figure: how many are on a pathway now?"),
]
FIRST_ANSWERS = [
    "Every action of the second plan has one owner from the first day.",
    "We have counted: the second plan begins from there.",
]
