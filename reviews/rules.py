"""What a verb asks before it moves a piece: who may, whether it stands right, whether it is time."""

from datetime import datetime
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from coverage.newsroom.models import Picture, User
from reviews import discards
from reviews.copydesk import answers
from reviews.models import Edition, Release, Review
from reviews.models.content import covered_by, pictures_named
from reviews.status import Status
from series.models import Episode, Series
from series.models.series import SeriesQuerySet

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
    "restore": _OWN,
}


# What gives readers a new edition; for their own pieces, everybody but a chief needs a second person.
_LETS_OUT = ("approve", "correct")


class VerbRefused(ValidationError):
    """The piece doesn't stand so that this could be done; the message says what to do first."""


class Incomplete(VerbRefused):
    """It lacks what `missing` tells."""


class HeldByTheCopyDesk(VerbRefused):
    """The copy desk found what nobody has let pass."""


def may(verb: str, review: Review, user: User) -> bool:
    """Whether `user` may ever do `verb` to this piece, however it stands now."""
    if verb in _LETS_OUT and (review.is_written_by(user) or _wrote_what_is_released(verb, review, user)):
        return user.has_perm("reviews.override_review")
    if verb == "restore":
        return may_edit(review, user)  # it changes the working copy, as the form does
    permission = PERMISSION[verb]
    if permission != _OWN:
        return user.has_perm(permission)
    return user.has_perm("reviews.edit_any_review") or (
        user.has_perm("reviews.change_review") and review.is_own(user)
    )


def _wrote_what_is_released(verb: str, review: Review, user: User) -> bool:
    """A correction changes what readers have, from which a part doesn't go with the working copy's."""
    return (
        verb == "correct"
        and Release.objects.filter(review=review, edition__parts__reviewer__user=user).exists()
    )


def may_edit(review: Review | None, user: User) -> bool:
    """Whether `user` may change the working copy: editors always, writers their own drafts."""
    if not user.has_perm("reviews.change_review"):
        return False
    if review is None or user.has_perm("reviews.edit_any_review"):
        return True
    return review.status == Status.DRAFT and review.is_own(user)


def may_read_history(review: Review, user: User) -> bool:
    """Whether `user` may see what a piece said before: editors always, writers of their own."""
    if not user.has_perm("reviews.view_review"):
        return False
    return user.has_perm("reviews.edit_any_review") or review.is_own(user)


def release_of(review: Review) -> Release | None:
    return Release.objects.select_related("edition").filter(review=review).first()


def refuse_unless_ready(verb: str, review: Review, at: datetime) -> None:
    """The status must allow the verb; what only applies before or after going live is told apart."""
    status = Status[review.status.upper()]
    if verb not in status.verbs:
        raise VerbRefused(
            _("It is %(status)s; this can't be done to it now.") % {"status": status.label.lower()}
        )
    if verb == "recover" and at >= discards.recoverable_until(review):
        raise VerbRefused(_("It was discarded more than 30 days ago and can't be recovered any more."))
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


def refuse_nulls(*texts: str) -> None:
    """NUL can't be kept by every database."""
    if any("\0" in text for text in texts):
        raise VerbRefused(_("What you wrote holds a character that can't be kept; type it anew."))


def demand_note(note: str, why: str) -> None:
    if not note.strip():
        raise VerbRefused(why)


def missing(review: Review, edition: Edition | None = None) -> list[str]:
    """What a piece still lacks before it can be approved, a sentence each.

    Of what its working copy says, unless an `edition` of it is to go out.
    """
    piece = edition or review
    lacks = {
        _("It needs a headline."): not piece.headline.strip(),
        _("It needs a standfirst: without spoilers, it is all that lists and feeds show."): (
            not piece.standfirst.strip()
        ),
        _("Say how much it spoils."): not piece.spoiler_level,
        _("It needs a byline."): not review.bylines.exists(),
        _("Make the series public first: a live review leads to its page."): _hidden(review, piece).exists(),
        **{str(why): True for why in review.contradictions(piece.parts.all()).values()},
        _("Its lead picture spoils; choose another."): bool(piece.lead_picture and piece.lead_picture.spoils),
        _("Its lead picture has no text alternative: an editor gives it one."): bool(
            piece.lead_picture and not piece.lead_picture.alt
        ),
        _(
            "A still has no text alternative: fill in beside it, in the text, what it shows."
        ): _has_wordless_stills(piece),
        _("It has no text yet."): not _has_text(piece),
    }
    return [sentence for sentence, lacking in lacks.items() if lacking]


def _hidden(review: Review, piece: Review | Edition) -> SeriesQuerySet:
    return Series.objects.filter(_spoken_of(review, piece), is_public=False)


def _has_wordless_stills(piece: Review | Edition) -> bool:
    named = pictures_named(piece)
    return bool(named) and Picture.objects.filter(pk__in=named, alt="").exists()


def _has_text(piece: Review | Edition) -> bool:
    own = piece.introduction or piece.conclusion or piece.verdict
    return bool(own) or piece.parts.exclude(body="", verdict="").exists()


def refuse_if_incomplete(review: Review, edition: Edition | None = None) -> None:
    if lacks := missing(review, edition):
        raise Incomplete(lacks)


def refuse_if_held(review: Review, release: Release | None, edition: Edition | None = None) -> None:
    """What the copy desk finds and nobody has let pass; what was approved before is not asked for again.

    Of what its working copy says, unless an `edition` of it is to go out.
    """
    if held := answers.holding(review, release.edition if release else None, edition):
        raise HeldByTheCopyDesk([*map(told, held), _("Mend it, or say in the margin why it may stand.")])


def told(remark: answers.Remark) -> str:
    """A finding in a sentence."""
    finding = remark.finding
    return _("The copy desk holds it for “%(found)s”: %(reason)s.") % {
        "found": finding.found,
        "reason": finding.reason,
    }


def _spoken_of(review: Review, piece: Review | Edition) -> Q:
    """On a Series: the review is about it, or a part of `piece` is."""
    return Q(pk=review.series_id) | Q(pk__in=piece.parts.values("episode__series"))


def obstacles(piece: Review | Edition, publish_at: datetime) -> list[str]:
    """Why it may not go live at `publish_at`: what hasn't aired by then, what is embargoed."""
    episodes = Episode.objects.filter(covered_by(piece.parts.all())).select_related("series")
    unaired = episodes.filter(airs_at__gt=publish_at)
    embargoed = episodes.filter(embargo_until__gt=publish_at)
    review = piece if isinstance(piece, Review) else piece.review
    shows = Series.objects.filter(_spoken_of(review, piece), embargo_until__gt=publish_at)
    return [
        *(_("%(episode)s hasn't aired by then.") % {"episode": episode} for episode in unaired),
        *(_("%(what)s is under embargo then.") % {"what": what} for what in [*embargoed, *shows]),
    ]


def refuse_if_too_early(
    edition: Edition, publish_at: datetime, by: User, exception: str, granted: Release | None = None
) -> None:
    """Unless a chief gives a reason for an exception, or has done so when `granted` was released.

    What it speaks of is held until the transaction ends, so that no airing and no embargo moves meanwhile.
    """
    hold(Series.objects.filter(_spoken_of(edition.review, edition)))
    hold(Episode.objects.filter(covered_by(edition.parts.all())))
    waits = obstacles(edition, publish_at)
    if granted and granted.exception_reason:
        known = obstacles(granted.edition, publish_at)
        waits = [wait for wait in waits if wait not in known]
    if not waits or (exception.strip() and by.has_perm("reviews.override_review")):
        return
    raise VerbRefused([*waits, _("Choose a later instant, or ask a chief for an exception.")])


def hold(rows: QuerySet[Series] | QuerySet[Episode]) -> None:
    """Lock series or episodes until the transaction ends; what only refers to them goes on.

    Always pieces first, then series, then episodes, each in the order of their keys.
    """
    list(rows.select_for_update(of=("self",), no_key=True).order_by("pk").values_list("pk"))


Scores = dict[tuple[int, int] | None, Decimal | None]


def scores(edition: Edition) -> Scores:
    """Stars by (episode, reviewer); those of the whole piece under None."""
    parts: Scores = {(part.episode_id, part.reviewer_id): part.stars for part in edition.parts.all()}
    return parts | {None: edition.stars}


def changed_scores(live: Edition, new: Edition) -> list[str]:
    """What becomes of scores that readers know, such as “Episode 3: 3.5 → 4”; a new part brings its own."""
    names = {
        (part.episode_id, part.reviewer_id): (part.label or str(part.episode.series), str(part.reviewer))
        for part in live.parts.select_related("episode__series", "last_episode", "reviewer")
    }
    labels = [label for label, _reviewer in names.values()]
    after, changes = scores(new), []
    for key, was in scores(live).items():
        if after.get(key) == was:
            continue
        label, reviewer = names[key] if key else (_("Overall"), "")
        name = f"{label}, {reviewer}" if labels.count(label) > 1 else label
        changes.append(f"{name}: {_printed(was)} → {_printed(after.get(key))}")
    return changes


def _printed(stars: Decimal | None) -> str:
    return _("unrated") if stars is None else f"{stars.normalize():f}"


def refuse_if_scores_differ(live: Edition, new: Edition) -> None:
    """A score that readers have had changes only as a correction."""
    if changed_scores(live, new):
        raise VerbRefused(_("A live score changes only by a correction of the kind “score”, with a note."))
