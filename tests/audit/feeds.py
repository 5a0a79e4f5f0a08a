"""Feeds and sitemaps, field by field: RFC 4287, JSON Feed 1.1, and the sitemap protocol."""

import json
import re
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from lxml import etree

from tests.audit.answers import Answer, Finding, origin

ATOM = "{http://www.w3.org/2005/Atom}"
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
IMAGE = "{http://www.google.com/schemas/sitemap-image/1.1}"
NEWS = "{http://www.google.com/schemas/sitemap-news/0.9}"
JSON_FEED = "https://jsonfeed.org/version/1.1"
MOST_IN_A_SITEMAP = 50_000

RFC_3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")
W3C_DATE = re.compile(r"\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d))?")


def feed_findings(answer: Answer) -> list[Finding]:
    """Of a feed or a sitemap, by what it says it is; nothing of any other answer."""
    try:
        wrong = list(_errors(answer))
    except (etree.XMLSyntaxError, json.JSONDecodeError, UnicodeDecodeError) as error:
        wrong = [f"can't be read: {error}"]
    return [Finding(answer.path, "feed", what) for what in wrong]


def _errors(answer: Answer) -> Iterator[str]:
    if answer.media_type.endswith("json"):
        told = json.loads(answer.body)
        if answer.media_type == "application/feed+json":
            yield from json_feed_errors(told, answer.url)
    elif answer.media_type.endswith("xml"):
        root = etree.fromstring(answer.body)
        if root.tag == f"{ATOM}feed":
            yield from atom_errors(root, answer.url)
        elif root.tag in (f"{SITEMAP}urlset", f"{SITEMAP}sitemapindex"):
            yield from sitemap_errors(root, answer.url)
        else:
            yield f"is XML of an unknown kind, {root.tag}"


def atom_errors(feed: Any, url: str) -> Iterator[str]:
    yield from _atom_element_errors(feed, "feed")
    links = {link.get("rel", "alternate"): link.get("href", "") for link in feed.findall(f"{ATOM}link")}
    if links.get("self") != url:
        yield f"names {links.get('self') or 'nothing'} as itself"
    if "alternate" not in links:
        yield "has no link to its page"
    entries = feed.findall(f"{ATOM}entry")
    yield from _repeated(entry.findtext(f"{ATOM}id") for entry in entries)
    authored = feed.find(f"{ATOM}author") is not None
    for place, entry in enumerate(entries, 1):
        where = f"entry {place}"
        yield from _atom_element_errors(entry, where)
        if not authored and entry.find(f"{ATOM}author") is None:
            yield f"{where} has no author"
        if not any(link.get("rel", "alternate") == "alternate" for link in entry.findall(f"{ATOM}link")):
            yield f"{where} has no link to its page"
        published = entry.findtext(f"{ATOM}published")
        if published is None or not is_instant(published):
            yield f"{where} was published {published!r}, which is no instant"
        if not (entry.findtext(f"{ATOM}summary") or entry.findtext(f"{ATOM}content") or "").strip():
            yield f"{where} says nothing"


def _atom_element_errors(element: Any, where: str) -> Iterator[str]:
    """What a feed and an entry have in common."""
    if not urlsplit(element.findtext(f"{ATOM}id") or "").scheme:
        yield f"{where} has no absolute id"
    if not (element.findtext(f"{ATOM}title") or "").strip():
        yield f"{where} has no title"
    updated = element.findtext(f"{ATOM}updated")
    if updated is None or not is_instant(updated):
        yield f"{where} was updated {updated!r}, which is no instant"
    for author in element.findall(f"{ATOM}author"):
        if not (author.findtext(f"{ATOM}name") or "").strip():
            yield f"{where} has an author without a name"
    for link in element.findall(f"{ATOM}link"):
        if not is_absolute(link.get("href", "")):
            yield f"{where} links to {link.get('href')!r}, which is not absolute"
        if link.get("rel") == "enclosure" and not link.get("type"):
            yield f"{where} encloses something without saying what"


def json_feed_errors(feed: Any, url: str) -> Iterator[str]:
    if not isinstance(feed, dict):
        yield "is no object"
        return
    if feed.get("version") != JSON_FEED:
        yield f"is of version {feed.get('version')!r}"
    if not str(feed.get("title") or "").strip():
        yield "feed has no title"
    if feed.get("feed_url") != url:
        yield f"names {feed.get('feed_url')!r} as itself"
    if not is_absolute(feed.get("home_page_url", "")):
        yield "has no absolute link to its page"
    items = feed.get("items")
    if not isinstance(items, list):
        yield "has no list of items"
        return
    yield from _repeated(item.get("id") for item in items)
    for place, item in enumerate(items, 1):
        for what in _item_errors(item):
            yield f"item {place} {what}"


def _item_errors(item: dict[str, Any]) -> Iterator[str]:
    if not isinstance(item.get("id"), str) or not item["id"]:
        yield "has no id"
    if not (item.get("content_html") or item.get("content_text")):
        yield "says nothing"
    for name in ("date_published", "date_modified"):
        if name in item and not is_instant(item[name]):
            yield f"has {item[name]!r} as {name}, which is no instant"
    if "date_published" not in item:
        yield "doesn't say when it was published"
    if not is_absolute(item.get("url", "")):
        yield "has no absolute link to its page"
    yield from _item_media_errors(item)
    if not all(isinstance(author, dict) and author for author in item.get("authors", [])):
        yield "has an author who is nothing"


def _item_media_errors(item: dict[str, Any]) -> Iterator[str]:
    for name in ("external_url", "image", "banner_image"):
        if name in item and not is_absolute(item[name]):
            yield f"has {item[name]!r} as {name}, which is not absolute"
    for attached in item.get("attachments", []):
        if not is_absolute(attached.get("url", "")) or not attached.get("mime_type"):
            yield "has an attachment without an absolute url or a mime_type"


def sitemap_errors(root: Any, url: str) -> Iterator[str]:
    entries = list(root)
    if len(entries) > MOST_IN_A_SITEMAP:
        yield f"has {len(entries)} entries; {MOST_IN_A_SITEMAP} is the most"
    places = [entry.findtext(f"{SITEMAP}loc") or "" for entry in entries]
    yield from _repeated(places)
    for place in places:
        if origin(place) != origin(url):
            yield f"lists {place!r}, which is not an absolute address of this site"
    for modified in root.iter(f"{SITEMAP}lastmod"):
        if not W3C_DATE.fullmatch(modified.text or "") or not _exists(modified.text):
            yield f"says that something changed at {modified.text!r}"
    for picture in root.iter(f"{IMAGE}image"):
        if not is_absolute(picture.findtext(f"{IMAGE}loc") or ""):
            yield "lists a picture without an absolute address"
    for news in root.iter(f"{NEWS}news"):
        yield from _news_errors(news)


def _news_errors(news: Any) -> Iterator[str]:
    for path in (f"{NEWS}publication/{NEWS}name", f"{NEWS}publication/{NEWS}language", f"{NEWS}title"):
        if not (news.findtext(path) or "").strip():
            yield f"has news without {path.rpartition('}')[2]}"
    date = news.findtext(f"{NEWS}publication_date") or ""
    if not W3C_DATE.fullmatch(date) or not _exists(date):
        yield f"has news of {date!r}, which is no date"


def is_instant(text: Any) -> bool:
    """A date and time with its zone (RFC 3339) that exists."""
    return isinstance(text, str) and bool(RFC_3339.fullmatch(text)) and _exists(text)


def is_absolute(url: Any) -> bool:
    parts = urlsplit(url) if isinstance(url, str) else urlsplit("")
    return parts.scheme in ("http", "https") and bool(parts.netloc)


def _exists(text: str) -> bool:
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return False
    return True


def _repeated(ids: Any) -> Iterator[str]:
    for name, times in Counter(ids).items():
        if name and times > 1:
            yield f"has {name} {times} times"
