"""Which addresses prose may link to."""

import re
from urllib.parse import parse_qs, urlsplit

# Browsers drop these inside an address, so that "java\nscript:" runs.
INVISIBLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
# What people type into a link's field, leaving out what they never see.
BARE_HOST = re.compile(r"[a-z0-9-]+(\.[a-z0-9-]+)*\.[a-z]{2,}([/?#].*)?", re.IGNORECASE)
BARE_MAIL = re.compile(r"[\w.+-]+@[a-z0-9-]+(\.[a-z0-9-]+)*\.[a-z]{2,}", re.IGNORECASE)


def safe_address(href: str) -> str | None:
    """The address as it may be linked to, or None: the web, an e-mail address, or a path on this site."""
    href = INVISIBLE.sub("", href).strip().replace(" ", "%20")
    if BARE_HOST.fullmatch(href):
        href = f"https://{href}"
    elif BARE_MAIL.fullmatch(href):
        href = f"mailto:{href}"
    if "\\" in href:
        # Browsers take it for a slash, urllib doesn't.
        return None
    if href.startswith("/"):
        return None if href.startswith("//") else href
    try:
        parts = urlsplit(href)
        host = parts.hostname
    except ValueError:
        return None
    if parts.scheme in {"http", "https"} and host:
        target = _behind_redirect(host, parts.path, parts.query)
        return href if target is None else safe_address(target)
    if parts.scheme == "mailto" and "@" in parts.path:
        return href
    return None


def _behind_redirect(host: str, path: str, query: str) -> str | None:
    """Where a link that was copied out of Google's search or documents really leads."""
    if not re.fullmatch(r"(www\.)?google(\.[a-z]{2,3}){1,2}", host) or path != "/url":
        return None
    try:
        asked = parse_qs(query, max_num_fields=20)
    except ValueError:
        return None
    targets = asked.get("q") or asked.get("url") or []
    return next((target for target in targets if target.startswith(("http://", "https://"))), None)
