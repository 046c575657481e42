"""Something to do at the desk of a demonstration: pages in hand and concerns to answer."""

from django.db import transaction

from benchside.accounts.models import DEMONSTRATION_DOMAIN, User
from benchside.core.actions import VISITOR, Actor
from benchside.website import actions
from benchside.website.models import Concern, HomePage, NewsIndexPage, NewsPage, TextPage

CONCERNS = [
    (
        "page",
        "/teachers/",
        "The page says fifty minutes. Our lessons are an hour. Can you add one?",
    ),
    ("picture", "/careers/roles/", ""),
    ("people", "/news/", "At your stand the man with the crane would not let the girls try it."),
]


@transaction.atomic
def create_work() -> None:
    """Two pages and three concerns, once; nothing where there is a concern or no editor yet."""
    people = {
        name: User.objects.filter(email=name + DEMONSTRATION_DOMAIN).first()
        for name in ("editor", "moderator")
    }
    editor, moderator = people["editor"], people["moderator"]
    if editor is None or moderator is None or Concern.objects.exists():
        return
    _send_in_news(editor)
    _begin_a_page(editor)
    made = [
        actions.report_concern(actor=VISITOR, kind=kind, about=about, message=message)
        for kind, about, message in CONCERNS
    ]
    actions.see_concern(actor=Actor.of(moderator), concern=made[0])
    actions.note_on_concern(
        actor=Actor.of(moderator), concern=made[0], text="Good idea. Asked Edie to write it."
    )


def _send_in_news(editor: User) -> None:
    """An item of news that waits for the moderator."""
    news = NewsPage(
        title="Bring a bench to school",
        lead="A workbench, two technicians and an hour: what happened at one school.",
        body="<p>They took a pump apart. Then they put it back. It ran.</p>"
        "<p>This item is made up, to show how a page is read and approved.</p>",
        owner=editor,
        live=False,
    )
    page = NewsIndexPage.objects.get().add_child(instance=news)
    page.save_revision(user=editor)
    page.get_workflow().start(page, editor)


def _begin_a_page(editor: User) -> None:
    """A draft whose words are still too hard."""
    draft = TextPage(
        title="Visit us",
        lead="How to come and see the bench.",
        body="<p>Prospective visitors are respectfully requested to communicate their "
        "organisational requirements considerably in advance of the anticipated attendance.</p>",
        owner=editor,
        live=False,
    )
    HomePage.objects.get().add_child(instance=draft).save_revision(user=editor)
