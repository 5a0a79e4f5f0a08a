#!/usr/bin/env python
"""Runs Eyecatch's commands. A wrong environment costs one line and exit code 2, never a traceback."""

import os
import sys
from typing import NoReturn


def refuse(reason: object) -> NoReturn:
    """Say on one line of stderr why nothing was done, and leave with code 2."""
    print(f"eyecatch: {' '.join(str(reason).split())}", file=sys.stderr)
    raise SystemExit(2)


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "coverage.settings")

    from coverage.environment import EnvironmentRefused, database_refusal

    try:
        import django
        from django.core.management import call_command, execute_from_command_line
        from django.db.utils import OperationalError

        # The development server would meet an unreachable database in a thread, where nobody catches it.
        if sys.argv[1:2] == ["runserver"] and (reason := database_refusal()):
            refuse(reason)
        if sys.argv[1:] == ["version"]:
            # Django would answer with its own before it looks for a command of that name.
            django.setup()
            call_command("version")
        else:
            execute_from_command_line(sys.argv)
    except EnvironmentRefused as refusal:
        refuse(refusal)
    except OperationalError:
        if reason := database_refusal():
            refuse(reason)
        raise


if __name__ == "__main__":
    main()
