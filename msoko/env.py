"""Typed readers of environment variables. Secrets have no default: a missing one stops the start with advice."""

import os
from urllib.parse import unquote, urlsplit


class MissingSetting(SystemExit):
    """A required variable is absent; the text tells the operator which and where the sample is."""

    def __init__(self, name: str) -> None:
        super().__init__(f"Не задана переменная {name}; образец — в файле .env.example")


def text(name: str, default: str | None = None) -> str:
    value = os.environ.get(name, default)
    if value is None:
        raise MissingSetting(name)
    return value


def flag(name: str, *, default: bool = False) -> bool:
    value = os.environ.get(name)
    return default if value is None else value.strip().lower() in {"1", "true", "yes", "on"}


def number(name: str, default: int) -> int:
    return int(os.environ.get(name, default))


def items(name: str, default: str = "") -> list[str]:
    return [part.strip() for part in os.environ.get(name, default).split(",") if part.strip()]


def database(name: str) -> dict[str, object]:
    """`postgres://user:password@host:port/name` as Django's DATABASES entry."""
    url = urlsplit(text(name))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(url.path.lstrip("/")),
        "USER": unquote(url.username or ""),
        "PASSWORD": unquote(url.password or ""),
        "HOST": url.hostname or "",
        "PORT": str(url.port or ""),
    }
