"""The server's application, which notes each page that it makes: process, address, stamp."""

import json
import os
from pathlib import Path

from coverage.wsgi import application  # isort: skip  # sets Django up for what follows
from coverage.site.page_cache import middleware

__all__ = ["application"]

_make = middleware.PageCache._make


def _noted(pages, request, surface, stamp, key, made):
    view = pages.get_response

    def noting(request):
        line = json.dumps([os.getpid(), request.build_absolute_uri(), stamp.key])
        with Path(os.environ["NOTED_IN"]).open("a", encoding="utf-8") as notes:
            notes.write(f"{line}\n")
        return view(request)

    counting = middleware.PageCache.__new__(middleware.PageCache)
    vars(counting).update(vars(pages), get_response=noting)
    return _make(counting, request, surface, stamp, key, made)


middleware.PageCache._make = _noted  # type: ignore[method-assign]  # the server's own, but for the notes
