"""Series whose address has changed."""

from django.http import Http404, HttpResponsePermanentRedirect
from django.urls import reverse

from coverage.newsroom.middleware import NewsroomRequest
from series.models import Series


def redirect_to_series(request: NewsroomRequest, slug: str) -> HttpResponsePermanentRedirect:
    """The page asked for, at the address of the public series that once had this slug, or 404."""
    series = Series.objects.public(request.now).filter(former_slugs__slug=slug).first()
    match = request.resolver_match
    if series is None or match is None:
        raise Http404
    return HttpResponsePermanentRedirect(reverse(match.view_name, args=[series.slug]))
