"""An article with its text, what the desk decided about it, and whether it came in before."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.utils.html import format_html
from django.utils.translation import gettext as _

from coverage.newsroom.models import User
from reviews.importing.article import Article, Kind, Paragraph
from reviews.importing.lines import plain
from reviews.importing.matching import Unmatched, series_by_slug, series_by_title
from reviews.models import Review, Reviewer, SourceArticle
from reviews.models.imports import digest_of
from series.models import Series


@dataclass(frozen=True)
class Source:
    """An article, the text that it was read from, and the prose of its paragraphs where that came rich."""

    text: str
    article: Article
    rich: dict[str, str] = field(default_factory=dict)

    @property
    def digest(self) -> str:
        """The same for two copies of the text."""
        return digest_of(self.text)

    def html(self, paragraphs: Sequence[Paragraph]) -> str:
        """Paragraphs as prose; what was pasted rich keeps its emphasis and links."""
        return "".join(self.rich.get(plain(each.text)) or _paragraph(each.text) for each in paragraphs)


@dataclass(frozen=True)
class Drafted:
    """What became of an article: its review, whether it was made just now, and what the desk should know."""

    review: Review
    is_new: bool
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Desk:
    """Who imports, when, and what they decided: whose words these are, and whether episodes may be made."""

    at: datetime
    by: User | None = None
    reviewer: Reviewer | None = None
    makes_episodes: bool = True


def existing_draft(text: str) -> Review | None:
    """The review that this text, or a copy of it, was made into before."""
    source = SourceArticle.objects.filter(digest=digest_of(text)).select_related("review").first()
    return source.review if source else None


def series_of(article: Article, slug: str = "") -> Series | None:
    """The series that an article is about: the one named, or the one of its title; None for a roundup.

    Raises Unmatched.
    """
    if slug:
        return series_by_slug(slug)
    if article.kind is Kind.ROUNDUP:
        return None
    if not article.series:
        raise Unmatched(_("The article doesn't say which series it is about: name the series."))
    return series_by_title(article.series, article.season)


def _paragraph(text: str) -> str:
    return format_html("<p>{}</p>", plain(text))
