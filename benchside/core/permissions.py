"""Who may: one-line predicates of actor and subject, put together with `&`, `|` and `~`.

A room's `rules.py` reads as sentences:

    can_publish = is_editor & ~is_erased
    can_answer = is_steward | has_perm("website.answer_concern")

The same predicate is asked by the action, where it decides, and by the view, where it only
says whether to show a button. Every predicate answers for anybody: visitors, links, Benchside.
"""

from collections.abc import Callable
from typing import Any

from benchside.core.actions import Actor
from benchside.core.models.audit import ActorKind


class Predicate:
    """A question about an actor and, where it matters, a subject, with a name to print."""

    def __init__(
        self, name: str, ask: Callable[[Actor, Any], bool], *, compound: bool = False
    ) -> None:
        self.name = name
        self._ask = ask
        self._part = f"({name})" if compound else name

    def __call__(self, actor: Actor, subject: Any = None) -> bool:
        return bool(self._ask(actor, subject))

    def __and__(self, other: "Predicate") -> "Predicate":
        name = f"{self._part} and {other._part}"
        return Predicate(name, lambda a, s: self(a, s) and other(a, s), compound=True)

    def __or__(self, other: "Predicate") -> "Predicate":
        name = f"{self._part} or {other._part}"
        return Predicate(name, lambda a, s: self(a, s) or other(a, s), compound=True)

    def __invert__(self) -> "Predicate":
        return Predicate(f"not {self._part}", lambda a, s: not self(a, s))

    def __str__(self) -> str:
        return self.name

    def __repr__(self) -> str:
        return f"<Predicate {self}>"


def predicate(name: str) -> Callable[[Callable[[Actor, Any], bool]], Predicate]:
    """Make a predicate of a function; `name` is how documents speak of it ("an editor")."""
    return lambda ask: Predicate(name, ask)


def has_perm(permission: str, name: str = "") -> Predicate:
    """The actor's account has a Django permission, "<app>.<codename>"; a superuser has all."""

    def ask(actor: Actor, subject: Any) -> bool:
        return actor.account is not None and actor.account.has_perm(permission)

    return Predicate(name or f"holder of {permission}", ask)


def holds_link(what: str) -> Predicate:
    """The actor holds a link that opens this very subject: scope `<what>:<subject's key>`."""

    def ask(actor: Actor, subject: Any) -> bool:
        opens = subject is not None and actor.scope == f"{what}:{subject.pk}"
        return actor.kind == ActorKind.LINK and opens

    return Predicate(f"holder of a link to this {what}", ask)


anybody = Predicate("anybody", lambda actor, subject: True)
nobody = Predicate("nobody", lambda actor, subject: False)
is_signed_in = Predicate("somebody signed in", lambda actor, _: actor.kind == ActorKind.USER)
is_system = Predicate("Benchside itself", lambda actor, _: actor.kind == ActorKind.SYSTEM)
is_superuser = Predicate(
    "a superuser", lambda actor, _: actor.account is not None and actor.account.is_superuser
)
# Whoever can open the desk.
is_editor = has_perm("wagtailadmin.access_admin", "an editor")
