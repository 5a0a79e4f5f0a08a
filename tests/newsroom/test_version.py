import re

from django.core.management import call_command


def test_the_version_is_a_calendar_version(capsys):
    call_command("version")

    assert re.fullmatch(r"20\d\d\.(1[0-2]|[1-9])\.\d+\n", capsys.readouterr().out)
