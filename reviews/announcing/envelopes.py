"""A mail with its headers, as plain text and as HTML."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string

from reviews.models import Announcement

LONGEST_SUBJECT = 150


@dataclass(frozen=True)
class Sheet:
    """What is written: `template` is both templates' path without its ending."""

    subject: str
    template: str
    context: Mapping[str, Any]


def enveloped(
    sheet: Sheet, row: Announcement, at: datetime, *, to: str, headers: Mapping[str, str] | None = None
) -> EmailMultiAlternatives:
    """The mail, ready to be handed over; its Message-ID is the same at every attempt."""
    context = {"subject": sheet.subject, "language": settings.LANGUAGE_CODE} | dict(sheet.context)
    host = urlsplit(settings.SITE_URL).hostname
    return EmailMultiAlternatives(
        subject=one_line(sheet.subject),
        body=render_to_string(f"{sheet.template}.txt", context),
        to=[to],
        headers={
            "Message-ID": f"<{row.key}@{host}>",
            "Date": format_datetime(at),
            "Auto-Submitted": "auto-generated",
        }
        | dict(headers or {}),
        alternatives=[(render_to_string(f"{sheet.template}.html", context), "text/html")],
    )


def one_line(text: str) -> str:
    """Fit for a header: no line ends, no control characters, not too long."""
    line = " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())
    return line if len(line) <= LONGEST_SUBJECT else f"{line[: LONGEST_SUBJECT - 1]}…"
