from django.conf import settings
from django.core.validators import MaxLengthValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from coverage.newsroom.models import CleanText
from reviews.models.review import Review

MOST_QUOTED = 80
MOST_CHARACTERS = 2000


class NoteQuerySet(models.QuerySet["Note"]):
    def open_on(self, review: Review) -> "NoteQuerySet":
        """What is still to be done."""
        return self.filter(review=review, resolved_at=None)


class Note(CleanText):
    """What somebody at the desk says about a piece, or about one of its paragraphs. Never public.

    `text_name` names the text as the form does (a field, or a part's anchor and its field), `paragraph`
    counts from 1 in it, and `quote` is how that began when the note was written; all empty for the whole
    piece.
    """

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="notes")
    text_name = models.CharField(max_length=60, blank=True, editable=False)
    paragraph = models.PositiveIntegerField(null=True, blank=True, editable=False)
    quote = models.CharField(max_length=MOST_QUOTED, blank=True, editable=False)
    words = models.TextField(_("note"), validators=[MaxLengthValidator(MOST_CHARACTERS)])
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("by"), on_delete=models.PROTECT, related_name="+"
    )
    made_at = models.DateTimeField(_("made"))
    resolved_at = models.DateTimeField(_("resolved"), null=True, blank=True)
    resolved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = NoteQuerySet.as_manager()

    class Meta:
        verbose_name = _("note")
        verbose_name_plural = _("notes")
        ordering = ["made_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(words=""),
                name="note_says_something",
                violation_error_message=_("Write what is to be done."),
            ),
            models.CheckConstraint(
                condition=models.Q(text_name="", paragraph=None, quote="")
                | models.Q(~models.Q(text_name=""), ~models.Q(quote=""), paragraph__gte=1),
                name="note_on_a_paragraph_or_on_all",
                violation_error_message=_("A note is about a paragraph or about the whole piece."),
            ),
        ]

    def __str__(self) -> str:
        return self.words[:60]

    @property
    def quoted(self) -> str:
        """How its paragraph began, with an ellipsis where that was cut."""
        # The cut may have fallen on a space, which isn't kept.
        return f"{self.quote}…" if len(self.quote) >= MOST_QUOTED - 1 else self.quote
