#!/bin/sh
# Runs the whole suite on SQLite, then what touches the database on PostgreSQL and Redis.
# With CI=true nothing may be skipped.
set -eu
cd "$(dirname "$0")/.."
export PYTHONUNBUFFERED=1
scripts/test-needs.sh
# Twice as many as there are cores: much of the time is spent waiting for browsers and servers.
workers=$(($(nproc) * 2))
.venv/bin/python -m pytest -n "$workers" --dist loadgroup "$@"
echo
echo "The same suite on PostgreSQL and Redis:"
BENCHSIDE_TEST_ON=postgresql .venv/bin/python -m pytest -n "$workers" --dist loadgroup -m "not browser and not node" "$@"
