from benchside.core import personal_data
from benchside.core.management.pages import PageCommand


class Command(PageCommand):
    help = "Write docs/personal-data.md: every personal field, its purpose, basis and retention."
    path = "docs/personal-data.md"

    def page(self) -> str:
        return personal_data.page()
