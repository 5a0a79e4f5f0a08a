"""Series whose address has changed."""

from django.http import HttpResponsePermanentRedirect

from coverage.newsroom.middleware import NewsroomRequest
from coverage.newsroom.moved import redirect_to_renamed
from series.models import Series


def redirect_to_series(request: NewsroomRequest, slug: str) -> HttpResponsePermanentRedirect:
    """The page asked for, at the address of the public series that once had this slug, or 404."""
    return redirect_to_renamed(request, Series.objects.public(request.now), slug)
