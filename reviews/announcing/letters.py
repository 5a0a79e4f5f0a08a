"""A mail in words: what each kind says, as plain text and as HTML. Its subject and opening never spoil."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.urls import reverse
from django.utils.translation import gettext as _

from coverage.newsroom.models import Publication, User
from coverage.newsroom.pages import absolute
from reviews.announcing.envelopes import Sheet, enveloped
from reviews.announcing.kinds import Kind
from reviews.models import Announcement


class NothingToSay(Exception):
    """It is no longer so, or not for them; the message is the reason that stands with the row."""


@dataclass(frozen=True)
class Passage:
    """A heading with a list under it."""

    heading: str
    items: Sequence[str]


@dataclass(frozen=True)
class Letter:
    """`subject` and `opening` show on locked screens: nothing of the piece's words stands in them.

    `path` is where its one link leads within the site, `action` what the link says.
    """

    subject: str
    opening: str
    action: str
    path: str
    title: str = ""
    facts: Sequence[tuple[str, str]] = ()
    quote: str = ""
    passages: Sequence[Passage] = ()


@dataclass(frozen=True)
class Occasion:
    """What a letter is written from."""

    row: Announcement
    reader: User
    publication: Publication
    at: datetime


Writer = Callable[[Occasion], Letter]

_writers: dict[tuple[str, str], Writer] = {}


def register(kind: Kind, noun: str, writer: Writer) -> None:
    """Let `writer` write the letters of `kind` about what `noun` says ("review" for "review:12").

    It raises NothingToSay where there is none to write.
    """
    _writers[kind.value, noun] = writer


def write(occasion: Occasion) -> Letter:
    noun, _colon, _key = occasion.row.subject.partition(":")
    return _writers[occasion.row.kind, noun](occasion)


def message_of(letter: Letter, occasion: Occasion) -> EmailMultiAlternatives:
    """The mail, ready to be handed over."""
    context = {
        "letter": letter,
        "link": absolute(letter.path),
        "house": occasion.publication.name,
        "language": settings.LANGUAGE_CODE,
        "my_mail": absolute(reverse("admin:my_mail")),
    }
    named = {"house": occasion.publication.name, "subject": letter.subject}
    return enveloped(
        Sheet(_("[%(house)s] %(subject)s") % named, "mail/letter", context),
        occasion.row,
        occasion.at,
        to=occasion.reader.email,
    )
