"""From an understood article to a draft at the desk: in one transaction, wholly or not at all."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.html import format_html
from django.utils.translation import gettext as _

from coverage.newsroom.models import AuditEntry, Publication
from reviews.importing.article import Kind, Section
from reviews.importing.lines import plain
from reviews.importing.matching import (
    Episodes,
    Reviewers,
    Unmatched,
    number_of,
    numbers_in,
    series_by_title,
)
from reviews.importing.naming import free_slug, plain_headline, review_slug
from reviews.importing.sources import Desk, Drafted, Source, existing_draft
from reviews.models import Byline, EpisodeReview, Review, Reviewer, SourceArticle
from series.models import Episode, Series


def draft_from(source: Source, series: Series | None, desk: Desk) -> Drafted:
    """Make a draft of an article; one that came in before makes no second. Raises ValidationError."""
    try:
        with transaction.atomic():
            if before := existing_draft(source.text):
                return Drafted(before, is_new=False)
            return Drafting(source, series, desk).make()
    except IntegrityError:
        # Somebody else has imported the same text in the meantime.
        if before := existing_draft(source.text):
            return Drafted(before, is_new=False)
        raise


def fill_draft(review: Review, source: Source, desk: Desk) -> Drafted:
    """Put an article into a draft, in place of what it holds. Raises StaleVersion, ValidationError."""
    with transaction.atomic():
        locked = Review.claim(review.pk, review.version)
        before = existing_draft(source.text)
        if before and before != locked:
            raise ValidationError(
                _("This article is in another draft already: “%(draft)s”.") % {"draft": before}
            )
        return Drafting(source, locked.series, desk).fill(locked)


class Drafting:
    """One article on its way into one review."""

    def __init__(self, source: Source, series: Series | None, desk: Desk) -> None:
        self.source = source
        self.article = source.article
        self.series = series
        self.desk = desk
        self.reviewers = Reviewers.all()
        self.notes: list[str] = []
        self.episodes: dict[int, Episodes] = {}
        self.left_over: list[Section] = []
        self.had: Reviewer | None = None

    def make(self) -> Drafted:
        review = Review(
            kind=self.article.kind.value,
            series=self.series,
            slug=review_slug(self.article, self.series),
            created_by=self.desk.by,
            created_at=self.desk.at,
            updated_at=self.desk.at,
        )
        return self._write(review, is_new=True)

    def fill(self, review: Review) -> Drafted:
        byline = review.bylines.select_related("reviewer").first()
        self.had = byline.reviewer if byline else None
        review.parts.all().delete()
        return self._write(review, is_new=False)

    def _write(self, review: Review, *, is_new: bool) -> Drafted:
        parts = self._parts()
        for name, value in self.content().items():
            setattr(review, name, value)
        review.headline = review.headline or plain_headline(self.article, self.series)
        review.full_clean()
        review.save()
        for part in parts:
            part.review = review
            part.full_clean()
            part.save()
        self._sign(review, parts)
        SourceArticle.objects.update_or_create(
            digest=self.source.digest,
            defaults={
                "review": review,
                "text": self.source.text,
                "warnings": [doubt.as_json() for doubt in self.article.warnings],
                "imported_at": self.desk.at,
                "imported_by": self.desk.by,
            },
        )
        review.keep(by=self.desk.by, at=self.desk.at, reason="import")
        AuditEntry.objects.record(
            "import", review, by=self.desk.by, at=self.desk.at, lines=len(self.article.lines)
        )
        return Drafted(review, is_new, tuple(self.notes))

    def content(self) -> dict[str, Any]:
        """The review's own fields, as far as the article says something of them."""
        article, html = self.article, self.source.html
        whole = [section for section in article.sections if not section.episodes]
        rated = next((section.rating for section in whole if section.rating), None)
        said: dict[str, Any] = {
            "introduction": html(article.intro)
            + "".join(html(each.body) for each in whole)
            + self._left_over(),
            "conclusion": html(article.outro),
            "verdict": "".join(html(each.verdict) for each in whole),
        }
        if article.headline:
            said["headline"] = article.headline
        if rated and article.kind in (Kind.SEASON, Kind.FEATURE):
            said["stars"] = rated.stars
        if article.spoilers:
            said["spoiler_level"] = article.spoilers.level
            said["spoils_source"] = article.spoilers.source_material
            said["spoils_through"] = self._spoils_through()
        return said

    def _parts(self) -> list[EpisodeReview]:
        parts: list[EpisodeReview] = []
        taken: set[tuple[int, int]] = set()
        for section in self.article.sections:
            if not section.episodes:
                continue
            part = self._part(section, len(parts))
            if part is None or (part.episode_id, part.reviewer_id) in taken:
                self._leave(section)
                continue
            taken.add((part.episode_id, part.reviewer_id))
            parts.append(part)
        return parts

    def _part(self, section: Section, position: int) -> EpisodeReview | None:
        series = self._section_series(section)
        numbers = numbers_in(section.episodes)
        if series is None or not numbers:
            return None
        first = self._episode(series, numbers[0], section, titled=True)
        last = self._episode(series, numbers[-1], section, titled=False) if len(numbers) > 1 else None
        if first is None or (len(numbers) > 1 and last is None):
            return None
        part = EpisodeReview(
            episode=first,
            last_episode=last,
            reviewer=self._reviewer(section),
            body=self.source.html(section.body),
            verdict=self.source.html(section.verdict),
            position=position,
        )
        part.stars = section.rating.stars if section.rating else None
        return part

    def _section_series(self, section: Section) -> Series | None:
        if not section.series:
            return self.series
        try:
            return series_by_title(section.series)
        except Unmatched as unmatched:
            self.notes.append(str(unmatched))
            return None

    def _episode(self, series: Series, number: Decimal, section: Section, *, titled: bool) -> Episode | None:
        known = self.episodes.setdefault(series.pk, Episodes.of(series))
        episode = known.numbered(number)
        title = section.title or "" if titled else ""
        if episode is None:
            if not self.desk.makes_episodes:
                return None
            episode = self._make_episode(series, number, section if titled else None)
            known.known[number] = episode
        elif title and episode.title and plain(title) != plain(episode.title):
            self.notes.append(
                _("Episode %(number)s is called “%(known)s” at the desk, “%(printed)s” in the article.")
                % {"number": episode.number, "known": episode.title, "printed": title}
            )
        return episode

    def _make_episode(self, series: Series, number: Decimal, section: Section | None) -> Episode:
        printed = f"{number.normalize():f}"
        episode = Episode(
            series=series,
            number=printed,
            title=(section.title or "") if section else "",
            title_native=(section.title_native or "") if section else "",
        )
        episode.full_clean()
        episode.save()
        self.notes.append(
            _("Episode %(number)s of %(series)s was made, without an airing time.")
            % {"number": printed, "series": series.title}
        )
        return episode

    def _reviewer(self, section: Section | None = None) -> Reviewer:
        """Whose words a section are: as printed, as the desk chose, whose draft it was, or the house's."""
        printed = section.author.split(" and ")[0] if section and section.author else ""
        if printed:
            return self._signing(printed)
        if self.desk.reviewer:
            return self.desk.reviewer
        if self.article.byline:
            return self._signing(self.article.byline[0])
        if self.had:
            return self.had
        own = Reviewer.objects.filter(user=self.desk.by).first() if self.desk.by else None
        return own or self._signing(Publication.objects.get().name)

    def _signing(self, name: str) -> Reviewer:
        """The reviewer of this byline; one that nobody has yet is a guest's."""
        known = self.reviewers.named(name)
        if known is None:
            known = Reviewer(byline=name, slug=free_slug(name, Reviewer))
            known.full_clean()
            known.save()
            self.reviewers = Reviewers.all()
            self.notes.append(
                _("Nobody signs as “%(name)s” yet: a byline without an account was made.") % {"name": name}
            )
        return known

    def _sign(self, review: Review, parts: Iterable[EpisodeReview]) -> None:
        named = (
            [self._signing(name) for name in self.article.byline]
            if not self.desk.reviewer
            else [self.desk.reviewer]
        )
        signing = {reviewer.pk: reviewer for reviewer in [*named, *(part.reviewer for part in parts)]}
        if not signing:
            reviewer = self._reviewer()
            signing[reviewer.pk] = reviewer
        review.bylines.all().delete()
        Byline.objects.bulk_create(
            Byline(review=review, reviewer=reviewer, position=position)
            for position, reviewer in enumerate(signing.values())
        )

    def _leave(self, section: Section) -> None:
        self.left_over.append(section)
        self.notes.append(
            _(
                "The section about episode %(episodes)s (line %(line)s) couldn't be a part: "
                "it stands in the introduction."
            )
            % {"episodes": section.episodes, "line": section.line}
        )

    def _left_over(self) -> str:
        return "".join(
            _heading(section) + self.source.html(section.body) + self.source.html(section.verdict)
            for section in self.left_over
        )

    def _spoils_through(self) -> Episode | None:
        through = self.article.spoilers.through if self.article.spoilers else None
        number = number_of(through) if through else None
        if number is None or self.series is None:
            return None
        known = self.episodes.setdefault(self.series.pk, Episodes.of(self.series))
        return known.numbered(number)


def _heading(section: Section) -> str:
    title = ": ".join(
        filter(None, (section.series, _("Episode %(number)s") % {"number": section.episodes}, section.title))
    )
    return format_html("<h2>{}</h2>", title)
