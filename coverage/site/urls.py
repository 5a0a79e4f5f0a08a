from django.urls import path, register_converter

from coverage.newsroom.middleware import ALIVE
from coverage.newsroom.pictures import renditions
from coverage.site import (
    cards,
    corrections,
    feeds,
    flatpages,
    health,
    media,
    metrics,
    my_shows,
    people,
    preview_links,
    reviewers,
    seasons,
    series,
    series_list,
    sitemaps,
    studios,
    views,
    weeks,
)
from coverage.site.friday_mail import events as mail_events
from coverage.site.friday_mail import views as friday_mail
from coverage.site.search import page as search


class PictureName:
    """The name that `content_name` gives a file."""

    regex = r"pictures/[0-9a-f]{2}/[0-9a-f]{64}\.[a-z]{3,4}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


class Token(PictureName):
    """What opens a link to a preview."""

    regex = r"[A-Za-z0-9_-]{43}"


class SignedLink(PictureName):
    """What a reader's mail leads to them by."""

    regex = r"[A-Za-z0-9_:~-]{40,250}"


class YearNumber:
    """A year of four digits; whether anything is covered in it is for the view to say."""

    regex = r"[0-9]{4}"

    def to_python(self, value: str) -> int:
        return int(value)

    def to_url(self, value: int) -> str:
        return f"{value:04}"


class RenditionInAddress:
    """A rendition's name, taken apart."""

    regex = renditions.NAME

    def to_python(self, value: str) -> renditions.RenditionName:
        return renditions.read(value)

    def to_url(self, value: str) -> str:
        return value


class CardOf(PictureName):
    """What a social card is of."""

    regex = r"reviews|series"


class Digest(PictureName):
    """Of all that a social card shows."""

    regex = r"[0-9a-f]{32}"


register_converter(CardOf, "card")
register_converter(Digest, "digest")
register_converter(PictureName, "picture")
register_converter(RenditionInAddress, "rendition")
register_converter(SignedLink, "signed")
register_converter(Token, "token")
register_converter(YearNumber, "year")
register_converter(weeks.WeekInAddress, "week")

ATOM, JSON = {"form": feeds.atom}, {"form": feeds.json_feed}

app_name = "site"
urlpatterns = [
    path("", views.front, name="front"),
    path("series/", series_list.series_list, name="series_list"),
    path("series/<slug:slug>/", series.series_page, name="series"),
    path("series/<slug:slug>/feed/", feeds.series_feed, ATOM, name="series_feed"),
    path("series/<slug:slug>/feed.json", feeds.series_feed, JSON, name="series_feed_json"),
    path("seasons/", seasons.seasons, name="seasons"),
    path("seasons/<year:year>/<slug:season>/", seasons.season_page, name="season"),
    path("feed/", feeds.site_feed, ATOM, name="feed"),
    path("feed.json", feeds.site_feed, JSON, name="feed_json"),
    path("corrections/", corrections.corrections, name="corrections"),
    path("search/", search.search, name="search"),
    path("sitemap.xml", sitemaps.sitemap, name="sitemap"),
    path("sitemap-news.xml", sitemaps.news_sitemap, name="news_sitemap"),
    path("sitemap-<slug:part>.xml", sitemaps.sitemap_part, name="sitemap_part"),
    path("my-shows/", my_shows.my_shows, name="my_shows"),
    path("shows.json", my_shows.my_shows_json, name="my_shows_json"),
    path("mail/", friday_mail.by_mail, name="mail"),
    path("mail/ask/", friday_mail.ask, name="mail_ask"),
    path("mail/events/", mail_events.events, name="mail_events"),
    path("mail/sent/", friday_mail.sent, name="mail_sent"),
    path("mail/confirm/<signed:token>/", friday_mail.confirm, name="mail_confirm"),
    path("mail/choices/<signed:token>/", friday_mail.choices, name="mail_choices"),
    path("mail/leave/<signed:token>/", friday_mail.leave, name="mail_leave"),
    path("weeks/", weeks.this_week, name="weeks"),
    path("weeks/<week:week>/", weeks.week_page, name="week"),
    path("people/", people.people, name="people"),
    path("people/<slug:slug>/", people.person, name="person"),
    path("studios/", studios.studios, name="studios"),
    path("studios/<slug:slug>/", studios.studio, name="studio"),
    path("reviewers/", reviewers.reviewers, name="reviewers"),
    path("reviewers/<slug:slug>/", reviewers.reviewer, name="reviewer"),
    path("reviewers/<slug:slug>/feed/", feeds.reviewer_feed, ATOM, name="reviewer_feed"),
    path("reviewers/<slug:slug>/feed.json", feeds.reviewer_feed, JSON, name="reviewer_feed_json"),
    path("cards/<card:of>/<slug:slug>/<digest:digest>.jpg", cards.card, name="card"),
    path("robots.txt", views.robots, name="robots"),
    path("indexnow.txt", views.indexnow_key, name="indexnow_key"),
    path(ALIVE.removeprefix("/"), health.alive, name="alive"),
    path("readyz", health.ready, name="ready"),
    path("metrics", metrics.metrics, name="metrics"),
    path("favicon.ico", views.favicon, name="favicon"),
    path("media/<picture:name>", media.media, name="media"),
    path("media/<rendition:named>", media.rendition, name="rendition"),
    path("previews/<token:token>/", preview_links.preview, name="preview"),
    path(
        "previews/<token:token>/<rendition:named>", preview_links.preview_rendition, name="preview_rendition"
    ),
    # Takes any one word that nothing else has taken: it stays the last.
    path("<slug:slug>/", flatpages.flatpage, name="flatpage"),
]
