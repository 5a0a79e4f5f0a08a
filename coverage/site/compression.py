"""Public answers, packed as small as the reader's browser can unpack them."""

import gzip
from collections.abc import Callable

import brotli
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import patch_vary_headers

from coverage.site.page_cache.middleware import KeptPage
from coverage.site.page_cache.store import store

# Packing less than this saves no packet.
LEAST_BYTES = 500
PACKED = ("text/", "application/atom+xml", "application/feed+json", "application/json", "application/xml")
_BROTLI_QUALITY, _GZIP_LEVEL = 5, 6
# The better ones first. mtime: the same page packs into the same bytes.
_PACKERS: dict[str, Callable[[bytes], bytes]] = {
    "br": lambda body: brotli.compress(body, quality=_BROTLI_QUALITY),
    "gzip": lambda body: gzip.compress(body, _GZIP_LEVEL, mtime=0),
}
_PACKED_SECONDS = 3600


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
            _pack(response, _encoding(request.headers.get("Accept-Encoding", "")))
        return response


def _may_pack(response: HttpResponse) -> bool:
    return (
        len(response.content) >= LEAST_BYTES
        and response.get("Content-Type", "").startswith(PACKED)
        and "public" in response.get("Cache-Control", "")
        and not response.has_header("Content-Encoding")
    )


def _pack(response: HttpResponse, encoding: str) -> None:
    if not encoding:
        return
    response.content = _packed(response, encoding)
    response["Content-Encoding"] = encoding
    if response.has_header("Content-Length"):
        response["Content-Length"] = str(len(response.content))
    # The same page in other bytes: a strong ETag would say that they are the same.
    if response.get("ETag", "").startswith('"'):
        response["ETag"] = f"W/{response['ETag']}"


def _packed(response: HttpResponse, encoding: str) -> bytes:
    """Its body, packed; a page that is kept is packed once, and kept so too."""
    pack = _PACKERS[encoding]
    if not isinstance(response, KeptPage):
        return pack(response.content)
    key = f"packed:{encoding}:{response['ETag']}"
    packed: bytes | None = store.get(key)
    if packed is None:
        packed = pack(response.content)
        store.keep(key, packed, _PACKED_SECONDS)
    return packed


def _encoding(accepted: str) -> str:
    """The best encoding that an Accept-Encoding asks for, or none."""
    wanted = _wanted(accepted)
    return next((encoding for encoding in _PACKERS if encoding in wanted), "")


def _wanted(accepted: str) -> set[str]:
    """The encodings that an Accept-Encoding asks for; one with a weight of nought is refused."""
    wanted = set()
    for choice in accepted.split(","):
        name, _, weight = choice.partition(";")
        if weight.replace(" ", "") not in ("q=0", "q=0.0", "q=0.00", "q=0.000"):
            wanted.add(name.strip().lower())
    return wanted
