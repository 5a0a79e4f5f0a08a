"""Public answers, packed as small as the reader's browser can unpack them."""

import gzip
from collections.abc import Callable

import brotli
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import patch_vary_headers

# Packing less than this saves no packet.
LEAST_BYTES = 500
PACKED = ("text/", "application/atom+xml", "application/feed+json", "application/json", "application/xml")
_BROTLI_QUALITY, _GZIP_LEVEL = 5, 6


class Packed:
    """Packs what caches may keep, and nothing else.

    A page to someone with a session may hold a secret beside words from outside, and its packed size
    would tell of it; a public page is the same bytes for everyone.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if isinstance(response, HttpResponse) and _may_pack(response):
            patch_vary_headers(response, ["Accept-Encoding"])
            _pack(response, request.headers.get("Accept-Encoding", ""))
        return response


def _may_pack(response: HttpResponse) -> bool:
    return (
        len(response.content) >= LEAST_BYTES
        and response.get("Content-Type", "").startswith(PACKED)
        and "public" in response.get("Cache-Control", "")
        and not response.has_header("Content-Encoding")
    )


def _pack(response: HttpResponse, accepted: str) -> None:
    encodings = _wanted(accepted)
    if "br" in encodings:
        response.content = brotli.compress(response.content, quality=_BROTLI_QUALITY)
        response["Content-Encoding"] = "br"
    elif "gzip" in encodings:
        # mtime: the same page packs into the same bytes.
        response.content = gzip.compress(response.content, _GZIP_LEVEL, mtime=0)
        response["Content-Encoding"] = "gzip"
    else:
        return
    if response.has_header("Content-Length"):
        response["Content-Length"] = str(len(response.content))
    # The same page in other bytes: a strong ETag would say that they are the same.
    if response.get("ETag", "").startswith('"'):
        response["ETag"] = f"W/{response['ETag']}"


def _wanted(accepted: str) -> set[str]:
    """The encodings that an Accept-Encoding asks for; one with a weight of nought is refused."""
    wanted = set()
    for choice in accepted.split(","):
        name, _, weight = choice.partition(";")
        if weight.replace(" ", "") not in ("q=0", "q=0.0", "q=0.00", "q=0.000"):
            wanted.add(name.strip().lower())
    return wanted
