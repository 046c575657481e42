"""The one kind of list by which rooms offer things to each other: see `registries`."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any, ClassVar, Generic, Protocol, TypeVar


class Keyed(Protocol):
    @property
    def key(self) -> str: ...


T = TypeVar("T", bound=Keyed)


class Duplicate(ValueError):  # noqa: N818
    """Two rooms offer something under one key."""


class Frozen(RuntimeError):  # noqa: N818
    """Something was offered after start-up, when readers have already looked."""


class Registry(Generic[T]):
    """Offers of one kind by key, in the order of their `order`, then of their arrival.

    What depends on records that may be added while the site runs is offered by a `source`, which is
    asked each time somebody reads; a key that was registered at start-up goes before one of these.
    """

    everything: ClassVar[list["Registry[Any]"]] = []

    def __init__(self, name: str) -> None:
        self.name = name
        self._items: dict[str, T] = {}
        self._sources: list[Callable[[], Iterable[T]]] = []
        self._frozen = False
        Registry.everything.append(self)

    def register(self, item: T) -> T:
        """Offer an item. Raises Duplicate for a key that is taken, Frozen after start-up."""
        if self._frozen:
            raise Frozen(f"{item.key!r} comes too late for {self.name}: register it in ready().")
        if item.key in self._items:
            raise Duplicate(f"{self.name} already has {item.key!r}.")
        self._items[item.key] = item
        return item

    def source(self, offers: Callable[[], Iterable[T]]) -> None:
        """Offer what `offers()` gives at the time. Raises Frozen after start-up."""
        if self._frozen:
            raise Frozen(f"This comes too late for {self.name}: offer it in ready().")
        self._sources.append(offers)

    def _all(self) -> dict[str, T]:
        found = {item.key: item for offers in self._sources for item in offers()}
        return found | self._items

    def freeze(self) -> None:
        self._frozen = True

    @contextmanager
    def opened(self) -> Iterator[None]:
        """For tests: take registrations for a while and forget them afterwards."""
        before, sources, frozen = dict(self._items), list(self._sources), self._frozen
        self._frozen = False
        try:
            yield
        finally:
            self._items, self._sources, self._frozen = before, sources, frozen

    def __getitem__(self, key: str) -> T:
        if key in self._items:
            return self._items[key]
        found = self._all()
        try:
            return found[key]
        except KeyError:
            known = ", ".join(found) or "nothing"
            raise KeyError(f"{self.name} has no {key!r}; it has {known}.") from None

    def __contains__(self, key: object) -> bool:
        return key in self._items or key in self._all()

    def __iter__(self) -> Iterator[T]:
        return iter(sorted(self._all().values(), key=lambda item: getattr(item, "order", 0)))

    def __len__(self) -> int:
        return len(self._all())
