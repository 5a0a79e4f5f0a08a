import re
import subprocess
import sys

from django.conf import settings


def test_the_version_is_a_calendar_version():
    manage = [sys.executable, settings.BASE_DIR / "manage.py", "version"]

    said = subprocess.run(manage, capture_output=True, text=True, check=True).stdout

    assert re.fullmatch(r"20\d\d\.(1[0-2]|[1-9])\.\d+\n", said)
