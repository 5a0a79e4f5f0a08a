"""Errors told to Sentry, without whatever says who met them or what they typed."""

from typing import TYPE_CHECKING, Any

from coverage.newsroom.logging import concealed

if TYPE_CHECKING:
    from sentry_sdk.types import Event, Hint

# Of a request, what says where it went.
_KEPT_OF_A_REQUEST = ("method", "url")


def tell_sentry(dsn: str, **options: Any) -> None:
    """From now on. Raises ImportError where sentry-sdk isn't installed."""
    import sentry_sdk  # only where it is wanted

    sentry_sdk.init(
        dsn=dsn,
        max_request_body_size="never",
        # A frame's variables may hold a draft.
        include_local_variables=False,
        include_source_context=False,
        max_breadcrumbs=0,
        server_name="eyecatch",
        before_send=without_persons,
        **options,
    )


def without_persons(event: "Event", hint: "Hint") -> "Event":
    """`event` without its user, and of its request only the method and the address, secrets taken out."""
    event.pop("user", None)
    event.pop("breadcrumbs", None)
    request = event.get("request")
    if isinstance(request, dict):
        event["request"] = {
            name: concealed(str(request[name])).partition("?")[0]
            for name in _KEPT_OF_A_REQUEST
            if name in request
        }
    return event
