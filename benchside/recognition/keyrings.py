"""The keys of one kind: which one signs now, and where its private half is.

Private halves lie in files outside the database (`settings.KEYS_ROOT`), one a key; public ones stay
in the database, so that what was signed ten years ago is still checked.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone

from benchside.recognition.credentials.vc import keys
from benchside.recognition.credentials.vc.faults import BadKeyError
from benchside.recognition.models.keys import KeptKey

Key = TypeVar("Key", bound=KeptKey)


class NoPrivateKey(RuntimeError):  # noqa: N818 - says what is missing
    """The file of the key in use is not there, or not fit to be used."""


def path_of(fragment: str) -> Path:
    return Path(settings.KEYS_ROOT) / f"{fragment}.pem"


@dataclass(frozen=True)
class Keyring(Generic[Key]):
    """`prefix` begins the name of each key; `command` puts another in place of the one in use."""

    model: type[Key]
    prefix: str
    command: str

    def current(self) -> Key:
        """The key that signs; the first one is made when it is first asked for."""
        return self.model._default_manager.filter(is_current=True).first() or self._first()

    def _first(self) -> Key:
        try:
            with transaction.atomic():
                return self.make()
        except IntegrityError:  # another process was quicker
            return self.model._default_manager.get(is_current=True)

    def make(self) -> Key:
        """A new key, its file written before its row is. Raises IntegrityError while one is in
        use."""
        private = keys.generate()
        public = keys.multikey(keys.public_bytes(private))
        # Named by its day and by itself: two that are made at once never meet in one file.
        fragment = f"{self.prefix}-{timezone.localdate():%Y-%m-%d}-{public[-6:].lower()}"
        keys.save(private, path_of(fragment))
        try:
            with transaction.atomic():
                return self.model._default_manager.create(fragment=fragment, public=public)
        except IntegrityError:
            path_of(fragment).unlink()
            raise

    def private_half(self, key: Key) -> keys.PrivateKey:
        """Raises NoPrivateKey: without it nothing is signed, and nothing else stops."""
        try:
            return keys.load(path_of(key.fragment))
        except (OSError, BadKeyError) as problem:
            raise NoPrivateKey(
                f"The private half of {key.fragment} cannot be read in {settings.KEYS_ROOT}: bring "
                f"the folder back from the backup, or run `manage.py {self.command}`."
            ) from problem

    def retire(self) -> None:
        """The one in use signs no more; what it signed stays good."""
        in_use = self.model._default_manager.filter(is_current=True)
        in_use.update(is_current=False, retired_at=timezone.now())
