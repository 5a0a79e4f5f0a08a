"""Handing a mail to the mail server, and what may be believed of how that ended."""

import smtplib
from types import TracebackType
from typing import Self

from django.core.mail import EmailMessage, mailers
from django.core.mail.handler import DEFAULT_MAILER_ALIAS

from reviews.announcing.parcels import Refused, Unreachable

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
            codes = [code for code, _words in refusal.recipients.values()]
            raise Refused(self._told(refusal), for_good=min(codes) >= _FOR_GOOD) from refusal
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


def is_set_up() -> bool:
    """Whether there is a mailer at all."""
    return DEFAULT_MAILER_ALIAS in mailers
