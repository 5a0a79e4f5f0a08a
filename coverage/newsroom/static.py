from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedStaticFiles(CompressedManifestStaticFilesStorage):
    """Static files under hashed names, compressed; imports between ES modules are rewritten too."""

    support_js_module_import_aggregation = True
