"""`{% once live "hundred" %}...{% endonce %}`: a part of a page drawn once for each catalogue.

The owner is the `LiveCatalogue` itself or one of its roles. What is inside may depend on that
owner and nothing else: not on the request, the address or a loop around it. A draft owns no
drawings, so a preview draws it each time.
"""

from typing import Any

from django import template
from django.template.base import FilterExpression, NodeList, Parser, Token
from django.template.context import Context
from django.utils.safestring import SafeString, mark_safe

register = template.Library()


class OnceNode(template.Node):
    def __init__(self, owner: FilterExpression, name: str, nodelist: NodeList) -> None:
        self.owner, self.name, self.nodelist = owner, name, nodelist

    def render(self, context: Context) -> SafeString:
        drawn: dict[str, str] | None = getattr(self.owner.resolve(context), "drawn", None)
        if drawn is None:
            return self.nodelist.render(context)
        if self.name not in drawn:
            drawn[self.name] = self.nodelist.render(context)
        return mark_safe(drawn[self.name])  # noqa: S308 - rendered by a template just now


@register.tag
def once(parser: Parser, token: Token) -> OnceNode:
    tag, *given = token.split_contents()
    if len(given) != 2 or given[1][0] not in "\"'":
        raise template.TemplateSyntaxError(f'{tag} needs an owner and a name: once role "card"')
    nodelist = parser.parse(("endonce",))
    parser.delete_first_token()
    owner: Any = parser.compile_filter(given[0])
    return OnceNode(owner, given[1].strip("\"'"), nodelist)
