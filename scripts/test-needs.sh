#!/bin/sh
# Installs from Debian's packages, and the npm registry, what the tests need beyond Python,
# when it is missing and we may. Otherwise names it; the tests that need it then say so too.
set -u
cd "$(dirname "$0")/.."
missing=""
have() { command -v "$1" >/dev/null 2>&1; }
{ have chromium-headless-shell || have chromium || have chromium-browser || have google-chrome; } ||
    missing="$missing chromium"
ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || have initdb || missing="$missing postgresql"
{ have redis-server || have valkey-server; } || missing="$missing redis-server"
have node || missing="$missing nodejs"
have npm || missing="$missing npm"
if [ -n "$missing" ]; then
    if have apt-get && [ "$(id -u)" = 0 ]; then
        echo "Installing what the tests need beyond Python:$missing"
        export DEBIAN_FRONTEND=noninteractive
        apt-get update -qq >/dev/null
        # Debian has the browser without its windows, which is quicker; others only the whole.
        [ -z "$(apt-cache pkgnames chromium-headless-shell)" ] ||
            missing=$(echo "$missing" | sed 's/chromium/&-headless-shell/')
        # shellcheck disable=SC2086
        apt-get install -y -qq --no-install-recommends $missing >/dev/null ||
            echo "Could not install:$missing"
    else
        echo "Missing for some tests:$missing"
        echo "Install them, for example: sudo apt-get install$missing"
    fi
fi
if have npm && [ -f tests/node/package-lock.json ]; then
    if [ ! -f tests/node/node_modules/.stamp ] || [ tests/node/package-lock.json -nt tests/node/node_modules/.stamp ]; then
        echo "Installing the independent verifiers (npm)"
        (cd tests/node && npm ci --no-audit --no-fund --ignore-scripts --loglevel=error && touch node_modules/.stamp) ||
            echo "Could not install the independent verifiers of tests/node; npm says why above"
    fi
fi
exit 0
