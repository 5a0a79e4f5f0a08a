"""What a page says about itself to machines: its head, and its structured data."""

from collections.abc import Iterator

from tests.audit.answers import Answer, Finding
from tests.audit.feeds import is_absolute
from tests.site.structured_data import structured_data_errors


def page_data_findings(answer: Answer) -> list[Finding]:
    """Of a page that answered 200."""
    found = [Finding(answer.path, "head", what) for what in _head_errors(answer)]
    return found + [Finding(answer.path, "data", what) for what in structured_data_errors(answer.text)]


def _head_errors(answer: Answer) -> Iterator[str]:
    canonical = answer.tree.xpath("//head/link[@rel='canonical']/@href")
    if len(canonical) != 1 or not is_absolute(canonical[0]):
        yield f"names {len(canonical)} canonical addresses: {', '.join(canonical)}"
    if not (answer.tree.findtext(".//title") or "").strip():
        yield "has no title"
