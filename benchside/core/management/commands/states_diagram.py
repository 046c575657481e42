from benchside.core import states
from benchside.core.management.pages import PageCommand


class Command(PageCommand):
    help = "Write docs/states.md: every table of states, as a diagram and as a table."
    path = "docs/states.md"

    def page(self) -> str:
        return states.page()
