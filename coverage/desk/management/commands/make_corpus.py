from typing import Any, NoReturn

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from coverage.desk.corpus import making
from coverage.desk.corpus.making import Size
from coverage.desk.corpus.plan import most_pieces
from coverage.newsroom import clock

REFUSED = 2
MOST_SERIES = 20_000
MOST_REVIEWS = 1_000_000
MOST_WORDS = 20_000


class Command(BaseCommand):
    help = "Fill an empty newsroom with invented shows and pieces, to measure against. Never in production."

    def add_arguments(self, parser: CommandParser) -> None:
        # Numbers are read in handle(), which refuses an odd one in a line instead of with the usage.
        for name, default, what in (
            ("--series", "60", "how many series"),
            ("--reviews", "1000", "how many reviews; a few series get most of them"),
            ("--seed", "1", "the same seed in the same week gives the same corpus"),
            ("--parts-words", "900", "how many words each part has"),
        ):
            parser.add_argument(name, default=default, metavar="NUMBER", help=f"{what} ({default})")
        parser.add_argument("--add", action="store_true", help="add to a newsroom that has data already")

    def handle(self, *args: object, **options: Any) -> None:
        if settings.PRODUCTION:
            _refuse("What the corpus holds is nonsense: it is not for production.")
        size = Size(
            series=_number("series", options["series"], 1, MOST_SERIES),
            reviews=_number("reviews", options["reviews"], 1, MOST_REVIEWS),
            seed=_number("seed", options["seed"], 0, 2**63),
            part_words=_number("parts-words", options["parts_words"], 1, MOST_WORDS),
        )
        if size.reviews > (most := most_pieces(size.series)):
            _refuse(f"--reviews is at most {most} for {size.series} series: fifteen years of Fridays each.")
        if not options["add"] and (obstacle := making.in_the_way()):
            _refuse(f"This newsroom has {obstacle} already; say --add to mix a corpus with them.")
        making.make(size, clock.now(), tell=self.stdout.write)


def _number(name: str, given: object, least: int, most: int) -> int:
    text = str(given)
    is_whole = text.isascii() and text.isdigit() and len(text) <= len(str(most))
    if not is_whole or not least <= int(text) <= most:
        _refuse(f"--{name} must be a whole number from {least} to {most} (got {text[:40]!r}).")
    return int(text)


def _refuse(reason: str) -> NoReturn:
    raise CommandError(reason, returncode=REFUSED)
