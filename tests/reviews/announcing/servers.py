"""Mail servers as tests want them: `settings.MAILERS = at(Refusing)`."""

import smtplib

from django.core.mail.backends.locmem import EmailBackend


class Killed(BaseException):
    """The announcer's process ends here, as by SIGKILL: nothing that follows is run."""


class Dying(EmailBackend):
    """The server has the mail, and the announcer never hears of it."""

    def send_messages(self, messages):
        super().send_messages(messages)
        raise Killed


class Unplugged(EmailBackend):
    def open(self):
        raise ConnectionRefusedError("nobody listens")


class Busy(EmailBackend):
    def send_messages(self, messages):
        raise smtplib.SMTPDataError(451, b"come back later")


class Unwilling(EmailBackend):
    def send_messages(self, messages):
        (address,) = messages[0].recipients()
        raise smtplib.SMTPRecipientsRefused({address: (550, b"no such person")})


class BreakingOff(EmailBackend):
    def send_messages(self, messages):
        raise smtplib.SMTPServerDisconnected("the line went dead")


def at(backend):
    return {"default": {"BACKEND": f"{backend.__module__}.{backend.__qualname__}"}}
