"""Whom people answer to: a number, an address or a name of the file, found among people."""

from collections.abc import Collection, Iterable

from benchside.organisations.staff_list.people import Person


class Managers:
    """Finds the key of the one person that is meant, of those who are kept.

    A manager who is no technician is kept by nobody, so what the file says of them ends here. A
    name or an address that two people share is nobody's.
    """

    def __init__(self, people: Iterable[Person], kept: Collection[str]) -> None:
        self.kept = kept
        self.by_mail: dict[str, str] = {}
        self.by_name: dict[str, str] = {}
        for one in people:
            if one.email:
                self.by_mail[one.email] = "" if one.email in self.by_mail else one.key
            if one.name:
                name = _in_any_order(one.name)
                self.by_name[name] = "" if name in self.by_name else one.key
        self.found: dict[str, str | None] = {}

    def of(self, person: Person) -> Person:
        """The person, with keys for managers. Nobody answers to themselves."""
        posts = tuple(
            post._replace(manager=key if key != person.key else None)
            for post in person.posts
            for key in [self._find(post.manager)]
        )
        return person._replace(posts=posts)

    def _find(self, said: str | None) -> str | None:
        if not said:
            return None
        if said not in self.found:
            self.found[said] = self._look_up(said)
        return self.found[said]

    def _look_up(self, said: str) -> str | None:
        number = said.replace(" ", "").upper()
        number = number.lstrip("0") if number.isdigit() else number
        keys = (
            f"number:{number}",
            self.by_mail.get(said.casefold().removeprefix("mailto:")),
            self.by_name.get(_in_any_order(said)),
        )
        return next((key for key in keys if key in self.kept), None)


def _in_any_order(name: str) -> str:
    """“Made-Up, Edie” is Edie Made-Up."""
    return " ".join(sorted(name.casefold().replace(",", " ").split()))
