"""Typed readers of the environment.

Every reader registers its variable (the README's table is made of that register) and refuses an odd
value with one line that names the variable.
"""

import ipaddress
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from email.errors import MessageError
from email.headerregistry import Address
from email.utils import parseaddr
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, unquote, urlsplit

import dj_database_url

DATABASE_SCHEMES = ("sqlite", "postgres", "postgresql")
# By scheme: the usual port, and how what is said to the mail server is encrypted.
MAIL_SCHEMES: dict[str, tuple[int, dict[str, bool]]] = {
    "smtp": (587, {"use_tls": True}),
    "smtps": (465, {"use_ssl": True}),
    "smtp+plain": (25, {}),
}
MAIL_TIMEOUT_SECONDS = 20
LONGEST_SHOWN_VALUE = 60
# Pages and their packed forms, some 30 KB each.
KEPT_IN_MEMORY = 2_000
LONGEST_URL = 200


class EnvironmentRefused(Exception):
    """A variable of the environment is missing or odd; the message is one line and names it."""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(f"{name} {reason}")


@dataclass(frozen=True)
class Variable:
    """What the README tells an operator about one variable."""

    name: str
    type: str
    default: str
    help: str


register: dict[str, Variable] = {}


def _read[T](variable: Variable, parse: Callable[[str], T], default: T, *, secret: bool = False) -> T:
    """Parse the variable's value; an unset or empty variable means the default."""
    register[variable.name] = variable
    raw = os.environ.get(variable.name, "").strip()
    if not raw:
        return default
    try:
        return parse(raw)
    except ValueError as error:
        shown = "" if secret else f" (got {raw[:LONGEST_SHOWN_VALUE]!r})"
        raise EnvironmentRefused(variable.name, f"must be {error}{shown}") from None


def text(name: str, *, default: str, help: str, shown: str | None = None, secret: bool = False) -> str:
    """A line of text without control characters."""

    def parse(raw: str) -> str:
        if not raw.isprintable():
            raise ValueError("one line of printable text")
        return raw

    default_shown = default if shown is None else shown
    return _read(Variable(name, "text", default_shown, help), parse, default, secret=secret)


def flag(name: str, *, default: bool, help: str, shown: str | None = None) -> bool:
    """true or false; 1, 0, yes, no, on and off are understood."""
    words = {"true": True, "1": True, "yes": True, "on": True}
    words |= {"false": False, "0": False, "no": False, "off": False}

    def parse(raw: str) -> bool:
        if raw.lower() not in words:
            raise ValueError("true or false")
        return words[raw.lower()]

    default_shown = str(default).lower() if shown is None else shown
    return _read(Variable(name, "true or false", default_shown, help), parse, default)


def integer(name: str, *, default: int, least: int, most: int, help: str) -> int:
    """A whole number between least and most, both included."""

    def parse(raw: str) -> int:
        wanted = f"a whole number from {least} to {most}"
        if not (raw.isascii() and raw.isdigit()) or len(raw) > len(str(most)):
            raise ValueError(wanted)
        if not least <= int(raw) <= most:
            raise ValueError(wanted)
        return int(raw)

    return _read(Variable(name, f"{least} to {most}", str(default), help), parse, default)


def choice(name: str, choices: Sequence[str], *, default: str, help: str, shown: str = "") -> str:
    """One of the given words."""

    def parse(raw: str) -> str:
        if raw not in choices:
            raise ValueError(f"one of {', '.join(choices)}")
        return raw

    return _read(Variable(name, " or ".join(choices), shown or default, help), parse, default)


def names(name: str, *, default: Sequence[str], help: str, shown: str | None = None) -> list[str]:
    """Words separated by commas, none of them empty or a lone `*`."""

    def parse(raw: str) -> list[str]:
        words = [word.strip() for word in raw.split(",")]
        if any(not word or not word.isprintable() or " " in word for word in words):
            raise ValueError("names separated by commas")
        if "*" in words:
            raise ValueError("names separated by commas, and * would let every host in")
        return words

    default_shown = ", ".join(default) if shown is None else shown
    return _read(Variable(name, "names, by commas", default_shown, help), parse, list(default))


def origin(name: str, *, default: str, help: str) -> str:
    """A web origin: scheme and host, a port where needed, no path."""

    def parse(raw: str) -> str:
        parts = urlsplit(raw)
        odd = parts.path.strip("/") or parts.query or parts.fragment or parts.username
        if parts.scheme not in ("http", "https") or not parts.hostname or odd or " " in raw:
            raise ValueError("an origin such as https://reviews.example")
        _ = parts.port  # raises ValueError where the port is no number
        return f"{parts.scheme}://{parts.netloc}"

    return _read(Variable(name, "origin", default, help), parse, default)


def urls(name: str, *, help: str, shown: str = "none") -> list[str]:
    """Addresses over HTTP, separated by commas."""

    def parse(raw: str) -> list[str]:
        found = [url.strip() for url in raw.split(",")]
        for url in found:
            parts = urlsplit(url)
            odd = parts.scheme not in ("http", "https") or not parts.hostname or parts.username
            if odd or not url.isprintable() or " " in url or len(url) > LONGEST_URL:
                raise ValueError("addresses such as https://hub.example/, separated by commas")
        return found

    return _read(Variable(name, "URLs, by commas", shown, help), parse, [])


def networks(name: str, *, help: str) -> list[ipaddress.IPv4Network | ipaddress.IPv6Network]:
    """Networks as 10.0.0.0/8, separated by commas."""

    def parse(raw: str) -> list[ipaddress.IPv4Network | ipaddress.IPv6Network]:
        try:
            return [ipaddress.ip_network(word.strip()) for word in raw.split(",")]
        except ValueError:
            raise ValueError("networks such as 10.0.0.0/8, separated by commas") from None

    return _read(Variable(name, "networks, by commas", "none", help), parse, [])


def folder(name: str, *, default: Path, help: str, shown: str) -> Path:
    """An absolute path of a folder, which needs not exist yet."""

    def parse(raw: str) -> Path:
        path = Path(raw)
        if not raw.isprintable() or not path.is_absolute() or (path.exists() and not path.is_dir()):
            raise ValueError("the absolute path of a folder")
        return path

    return _read(Variable(name, "absolute path", shown, help), parse, default)


def database(name: str, *, default: Path, help: str, shown: str) -> dict[str, Any]:
    """Django's database settings for a sqlite: or postgresql: URL. A password is never shown."""
    hint = "a URL such as postgresql://user:password@host:5432/name or sqlite:////path/to/file"

    def parse(raw: str) -> dict[str, Any]:
        scheme = raw.partition(":")[0]
        if "://" not in raw or not raw.isprintable():
            raise ValueError(hint)
        if scheme not in DATABASE_SCHEMES:
            raise ValueError(f"{hint}, not of the scheme {scheme[:LONGEST_SHOWN_VALUE]!r}")
        try:
            parsed = dict(dj_database_url.parse(raw))
        except ValueError:
            raise ValueError(hint) from None
        if not parsed["NAME"] or (scheme == "sqlite" and parsed.get("HOST")):
            raise ValueError(f"{hint}: the name is missing")
        return parsed

    fallback = {"ENGINE": "django.db.backends.sqlite3", "NAME": default}
    return _read(Variable(name, "URL", shown, help), parse, fallback, secret=True)


def caches(name: str, *, help: str, shown: str) -> dict[str, dict[str, Any]]:
    """Django's CACHES for a redis: or rediss: URL, or this process's memory. A password is never shown."""

    def parse(raw: str) -> dict[str, dict[str, Any]]:
        parts = urlsplit(raw) if raw.isprintable() and " " not in raw else SplitResult(*[""] * 5)
        if parts.scheme not in ("redis", "rediss") or not parts.hostname:
            raise ValueError("a URL such as redis://:password@host:6379/0 or rediss://host")
        return {"default": redis_cache(raw)}

    memory = {"BACKEND": f"{_CACHES}.locmem.LocMemCache", "OPTIONS": {"MAX_ENTRIES": KEPT_IN_MEMORY}}
    return _read(Variable(name, "URL", shown, help), parse, {"default": memory}, secret=True)


_CACHES = "django.core.cache.backends"


def redis_cache(url: str) -> dict[str, Any]:
    """Django's settings of a Redis or Valkey; one that is slow to answer is worse than none."""
    soon = {"socket_connect_timeout": 0.5, "socket_timeout": 0.5}
    return {
        "BACKEND": f"{_CACHES}.redis.RedisCache",
        "LOCATION": url,
        "OPTIONS": soon,
        "KEY_PREFIX": "eyecatch",
    }


def mailers(name: str, *, default: str, help: str, shown: str) -> dict[str, dict[str, Any]]:
    """Django's MAILERS for an smtp:, smtps:, smtp+plain:, file: or console: URL; empty for none.

    A password is never shown.
    """

    def parse(raw: str) -> dict[str, dict[str, Any]]:
        parts = urlsplit(raw) if raw.isprintable() and " " not in raw else SplitResult(*[""] * 5)
        if parts.scheme in MAIL_SCHEMES:
            return {"default": _smtp(parts)}
        if parts.scheme == "console" and not (parts.netloc or parts.path):
            return {"default": {"BACKEND": f"{_BACKENDS}.console.EmailBackend"}}
        path = Path(unquote(parts.path))
        if parts.scheme == "file" and not parts.netloc and path.is_absolute():
            options = {"file_path": str(path)}
            return {"default": {"BACKEND": f"{_BACKENDS}.filebased.EmailBackend", "OPTIONS": options}}
        raise ValueError(_MAIL_HINT)

    return _read(Variable(name, "URL", shown, help), parse, parse(default) if default else {}, secret=True)


_BACKENDS = "django.core.mail.backends"
_MAIL_HINT = (
    "a URL such as smtp://user:password@mail.example:587, smtps://…, smtp+plain://localhost:25, "
    "file:///where/mails/go or console:"
)


def _smtp(parts: SplitResult) -> dict[str, Any]:
    usual_port, encryption = MAIL_SCHEMES[parts.scheme]
    odd = parts.path.strip("/") or parts.query or parts.fragment
    if not parts.hostname or odd or bool(parts.username) != bool(parts.password):
        raise ValueError(_MAIL_HINT)
    try:
        port = parts.port or usual_port
    except ValueError:
        raise ValueError(f"{_MAIL_HINT}: the port is no number") from None
    options: dict[str, Any] = {"host": parts.hostname, "port": port, "timeout": MAIL_TIMEOUT_SECONDS}
    if parts.username and parts.password:
        options |= {"username": unquote(parts.username), "password": unquote(parts.password)}
    return {"BACKEND": f"{_BACKENDS}.smtp.EmailBackend", "OPTIONS": options | encryption}


def mailbox(name: str, *, default: str, help: str, shown: str) -> str:
    """Who a mail is from: an address, or a name and an address in angle brackets."""

    def parse(raw: str) -> str:
        display, address = parseaddr(raw)
        try:
            if not raw.isprintable() or "@" not in address:
                raise ValueError(raw)
            return str(Address(display, addr_spec=address))
        except (ValueError, IndexError, MessageError):
            raise ValueError("an address such as Eyecatch <desk@reviews.example>") from None

    return _read(Variable(name, "mail address", shown, help), parse, default)


def database_refusal() -> EnvironmentRefused | None:
    """Why the database can't be reached, or None when it answers and something else is wrong."""
    from django.db import connection
    from django.db.utils import Error

    connection.close()
    try:
        connection.ensure_connection()
    except Error as error:
        return EnvironmentRefused("DATABASE_URL", f"names a database that can't be reached: {error}")
    return None


def markdown_table() -> str:
    """The register as the table that stands in the README."""
    rows = [f"| `{v.name}` | {v.type} | {v.default} | {v.help} |" for v in register.values()]
    return "\n".join(["| variable | value | default | what it does |", "|---|---|---|---|", *rows])
