"""Where pages, feeds and sitemaps lead: everything that they name answers, and every fragment is there."""

import json
from collections.abc import Iterable, Iterator
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode, urljoin, urlsplit

from lxml import etree

from tests.audit.answers import Answer, Finding, Site

ATTRIBUTES = ("href", "src", "action", "poster", "data", "cite")
SETS = ("srcset", "imagesrcset")
METAS = ("og:image", "og:url", "twitter:image", "og:image:secure_url")
ELSEWHERE = ("http", "https", "mailto")
MOST_REDIRECTS = 3
JSON_LINKS = ("url", "image", "banner_image", "avatar", "home_page_url", "feed_url", "next_url", "icon")


def links_of(answer: Answer) -> list[str]:
    """Every address that an answer names, absolute, in order and each once.

    Of the candidates of a `srcset` the first and the last: each is encoded when it is first asked for, and
    those between come from the same rule. What a page shows in a browser besides, the browser asks for.
    """
    if answer.is_page:
        found = _in_page(answer)
    elif answer.media_type.endswith("json"):
        found = _in_json(json.loads(answer.body))
    elif answer.media_type.endswith("xml") and answer.media_type != "image/svg+xml":
        found = _in_xml(answer)
    else:
        found = iter(())
    return list(dict.fromkeys(urljoin(answer.url, link.strip()) for link in found))


def link_findings(site: Site, answers: Iterable[Answer]) -> list[Finding]:
    """What is broken: told once for each address, at the first place that names it."""
    named: dict[str, str] = {}
    for answer in answers:
        for link in links_of(answer):
            named.setdefault(link, answer.path)
    # Asked together here, so that below only what they redirect to has still to be waited for.
    site.get_all(link.partition("#")[0] for link in named if site.owns(link))
    return [
        Finding(place, "link", f"{link} {wrong}")
        for link, place in named.items()
        if (wrong := _wrong_with(site, link))
    ]


def variants(answer: Answer, site: Site) -> list[str]:
    """The same page asked otherwise, through its own links and forms: one address for each set of
    questions, as paths."""
    path = urlsplit(answer.url).path
    asked = [link for link in links_of(answer) if site.owns(link)]
    asked = [link for link in asked if urlsplit(link).path == path and urlsplit(link).query]
    by_questions: dict[str, str] = {}
    for link in asked:
        questions = "&".join(sorted(pair.partition("=")[0] for pair in urlsplit(link).query.split("&")))
        by_questions.setdefault(questions, link)
    found = [*by_questions.values(), *submissions(answer)]
    return [link.removeprefix(site.address).partition("#")[0] for link in found]


def submissions(answer: Answer, words: tuple[str, ...] = ("rouge", "nothing-of-that-name")) -> list[str]:
    """Where each form that asks (GET) leads when it is filled in with a word, and its choices made."""
    filled = []
    for form in answer.tree.xpath("//form[not(@method) or translate(@method, 'GET', 'get')='get']"):
        for word in words:
            fields = {field.name: _value(field, word) for field in form.inputs if field.name}
            query = urlencode({name: value for name, value in fields.items() if value})
            filled.append(urljoin(answer.url, f"{form.get('action') or ''}?{query}"))
    return list(dict.fromkeys(filled))


def _value(field: Any, word: str) -> str:
    if field.tag == "select":
        options = [option for option in field.value_options if option]
        return options[0] if options else ""
    if field.get("type", "text") in ("text", "search"):
        return word
    return (field.get("value") or "") if field.get("type") == "hidden" else ""


def _wrong_with(site: Site, link: str) -> str:
    parts = urlsplit(link)
    if parts.scheme not in ELSEWHERE or (parts.scheme != "mailto" and not parts.netloc):
        return "is no address"
    if not site.owns(link):
        return ""  # another site's, which the audit leaves alone
    answer = site.get(link)
    for _ in range(MOST_REDIRECTS):
        if not answer.moves_to or not site.owns(answer.moves_to):
            break
        answer = site.get(answer.moves_to)
    if answer.status != HTTPStatus.OK and not answer.moves_to:
        return f"answers {answer.status}"
    if not parts.fragment.startswith(":~:") and parts.fragment not in answer.anchors:
        return "names a fragment that is not there"
    return ""


def _in_page(answer: Answer) -> Iterator[str]:
    for element in answer.tree.iter(etree.Element):
        for name in ATTRIBUTES:
            if name in element.attrib and (element.tag, name) != ("link", "data"):
                yield element.get(name)
        for name in SETS:
            candidates = [
                candidate.split()[0] for candidate in element.get(name, "").split(",") if candidate.strip()
            ]
            yield from candidates[:1]
            yield from candidates[1:][-1:]
        if element.tag == "meta" and (element.get("property") or element.get("name")) in METAS:
            yield element.get("content", "")


def _in_xml(answer: Answer) -> Iterator[str]:
    for element in etree.fromstring(answer.body).iter(etree.Element):
        name = etree.QName(element).localname
        if name == "loc":
            yield element.text or ""
        for attribute in ("href", "src"):
            # A stylesheet or a link within a feed.
            if attribute in element.attrib:
                yield element.get(attribute, "")


def _in_json(node: Any) -> Iterator[str]:
    if isinstance(node, dict):
        for name, value in node.items():
            if name in JSON_LINKS and isinstance(value, str):
                yield value
            else:
                yield from _in_json(value)
    elif isinstance(node, list):
        for value in node:
            yield from _in_json(value)
