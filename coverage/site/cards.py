"""Social cards: drawn when they are first asked for, public with what they are of."""

from django.http import Http404, HttpResponseBase, HttpResponseRedirect
from django.views.decorators.http import require_safe

from coverage.newsroom.middleware import NewsroomRequest
from coverage.site.media import file_response
from reviews import social_cards
from reviews.models import Release
from reviews.social_cards import SocialCard
from series.models import Series


@require_safe
def card(request: NewsroomRequest, of: str, slug: str, digest: str) -> HttpResponseBase:
    """The card of a live piece or a public show; from an outdated address on to the present one."""
    found = _of_review(request, slug) if of == "reviews" else _of_series(request, slug)
    if found is None:
        raise Http404
    if found.digest != digest:
        return HttpResponseRedirect(found.path)
    return file_response(request, found.made())


def _of_review(request: NewsroomRequest, slug: str) -> SocialCard | None:
    release = Release.objects.live(request.now).for_list().filter(review__slug=slug).first()
    return social_cards.of_release(release, request.publication) if release else None


def _of_series(request: NewsroomRequest, slug: str) -> SocialCard | None:
    series = Series.objects.public(request.now).for_page().filter(slug=slug).first()
    return social_cards.of_series(series, request.publication) if series else None
