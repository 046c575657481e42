"""What can be done with credentials, one function a verb."""

from benchside.recognition.credentials.actions.endorsing import (
    accept_words,
    decline_words,
    endorse,
    take_back,
)
from benchside.recognition.credentials.actions.holding import (
    claim,
    give_back,
    keep_each_in_step,
    keep_in_step,
    keep_some_in_step,
)
from benchside.recognition.credentials.actions.keys import compromise_key, reissue_some, rotate_key
from benchside.recognition.credentials.actions.signing import sign_list, sign_some

__all__ = [
    "accept_words",
    "claim",
    "compromise_key",
    "decline_words",
    "endorse",
    "give_back",
    "keep_each_in_step",
    "keep_in_step",
    "keep_some_in_step",
    "reissue_some",
    "rotate_key",
    "sign_list",
    "sign_some",
    "take_back",
]
