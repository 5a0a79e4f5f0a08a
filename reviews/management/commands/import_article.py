import json
from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, OutputWrapper
from django.db import Error as DatabaseError

from coverage.environment import database_refusal
from coverage.newsroom import clock
from reviews.importing import Article, parse_article
from reviews.importing.drafting import draft_from
from reviews.importing.matching import Unmatched, series_by_slug
from reviews.importing.reading import Unreadable, read_text
from reviews.importing.sources import Desk, Drafted, Source, existing_draft, series_of
from reviews.models import Reviewer


class Command(BaseCommand):
    help = (
        "Read an article into a new draft, and say by line what isn't sure. Twice the same makes no second."
    )
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("path", help="a UTF-8 text file")
        parser.add_argument(
            "--series", metavar="SLUG", default="", help="the series, if its title doesn't tell"
        )
        parser.add_argument(
            "--reviewer", metavar="SLUG", default="", help="whose words it is, if it isn't signed"
        )
        parser.add_argument("--dry-run", action="store_true", help="say what is understood and save nothing")
        parser.add_argument(
            "--json", action="store_true", help="print what was understood as JSON, and nothing else"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            text = read_text(options["path"])
            article = parse_article(text)
            self._check_names(options)
            outcome = None if options["dry_run"] else self._save(text, article, options)
        except Unreadable as error:
            raise _refusal(f"{options['path']}: {error}") from error
        except Unmatched as error:
            raise _refusal(str(error)) from error
        except ValidationError as error:
            raise _refusal("; ".join(error.messages)) from error
        except DatabaseError as error:
            if database_refusal():
                raise
            raise _refusal(f"the database: {error}") from error
        if options["json"]:
            self.stdout.write(
                json.dumps(article.as_json(), ensure_ascii=not _takes_unicode(self.stdout), indent=2)
            )
        else:
            self._tell(article)
        if outcome:
            self._report(outcome, self.stderr if options["json"] else self.stdout)

    def _check_names(self, options: dict[str, Any]) -> None:
        """Even a dry run refuses a slug that nothing has; it asks the database nothing else."""
        if options["series"]:
            series_by_slug(options["series"])
        if options["reviewer"]:
            _reviewer(options["reviewer"])

    def _save(self, text: str, article: Article, options: dict[str, Any]) -> Drafted:
        if before := existing_draft(text):
            return Drafted(before, is_new=False)
        series = series_of(article, options["series"])
        reviewer = _reviewer(options["reviewer"]) if options["reviewer"] else None
        return draft_from(Source(text, article), series, Desk(clock.now(), reviewer=reviewer))

    def _say(self, text: str, out: OutputWrapper | None = None) -> None:
        """Print what a narrower encoding of the terminal can't hold as escapes, rather than fail."""
        out = out or self.stdout
        out.write(text if _takes_unicode(out) else ascii(text)[1:-1])

    def _tell(self, article: Article) -> None:
        self._say(
            f"{article.kind.value}: {article.series or 'no series'}, {len(article.sections)} section(s)"
        )
        for section in article.sections:
            stars = section.rating.stars if section.rating else None
            self._say(f"  {section.episodes or 'the whole'}: {section.title or '-'}, {stars or 'no'} stars")
        for credit in article.credits:
            self._say(f"  line {credit.line}: {credit.person}, {credit.role}: a credit to suggest")
        for doubt in article.warnings:
            self._say(f"  line {doubt.line}: {doubt.message}")

    def _report(self, outcome: Drafted, out: OutputWrapper) -> None:
        named = f"{outcome.review.pk}, “{outcome.review}” ({outcome.review.slug})"
        if not outcome.is_new:
            self._say(f"This article is in already, as draft {named}: nothing was made.", out)
            return
        for note in outcome.notes:
            self._say(f"  {note}", out)
        self._say(f"Draft {named} was made.", out)


def _takes_unicode(out: OutputWrapper) -> bool:
    encoding: str = getattr(out, "encoding", None) or "utf-8"
    return encoding.lower().replace("-", "").startswith("utf")


def _reviewer(slug: str) -> Reviewer:
    reviewer = Reviewer.objects.filter(slug=slug).first()
    if reviewer is None:
        raise Unmatched(f"There is no reviewer “{slug}”. Add them at the desk first, or correct the slug.")
    return reviewer


def _refusal(reason: str) -> CommandError:
    """One line on stderr, exit code 2."""
    return CommandError(" ".join(reason.split()), returncode=2)
