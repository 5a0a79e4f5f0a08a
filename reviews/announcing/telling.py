"""What a verb has to tell, people by mail and machines by requests: rows written in its own transaction."""

from django.db.models import QuerySet

from coverage.newsroom.models import AuditEntry, User
from reviews.announcing.broadcasting import broadcast
from reviews.announcing.kinds import Kind
from reviews.announcing.recipients import all_but, authors, destination_of, editors
from reviews.announcing.subjects import about, subject_of
from reviews.models import Announcement, Review


def tell(entry: AuditEntry, review: Review) -> None:
    """Write what the verb that `entry` records has to tell; the entry is the round. No mail to who did it."""
    broadcast(entry, review)
    match entry.verb:
        case "submit":
            _write(Kind.SUBMITTED, entry, review, editors())
            _write(Kind.CHECKS, entry, review, authors(review))
        case "return_with_note":
            _write(Kind.RETURNED, entry, review, authors(review))
        case "approve":
            _write(Kind.APPROVED, entry, review, authors(review))


def _write(kind: Kind, entry: AuditEntry, review: Review, people: QuerySet[User]) -> None:
    subject, detail = subject_of(review), {"about": about(review)}
    Announcement.objects.write(
        Announcement.made(kind, destination_of(user), subject, round=entry.pk, at=entry.at, detail=detail)
        for user in all_but(entry.actor, people)
    )
