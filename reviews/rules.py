"""What a verb asks before it moves a piece: who may, whether it stands right, whether it is time."""

from datetime import datetime
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from coverage.newsroom.models import User
from reviews.models import Edition, Release, Review
from reviews.status import Status

_OWN = "own"
PERMISSION = {
    "submit": _OWN,
    "return_with_note": "reviews.approve_review",
    "approve": "reviews.approve_review",
    "reschedule": "reviews.schedule_review",
    "withdraw": "reviews.schedule_review",
    "reinstate": "reviews.schedule_review",
    "correct": "reviews.correct_review",
    "discard": _OWN,
    "recover": _OWN,
}


class VerbRefused(ValidationError):
    """The piece doesn't stand so that this could be done; the message says what to do first."""


def may(verb: str, review: Review, user: User) -> bool:
    """Whether `user` may ever do `verb` to this piece, however it stands now."""
    if not user.is_active:
        return False
    if verb == "approve" and review.is_written_by(user):
        return user.has_perm("reviews.override_review")
    permission = PERMISSION[verb]
    if permission != _OWN:
        return user.has_perm(permission)
    return user.has_perm("reviews.edit_any_review") or (
        user.has_perm("reviews.change_review") and review.is_own(user)
    )


def may_edit(review: Review | None, user: User) -> bool:
    """Whether `user` may change the working copy: editors always, writers their own drafts."""
    if not user.has_perm("reviews.change_review"):
        return False
    if review is None or user.has_perm("reviews.edit_any_review"):
        return True
    return review.status == Status.DRAFT and review.is_own(user)


def release_of(review: Review) -> Release | None:
    return Release.objects.select_related("edition").filter(review=review).first()


def refuse_unless_ready(verb: str, review: Review, at: datetime) -> None:
    """The status must allow the verb; what only applies before or after going live is told apart."""
    status = Status[review.status.upper()]
    if verb not in status.verbs:
        raise VerbRefused(
            _("It is %(status)s; this can't be done to it now.") % {"status": status.label.lower()}
        )
    if status != Status.APPROVED:
        return
    is_live = Release.objects.live(at).filter(review=review).exists()
    if verb == "reschedule" and is_live:
        raise VerbRefused(_("It is live already. Withdraw it first, then reinstate it for later."))
    if verb == "correct" and not is_live:
        raise VerbRefused(_("It isn't live yet: edit it and approve it again."))


def is_ready(verb: str, review: Review, at: datetime) -> bool:
    try:
        refuse_unless_ready(verb, review, at)
    except VerbRefused:
        return False
    return True


def demand_note(note: str, why: str) -> None:
    if not note.strip():
        raise VerbRefused(why)


def missing(review: Review) -> list[str]:
    """What a piece still lacks before it can be approved, a sentence each."""
    lacks = {
        _("It needs a headline."): not review.headline.strip(),
        _("It needs a standfirst: without spoilers, it is all that lists and feeds show."): (
            not review.standfirst.strip()
        ),
        _("Say how much it spoils."): not review.spoiler_level,
        _("It needs a byline."): not review.bylines.exists(),
        _("Make the series public first: a live review leads to its page."): bool(
            review.series and not review.series.is_public
        ),
        _("It has no text yet."): not _has_text(review),
    }
    return [sentence for sentence, lacking in lacks.items() if lacking]


def _has_text(review: Review) -> bool:
    own = review.introduction or review.conclusion or review.verdict
    return bool(own) or review.parts.exclude(body="", verdict="").exists()


def refuse_if_incomplete(review: Review) -> None:
    if lacks := missing(review):
        raise VerbRefused(lacks)


def obstacles(review: Review, publish_at: datetime) -> list[str]:
    """Why it may not go live at `publish_at`: what hasn't aired by then, what is embargoed."""
    waits = []
    shows = {review.series} if review.series else set()
    for part in review.parts.select_related("episode__series", "last_episode"):
        shows.add(part.episode.series)
        for episode in filter(None, (part.episode, part.last_episode)):
            if episode.airs_at and episode.airs_at > publish_at:
                waits.append(_("%(episode)s hasn't aired by then.") % {"episode": episode})
            if episode.embargo_until and episode.embargo_until > publish_at:
                waits.append(_("%(episode)s is under embargo then.") % {"episode": episode})
    for series in shows:
        if series.embargo_until and series.embargo_until > publish_at:
            waits.append(_("%(series)s is under embargo then.") % {"series": series})
    return waits


def refuse_if_too_early(review: Review, publish_at: datetime, by: User, exception: str) -> None:
    """Unless a chief gives a reason for an exception."""
    waits = obstacles(review, publish_at)
    if not waits:
        return
    if exception.strip() and by.has_perm("reviews.override_review"):
        return
    raise VerbRefused([*waits, _("Choose a later instant, or ask a chief for an exception.")])


Scores = dict[tuple[int, int] | None, Decimal | None]


def scores(edition: Edition) -> Scores:
    """Stars by (episode, reviewer); those of the whole piece under None."""
    parts: Scores = {(part.episode_id, part.reviewer_id): part.stars for part in edition.parts.all()}
    return parts | {None: edition.stars}


def refuse_if_scores_differ(live: Edition, new: Edition) -> None:
    """A live score changes only as a correction; a part that is new brings its own."""
    after = scores(new)
    if any(after.get(key) != stars for key, stars in scores(live).items()):
        raise VerbRefused(_("A live score changes only by a correction of the kind “score”, with a note."))
