"""The site's addresses, and beside them one view that does nothing: what every answer costs at least."""

from django.http import HttpRequest, HttpResponse
from django.urls import include, path

BARE = "/bare/"


def bare(request: HttpRequest) -> HttpResponse:
    return HttpResponse(b"")


urlpatterns = [path(BARE[1:], bare, name="bare"), path("", include("coverage.urls"))]
