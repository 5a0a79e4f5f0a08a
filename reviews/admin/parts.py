"""What stands under a review on its form: the bylines and the parts about episodes."""

from typing import TYPE_CHECKING, Any, cast

from django.db.models import ForeignKey, QuerySet
from django.forms.models import BaseInlineFormSet
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from coverage.newsroom.admin.base import DeskFields, editor_of
from coverage.newsroom.admin.labels import DeskForm
from coverage.newsroom.admin.rows import RowsThatMayHaveGone
from reviews import rules
from reviews.admin.reading import to_read
from reviews.admin.stars import StarPicker, StarsChoice
from reviews.models import Byline, EpisodeReview, Review
from reviews.stars import StarsField
from series.models import Episode

if TYPE_CHECKING:
    from django.contrib.admin import StackedInline

    _FormSet = BaseInlineFormSet[Any, Any, Any]
    _StackedInline = StackedInline[Any, Any]
else:
    from django.contrib.admin import StackedInline as _StackedInline

    _FormSet = BaseInlineFormSet

_EPISODES = ("episode", "last_episode")
MOST_ROWS = 60


class PartForm(DeskForm):
    def _get_validation_exclusions(self) -> set[str]:
        # Which part has which episode is a question to all of them at once: see PartFormSet.
        return cast("set[str]", super()._get_validation_exclusions()) | {"review"}  # type: ignore[misc]  # unknown to the stubs


class FewRows(RowsThatMayHaveGone):
    # With prose editors in them.
    most_rows = MOST_ROWS


class PartFormSet(FewRows):
    """One part for an episode and a reviewer, looked at over the whole form: two may swap places."""

    _choices: list[tuple[Any, Any]] | None = None

    def get_form_kwargs(self, index: int | None) -> dict[str, Any]:
        """A new part begins with the piece's reviewer, if it has just one."""
        kwargs = dict(super().get_form_kwargs(index))
        is_new = index is None or index >= self.initial_form_count()
        return kwargs | {"initial": {"reviewer": self._sole_reviewer}} if is_new else kwargs

    @cached_property
    def _sole_reviewer(self) -> int | None:
        reviewers = Byline.objects.filter(review=self.instance.pk).values_list("reviewer", flat=True)[:2]
        return reviewers[0] if len(reviewers) == 1 else None

    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        series = self.instance.series_id
        if not series:
            return
        for name in set(_EPISODES) & set(form.fields):
            # Read once for all parts; validated against the same rows.
            form.fields[name].queryset = Episode.objects.filter(series=series)
            form.fields[name].widget.choices = form.fields[name].choices = self._episodes(series)

    def _episodes(self, series: int) -> list[tuple[Any, Any]]:
        if self._choices is None:
            rows = Episode.objects.filter(series=series).select_related("series")
            self._choices = [("", "—"), *((row.pk, _name(row)) for row in rows)]
        return self._choices

    def clean(self) -> None:
        super().clean()
        taken: set[tuple[Any, Any]] = self._elsewhere()
        for form in self._kept():
            key = _key(form)
            if None not in key and key in taken:
                form.add_error("episode", _("This reviewer has a part about this episode already."))
            taken.add(key)

    def _kept(self) -> list[Any]:
        return [
            form for form in self.forms if hasattr(form, "cleaned_data") and form not in self.deleted_forms
        ]

    def _elsewhere(self) -> set[tuple[Any, Any]]:
        """What parts hold that aren't on this form: another editor may have added one."""
        here = [form.instance.pk for form in self.initial_forms if form.instance.pk]
        others = EpisodeReview.objects.filter(review_id=self.instance.pk).exclude(pk__in=here)
        return set(others.values_list("episode", "reviewer"))

    def save_existing_objects(self, commit: bool = True) -> list[Any]:
        # The database looks at one row at a time: rows that change places first leave, then come
        # back under their own keys.
        leaving = [form for form in self.initial_forms if {"episode", "reviewer"} & set(form.changed_data)]
        leaving += self.deleted_forms
        keys = [form.instance.pk for form in leaving if form.instance.pk]
        if commit and keys:
            EpisodeReview.objects.filter(review=self.instance, pk__in=keys).delete()
        return super().save_existing_objects(commit)


def _key(form: Any) -> tuple[Any, Any]:
    episode, reviewer = form.cleaned_data.get("episode"), form.cleaned_data.get("reviewer")
    return (episode and episode.pk, reviewer and reviewer.pk)


def _name(episode: Episode) -> str:
    return ": ".join(filter(None, (episode.label, episode.title))) or str(episode)


_LINE = ("episode", "last_episode", "reviewer", "position")
_REST = ["stars", "body", "verdict"]
_REST_TO_READ = to_read(EpisodeReview, _REST)


class PartInline(DeskFields, _StackedInline):
    """The parts. Where the series is known, only its episodes are offered."""

    model = EpisodeReview
    form = PartForm
    formset = PartFormSet
    extra = 0
    verbose_name = _("part")
    verbose_name_plural = _("episode by episode")
    autocomplete_fields = ["reviewer"]
    fields = [_LINE, *_REST]
    formfield_overrides = DeskFields.formfield_overrides | {
        StarsField: {"form_class": StarsChoice, "widget": StarPicker}
    }

    def get_autocomplete_fields(self, request: HttpRequest) -> list[str]:
        review = getattr(request, "review_on_the_form", None)
        return ["reviewer"] if review and review.series_id else ["reviewer", *_EPISODES]

    def get_fields(self, request: HttpRequest, obj: Review | None = None) -> Any:
        return self.fields if rules.may_edit(obj, editor_of(request)) else [_LINE, *_REST_TO_READ]

    def get_readonly_fields(self, request: HttpRequest, obj: Review | None = None) -> Any:
        return [] if rules.may_edit(obj, editor_of(request)) else [*_LINE, *_REST_TO_READ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return (
            super()
            .get_queryset(request)
            .select_related("reviewer", "episode__series", "last_episode__series")
        )

    def formfield_for_foreignkey(
        self, db_field: "ForeignKey[Any, Any]", request: HttpRequest, **kwargs: Any
    ) -> Any:
        if db_field.name in _EPISODES and db_field.name not in self.get_autocomplete_fields(request):
            # The formset fills in the choices; until then there is nothing to read for each row.
            kwargs["queryset"] = Episode.objects.none()
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


class BylineInline(DeskFields, _StackedInline):
    model = Byline
    form = DeskForm
    formset = FewRows
    extra = 0
    autocomplete_fields = ["reviewer"]
    classes = ["rows"]
    fields = [("reviewer", "position")]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).select_related("reviewer")

    def get_extra(self, request: HttpRequest, obj: Review | None = None, **kwargs: Any) -> int:
        return 0 if obj else 1
