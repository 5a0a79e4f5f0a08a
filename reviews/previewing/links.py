"""Links that hand a piece's preview to somebody without an account: made, opened, ended.

A token is random and only its digest is kept, so that neither a copy of the database nor the server's
secret key opens anything; a signed one would need no row, but could be made by whoever has the key. The
price is that a link can be shown once only: who has lost one makes another.
"""

import secrets
from datetime import datetime, timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from coverage.newsroom.models import AuditEntry, User
from reviews import rules
from reviews.models import Edition, PreviewLink, Review
from reviews.models.preview_links import digest_of_token
from reviews.rules import VerbRefused
from reviews.status import Status

TOKEN_BYTES = 32
DAYS = (1, 7, 30)
USUAL_DAYS = 7
# Every opening is told to within this; a row isn't written for each picture or reload.
_TOLD_WITHIN = timedelta(minutes=1)


def may_share(review: Review, user: User) -> bool:
    """Whether `user` may hand this piece to outsiders: editors any, writers their own."""
    return user.has_perm("reviews.change_review") and rules.may_read_history(review, user)


def make_link(
    review: Review,
    *,
    by: User,
    at: datetime,
    days: int = USUAL_DAYS,
    edition: Edition | None = None,
    for_whom: str = "",
) -> tuple[PreviewLink, str]:
    """A new link, and its token, which nobody can be told again. Without `edition` it follows the draft.

    Raises PermissionDenied, VerbRefused where the piece is discarded, or ValidationError.
    """
    if not may_share(review, by):
        raise PermissionDenied
    if review.status == Status.DISCARDED:
        raise VerbRefused(_("It is discarded. Recover it before you hand it round."))
    token = secrets.token_urlsafe(TOKEN_BYTES)
    link = PreviewLink(
        review=review,
        edition=edition,
        digest=digest_of_token(token),
        for_whom=for_whom,
        made_by=by,
        made_at=at,
        expires_at=at + timedelta(days=days),
    )
    link.full_clean()
    with transaction.atomic():
        link.save()
        pinned = {"edition": edition.number} if edition else {}
        AuditEntry.objects.record("share", review, by=by, at=at, note=for_whom, days=days, **pinned)
    return link, token


def end_link(link: PreviewLink, *, by: User, at: datetime) -> None:
    """Let it lead nowhere from now on. Raises PermissionDenied."""
    if not may_share(link.review, by):
        raise PermissionDenied
    with transaction.atomic():
        ended = PreviewLink.objects.filter(pk=link.pk, ended_at=None).update(ended_at=at, ended_by=by)
        if ended:
            AuditEntry.objects.record("unshare", link.review, by=by, at=at, note=link.for_whom)


def link_of(token: str) -> PreviewLink | None:
    """The link with this token, open or not."""
    links = PreviewLink.objects.of_token(token).select_related("made_by", "edition", "review")
    return links.defer("edition__introduction", "edition__conclusion", "edition__verdict").first()


def leads_somewhere(link: PreviewLink, at: datetime) -> bool:
    """Whether it shows anything at `at`: it is open, and its piece isn't discarded."""
    return link.is_open(at) and link.review.status != Status.DISCARDED


def working_links(review: Review, at: datetime) -> list[PreviewLink]:
    """Those that show something at `at`, each with its edition's `number` (None: it follows the draft)."""
    if review.status == Status.DISCARDED:
        return []
    links = PreviewLink.objects.open(at).filter(review=review).select_related("made_by")
    return list(links.annotate(number=F("edition__number")))


def tell_opened(link: PreviewLink, at: datetime) -> None:
    """Remember that somebody looked."""
    if link.last_opened_at is None or at - link.last_opened_at >= _TOLD_WITHIN:
        PreviewLink.objects.filter(pk=link.pk).update(last_opened_at=at)
