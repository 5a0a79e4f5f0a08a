"""Autocompletes that know the label of what is chosen, so that forty rows don't ask forty times."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib.admin.widgets import AutocompleteSelect
from django.forms.widgets import Script
from django.utils.translation import gettext_lazy as _

from coverage.newsroom.admin.choosing import heed
from coverage.newsroom.keys import as_key

if TYPE_CHECKING:
    _ModelForm = forms.ModelForm[Any]
else:
    _ModelForm = forms.ModelForm


class LabelledAutocomplete(AutocompleteSelect):
    """`known` holds labels by value; what isn't there is looked up as usual."""

    known: dict[str, str] = {}

    def build_attrs(
        self, base_attrs: dict[str, Any], extra_attrs: dict[str, Any] | None = None
    ) -> dict[str, Any]:
        return super().build_attrs(base_attrs, extra_attrs) | {"data-placeholder": _("Type to search")}

    @property
    def media(self) -> forms.Media:
        names = Script("js/desk/autocomplete_names.js", type="module")
        return super().media + forms.Media(js=[names])  # type: ignore[list-item]  # the stubs know only paths

    def optgroups(self, name: str, value: Sequence[Any], attr: dict[str, Any] | None = None) -> list[Any]:
        # What can't be a key was never offered: asking the database for it would be an error.
        value = [one for one in value if one in (None, "") or as_key(str(one)) is not None]
        chosen = [str(one) for one in value if one not in (None, "")]
        if not set(chosen) <= set(self.known):
            return list(super().optgroups(name, value, attr))
        options = [] if self.is_required else [self.create_option(name, "", "", False, 0)]
        options += [self.create_option(name, one, self.known[one], True, 1) for one in chosen]
        return [(None, options, 0)]


# What a field says of what anybody may have typed into it.
PLAIN_WORDS = {
    "required": _("This can't be left empty."),
    "max_length": _("It is too long: at most %(limit_value)d characters, and these are %(show_value)d."),
    "null_characters_not_allowed": _("It holds a character that can't be kept; type it anew."),
}


class DeskForm(_ModelForm):
    """Tells its autocompletes the labels of related rows that came with the instance.

    Where somebody else's version of a field was chosen, it says that.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.error_messages |= PLAIN_WORDS
            widget = getattr(field.widget, "widget", field.widget)
            related = self.instance._state.fields_cache.get(name)
            if isinstance(widget, LabelledAutocomplete) and related is not None:
                widget.known = {str(related.pk): str(related)}
        heed(self)
