"""What a mail provider tells of mails that it took: who can't be reached, who complained, who left."""

from typing import Any

from anymail.signals import AnymailTrackingEvent, EventType, RejectReason
from django.conf import settings
from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponseBase
from django.urls import resolve
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from coverage.newsroom import clock
from coverage.site.friday_mail import leaving
from coverage.site.models import Stop, Subscriber

_FOR_GOOD = (RejectReason.BOUNCED, RejectReason.INVALID)


@csrf_exempt
@require_POST
def events(request: HttpRequest) -> HttpResponseBase:
    """Takes the webhooks of the provider that is set up; django-anymail asks for the secret."""
    if settings.MAIL_EVENTS_FROM == settings.NO_PROVIDER:
        raise Http404
    reader = resolve(f"/{settings.MAIL_EVENTS_FROM}/tracking/", urlconf="anymail.urls").func
    try:
        answer: HttpResponseBase = reader(request)
    except (ValueError, LookupError, TypeError, AttributeError) as error:
        raise BadRequest("This is none of the provider's events.") from error
    return answer


def heed(event: AnymailTrackingEvent, **_kwargs: Any) -> None:
    """Mail nothing more to whom it can't reach or who complained, and forget who left at the provider's."""
    subscriber = Subscriber.objects.filter(address=(event.recipient or "").lower()).first()
    if subscriber is None:
        return
    if event.event_type == EventType.UNSUBSCRIBED:
        leaving.forget(subscriber)
    elif (stop := _stop(event)) and subscriber.stopped_by != Stop.COMPLAINT:
        subscriber.stopped_at, subscriber.stopped_by = clock.now(), stop
        subscriber.save(update_fields=["stopped_at", "stopped_by"])


def _stop(event: AnymailTrackingEvent) -> Stop | None:
    if event.event_type == EventType.COMPLAINED:
        return Stop.COMPLAINT
    refused = event.event_type in (EventType.BOUNCED, EventType.REJECTED)
    return Stop.BOUNCE if refused and event.reject_reason in _FOR_GOOD else None
