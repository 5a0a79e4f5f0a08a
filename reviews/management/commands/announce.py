from typing import Any

from django.core.management.base import BaseCommand

from coverage.newsroom import clock
from reviews.announcing import posting
from reviews.announcing.delivering import deliver_due
from reviews.announcing.occasions import look_around
from reviews.models import Announcement
from reviews.models.announcements import Outcome


class Command(BaseCommand):
    help = (
        "Write down what the hour has to tell, and send what is due, once. It can be run as often as you "
        "like, by several at once; what goes wrong is recorded with its row and in the log."
    )
    requires_system_checks = []

    def handle(self, *args: Any, **options: Any) -> None:
        for look in look_around(clock.now()):
            self.stderr.write(f"{look}: couldn't be looked at; the log says why.")
        if not posting.is_set_up():
            self.stderr.write("No mail leaves the house: MAIL_URL isn't set.")
        tally = deliver_due(clock.now)
        said = [f"{count} {Outcome(outcome).label.lower()}" for outcome, count in tally.items() if count]
        self.stdout.write(f"Done now: {', '.join(said) or 'nothing'}.")
        waiting = Announcement.objects.filter(outcome=Outcome.WAITING).count()
        self.stdout.write(f"Waiting: {waiting}.")
