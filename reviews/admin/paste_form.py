"""The form of "Paste an article": the text, and what the editor decides about it."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from coverage.newsroom.admin.labels import PLAIN_WORDS
from coverage.newsroom.models import User
from reviews.importing.richtext import lines_from_html
from reviews.models import Review, Reviewer
from reviews.status import Status
from series.models import Series

MAX_LENGTH = 200_000


class PasteForm(forms.Form):
    """An article, and what the editor decides about it."""

    text = forms.CharField(
        label=gettext_lazy("The article"),
        max_length=MAX_LENGTH,
        required=False,
        strip=False,
        widget=forms.Textarea({"rows": 16, "data-paste-into": "id_rich", "spellcheck": "false"}),
        help_text=gettext_lazy("Paste it from your document. No piece is changed until you make the draft."),
        error_messages={
            **PLAIN_WORDS,
            "max_length": gettext_lazy(
                "That is longer than an article: %(show_value)d characters, and %(limit_value)d is the most."
            ),
        },
    )
    rich = forms.CharField(required=False, max_length=4 * MAX_LENGTH, widget=forms.HiddenInput)
    series = forms.ModelChoiceField(
        label=gettext_lazy("Series"),
        queryset=Series.objects.order_by("title"),
        required=False,
        empty_label=gettext_lazy("The one that its title names"),
    )
    reviewer = forms.ModelChoiceField(
        label=gettext_lazy("Written by"),
        queryset=Reviewer.objects.order_by("byline"),
        required=False,
        empty_label=gettext_lazy("As signed, or else you"),
    )
    draft = forms.ModelChoiceField(
        label=gettext_lazy("Fill a draft"),
        queryset=Review.objects.none(),
        required=False,
        empty_label=gettext_lazy("Make a new one"),
        help_text=gettext_lazy("You see what would change before it does."),
    )
    version = forms.UUIDField(required=False, widget=forms.HiddenInput)
    credits = forms.TypedMultipleChoiceField(
        coerce=int, required=False, choices=[(number, "") for number in range(400)]
    )

    def __init__(self, editor: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        draft: Any = self.fields["draft"]
        draft.queryset = drafts_of(editor).select_related("series")
        draft.label_from_instance = lambda review: ": ".join(
            str(said) for said in (review.series, review) if said
        )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        text, rich = cleaned.get("text") or "", cleaned.get("rich") or ""
        if not text.strip() and rich:
            text = lines_from_html(rich)
        if not text.strip() and "text" not in self.errors:
            self.add_error("text", _("Paste the article here first."))
        cleaned["text"] = text
        return cleaned


def drafts_of(editor: User) -> QuerySet[Review]:
    """The drafts that this editor may fill."""
    if not editor.has_perm("reviews.change_review"):
        return Review.objects.none()
    if editor.has_perm("reviews.edit_any_review"):
        return Review.objects.filter(status__in=[Status.DRAFT, Status.SUBMITTED])
    return Review.objects.of(editor).filter(status=Status.DRAFT)
