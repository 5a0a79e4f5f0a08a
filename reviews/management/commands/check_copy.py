import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import Error as DatabaseError

from coverage.environment import database_refusal
from reviews.copydesk.article import manuscript_of
from reviews.copydesk.checking import check
from reviews.copydesk.findings import Finding
from reviews.copydesk.knowing import vocabulary_of
from reviews.copydesk.spelling import suggested
from reviews.importing import parse_article
from reviews.importing.matching import Unmatched, series_by_slug
from reviews.importing.reading import Unreadable, read_text


class Command(BaseCommand):
    help = "Say what the copy desk finds wrong with an article, by line and column."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("path", help="a UTF-8 text file")
        parser.add_argument("--series", metavar="SLUG", required=True, help="whose names and facts count")
        parser.add_argument("--json", action="store_true", help="print a JSON list and nothing else")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            text = read_text(options["path"])
            vocabulary = vocabulary_of(series_by_slug(options["series"]))
            findings = [suggested(each) for each in check(manuscript_of(parse_article(text)), vocabulary)]
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


def _refusal(reason: str) -> CommandError:
    """One line on stderr, exit code 2."""
    return CommandError(" ".join(reason.split()), returncode=2)
