"""What an article would change in a draft that exists."""

from django.utils.translation import gettext as _

from reviews.history.values import Difference, between
from reviews.importing.article import Section
from reviews.importing.drafting import Drafting
from reviews.importing.matching import numbers_in
from reviews.importing.sources import Desk, Source
from reviews.models import EpisodeReview, Review

BARE = ("introduction", "conclusion", "verdict", "stars")


def differences(review: Review, source: Source) -> list[Difference]:
    """What filling this draft with the article would change, field by field; nothing is written."""
    drafting = Drafting(source, review.series, Desk(at=review.updated_at, makes_episodes=False))
    found = [
        between(getattr(review, name), value, _label(name)) for name, value in drafting.content().items()
    ]
    parts = {part.episode.sort_key: part for part in review.parts.select_related("episode")}
    for section in source.article.sections:
        if numbers := numbers_in(section.episodes):
            found += _between_parts(parts.pop(numbers[0], None), section, source)
    found += [between(part.body, "", part.episode.label) for part in parts.values()]
    return [difference for difference in found if difference]


def is_bare(review: Review) -> bool:
    """Whether it has no text and no stars yet, so that an article takes none away."""
    parts = review.parts.filter(body="", verdict="", stars=None)
    return not any(getattr(review, name) for name in BARE) and parts.count() == review.parts.count()


def _between_parts(part: EpisodeReview | None, section: Section, source: Source) -> list[Difference | None]:
    label = _("Episode %(number)s") % {"number": section.episodes}
    stars = section.rating.stars if section.rating else None
    return [
        between(part.stars if part else None, stars, f"{label}: {_('stars')}"),
        between(part.body if part else "", source.html(section.body), f"{label}: {_('text')}"),
        between(part.verdict if part else "", source.html(section.verdict), f"{label}: {_('verdict')}"),
    ]


def _label(name: str) -> str:
    return str(getattr(Review, name).field.verbose_name)
