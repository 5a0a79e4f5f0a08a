"""Reviewers: who writes here, and how they rate beside the house."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Exists, Max, OuterRef
from django.db.models.functions import Lower
from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from coverage.newsroom.middleware import NewsroomRequest
from coverage.newsroom.models import Publication
from coverage.newsroom.moved import redirect_to_renamed
from coverage.newsroom.pages import Crumb, Page
from coverage.site import distribution
from reviews import structured_data
from reviews.cards import plain_line
from reviews.habits import habits_of
from reviews.models import Byline, Release, Reviewer
from reviews.models.releases import live_parts
from reviews.paging import canonical, page_asked_for, steps
from reviews.visibility import public_reviewers


@dataclass(frozen=True)
class Listed:
    """A critic in the index: how many live pieces they have a hand in, and when the latest came."""

    reviewer: Reviewer
    pieces: int
    latest: datetime | None


@require_safe
def reviewers(request: NewsroomRequest) -> HttpResponse:
    """Everybody with a live piece. Context: page, reviewers ([Listed])."""
    bylines, parts = _bylines(request.now), _parts_without_byline(request.now)
    found = public_reviewers(request.now).select_related("portrait").order_by(Lower("byline"), "pk")
    listed = []
    for each in found:
        pieces, latest = bylines.get(each.pk, (0, None))
        listed.append(Listed(each, pieces + parts.get(each.pk, 0), latest))
    page = Page(path=request.path, title=_("Reviewers"), description=_("Everybody who reviews here."))
    return render(request, "site/reviewers.html", {"page": page, "reviewers": listed})


@require_safe
def reviewer(request: NewsroomRequest, slug: str) -> HttpResponse:
    """One reviewer.

    Context: page, reviewer, habits, columns and house_line (their ratings drawn), releases
    (newest first), steps (to further ones).
    """
    found = public_reviewers(request.now)
    critic = found.select_related("portrait").filter(slug=slug).first()
    if critic is None:
        return redirect_to_renamed(request, found, slug)
    pieces = Release.objects.live(request.now).by(critic)
    shown = page_asked_for(request, pieces)
    habits = habits_of(critic, request.now)
    drawn = distribution.columns(habits.own, habits.house)
    context = {
        "page": _page(critic, request.publication, request.GET),
        "reviewer": critic,
        "habits": habits,
        "columns": drawn,
        "house_line": distribution.line(drawn),
        "releases": shown.shown(request.now),
        "steps": steps(request.path, {}, shown),
    }
    return render(request, "site/reviewer.html", context)


def _bylines(at: datetime) -> dict[int, tuple[int, datetime]]:
    """Of each reviewer, how many live pieces stand under the name, and when the latest went live."""
    rows = Release.objects.live(at).order_by().values_list("review__bylines__reviewer")
    counted = rows.annotate(Count("pk"), Max("publish_at"))
    return {pk: (pieces, latest) for pk, pieces, latest in counted}


def _parts_without_byline(at: datetime) -> dict[int, int]:
    """Of each reviewer, to how many live pieces they gave a part without standing over the whole."""
    own = Byline.objects.filter(review=OuterRef("edition__review"), reviewer=OuterRef("reviewer"))
    parts = live_parts(at).exclude(Exists(own)).order_by()
    return dict(parts.values_list("reviewer").annotate(Count("edition", distinct=True)))


def _page(critic: Reviewer, publication: Publication, query: QueryDict) -> Page:
    path = critic.get_absolute_url()
    return Page(
        **canonical(path, query),
        title=plain_line(critic.byline),
        description=plain_line(critic.bio),
        kind="profile",
        picture=critic.portrait,
        trail=(Crumb(_("Reviewers"), reverse("site:reviewers")),),
        nodes=(structured_data.critic(critic, publication),),
        feed_path=reverse("site:reviewer_feed", args=[critic.slug]),
        feed_json_path=reverse("site:reviewer_feed_json", args=[critic.slug]),
        feed_title=plain_line(critic.byline),
    )
