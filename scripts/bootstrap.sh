#!/bin/sh
# Puts uv, the one tool the Makefile needs, into .tools/ and prints its path.
# Order: uv on PATH; pip in a private environment; pip into a folder. Nothing outside this folder.
set -eu
UV_VERSION=0.13.9
root=$(cd "$(dirname "$0")/.." && pwd)
dir="$root/.tools/uv-$UV_VERSION"

say() { printf '%s\n' "$*" >&2; }

if [ -x "$dir/bin/uv" ]; then echo "$dir/bin/uv"; exit 0; fi
if command -v uv >/dev/null 2>&1; then command -v uv; exit 0; fi

python=""
for candidate in python3 python3.14 python3.13 python3.12 python3.11; do
    if command -v "$candidate" >/dev/null 2>&1 &&
        "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then
        python=$candidate
        break
    fi
done
if [ -z "$python" ]; then
    say "Benchside needs Python 3.11 or newer and found none."
    say "On Debian or Ubuntu: apt-get install python3 python3-venv"
    exit 1
fi

say "Fetching uv $UV_VERSION (once, into .tools/)"
rm -rf "$dir"
if "$python" -m venv "$dir" >/dev/null 2>&1 &&
    "$dir/bin/python" -m pip install --quiet --no-deps "uv==$UV_VERSION" >&2; then
    echo "$dir/bin/uv"
    exit 0
fi
rm -rf "$dir"
if "$python" -m pip install --quiet --no-deps --target "$dir" "uv==$UV_VERSION" >&2; then
    echo "$dir/bin/uv"
    exit 0
fi
say "Could not install uv. On Debian or Ubuntu: apt-get install python3-venv python3-pip"
say "Or install uv yourself and run make again."
exit 1
