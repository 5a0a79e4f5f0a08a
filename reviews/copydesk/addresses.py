"""Whether an address inside the house leads to anything."""

from collections.abc import Callable
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.urls import Resolver404, resolve

from reviews.models import Review, Reviewer
from series.models import Person, Series, Studio

# By the name of the address: whose slug its first argument is.
_BEHIND = {
    "reviews:detail": Review,
    "reviews:series": Series,
    "site:series": Series,
    "site:person": Person,
    "site:studio": Studio,
    "site:reviewer": Reviewer,
}


def leads_somewhere(address: str) -> bool:
    """Whether there is a page at `address`, now or once it is public; other houses' are taken on trust."""
    path = _path_here(address)
    if path is None:
        return True
    try:
        match = resolve(path)
    except Resolver404:
        return False
    model = _BEHIND.get(match.view_name)
    slug = next(iter([*match.kwargs.values(), *match.args]), None)
    if model is None or not isinstance(slug, str):
        return True
    exists: Callable[..., bool] = model._default_manager.filter(slug=slug).exists
    return exists() or model.renamed(slug) is not None


def _path_here(address: str) -> str | None:
    """The path of an address on this site; None for one elsewhere, or for a place on the same page."""
    try:
        parts = urlsplit(address.strip())
    except ValueError:
        return None
    if parts.netloc and parts.netloc != urlsplit(settings.SITE_URL).netloc:
        return None
    if parts.scheme not in ("", "http", "https") or not parts.path.startswith("/"):
        return None
    return unquote(parts.path)
