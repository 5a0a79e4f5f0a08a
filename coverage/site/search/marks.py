"""Where in a text that may be shown a query's words stand."""

import re
from collections.abc import Iterator

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

from coverage.newsroom.search import folding
from coverage.newsroom.search.query import Query


def marked(text: str, query: Query) -> SafeString:
    """`text` as HTML with `<mark>` around the words that `query` asks for."""
    return mark_safe("".join(_pieces(text, query)))  # noqa: S308  # every piece is escaped below


def _pieces(text: str, query: Query) -> Iterator[str]:
    single = {row for term in query.wanted for row in term.spellings if not term.is_phrase}
    tokens = {row[0] for row in single if len(row) == 1}
    tokens |= {token for term in query.wanted if term.is_phrase for row in term.spellings for token in row}
    japanese = sorted(
        {re.escape(term.letters) for term in query.wanted if folding.is_japanese(term.letters)}, key=len
    )
    end = 0
    for start, stop in _spans(text, tokens, "|".join(reversed(japanese))):
        yield escape(text[end:start])
        yield format_html("<mark>{}</mark>", text[start:stop])
        end = stop
    yield escape(text[end:])


def _spans(text: str, tokens: set[str], japanese: str) -> Iterator[tuple[int, int]]:
    for match in folding.WORDS.finditer(text):
        folded = folding.fold(match[0])
        if folding.is_japanese(match[0]):
            # A place in what is folded is one in the text only where folding left the length.
            if japanese and len(folded) == len(match[0]):
                for found in re.finditer(japanese, folded):
                    yield match.start() + found.start(), match.start() + found.end()
        elif folding.token(folding.stem(folded)) in tokens:
            yield match.span()
