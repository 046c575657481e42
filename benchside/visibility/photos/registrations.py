"""What photos offer the rest of the house, registered at start-up."""

from benchside.core.registries import Subscription, personal_data_exports, subscriptions
from benchside.people.events import MEDIA_CONSENT_WITHDRAWN
from benchside.visibility.photos import keeping, states  # noqa: F401 - its table registers itself
from benchside.visibility.photos import wall_registrations as wall

WHEN_CONSENT_GOES = Subscription(
    key="visibility.photos.consent",
    event=MEDIA_CONSENT_WITHDRAWN.key,
    handle=keeping.follow_consent,
)


def register() -> None:
    personal_data_exports.register(keeping.EXPORT)
    subscriptions.register(WHEN_CONSENT_GOES)
    wall.register()
