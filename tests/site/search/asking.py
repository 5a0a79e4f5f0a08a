"""Asks the search page, and reads its answer as a reader would."""

from urllib.parse import quote

from lxml import html

from tests.factories import NOW
from tests.site.sweeps import answer


def page(query, at=NOW, **more):
    address = f"/search/?q={quote(query, errors='surrogatepass')}"
    address += "".join(f"&{name}={quote(str(value))}" for name, value in more.items())
    status, _headers, body = answer(address, at)
    assert status == 200
    return html.document_fromstring(body.decode())


def of_class(tree, name):
    return tree.xpath(f"//*[contains(concat(' ', normalize-space(@class), ' '), ' {name} ')]")


def texts(elements):
    return [" ".join(each.text_content().split()) for each in elements]


def named(query, at=NOW, **more):
    """The titles of the hits, in order."""
    return texts(of_class(page(query, at, **more), "search-hit__title"))


def headlines(query, at=NOW, **more):
    """The headlines of the reviews, in order."""
    return texts(of_class(page(query, at, **more), "search-piece__headline"))
