"""What a piece is called when its article doesn't say, and the slugs that are free."""

from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reviews.importing.article import Article, Kind
from reviews.importing.matching import numbers_in
from reviews.models import Review, Reviewer
from series.models import Person, Series


def plain_headline(article: Article, series: Series | None) -> str:
    """What to call a piece whose article has no headline: the show and the episodes."""
    if series is None:
        return _("Roundup")
    if article.kind is Kind.PREVIEW:
        return _("%(series)s: preview") % {"series": series.title}
    printed = [section.episodes for section in article.sections if section.episodes]
    if not printed:
        return series.title
    several = len(printed) > 1 or len(numbers_in(printed[0])) > 1
    episodes = f"{printed[0]}–{printed[-1]}" if len(printed) > 1 else printed[0]
    return headline_about(series, episodes, several=several)


def headline_about(series: Series, episodes: str, *, several: bool) -> str:
    """The house's pattern: “Metallic Rouge: episode 7”, “Metallic Rouge: episodes 5–7”."""
    label = ngettext("%(series)s: episode %(episodes)s", "%(series)s: episodes %(episodes)s", 1 + several)
    return label % {"series": series.title, "episodes": episodes}


def review_slug(article: Article, series: Series | None) -> str:
    """A slug that no review has or ever had."""
    words = plain_headline(article, series)
    return free_slug(words if series else article.headline or words, Review)


def free_slug(words: str, model: type[Review] | type[Reviewer] | type[Person]) -> str:
    """The words as a slug, or the first of slug-2, slug-3, ... that nothing has."""
    base = slugify(words.replace("–", "-"))[:100].strip("-") or model._meta.model_name or ""
    tried, number = base, 1
    while _is_taken(tried, model):
        number += 1
        tried = f"{base}-{number}"
    return tried


def _is_taken(slug: str, model: type[Review] | type[Reviewer] | type[Person]) -> bool:
    if model is Review and Review.former_slug_model.objects.filter(slug=slug).exists():
        return True
    return model._default_manager.filter(slug=slug).exists()
