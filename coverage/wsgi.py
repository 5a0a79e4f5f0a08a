"""What the server serves. Unlike a command, it assumes production where nobody said otherwise."""

import os
import sys

from django.core.wsgi import get_wsgi_application

from coverage.environment import EnvironmentRefused

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "coverage.settings")
os.environ.setdefault("EYECATCH_ENV", "production")

try:
    application = get_wsgi_application()
except EnvironmentRefused as refusal:
    print(f"eyecatch: {refusal}", file=sys.stderr)
    raise SystemExit(2) from None
