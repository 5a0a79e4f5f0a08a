import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import Error as DatabaseError

from coverage.environment import database_refusal
from reviews.copydesk import article, draft
from reviews.copydesk.checking import check
from reviews.copydesk.findings import Finding
from reviews.copydesk.knowing import vocabulary_of
from reviews.copydesk.manuscript import Manuscript
from reviews.copydesk.spelling import suggested
from reviews.importing.matching import Unmatched, series_by_slug
from reviews.importing.reading import Unreadable, read_text
from reviews.models import Review
from series.models import Series


class Command(BaseCommand):
    help = "Say what the copy desk finds wrong with an article, by line and column."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("path", nargs="?", help="a UTF-8 text file")
        parser.add_argument("--series", metavar="SLUG", help="whose names and facts count for the file")
        parser.add_argument("--review", metavar="SLUG", help="in a file's stead: a working copy at the desk")
        parser.add_argument("--json", action="store_true", help="print a JSON list and nothing else")

    def handle(self, *args: Any, **options: Any) -> None:
        if bool(options["path"] and options["series"]) == bool(options["review"]):
            raise _refusal("Name a file and --series, or --review.")
        try:
            manuscript, series = _review(options) if options["review"] else _file(options)
            findings = [suggested(each) for each in check(manuscript, vocabulary_of(series))]
        except Unreadable as error:
            raise _refusal(f"{options['path']}: {error}") from error
        except Unmatched as error:
            raise _refusal(str(error)) from error
        except DatabaseError as error:
            if database_refusal():
                raise
            raise _refusal(f"the database: {error}") from error
        if options["json"]:
            self.stdout.write(json.dumps([finding.as_json() for finding in findings], indent=2))
        else:
            self._tell(findings)

    def _tell(self, findings: list[Finding]) -> None:
        for finding in findings:
            line, column = finding.place
            suggested = f" → {', '.join(finding.suggest)}" if finding.suggest else ""
            reason = f" ({finding.reason})" if finding.reason else ""
            self.stdout.write(f"{line}:{column} {finding.kind}: {finding.found}{suggested}{reason}")
        self.stdout.write(f"{len(findings)} found, {sum(each.blocking for each in findings)} blocking.")


def _file(options: dict[str, Any]) -> tuple[Manuscript, Series | None]:
    series = series_by_slug(options["series"])
    return article.manuscript_of(read_text(options["path"])), series


def _review(options: dict[str, Any]) -> tuple[Manuscript, Series | None]:
    review = Review.objects.select_related("series").filter(slug=options["review"]).first()
    if review is None:
        raise Unmatched(f"There is no review “{options['review']}”.")
    return draft.manuscript_of(review), review.series


def _refusal(reason: str) -> CommandError:
    """One line on stderr, exit code 2."""
    return CommandError(" ".join(reason.split()), returncode=2)
