"""The states a story goes through, and who moves it."""

from benchside.core.states import Follow, Need, StateTable, Transition, state_tables
from benchside.visibility.enums import StoryState
from benchside.visibility.stories import gate, letters
from benchside.visibility.stories.rules import (
    can_publish,
    can_review,
    can_take_down,
    can_tell,
    can_withdraw,
)

TOLD = Need(
    "a story that is all there",
    lambda story: not gate.lacks_to_send(story),
    "Look it over: each step that is not done says so.",
)
READY = Need(
    "all that lets it be seen",
    lambda story: not gate.lacks(story),
    "The list beside the story says what is missing.",
)
TELL_RECEIVED = Follow("thanks by e-mail", letters.received)
TELL_PUBLISHED = Follow("a mail that it can be seen", letters.published)
OVER = (StoryState.WITHDRAWN,)

STORY = state_tables.register(
    StateTable(
        "story",
        title="A story",
        states=StoryState,
        start=StoryState.DRAFT,
        rows=[
            Transition(
                source="draft", verb="send", target="sent", may=can_tell,
                needs=(TOLD,), follows=(TELL_RECEIVED,), at="sent_at",
            ),
            Transition(source="sent", verb="ask", target="asked", may=can_review),
            Transition(source="asked", verb="answer", target="sent", may=can_tell),
            Transition(source="sent", verb="propose", target="to-agree", may=can_review),
            Transition(source="asked", verb="propose", target="to-agree", may=can_review),
            Transition(source="agreed", verb="propose", target="to-agree", may=can_review),
            Transition(
                source="to-agree", verb="agree", target="agreed", may=can_tell, at="agreed_at"
            ),
            Transition(source="to-agree", verb="want_change", target="sent", may=can_tell),
            Transition(
                source="agreed", verb="publish", target="published", may=can_publish,
                needs=(READY,), follows=(TELL_PUBLISHED,), at="published_at", by="reviewed_by",
            ),
            Transition(source="published", verb="take_down", target="sent", may=can_take_down),
            *(
                Transition(
                    source=state, verb="refuse", target="refused", may=can_review, at="refused_at"
                )
                for state in ("sent", "asked", "to-agree", "agreed")
            ),
            *(
                Transition(
                    source=state, verb="withdraw", target="withdrawn",
                    may=can_withdraw, at="withdrawn_at",
                )
                for state in StoryState.values
                if state not in OVER
            ),
        ],
    )
)  # fmt: skip
