"""Handing a mail to the mail server, and what may be believed of how that ended."""

import re
import smtplib
from types import TracebackType
from typing import Self

from django.core.mail import EmailMessage, mailers
from django.core.mail.handler import DEFAULT_MAILER_ALIAS

from reviews.announcing.parcels import Refused, Unreachable

# What is said of an address alone (RFC 5321), and what of it is wrong where they tell (RFC 3463): other codes
# of the fifth hundred refuse the sender, or what it sends, and would be said of every address.
_NO_SUCH_ADDRESS = (550, 551, 553)
_WRONG_WITH_IT = re.compile(rb"5\.(1\.([1236]|10)|2\.1)\b")
_TELLS = re.compile(rb"5\.\d{1,3}\.\d{1,3}\b")
# From here on the server says that it won't have it, ever.
_FOR_GOOD = 500


class Mailbox:
    """A mail and one conversation with the mail server; raises Unreachable on entering it."""

    def __init__(self, message: EmailMessage) -> None:
        self._message = message

    def __enter__(self) -> Self:
        try:
            self._connection = mailers[DEFAULT_MAILER_ALIAS]
            self._connection.open()
            server = getattr(self._connection, "connection", None)
            if isinstance(server, smtplib.SMTP):
                # Else it would be greeted while a mail is handed over, and a refusal would leave that open.
                server.ehlo_or_helo_if_needed()
        except OSError as error:  # SMTPException is one
            raise Unreachable(f"{type(error).__name__}: {error}") from error
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            self._connection.close()
        except OSError:
            return  # what was said before the goodbye counts

    def hand_over(self) -> None:
        """Raises Refused; whatever else it raises leaves open whether the server has it."""
        try:
            taken = self._connection.send_messages([self._message])
        except smtplib.SMTPRecipientsRefused as refusal:
            answers = refusal.recipients.values()
            raise Refused(
                self._told(refusal),
                for_good=min(code for code, _words in answers) >= _FOR_GOOD,
                nobody_there=all(_nobody_there(*answer) for answer in answers),
            ) from refusal
        except smtplib.SMTPResponseException as refusal:
            raise Refused(str(refusal), for_good=refusal.smtp_code >= _FOR_GOOD) from refusal
        if not taken:
            raise Refused("the mailer took nothing", for_good=False)

    def _told(self, refusal: smtplib.SMTPRecipientsRefused) -> str:
        """Without the address: what is logged outlives the reader who asked to be forgotten."""
        told = "; ".join(
            f"{code} {words.decode('utf-8', 'replace')}" for code, words in refusal.recipients.values()
        )
        for address in self._message.recipients():
            told = told.replace(address, "…")
        return told


def _nobody_there(code: int, words: bytes) -> bool:
    if code not in _NO_SUCH_ADDRESS:
        return False
    return bool(_WRONG_WITH_IT.match(words)) or not _TELLS.match(words)


def is_set_up() -> bool:
    """Whether there is a mailer at all."""
    return DEFAULT_MAILER_ALIAS in mailers
