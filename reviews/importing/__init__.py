"""Articles as the newsroom writes them, read into parts: text in, an `Article` out, nothing saved."""

from reviews.importing.article import Article
from reviews.importing.parsing import parse_article

__all__ = ["Article", "parse_article"]
