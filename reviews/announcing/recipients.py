"""Who is told, and where a row of the outbox leads to."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Q, QuerySet

from coverage.newsroom.keys import as_key
from coverage.newsroom.models import User
from reviews.announcing.broadcasting import ENDPOINT
from reviews.announcing.kinds import Kind
from reviews.models import Endpoint, MutedMail, Review, Reviewer

_USER = "user:"


def destination_of(user: User) -> str:
    """The account and not its address, which is looked up when the mail leaves."""
    return f"{_USER}{user.pk}"


def user_at(destination: str) -> User | None:
    """Whose account `destination` names, if it is there still."""
    key = as_key(destination.removeprefix(_USER)) if destination.startswith(_USER) else None
    return User.objects.filter(pk=key or 0).first()


def names_of(destinations: Iterable[str]) -> dict[str, str]:
    """What accounts and machines are called, by destination; whatever else there is isn't in it."""
    keys = set(destinations)
    found: dict[str, str] = {}
    rows: QuerySet[Any]
    for prefix, rows in ((_USER, User.objects.all()), (ENDPOINT, Endpoint.objects.all())):
        pks = [as_key(key.removeprefix(prefix)) for key in keys if key.startswith(prefix)]
        called = rows.filter(pk__in=[pk for pk in pks if pk])
        found |= {f"{prefix}{row.pk}": str(row) for row in called}
    return found


def editors() -> QuerySet[User]:
    """Everybody who may approve."""
    manager: Any = User.objects
    found: QuerySet[User] = manager.with_perm("reviews.approve_review").filter(is_staff=True)
    return found


def authors(review: Review) -> QuerySet[User]:
    """Whose words it is; where none of its names has an account, who began it."""
    words = Q(bylines__review=review) | Q(pk__in=review.parts.values("reviewer"))
    reviewers = Reviewer.objects.filter(words).values("pk")
    people = User.objects.filter(reviewer__in=reviewers)
    found = people if people.exists() else User.objects.filter(pk=review.created_by_id or 0)
    return found.filter(is_active=True, is_staff=True)


def account_of(reviewer: Reviewer | None) -> QuerySet[User]:
    """Who writes as `reviewer`, if they have a place at the desk."""
    return User.objects.filter(reviewer=reviewer, is_active=True, is_staff=True)


def all_but(doer: User | None, *groups: Iterable[User]) -> list[User]:
    """Everybody of `groups` once, without who did it themself."""
    people = {user.pk: user for group in groups for user in group}
    if doer:
        people.pop(doer.pk, None)
    return list(people.values())


def wants(user: User, kind: Kind) -> bool:
    """Whether they haven't switched it off."""
    return not MutedMail.objects.filter(user=user, kind=kind).exists()
