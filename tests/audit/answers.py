"""What a site answers, and what is found wrong with it."""

import urllib.error
import urllib.request
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from email.message import Message
from functools import cached_property
from http import HTTPStatus
from typing import Any
from urllib.parse import urljoin, urlsplit

from lxml import html

SECONDS = 60
# The server has two workers; a third question waits at its door.
AT_A_TIME = 3


@dataclass(frozen=True, order=True)
class Finding:
    """One thing wrong: where, what found it, and what it says, on one line."""

    where: str
    check: str
    what: str

    def __str__(self) -> str:
        return f"{self.where}  {self.check}: {' '.join(self.what.split())[:400]}"


@dataclass(frozen=True)
class Answer:
    """To a GET of `url`, redirects not followed."""

    url: str
    status: int
    headers: Message
    body: bytes = field(repr=False)

    @property
    def path(self) -> str:
        return self.url.removeprefix(origin(self.url))

    @property
    def media_type(self) -> str:
        return self.headers.get_content_type()

    @property
    def text(self) -> str:
        return self.body.decode("utf-8", "replace")

    @property
    def is_page(self) -> bool:
        return self.media_type == "text/html" and bool(self.body.strip())

    @property
    def moves_to(self) -> str:
        """Where a redirect leads, absolute; empty if it is none."""
        target = self.headers.get("Location", "")
        return urljoin(self.url, target) if HTTPStatus(self.status).is_redirection and target else ""

    @cached_property
    def tree(self) -> Any:
        """A page's elements."""
        return html.document_fromstring(self.body, parser=html.HTMLParser(encoding="utf-8"))

    @cached_property
    def anchors(self) -> set[str]:
        """What a fragment of its address may name."""
        return {"", "top", *self.tree.xpath("//@id")} if self.is_page else {""}


class Stay(urllib.request.HTTPRedirectHandler):
    """Leaves redirects to whoever asked."""

    def redirect_request(self, *args: object, **kwargs: object) -> None:
        return None


class Site:
    """Asks each address of a site once."""

    def __init__(self, address: str) -> None:
        self.address = address
        self._opener = urllib.request.build_opener(urllib.request.ProxyHandler({}), Stay)
        self._answers: dict[str, Answer] = {}

    def get(self, url: str) -> Answer:
        """The answer at a path, or at an absolute address of the site; a fragment is left out."""
        url = urljoin(self.address, url).partition("#")[0]
        if url not in self._answers:
            self._answers[url] = self._ask(url)
        return self._answers[url]

    def get_all(self, urls: Iterable[str]) -> list[Answer]:
        """The answers in the order of the questions, which are asked a few at a time."""
        urls = list(urls)
        with ThreadPoolExecutor(AT_A_TIME) as pool:
            # An address that is given twice is not to be asked by two threads.
            list(pool.map(self.get, dict.fromkeys(urls)))
        return [self.get(url) for url in urls]

    def owns(self, url: str) -> bool:
        return origin(url) == self.address

    def _ask(self, url: str) -> Answer:
        try:
            with self._opener.open(url, timeout=SECONDS) as response:
                return Answer(url, response.status, response.headers, response.read())
        except urllib.error.HTTPError as error:
            with error:
                return Answer(url, error.code, error.headers, error.read())


def origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"
