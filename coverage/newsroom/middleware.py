"""What every request carries: its instant, and the publication that it reads."""

from collections.abc import Callable
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from coverage.newsroom import clock
from coverage.newsroom.models import Publication

# Whether a process lives is told without waiting for a database, not even for its clock.
ALIVE = "/healthz"


class NewsroomRequest(HttpRequest):
    """A request after `Now`: `now` is aware UTC; `publication` is read once, when first asked."""

    now: datetime
    publication: Publication


class Now:
    """Read the clock once per request; whatever is shown is shown as of `request.now`."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: NewsroomRequest) -> HttpResponse:
        if request.path_info != ALIVE:
            clock.keep_right()
        stand_at(request, clock.now())
        return self.get_response(request)


def stand_at(request: NewsroomRequest, instant: datetime) -> None:
    """Let whatever answers `request` show what is so at `instant`."""
    request.now = instant
    request.publication = SimpleLazyObject(  # type: ignore[assignment]  # stands in for one
        lambda: Publication.objects.current(instant)
    )


def publication(request: NewsroomRequest) -> dict[str, object]:
    """Context processor: `publication` and `now` for every template."""
    return {"publication": request.publication, "now": request.now}
