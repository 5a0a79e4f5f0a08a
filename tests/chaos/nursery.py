"""Where announcers come from: a process that is ready, and forks one whenever it is told to.

`python -m tests.chaos.nursery ORIGIN MAIL_PORT`; a line of JSON in makes one and tells its process, a dead
one is told too.
"""

import json
import os
import selectors
import signal
import sys
import uuid
from datetime import timedelta
from threading import Event
from typing import Any

# A killed announcer's rows are free again after this; in real life it is a minute.
LEASE = timedelta(seconds=2)
PAUSE = timedelta(milliseconds=100)
HANDS = 2


def hurry(origin: str, mail_port: str) -> None:
    """Rows lead to the receiver, and everything that waits waits less long."""
    import ipaddress

    from django.conf import settings
    from django.core.mail import EmailMessage
    from django.core.mail.utils import DNS_NAME

    from coverage.newsroom.outgoing import Request
    from reviews.announcing import announcer, calls, delivering
    from reviews.announcing.kinds import Call, Kind

    here = [ipaddress.ip_network("127.0.0.0/8")]

    def errand(row: Any, at: Any) -> calls.Errand:
        body = f"{row.kind} {row.destination} {row.subject} {row.round}".encode()
        return calls.Errand([Request(f"{origin}/{row.kind}", body=body)], allowed=here)

    def message_of(row: Any, at: Any) -> EmailMessage:
        about = f"{row.kind} {row.destination} {row.subject} {row.round}"
        headers = {"X-About": about, "Message-ID": f"<{row.key}@desk>"}
        return EmailMessage(
            "Late", "It is late.", "desk@reviews.example", ["ida@desk.example"], headers=headers
        )

    options = {"host": "127.0.0.1", "port": int(mail_port), "timeout": 5}
    settings.MAILERS = {
        "default": {"BACKEND": "django.core.mail.backends.smtp.EmailBackend", "OPTIONS": options}
    }
    # Each would ask for this machine's name anew, and wait where no name server is.
    DNS_NAME._fqdn = "localhost"
    for call in Call:
        calls.register(call, errand)
    delivering.message_of = message_of
    delivering.LONGEST_PAUSE = timedelta(milliseconds=500)
    delivering.MOST_ATTEMPTS = 1000
    announcer.TIDY_EVERY = timedelta(milliseconds=300)
    announcer.WAIT_SECONDS = 0.05
    announcer.look_around = lambda at: []
    for each in Call:
        each.first_pause = PAUSE
    calls_and_kinds: tuple[Any, Any] = (Call, Kind)
    for kinds in calls_and_kinds:
        kinds.lease = LEASE
    calls_and_kinds[1].first_pause = PAUSE


def announce(point: str) -> None:
    from coverage.newsroom import clock
    from reviews.announcing.announcer import keep_on
    from tests.chaos.points import die_at

    if point:
        die_at(point)
    stopping = Event()
    signal.signal(signal.SIGTERM, lambda *_: stopping.set())
    keep_on(clock.now, stopping, HANDS)


def announce_naively() -> None:
    """What many do: look for what isn't marked, send it, mark it."""
    from coverage.newsroom import clock
    from reviews.announcing.delivering import parcel_of
    from reviews.models import Announcement

    while row := Announcement.objects.filter(outcome="waiting").order_by("pk").first():
        row.key = uuid.uuid4()
        with parcel_of(row, clock.now()) as parcel:
            parcel.hand_over()
        Announcement.objects.filter(pk=row.pk).update(outcome="sent")


def fork(wanted: dict[str, Any]) -> int:
    pid = os.fork()
    if pid:
        return pid
    sys.stdin.close()
    code = 1
    try:
        announce_naively() if wanted["naively"] else announce(wanted["point"])
        code = 0
    finally:
        os._exit(code)


def tell(**what: Any) -> None:
    print(json.dumps(what), flush=True)


def main(origin: str, mail_port: str) -> None:
    import logging

    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "coverage.settings")
    django.setup()
    logging.disable(logging.CRITICAL)
    hurry(origin, mail_port)
    waiting = selectors.DefaultSelector()
    waiting.register(sys.stdin, selectors.EVENT_READ)
    children: set[int] = set()
    tell(ready=True)
    while True:
        if waiting.select(0.02):
            if not (line := sys.stdin.readline()):
                break
            pid = fork(json.loads(line))
            children.add(pid)
            tell(born=pid)
        for pid in list(children):
            dead, status = os.waitpid(pid, os.WNOHANG)
            if dead:
                children.discard(pid)
                tell(dead=pid, code=os.waitstatus_to_exitcode(status))
    for pid in children:
        os.kill(pid, signal.SIGKILL)


if __name__ == "__main__":
    main(*sys.argv[1:])
