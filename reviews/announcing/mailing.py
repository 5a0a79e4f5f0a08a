"""A row of the outbox as a mail: written when it leaves, to the address that its reader then has."""

from collections.abc import Callable
from datetime import datetime

from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.core.validators import validate_email

from coverage.newsroom.models import Publication
from reviews.announcing import letters
from reviews.announcing.kinds import Kind, ReaderMail
from reviews.announcing.letters import NothingToSay, Occasion
from reviews.announcing.recipients import user_at, wants
from reviews.models import Announcement

# Raises NothingToSay where there is nothing to be written any more.
Writer = Callable[[Announcement, datetime], EmailMessage]

# Is told of a row that no server will ever take, for there is no such address.
Stopper = Callable[[Announcement, datetime], None]

_for_readers: dict[str, Writer] = {}
_stoppers: dict[str, Stopper] = {}


def register(kind: ReaderMail, writer: Writer, stopper: Stopper) -> None:
    """Let `writer(row, at)` write the mails of `kind` to readers, and `stopper(row, at)` end them."""
    _for_readers[kind.value], _stoppers[kind.value] = writer, stopper


def stop(row: Announcement, at: datetime) -> None:
    """There is nobody at the address: nothing more is mailed to a reader there."""
    if stopper := _stoppers.get(row.kind):
        stopper(row, at)


def message_of(row: Announcement, at: datetime) -> EmailMessage:
    """The mail as it would leave at `at`. Raises NothingToSay, and whatever a letter's writer raises."""
    message = _for_readers.get(row.kind, _for_the_desk)(row, at)
    message.message()  # what can't be put into a mail fails here, and not half handed over
    return message


def _for_the_desk(row: Announcement, at: datetime) -> EmailMessage:
    kind = Kind[row.kind.upper()]
    reader = user_at(row.destination)
    if reader is None or not (reader.is_active and reader.is_staff):
        raise NothingToSay("the account has no place at the desk any more")
    try:
        validate_email(reader.email)
    except ValidationError:
        raise NothingToSay("the account has no mail address") from None
    if not reader.has_perm(kind.permission):
        raise NothingToSay("it is no longer theirs to know")
    if not wants(reader, kind):
        raise NothingToSay("switched off")
    occasion = Occasion(row, reader, Publication.objects.get(), at)
    return letters.message_of(letters.write(occasion), occasion)
