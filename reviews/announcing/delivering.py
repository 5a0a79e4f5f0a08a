"""Sending what is due: each row by itself, so that none holds up another."""

import logging
import random
from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.core.validators import validate_email

from coverage.newsroom.models import Publication
from reviews.announcing import letters
from reviews.announcing.letters import NothingToSay, Occasion
from reviews.announcing.posting import Mailbox, Refused, Unreachable
from reviews.announcing.recipients import user_at, wants
from reviews.models import Announcement
from reviews.models.announcements import Outcome

FIRST_PAUSE, LONGEST_PAUSE = timedelta(minutes=1), timedelta(hours=1)
MOST_ATTEMPTS = 10

Clock = Callable[[], datetime]
Tally = Counter[str]

logger = logging.getLogger(__name__)
_dice = random.SystemRandom()


def deliver_due(now: Clock) -> Tally:
    """Send all that is due; answers how many came to which outcome. Stops where no server can be reached."""
    tally: Tally = Counter()
    tally[Outcome.SKIPPED] += Announcement.objects.skip_the_late(now())
    tally[Outcome.UNKNOWN] += Announcement.objects.admit_the_lost(now())
    while row := Announcement.objects.claim(now()):
        try:
            _deliver(row, now)
        except Unreachable as error:
            _again(row, now(), f"the mail server can't be reached: {error}")
            _log(row, logging.WARNING)
            break
        _log(row, logging.WARNING if row.outcome in (Outcome.FAILED, Outcome.UNKNOWN) else logging.INFO)
        tally[row.outcome] += 1
    return tally


def _deliver(row: Announcement, now: Clock) -> None:
    try:
        message = message_of(row, now())
    except NothingToSay as nothing:
        row.settle(Outcome.SKIPPED, now(), str(nothing))
        return
    except Exception as error:
        logger.exception("An announcement can't be written", extra={"announcement": row.pk})
        _again(row, now(), f"{type(error).__name__}: {error}")
        return
    with Mailbox() as mailbox:
        if row.begin_to_hand_over(now()):
            _hand_over(row, mailbox, message, now)


def message_of(row: Announcement, at: datetime) -> EmailMessage:
    """The mail as it would leave at `at`. Raises NothingToSay, and whatever a letter's writer raises."""
    reader = user_at(row.destination)
    if reader is None or not (reader.is_active and reader.is_staff):
        raise NothingToSay("the account has no place at the desk any more")
    try:
        validate_email(reader.email)
    except ValidationError:
        raise NothingToSay("the account has no mail address") from None
    if not reader.has_perm(row.facts.permission):
        raise NothingToSay("it is no longer theirs to know")
    if not wants(reader, row.facts):
        raise NothingToSay("switched off")
    occasion = Occasion(row, reader, Publication.objects.get(), at)
    message = letters.message_of(letters.write(occasion), occasion)
    message.message()  # what can't be put into a mail fails here, and not half handed over
    return message


def _hand_over(row: Announcement, mailbox: Mailbox, message: EmailMessage, now: Clock) -> None:
    try:
        mailbox.hand_over(message)
    except Refused as refusal:
        if refusal.for_good:
            row.settle(Outcome.FAILED, now(), str(refusal))
        else:
            _again(row, now(), str(refusal))
    except Exception as error:
        logger.exception("A mail server broke off", extra={"announcement": row.pk})
        row.settle(Outcome.UNKNOWN, now(), f"broke off while it was handed over: {error}")
    else:
        row.settle(Outcome.SENT, now())


def _again(row: Announcement, at: datetime, reason: str) -> None:
    """Wait for twice as long each time, by chance a little less, so that not all come back at once."""
    if row.outcome == Outcome.WAITING:
        row.attempts += 1
    if row.attempts >= MOST_ATTEMPTS:
        row.settle(Outcome.FAILED, at, reason)
        return
    pause = min(FIRST_PAUSE * 2 ** (row.attempts - 1), LONGEST_PAUSE)
    row.wait_until(at + pause * _dice.uniform(0.5, 1), reason)


def _log(row: Announcement, level: int) -> None:
    logger.log(
        level,
        "%s: %s",
        row,
        row.outcome,
        extra={
            "announcement": row.pk,
            "kind": row.kind,
            "destination": row.destination,
            "subject": row.subject,
            "round": row.round,
            "outcome": row.outcome,
            "attempts": row.attempts,
            "reason": row.reason,
        },
    )
