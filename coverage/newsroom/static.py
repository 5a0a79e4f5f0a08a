from collections.abc import Iterator
from typing import Any

from django.core.files.base import ContentFile
from whitenoise.storage import CompressedManifestStaticFilesStorage

from coverage.newsroom.stylesheets import joined, minified

# The sheets that pages link, each made of imports, which a browser would fetch one after another.
SHEETS = ("css/site.css", "css/desk/desk.css")


class HashedStaticFiles(CompressedManifestStaticFilesStorage):
    """Static files under hashed names, compressed; each of SHEETS is one file.

    Imports between ES modules are rewritten too.
    """

    support_js_module_import_aggregation = True

    def post_process(self, paths: dict[str, Any], dry_run: bool = False, **options: Any) -> Iterator[Any]:
        if not dry_run:
            paths = paths | {name: self._joined(name, paths) for name in SHEETS if name in paths}
        yield from super().post_process(paths, dry_run, **options)

    def _joined(self, name: str, paths: dict[str, Any]) -> tuple["HashedStaticFiles", str]:
        """Where the joined sheet is. Made from the sources: the collected one may be joined already."""

        def read(name: str) -> str:
            storage, path = paths[name]
            with storage.open(path) as file:
                return str(file.read().decode())

        text = minified(joined(name, read))
        self.delete(name)
        self._save(name, ContentFile(text.encode()))
        return self, name
