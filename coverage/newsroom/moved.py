"""Pages whose address has changed."""

from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpResponsePermanentRedirect
from django.urls import reverse

from coverage.newsroom.middleware import NewsroomRequest


def redirect_to_renamed(
    request: NewsroomRequest, rows: QuerySet[Any], slug: str
) -> HttpResponsePermanentRedirect:
    """The page asked for, at the address of the Sluggable of `rows` that once had this slug, or 404."""
    row = rows.filter(former_slugs__slug=slug).first()
    match = request.resolver_match
    if row is None or match is None:
        raise Http404
    return HttpResponsePermanentRedirect(reverse(match.view_name, args=[row.slug]))
