"""The sanitiser: the one function that every piece of prose goes through on its way in."""

import nh3

CLEANER = nh3.Cleaner(
    tags={
        "p",
        "h2",
        "h3",
        "h4",
        "strong",
        "em",
        "s",
        "a",
        "ul",
        "ol",
        "li",
        "blockquote",
        "br",
        "hr",
        "span",
        "div",
        "ruby",
        "rt",
        "rp",
        "code",
    },
    attributes={"a": {"href"}, "span": {"lang"}},
    allowed_classes={"span": {"spoiler"}, "div": {"spoiler"}},
    url_schemes={"http", "https", "mailto"},
    link_rel="noopener",
)


def sanitise(html: str) -> str:
    """``html`` with nothing left but what prose may hold."""
    return CLEANER.clean(html.replace("\0", ""))
