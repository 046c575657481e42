"""People at the editors' desk, by name, and pages to work on."""

from typing import Any

from django.contrib.auth.models import Group

from benchside.accounts.models import User
from benchside.website.models import HomePage, TextPage


def person(name: str, *groups: str, **fields: Any) -> User:
    """Somebody with an account; `groups` are names, such as Editors."""
    user = User.objects.create_user(f"{name.lower()}@example.org", name=name, **fields)
    user.groups.set(Group.objects.filter(name__in=groups))
    assert user.groups.count() == len(groups), f"no such group among {groups}"
    return user


def edith() -> User:
    return person("Edith", "Editors", is_staff=True)


def moses() -> User:
    return person("Moses", "Moderators", is_staff=True)


def miriam() -> User:
    return person("Miriam", "Moderators", is_staff=True)


def sade() -> User:
    """The safeguarding lead: handles concerns and edits nothing."""
    return person("Sade", "Safeguarding", is_staff=True)


HOT = '<p data-block-key="hot01">It is hot.</p>'  # as the editor writes it, with its own key


def page_by(user: User, *, title: str = "Ovens", body: str = HOT) -> TextPage:
    """A page never yet live, whose first words are this user's."""
    page = HomePage.objects.get().add_child(
        instance=TextPage(title=title, lead="A lead.", body=body, live=False, owner=user)
    )
    page.save_revision(user=user)
    return page
