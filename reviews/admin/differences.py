"""What differs between what is saved and what an editor typed, field by field, word by word."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from difflib import SequenceMatcher
from typing import Any

from django.utils.formats import localize
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.timezone import localtime
from django.utils.translation import gettext

from reviews import markup

_PIECES = re.compile(r"\s+|\w+|[^\w\s]")


@dataclass(frozen=True)
class Difference:
    """One field of which two accounts are given."""

    label: str
    saved: SafeString
    yours: SafeString


def between(saved: Any, yours: Any, label: str) -> Difference | None:
    """None where both say the same."""
    if (saved or None) == (yours or None):
        return None
    old, new = _in_words(saved), _in_words(yours)
    if old == new:
        # The same words in another dress: a link, a spoiler mark. The markup shows it.
        old, new = str(saved), str(yours)
    return Difference(capfirst(label), *_marked(old, new))


def of_review(form: Any) -> Iterator[Difference]:
    """Between the saved row and the fields of a refused form."""
    for name, value in form.cleaned_data.items():
        if name != "version" and (
            found := between(getattr(form.saved_meanwhile, name), value, form[name].label)
        ):
            yield found


def of_rows(formset: Any) -> Iterator[Difference]:
    """Between saved rows and those of a refused formset: changed, dropped or added by either."""
    saved = {
        row.pk: row for row in formset.model._default_manager.filter(**{formset.fk.name: formset.instance.pk})
    }
    for form in formset.forms:
        row = saved.pop(form.instance.pk, None)
        values = getattr(form, "cleaned_data", None)
        if not values:
            continue
        title = _title(formset, row or form.instance)
        dropped = form in formset.deleted_forms
        if row is None:
            if not dropped:
                yield Difference(title, _plain(gettext("not there")), _plain(gettext("there")))
        elif dropped:
            yield Difference(title, _plain(gettext("there")), _plain(gettext("dropped")))
        else:
            yield from _of_row(form, row, values, title)
    for row in saved.values():
        yield Difference(_title(formset, row), _plain(gettext("added meanwhile; it stays")), _plain(""))


def _of_row(form: Any, row: Any, values: dict[str, Any], title: str) -> Iterator[Difference]:
    for name in form.fields:
        if name not in values or not hasattr(row, name) or name in ("id", "review"):
            continue
        if found := between(getattr(row, name), values[name], f"{title}: {form[name].label}"):
            yield found


def _title(formset: Any, row: Any) -> str:
    kind = capfirst(str(formset.model._meta.verbose_name))
    return f"{kind} “{row}”" if row.pk else kind


def _plain(text: str) -> SafeString:
    return format_html("{}", text)


def _in_words(value: Any) -> str:
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    if isinstance(value, datetime):
        return str(localize(localtime(value)))
    if isinstance(value, str):
        return _prose_in_words(value) if "<" in value else value
    return str(value)


def _prose_in_words(html: str) -> str:
    stills = [gettext("[still %(key)d]") % {"key": key} for key in markup.pictures_in(html)]
    return "\n\n".join([markup.plain(html), *stills])


def _marked(old: str, new: str) -> tuple[SafeString, SafeString]:
    before, after = _PIECES.findall(old), _PIECES.findall(new)
    left, right = [], []
    for tag, i, j, k, m in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        tags = ("", "") if tag == "equal" else ("del", "ins")
        left.append(_piece(tags[0], "".join(before[i:j])))
        right.append(_piece(tags[1], "".join(after[k:m])))
    return _joined(left), _joined(right)


def _piece(tag: str, text: str) -> SafeString:
    if not tag or not text:
        return format_html("{}", text)
    return format_html("<del>{}</del>", text) if tag == "del" else format_html("<ins>{}</ins>", text)


def _joined(pieces: list[SafeString]) -> SafeString:
    return format_html_join("", "{}", ((piece,) for piece in pieces))
