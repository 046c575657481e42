"""Typed reading of the environment: a wrong value stops the program and says which one.

A secret may also stand in a file named by ``<NAME>_FILE``. Every name read here must stand
in ``.env.example``; a test compares the two.
"""

import os
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

ROOT = Path(__file__).resolve().parent.parent
names: set[str] = set()


class BadSetting(SystemExit):
    def __init__(self, name: str, value: str, remedy: str) -> None:
        super().__init__(f"Setting {name}={value!r} is not usable: {remedy} (see .env.example)")


def load_dotenv(path: Path) -> None:
    """Read KEY=value lines into the environment; what is already set there wins."""
    if not path.exists():
        return
    for line in path.read_text().splitlines():
        key, found, value = line.strip().partition("=")
        if found and key and not key.startswith("#"):
            os.environ.setdefault(key.strip(), value.strip().strip("\"'"))


def text(name: str, default: str = "") -> str:
    names.add(name)
    if file := os.environ.get(f"{name}_FILE"):
        return Path(file).read_text().strip()
    return os.environ.get(name, default)


def kept_in(path: Path) -> str:
    """What a file holds, or nothing where there is none."""
    return path.read_text().strip() if path.exists() else ""


def flag(name: str, default: bool = False) -> bool:
    value = text(name, "yes" if default else "no").lower()
    if value in {"1", "true", "yes", "on"}:
        return True
    if value in {"0", "false", "no", "off", ""}:
        return False
    raise BadSetting(name, value, "say yes or no")


def number(name: str, default: int) -> int:
    value = text(name, str(default))
    try:
        return int(value)
    except ValueError:
        raise BadSetting(name, value, "give a whole number") from None


def words(name: str, default: str = "") -> list[str]:
    return [word.strip() for word in text(name, default).split(",") if word.strip()]


def database(name: str, default: str) -> dict[str, Any]:
    """Turn ``sqlite:///path`` or ``postgresql://user:pass@host/name`` into Django's form."""
    value = text(name, default)
    url = urlsplit(value)
    if url.scheme == "sqlite":
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": unquote(url.path),
            "CONN_MAX_AGE": 60,  # opening one and setting it up costs as much as two queries
            # IMMEDIATE: a read-then-write transaction would else fail at once under two
            # writers, whatever the timeout (docs/decisions/0004-sqlite-by-default.md).
            "OPTIONS": {
                "timeout": 20,
                "transaction_mode": "IMMEDIATE",
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; "
                "PRAGMA mmap_size=134217728; PRAGMA journal_size_limit=27103364; "
                "PRAGMA cache_size=-20000;",
            },
        }
    if url.scheme in {"postgres", "postgresql"}:
        options = dict(parse_qsl(url.query))
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(url.path.lstrip("/")),
            "USER": unquote(url.username or ""),
            "PASSWORD": unquote(url.password or ""),
            "HOST": options.pop("host", "") or unquote(url.hostname or ""),
            "PORT": str(url.port or ""),
            "CONN_MAX_AGE": 60,
            "CONN_HEALTH_CHECKS": True,
            "OPTIONS": options,
        }
    raise BadSetting(name, value, "start it with sqlite:/// or postgresql://")
