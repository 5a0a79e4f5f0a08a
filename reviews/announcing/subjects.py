"""What a row of the outbox is about, as its key and in words."""

from coverage.newsroom.keys import as_key
from reviews.models import Review

_REVIEW = "review:"


def subject_of(review: Review) -> str:
    return f"{_REVIEW}{review.pk}"


def pk_of(subject: str) -> int | None:
    """Of the review that `subject` names, if it names one."""
    return as_key(subject.removeprefix(_REVIEW)) if subject.startswith(_REVIEW) else None


def about(review: Review) -> str:
    """“Moonlit Ferry, Episode 3”: which piece it is, in words that aren't the piece's and so don't spoil."""
    show = review.series.title if review.series else ""
    parts = review.parts.select_related("episode", "last_episode")
    covered = list(dict.fromkeys(part.label for part in parts if part.label))
    kind = "" if show and len(covered) == 1 else str(review.get_kind_display())
    return ", ".join(filter(None, (show, kind, covered[0] if show and len(covered) == 1 else "")))
