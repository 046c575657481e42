"""Loaded by pytest before Django: sets the environment tests run in, and starts services.

`-p tests.plugin` in pyproject.toml makes this the first thing that runs, so that nothing of a
test ever reads the developer's own settings or touches their var/.
"""

import os

from tests import services

IN_WORKER = "PYTEST_XDIST_WORKER" in os.environ

os.environ["BENCHSIDE_VAR"] = str(services.folder("var"))
os.environ["BENCHSIDE_DEBUG"] = "no"
os.environ["BENCHSIDE_DEMO"] = "no"
os.environ["BENCHSIDE_SECRET_KEY"] = "only-for-tests"
os.environ["BENCHSIDE_LOG_LEVEL"] = "CRITICAL"
os.environ["BENCHSIDE_BASE_URL"] = "http://testserver"
os.environ["BENCHSIDE_ALLOWED_HOSTS"] = "testserver,127.0.0.1,localhost"
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # playwright keeps a loop in this thread

if os.environ.get("BENCHSIDE_TEST_ON") == "postgresql":
    if not IN_WORKER:
        services.start_postgresql()
        services.start_redis()
    else:
        # One numbered database a worker: what one clears, the other must still find.
        number = int(os.environ["PYTEST_XDIST_WORKER"].removeprefix("gw")) + 1
        os.environ["REDIS_URL"] = f"{os.environ['REDIS_URL'].split('?')[0]}?db={number}"
else:
    os.environ["DATABASE_URL"] = f"sqlite:///{os.environ['BENCHSIDE_VAR']}/test.sqlite3"
