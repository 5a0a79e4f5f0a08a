"""A site with one page for each fault that the audit is to find, and one page without any."""

from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

PAGE = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>A page</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="canonical" href="{address}/"><link rel="icon" href="/small.svg">{head}</head>
<body><main><h1>A page</h1><p><a href="/#end">To the end</a></p>{body}<p id="end">The end.</p></main></body>
</html>"""
REVIEW = '<script type="application/ld+json">{"@context": "https://schema.org", "@type": "Review"}</script>'
WIDE = '<table><tr><td><img src="/wide.svg" alt="A wide one" width="2000" height="10"></td></tr></table>'

ATOM = """<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom">
<id>tag:x,2024:feed</id><title>A feed</title><updated>2024-01-05T14:00:00Z</updated>
<link rel="self" href="{address}/atom"/><link href="{address}/"/><author><name>A</name></author>
<entry><id>tag:x,2024:1</id><title>One</title><link href="{address}/"/>
<published>{date}</published><updated>2024-01-05T14:00:00Z</updated><summary>S</summary></entry></feed>"""
JSON_FEED = """{{"version": "https://jsonfeed.org/version/1.1", "title": "A feed",
"feed_url": "{address}/json",
"home_page_url": "{address}/", "items": [{{"id": "1", "url": "{link}", "content_text": "S",
"date_published": "2024-01-05T14:00:00Z"}}]}}"""
SITEMAP = """<?xml version="1.0" encoding="utf-8"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
<url><loc>{loc}</loc><lastmod>2024-01-05</lastmod></url></urlset>"""

LIST = """<a href="?page=2">2</a> <a href="?page=3">3</a> <a href="?stars=5&amp;page=2">5</a>
<a href="/?page=2">x</a>
<form><input type="search" name="q"> <select name="stars"><option value="">any<option value="4">4
</select></form>
<form method="post"><input name="no"></form>"""

HTML, XML, JSON, SVG = "text/html", "application/xml", "application/feed+json", "image/svg+xml"
# What a page holds beside the ordinary, in its head and its body.
PAGES = {
    "/": ("", ""),
    "/without-words": ("", '<img src="/small.svg" width="9" height="9">'),
    "/faint": ('<link rel="stylesheet" href="/faint.css">', "<p>Hardly to be read</p>"),
    "/wrongly-nested": ("", "<p><span><div>x</div></span></p>"),
    "/inline-style": ("", '<p style="color: #111">x</p>'),
    "/inline-script": ("", "<script>document.title = 'ran'</script>"),
    "/script-error": ('<script src="/breaks.js"></script>', ""),
    "/missing-file": ("", '<img src="/nothing.svg" alt="x" width="9" height="9">'),
    "/broken-link": ("", '<a href="/nothing">x</a>'),
    "/broken-fragment": ("", '<a href="/#nothing">x</a>'),
    "/broken-candidate": ("", '<img src="/small.svg" srcset="/nothing.svg 2x" alt="x" width="9" height="9">'),
    "/too-wide": ("", WIDE),
    "/review-without-author": (REVIEW, ""),
    "/two-canonicals": ('<link rel="canonical" href="/elsewhere">', ""),
}
FILES = {
    "/small.svg": (SVG, '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'),
    "/wide.svg": (SVG, '<svg xmlns="http://www.w3.org/2000/svg" width="2000" height="10"/>'),
    "/faint.css": ("text/css", "p { color: #ddd; background: #fff }"),
    "/breaks.js": ("text/javascript", "throw new Error('It broke')"),
    "/blank": (HTML, " "),
    "/list": (HTML, LIST),
}
POLICY = "default-src 'self'"

# Which check is to find something at each path; the others are without fault.
FAULTS = {
    "/without-words": "axe",
    "/faint": "axe",
    "/wrongly-nested": "html",
    "/inline-style": "policy",
    "/inline-script": "policy",
    "/script-error": "console",
    "/missing-file": "console",
    "/broken-link": "link",
    "/broken-fragment": "link",
    "/broken-candidate": "link",
    "/too-wide": "width",
    "/review-without-author": "data",
    "/two-canonicals": "head",
    "/undated-atom": "feed",
    "/relative-json": "feed",
    "/foreign-sitemap": "feed",
    "/nothing": "status",
    "/blank": "empty",
}
WELL = ("/", "/atom", "/json", "/sitemap")


def bodies(address: str) -> dict[str, tuple[str, str]]:
    """(media type, text) of each path."""
    dated, undated = "2024-01-05T14:00:00Z", "Fri, 5 Jan 2024"
    return FILES | {
        "/atom": (XML, ATOM.format(address=address, date=dated)),
        "/undated-atom": (XML, ATOM.format(address=address, date=undated)),
        "/json": (JSON, JSON_FEED.format(address=address, link=f"{address}/")),
        "/relative-json": (JSON, JSON_FEED.format(address=address, link="/")),
        "/sitemap": (XML, SITEMAP.format(loc=f"{address}/")),
        "/foreign-sitemap": (XML, SITEMAP.format(loc="https://elsewhere.example/")),
        **{
            path: (HTML, PAGE.format(address=address, head=head, body=body))
            for path, (head, body) in PAGES.items()
        },
    }


class Handler(BaseHTTPRequestHandler):
    """Answers with a body of its server's."""

    def do_GET(self) -> None:
        port = self.server.server_address[1]
        found = bodies(f"http://127.0.0.1:{port}").get(self.path)
        media_type, text = found or (HTML, "<p>Nothing</p>")
        self.send_response(200 if found else 404)
        self.send_header("Content-Type", f"{media_type}; charset=utf-8")
        self.send_header("Content-Security-Policy", POLICY)
        self.end_headers()
        self.wfile.write(text.encode())

    def log_message(self, *args: object) -> None:
        """Quietly."""


@contextmanager
def faulty_site() -> Iterator[str]:
    """Its address, while it is served."""
    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()
