import signal
from argparse import ArgumentParser
from threading import Event
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from coverage.newsroom import clock
from coverage.newsroom.models import Publication
from reviews.announcing import announcer, posting
from reviews.announcing.delivering import deliver_due
from reviews.announcing.health import health
from reviews.announcing.occasions import look_around
from reviews.models import Announcement
from reviews.models.announcements import Outcome


class Command(BaseCommand):
    help = (
        "Write down what the hour has to tell, and send what is due. It can be run as often as you like, by "
        "several on several machines at once; what goes wrong is recorded with its row and in the log."
    )
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--forever", action="store_true", help="go on until SIGTERM or Ctrl-C")
        parser.add_argument("--status", action="store_true", help="say how it goes; ends with 1 if overdue")
        parser.add_argument("--hands", type=int, default=announcer.HANDS, help="how many are sent at once")

    def handle(self, *args: Any, forever: bool, status: bool, hands: int, **options: Any) -> None:
        if hands < 1:
            raise CommandError("--hands must be 1 or more.")
        if status:
            self._tell_how_it_goes()
            return
        if not posting.is_set_up():
            self.stderr.write("No mail leaves the house: MAIL_URL isn't set.")
        if not Publication.objects.filter(announces=True).exists():
            self.stderr.write(
                "Nothing leaves the house: announcing is off until a chief turns it on at the desk."
            )
        if forever:
            announcer.keep_on(clock.now, stopped_by_signals(), hands)
        else:
            self._once(hands)

    def _once(self, hands: int) -> None:
        clock.keep_right()
        for look in look_around(clock.now()):
            self.stderr.write(f"{look}: couldn't be looked at; the log says why.")
        tally = deliver_due(clock.now) if hands == 1 else announcer.drain(clock.now, hands)
        said = [f"{count} {Outcome(outcome).label.lower()}" for outcome, count in tally.items() if count]
        self.stdout.write(f"Done now: {', '.join(said) or 'nothing'}.")
        waiting = Announcement.objects.filter(outcome=Outcome.WAITING).count()
        self.stdout.write(f"Waiting: {waiting}.")

    def _tell_how_it_goes(self) -> None:
        now = health(clock.now())
        seen = now.last_seen_at.isoformat(timespec="seconds") if now.last_seen_at else "never"
        self.stdout.write(f"At work: {now.at_work}, last seen {seen}.")
        self.stdout.write(f"Waiting: {now.waiting}, of which overdue: {now.overdue}.")
        for row in (*now.failed, *now.unknown):
            self.stdout.write(f"{row}: {row.outcome}, {row.reason}")
        if not now.is_well:
            raise CommandError(f"Overdue since {now.since}: is an announcer at work?")


def stopped_by_signals() -> Event:
    """Set by SIGTERM and by Ctrl-C."""
    stopping = Event()
    for which in (signal.SIGTERM, signal.SIGINT):
        signal.signal(which, lambda *_: stopping.set())
    return stopping
