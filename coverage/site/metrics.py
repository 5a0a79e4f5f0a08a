"""What the process has answered, for Prometheus; told to who has the token alone."""

from collections.abc import Callable
from time import perf_counter

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.utils.crypto import constant_time_compare
from django.views.decorators.http import require_safe
from prometheus_client import REGISTRY, CollectorRegistry, Counter, Histogram
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector

from coverage.site import surfaces
from coverage.site.page_cache.middleware import KeptPage

# From a kept page's time to that of a page that somebody gives up on.
_SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10)

ANSWERS = Counter(
    "eyecatch_answers",
    "Answers, by surface, status and whether the page is kept.",
    ["surface", "status", "kept"],
)
SECONDS = Histogram("eyecatch_answer_seconds", "How long an answer took.", ["surface"], buckets=_SECONDS)


class Measured:
    """Counts and times each answer under its surface: addresses are too many, and some are secret."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        began = perf_counter()
        response = self.get_response(request)
        surface = _surface(request)
        SECONDS.labels(surface).observe(perf_counter() - began)
        kept = "yes" if isinstance(response, KeptPage) else "no"
        ANSWERS.labels(surface, str(response.status_code), kept).inc()
        return response


def _surface(request: HttpRequest) -> str:
    match = request.resolver_match
    if match is None:
        return "none"
    if surfaces.named(match.view_name):
        return match.view_name
    return "desk" if match.namespaces[:1] == ["admin"] else "other"


@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """Everything counted, as Prometheus reads it. 404 without the token, as if there were no such page."""
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if not settings.METRICS_TOKEN or not constant_time_compare(given, settings.METRICS_TOKEN):
        raise Http404
    registry = REGISTRY
    if settings.PROMETHEUS_MULTIPROC_DIR:
        registry = CollectorRegistry()
        MultiProcessCollector(registry, path=settings.PROMETHEUS_MULTIPROC_DIR)  # type: ignore[no-untyped-call]  # as it is shipped
    return HttpResponse(generate_latest(registry), content_type=CONTENT_TYPE_PLAIN_0_0_4)
