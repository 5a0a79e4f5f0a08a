"""When two have edited one piece: what only the other has changed is taken over into the refused form.

The edition that the form was opened on tells who changed what: a field that still says what it said
then was not touched here. A field that both have changed keeps what was typed.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from coverage.newsroom.admin.choosing import as_kept, say
from reviews.models import Edition, EpisodeReview
from reviews.models.content import CONTENT_FIELDS, PART_FIELDS

BASE = "base"


def take_over(form: Any, formsets: Iterable[Any]) -> list[str]:
    """Fill in what only the other editor changed; the labels of those fields."""
    base = Edition.objects.numbered(form.instance, form.data.get(BASE, ""))
    if base is None:
        return []
    taken = list(_merged(form, base, form.saved_meanwhile, CONTENT_FIELDS))
    for formset in formsets:
        if formset.model is EpisodeReview:
            taken += _parts_merged(formset, base)
    return taken


def _parts_merged(formset: Any, base: Edition) -> Iterator[str]:
    was = {(part.episode_id, part.reviewer_id): part for part in base.parts.all()}
    now = {part.pk: part for part in EpisodeReview.objects.filter(review=formset.instance.pk)}
    for form in formset.forms:
        part = now.get(form.instance.pk)
        before = part and was.get((part.episode_id, part.reviewer_id))
        if part and before:
            for label in _merged(form, before, part, PART_FIELDS):
                yield f"{label} ({part})"


def _merged(form: Any, base: Any, saved: Any, names: Iterable[str]) -> Iterator[str]:
    for name in names:
        if name not in form.fields or name not in getattr(form, "cleaned_data", {}):
            continue
        before, now = as_kept(getattr(base, name)), as_kept(getattr(saved, name))
        if now != before and as_kept(form.cleaned_data[name]) == before:
            form.cleaned_data[name] = getattr(saved, name)
            say(form, name, getattr(saved, saved._meta.get_field(name).attname))
            yield form[name].label
