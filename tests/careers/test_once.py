"""Parts of pages drawn once for each catalogue: never stale, never another's, never a draft's."""

from typing import Any

import pytest
from django.core.management import call_command
from django.template import Context, Template, TemplateSyntaxError
from django.test import Client

from benchside.careers.live import live_catalogue
from benchside.careers.models import Role

CARD = Template('{% load once %}{% once role "name" %}{{ role.title }}{% endonce %}')


def drawn(role: Any) -> str:
    return CARD.render(Context({"role": role}))


@pytest.mark.usefixtures("catalogue")
def test_each_role_has_its_own_and_a_change_is_seen_at_once(client: Client) -> None:
    call_command("first_pages", verbosity=0)
    first, second = live_catalogue().roles[:2]
    assert (drawn(first), drawn(second)) == (first.title, second.title)
    assert first.short in client.get("/").content.decode()
    changed = Role.objects.get(pk=first.pk)
    changed.short = changed.title = "Newly named"
    changed.save()
    assert drawn(live_catalogue().by_id[first.pk]) == "Newly named"
    for address in ("/", "/careers/roles/", f"/careers/sectors/{changed.sector.slug}/"):
        assert "Newly named" in client.get(address).content.decode(), address


@pytest.mark.usefixtures("catalogue")
def test_a_draft_is_drawn_each_time() -> None:
    role = Role.objects.all()[0]
    assert drawn(role) == role.title
    role.title = "As I type"
    assert drawn(role) == "As I type"


@pytest.mark.parametrize("tag", ["once role", "once role name", 'once role "a" "b"'])
def test_a_wrong_tag_says_how_to_write_it(tag: str) -> None:
    with pytest.raises(TemplateSyntaxError, match="needs an owner and a name"):
        Template("{% load once %}{% " + tag + " %}{% endonce %}")
