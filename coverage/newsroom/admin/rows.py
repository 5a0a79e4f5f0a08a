"""Rows under a form that two may have open at once."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.forms.models import BaseInlineFormSet

from coverage.newsroom.admin.choosing import say, says_theirs

if TYPE_CHECKING:
    _FormSet = BaseInlineFormSet[Any, Any, Any]
else:
    _FormSet = BaseInlineFormSet


class RowsThatMayHaveGone(_FormSet):
    """Rows that another editor has dropped meanwhile are made anew, so that no text is lost."""

    # A made-up count of rows that cost much to draw would have thousands of them drawn.
    most_rows: int | None = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        if self.most_rows is not None:
            self.absolute_max = self.most_rows
        super().__init__(*args, **kwargs)

    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        if self._was_dropped(form, index):
            form.fields["id"] = forms.Field(required=False, widget=forms.HiddenInput)
            form.was_dropped = True
        if self.is_bound and says_theirs(self.data, form.prefix) and "DELETE" in form.fields:
            # Where they dropped it, or never had it, it goes; else it isn't dropped.
            say(form, "DELETE", not form.instance.pk)

    def get_queryset(self) -> Any:
        """Once the forms are there, the row of each: the admin pairs the two by their order."""
        rows = super().get_queryset()
        if not (self.is_bound and "forms" in self.__dict__):
            return rows
        return [form.instance for form in self.initial_forms]

    def _was_dropped(self, form: Any, index: int | None) -> bool:
        is_old = index is not None and index < self.initial_form_count()
        return self.is_bound and is_old and form.instance.pk is None

    def save_existing_objects(self, commit: bool = True) -> list[Any]:
        saved = list(super().save_existing_objects(commit))
        for form in self.initial_forms:
            if getattr(form, "was_dropped", False) and form not in self.deleted_forms:
                saved.append(self.save_new(form, commit=commit))
        return saved
