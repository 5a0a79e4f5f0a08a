from reviews.models.announcements import Announcement, MutedMail
from reviews.models.announcers import Announcer
from reviews.models.answers import IgnoredFinding, Override
from reviews.models.assignments import Assignment, Skip
from reviews.models.buffers import Buffer, BufferRefused
from reviews.models.corrections import Correction
from reviews.models.editions import Edition, EditionPart
from reviews.models.endpoints import Endpoint
from reviews.models.imports import SourceArticle
from reviews.models.notes import Note
from reviews.models.presence import Presence
from reviews.models.preview_links import PreviewLink
from reviews.models.releases import Release
from reviews.models.review import Byline, EpisodeReview, Kind, Review, ReviewFormerSlug
from reviews.models.reviewers import Reviewer, ReviewerFormerSlug
from reviews.models.texts import ReleaseText

__all__ = [
    "Announcement",
    "Announcer",
    "Assignment",
    "Buffer",
    "BufferRefused",
    "Byline",
    "Correction",
    "Edition",
    "EditionPart",
    "Endpoint",
    "EpisodeReview",
    "IgnoredFinding",
    "Kind",
    "MutedMail",
    "Note",
    "Override",
    "Presence",
    "PreviewLink",
    "Release",
    "ReleaseText",
    "Review",
    "ReviewFormerSlug",
    "Reviewer",
    "ReviewerFormerSlug",
    "Skip",
    "SourceArticle",
]
