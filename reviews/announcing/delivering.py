"""Sending what is due: each row by itself, so that none holds up another."""

import logging
import random
import time
from collections import Counter
from collections.abc import Callable, Collection
from contextlib import ExitStack
from datetime import datetime, timedelta

from django.db import InterfaceError, OperationalError, connection

from reviews.announcing import calls, posting
from reviews.announcing.kinds import Call
from reviews.announcing.letters import NothingToSay
from reviews.announcing.mailing import message_of, stop
from reviews.announcing.parcels import Parcel, Refused, Unreachable
from reviews.announcing.posting import Mailbox
from reviews.models import Announcement
from reviews.models.announcements import Outcome

LONGEST_PAUSE = timedelta(hours=1)
MOST_ATTEMPTS = 10
# In seconds; less than any lease in all.
PAUSES_TO_WRITE_IT_DOWN = (0.5, 1, 2, 4, 8, 16)

Clock = Callable[[], datetime]
Tally = Counter[str]

logger = logging.getLogger(__name__)
_dice = random.SystemRandom()


def deliver_due(now: Clock) -> Tally:
    """Send all that is due, one after the other; answers how many came to which outcome."""
    tally = tidy(now())
    while row := Announcement.objects.claim(now(), sendable()):
        tally[deliver(row, now)] += 1
    return tally


def sendable() -> Collection[str] | None:
    """The kinds that can leave; mail can't where no mailer is set up. None means all."""
    return None if posting.is_set_up() else Call.values


def tidy(at: datetime) -> Tally:
    """Settle what has come too late, and what an announcer that died had in its hands."""
    tally = Announcement.objects.skip_the_late(at)
    tally[Outcome.UNKNOWN] += Announcement.objects.admit_the_lost(at)
    return tally


def deliver(row: Announcement, now: Clock) -> str:
    """Send one row that was claimed; answers how it stands then."""
    try:
        parcel = parcel_of(row, now())
    except NothingToSay as nothing:
        row.settle(Outcome.SKIPPED, now(), str(nothing))
    except Exception as error:
        logger.exception("An announcement can't be written", extra={"announcement": row.pk})
        _again(row, now(), f"{type(error).__name__}: {error}")
    else:
        _send(row, parcel, now)
    _log(row)
    return row.outcome


def parcel_of(row: Announcement, at: datetime) -> Parcel:
    """What leaves for a row, after another look at whether it still should. Raises NothingToSay."""
    if row.kind in Call.values:
        return calls.parcel_of(row, at)
    return Mailbox(message_of(row, at))


def _send(row: Announcement, parcel: Parcel, now: Clock) -> None:
    with ExitStack() as opened:
        try:
            opened.enter_context(parcel)
        except Unreachable as error:
            _again(row, now(), f"nobody is there: {error}", all_of_them=True)
        except Refused as refusal:
            _refused(row, refusal, now)
        except Exception as error:
            logger.exception("An announcement can't be sent", extra={"announcement": row.pk})
            _again(row, now(), f"{type(error).__name__}: {error}")
        else:
            if row.begin_to_hand_over(now()):
                _hand_over(row, parcel, now)


def _hand_over(row: Announcement, parcel: Parcel, now: Clock) -> None:
    try:
        parcel.hand_over()
    except Refused as refusal:
        _refused(row, refusal, now)
    except Exception as error:  # noqa: BLE001  # whatever it was, it may have arrived
        _unanswered(row, error, now())
    else:
        _write_down_that_it_was_sent(row, now)


def _write_down_that_it_was_sent(row: Announcement, now: Clock) -> None:
    """A database that restarts just then makes nobody guess afterwards."""
    for pause in PAUSES_TO_WRITE_IT_DOWN:
        try:
            row.settle(Outcome.SENT, now())
        except (OperationalError, InterfaceError) as error:
            logger.warning("It was sent, and the database doesn't answer: %s", error)
            connection.close()
            time.sleep(pause)
        else:
            return
    row.settle(Outcome.SENT, now())


def _refused(row: Announcement, refusal: Refused, now: Clock) -> None:
    if refusal.for_good:
        row.settle(Outcome.UNKNOWN if row.unanswered else Outcome.FAILED, now(), str(refusal))
        if refusal.nobody_there:
            stop(row, now())
    else:
        _again(row, now(), str(refusal), not_before=refusal.again_at, all_of_them=refusal.all_of_them)


def _unanswered(row: Announcement, error: Exception, at: datetime) -> None:
    """It may have arrived: only a receiver that can know it by its key gets it again."""
    reason = f"broke off while it was handed over: {error}"
    row.unanswered += 1
    if row.facts.may_be_repeated:
        _again(row, at, reason, all_of_them=True)
    else:
        logger.error("A server broke off", exc_info=error, extra={"announcement": row.pk})
        row.settle(Outcome.UNKNOWN, at, reason)


def _again(
    row: Announcement,
    at: datetime,
    reason: str,
    *,
    not_before: datetime | None = None,
    all_of_them: bool = False,
) -> None:
    """Wait for twice as long each time, by chance a little less, so that not all come back at once.

    `all_of_them`: whatever else goes there waits, too.
    """
    if row.outcome == Outcome.WAITING:
        row.attempts += 1
    if row.attempts >= MOST_ATTEMPTS:
        row.settle(Outcome.UNKNOWN if row.unanswered else Outcome.FAILED, at, reason)
        return
    pause = min(_first_pause(row) * 2 ** (row.attempts - 1), LONGEST_PAUSE)
    until = at + pause * _dice.uniform(0.5, 1)
    until = max(until, not_before) if not_before else until
    if row.wait_until(until, reason) and all_of_them:
        Announcement.objects.put_off(row, until)


def _first_pause(row: Announcement) -> timedelta:
    try:
        return row.facts.first_pause
    except KeyError:
        return timedelta(minutes=1)  # a kind that this version doesn't know


def _log(row: Announcement) -> None:
    bad = row.outcome in (Outcome.FAILED, Outcome.UNKNOWN) or (row.outcome == Outcome.WAITING)
    logger.log(
        logging.WARNING if bad else logging.INFO,
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
