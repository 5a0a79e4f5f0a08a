"""What a mail server or provider tells of mails: who can't be reached, who complained, who left."""

from datetime import datetime
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
from coverage.site.friday_mail.asking import subscriber_of
from coverage.site.models import Stop, Subscriber
from reviews.models import Announcement

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
    elif stop := _stop(event):
        _mail_no_more(subscriber, stop, clock.now())


def bounced(row: Announcement, at: datetime) -> None:
    """The mail server itself says that there is no such address."""
    if subscriber := subscriber_of(row):
        _mail_no_more(subscriber, Stop.BOUNCE, at)


def _mail_no_more(subscriber: Subscriber, stop: Stop, at: datetime) -> None:
    """Not by `save`: they may have left meanwhile. A complaint stays one."""
    going = Subscriber.objects.filter(pk=subscriber.pk).exclude(stopped_by=Stop.COMPLAINT)
    going.update(stopped_at=at, stopped_by=stop)


def _stop(event: AnymailTrackingEvent) -> Stop | None:
    if event.event_type == EventType.COMPLAINED:
        return Stop.COMPLAINT
    refused = event.event_type in (EventType.BOUNCED, EventType.REJECTED)
    return Stop.BOUNCE if refused and event.reject_reason in _FOR_GOOD else None
