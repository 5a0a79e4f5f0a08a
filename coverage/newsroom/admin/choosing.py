"""Mine or theirs: what two have written into one field, and which of the two is to stay.

A refused form asks with a pair of radio buttons for each field that differs. Where the answer is
"theirs", the form says what is saved, whatever its field holds.
"""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.safestring import SafeString

_PREFIX = "take-"
THEIRS = "theirs"


@dataclass(frozen=True)
class Choice:
    """What is saved and what was typed.

    `key` is the form's name of the field or row; without, nothing is asked.
    """

    label: str
    saved: SafeString
    yours: SafeString
    key: str = ""

    @property
    def name(self) -> str:
        """The radio buttons' name."""
        return f"{_PREFIX}{self.key}" if self.key else ""


def says_theirs(data: Any, key: str) -> bool:
    """Whether what was posted gives up its own field or row for the saved one."""
    return bool(data.get(f"{_PREFIX}{key}") == THEIRS)


def heed(form: Any) -> None:
    """Let a bound form of a saved row say what is saved wherever that was chosen."""
    if not (form.is_bound and form.instance.pk):
        return
    # A row that was to be dropped stays as a whole.
    whole = bool(form.prefix) and says_theirs(form.data, form.prefix)
    for name in form.fields:
        if whole or says_theirs(form.data, form.add_prefix(name)):
            say(form, name, form.initial.get(name))


def as_kept[Value](value: Value) -> Value | str:
    """A field's value as the database has it: browsers end lines otherwise than we do."""
    return value.replace("\r\n", "\n") if isinstance(value, str) else value


def say(form: Any, name: str, value: Any) -> None:
    """Let the field hold `value`, as if it had been typed and posted."""
    field = form.fields[name]
    told = field.prepare_value(value)
    if isinstance(field.widget, forms.MultiWidget):
        told = field.widget.decompress(told)
    field.widget.value_from_datadict = lambda _data, _files, _name: told
