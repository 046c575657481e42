"""What somebody who tells their story is asked. No Django here."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Question:
    """`key` is what an answer is kept under; `hint` helps who does not know where to begin."""

    key: str
    text: str
    hint: str


QUESTIONS = (
    Question(
        "day",
        "What do you do on a normal day?",
        "Say what you do first, what you use, and who needs it.",
    ),
    Question("best", "What is the best part?", "The bit you tell friends about."),
    Question("hard", "What is hard about it?", "Readers trust a story that says this too."),
    Question("school", "What were you like at school?", "What you liked, and what you did not."),
    Question("start", "How did you get in?", "The first step, and who helped."),
    Question("tell", "What would you tell a 14-year-old?", "One thing you wish you had known."),
)
BY_KEY = {question.key: question for question in QUESTIONS}
