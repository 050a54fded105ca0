"""Typed readers of the environment that fail loudly.

Every setting is read through one of these, so that a wrong value stops the start with a
sentence instead of surprising someone later. Secrets may also come from a file named by
``<NAME>_FILE``.
"""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import unquote, urlsplit


class BadSetting(Exception):
    """An environment variable holds something that cannot be used."""


def text(name: str, default: str = "") -> str:
    return os.environ.get(name, default)


def flag(name: str, default: bool = False) -> bool:
    value = os.environ.get(name)
    if value is None or value == "":
        return default
    if value.lower() in {"1", "true", "yes", "on"}:
        return True
    if value.lower() in {"0", "false", "no", "off"}:
        return False
    raise BadSetting(f"{name} must be true or false, not {value!r}")


def number(name: str, default: int, *, least: int = 0) -> int:
    value = os.environ.get(name)
    if value is None or value == "":
        return default
    try:
        parsed = int(value)
    except ValueError:
        raise BadSetting(f"{name} must be a whole number, not {value!r}") from None
    if parsed < least:
        raise BadSetting(f"{name} must be at least {least}, not {parsed}")
    return parsed


def names(name: str, default: str = "") -> list[str]:
    """A comma-separated list, blanks left out."""
    return [part.strip() for part in text(name, default).split(",") if part.strip()]


def secret(name: str) -> str:
    """A secret from ``name``, or from the file that ``name_FILE`` names; empty when neither is set."""
    path = os.environ.get(f"{name}_FILE")
    if path:
        try:
            return Path(path).read_text(encoding="utf-8").strip()
        except OSError as error:
            raise BadSetting(f"{name}_FILE names {path!r}, which cannot be read: {error}") from None
    return text(name)


def database(name: str, default: str) -> dict[str, object]:
    """Django's form of ``sqlite:///path`` or ``postgresql://user:password@host:port/name``."""
    url = secret(name) or default
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return {"ENGINE": "core.sqlite3", "NAME": unquote(parts.path.removeprefix("/")) or ":memory:"}
    if parts.scheme in {"postgres", "postgresql"}:
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(parts.path.lstrip("/")),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": parts.hostname or "",
            "PORT": str(parts.port or ""),
        }
    raise BadSetting(f"{name} must begin with sqlite:/// or postgresql://, not {parts.scheme!r}")
