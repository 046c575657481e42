"""What the server runs: page cache, then static files, then Django."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django_application = get_wsgi_application()

# Only now is Django set up, and only then may the rooms be imported.
from django.conf import settings  # noqa: E402
from whitenoise import WhiteNoise  # noqa: E402

from benchside.website.page_cache import PageCache  # noqa: E402
from benchside.website.stamps import stamp  # noqa: E402
from benchside.website.visits import visits  # noqa: E402

with_static = WhiteNoise(
    django_application,
    root=str(settings.STATIC_ROOT),
    prefix=settings.STATIC_URL,
    # Every name that carries its content's hash may be kept for ever.
    immutable_file_test=r"\.[0-9a-f]{12}\.",
)
application = PageCache(
    with_static,
    stamp=stamp,
    visited=visits.count,
    private_cookie=settings.SESSION_COOKIE_NAME,
)
