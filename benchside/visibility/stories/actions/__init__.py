"""What can be done with a story: each verb is one function."""

from benchside.visibility.stories.actions.consenting import Yes, sign_as_parent, sign_consent
from benchside.visibility.stories.actions.pictures_and_film import (
    add_film,
    add_picture,
    caption_film,
    describe_picture,
    link_film,
    put_first,
    remove_film,
    remove_picture,
)
from benchside.visibility.stories.actions.publishing import (
    publish_story,
    read_again,
    take_down_story,
)
from benchside.visibility.stories.actions.reviewing import (
    ask_person,
    change_details,
    propose_words,
    refuse_story,
)
from benchside.visibility.stories.actions.telling import (
    agree_words,
    answer_question,
    ask_for_change,
    begin_for,
    begin_story,
    save_step,
    send_link_again,
    send_parent_again,
    send_story,
)
from benchside.visibility.stories.actions.withdrawing import forget_story, withdraw_story

__all__ = [
    "Yes",
    "add_film",
    "add_picture",
    "agree_words",
    "answer_question",
    "ask_for_change",
    "ask_person",
    "begin_for",
    "begin_story",
    "caption_film",
    "change_details",
    "describe_picture",
    "forget_story",
    "link_film",
    "propose_words",
    "publish_story",
    "put_first",
    "read_again",
    "refuse_story",
    "remove_film",
    "remove_picture",
    "save_step",
    "send_link_again",
    "send_parent_again",
    "send_story",
    "sign_as_parent",
    "sign_consent",
    "take_down_story",
    "withdraw_story",
]
