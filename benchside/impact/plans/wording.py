"""Words of action plans as buttons and sentences have them."""

VERBS = {
    "agree": "Agree",
    "start": "Start",
    "complete": "Complete",
    "embed": "Now everyday work",
    "reopen": "Open again",
    "revise": "Revise",
    "stop": "Stop",
}
