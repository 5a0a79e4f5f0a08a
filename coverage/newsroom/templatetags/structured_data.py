from django import template
from django.utils.safestring import SafeString

from coverage.newsroom import structured_data as written
from coverage.newsroom.pages import Page

register = template.Library()


@register.simple_tag
def structured_data(page: Page) -> SafeString:
    """The page's JSON-LD."""
    return written.of_page(page)
