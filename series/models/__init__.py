from series.models.credits import Credit, Person, PersonAlias, PersonFormerSlug
from series.models.episodes import Episode
from series.models.platforms import Platform, Streaming
from series.models.series import Series, SeriesFormerSlug, SeriesSeason, SeriesTitle
from series.models.studios import SeriesStudio, Studio, StudioFormerSlug
from series.models.vocabulary import VocabularyEntry

__all__ = [
    "Credit",
    "Episode",
    "Person",
    "PersonAlias",
    "PersonFormerSlug",
    "Platform",
    "Series",
    "SeriesFormerSlug",
    "SeriesSeason",
    "SeriesStudio",
    "SeriesTitle",
    "Streaming",
    "Studio",
    "StudioFormerSlug",
    "VocabularyEntry",
]
