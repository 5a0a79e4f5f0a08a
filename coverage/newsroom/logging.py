"""Structured logs: one line an event, each with the id of the request it belongs to."""

import json
import logging
import re
import uuid
from collections.abc import Callable
from contextvars import ContextVar
from datetime import UTC, datetime

from django.http import HttpRequest, HttpResponse

HEADER = "X-Request-ID"
ACCEPTED_ID = re.compile(r"[A-Za-z0-9._-]{8,64}")

_KEPT_AS = "eyecatch.request_id"

current_request_id: ContextVar[str] = ContextVar("current_request_id", default="-")

_secret_paths: set[str] = set()

_STANDARD_ATTRIBUTES = frozenset(vars(logging.makeLogRecord({}))) | {
    "message",
    "asctime",
    "request_id",
}


def request_id(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: keep a proxy's request id when it is a plain one, else make one; answer with it."""

    def middleware(request: HttpRequest) -> HttpResponse:
        given = request.headers.get(HEADER, "")
        identifier = given if ACCEPTED_ID.fullmatch(given) else uuid.uuid4().hex
        request.META[_KEPT_AS] = identifier
        token = current_request_id.set(identifier)
        try:
            response = get_response(request)
        finally:
            current_request_id.reset(token)
        response.headers[HEADER] = identifier
        return response

    return middleware


class RequestIdFilter(logging.Filter):
    """Gives each record the id of the request it is about, or of the one in hand, or `-`.

    Django tells of an answer of 400 or more after every middleware is done, and names the request.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        about = getattr(record, "request", None)
        meta = about.META if isinstance(about, HttpRequest) else {}
        record.request_id = meta.get(_KEPT_AS, current_request_id.get())
        return True


def conceal_after(path: str) -> None:
    """Keep out of the logs what follows `path` in an address, up to the next slash: it opens something."""
    _secret_paths.add(path)


def concealed(text: str) -> str:
    """`text` without what opens something, wherever in it such an address stands."""
    for path in _secret_paths:
        text = re.sub(f"(?<={re.escape(path)})" + r"[^/\s?#\"'<>]+", "[secret]", text)
    return text


class TextFormatter(logging.Formatter):
    """A line of text, with its exception, that holds no secret."""

    def format(self, record: logging.LogRecord) -> str:
        return concealed(super().format(record))


class JsonFormatter(logging.Formatter):
    """One JSON object a line: time (UTC), level, logger, request id, message, and any extras; no secrets."""

    def format(self, record: logging.LogRecord) -> str:
        event = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "request_id": getattr(record, "request_id", "-"),
            "message": concealed(record.getMessage()),
        }
        for name, value in vars(record).items():
            if name not in _STANDARD_ATTRIBUTES:
                event.setdefault(name, concealed(str(value)))
        if record.exc_info:
            event["exception"] = concealed(self.formatException(record.exc_info))
        return json.dumps(event, ensure_ascii=False)
