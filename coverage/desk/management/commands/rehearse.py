from argparse import ArgumentParser
from datetime import UTC, datetime, timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from coverage.desk.rehearsal.report import Report
from coverage.desk.rehearsal.running import rehearse
from coverage.newsroom import clock
from coverage.newsroom.models import Publication
from coverage.newsroom.walltime import in_words

# Whoever waits at a prompt can stop it; whoever doesn't wants all of it.
SECONDS = 3600.0
FURTHEST = timedelta(days=366)


class Command(BaseCommand):
    help = (
        "Try out all that is due in the next slot: rules, copy desk, pages, feeds, cards and mails. Changes "
        "nothing. Ends with 1 if something would fail."
    )
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--slot", metavar="ISO", help="another instant, such as 2026-11-27T09:00-05:00")

    def handle(self, *args: Any, **options: Any) -> None:
        now, publication = clock.now(), Publication.objects.get()
        slot = _read(options["slot"], now) if options["slot"] else publication.next_slot(now)
        self.stdout.write(f"Rehearsing {in_words(slot, publication.zone, now)}.")
        report = rehearse(slot, now, SECONDS)
        self._tell(report)
        if report.would_fail:
            raise CommandError(report.sum, returncode=1)
        self.stdout.write(report.sum)

    def _tell(self, report: Report) -> None:
        for owner in report.owners:
            self.stdout.write(owner.name)
            for piece in owner.pieces:
                self.stdout.write(f"  {piece.title} ({piece.about}): {piece.stage}")
                for said in [*piece.faults, *piece.hints]:
                    self.stdout.write(f"    {said}")
        for fault in report.site:
            self.stdout.write(f"The site: {fault}")
        self.stdout.write(f"Read {report.read} answers of the site; wrote {report.mails} mails, unsent.")


def _read(text: str, now: datetime) -> datetime:
    try:
        slot = datetime.fromisoformat(text)
        if slot.utcoffset() is None:
            raise ValueError(text)
        slot = slot.astimezone(UTC)
    except (ValueError, OverflowError):
        shown = text[:60]
        raise CommandError(
            f"--slot: {shown!r} is no instant with its offset, such as 2026-11-27T09:00-05:00.", returncode=2
        ) from None
    if not now < slot <= now + FURTHEST:
        raise CommandError("--slot: choose an instant to come, within a year.", returncode=2)
    return slot
