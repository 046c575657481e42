"""What many parts of one piece of work need alike is asked of the database once: what all badges of
a standard share, which duties the person has whose own page is put together."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import Any, ParamSpec, TypeVar, cast

P = ParamSpec("P")
T = TypeVar("T")
_answers: ContextVar[dict[Any, Any] | None] = ContextVar("answers", default=None)


@contextmanager
def asking_once() -> Iterator[None]:
    """Inside, `once` functions remember what they answered; outside they always ask."""
    token = _answers.set({})
    try:
        yield
    finally:
        _answers.reset(token)


def once(function: Callable[P, T]) -> Callable[P, T]:
    """For a question whose answer cannot change inside `asking_once`, such as while a page is read
    or a few hundred badges are made. Arguments have to be hashable."""

    @wraps(function)
    def asked(*args: P.args, **options: P.kwargs) -> T:
        held = _answers.get()
        if held is None:
            return function(*args, **options)
        key = (function, args, tuple(sorted(options.items())))
        if key not in held:
            held[key] = function(*args, **options)
        return cast("T", held[key])

    return asked
