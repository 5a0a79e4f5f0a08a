from typing import Any, cast

from django.contrib import admin, messages
from django.db.models import Prefetch, QuerySet, prefetch_related_objects
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _

from coverage.newsroom.admin import differing
from coverage.newsroom.admin.base import DeskAdmin, editor_of, now_of
from coverage.newsroom.keys import as_key
from coverage.newsroom.middleware import NewsroomRequest
from coverage.newsroom.pictures.fields import ACCEPTED
from reviews import rules
from reviews.admin import (
    autosave,
    history,
    margin_views,
    merging,
    notes,
    presence,
    preview,
    preview_links,
    stills,
)
from reviews.admin.addresses import piece_url
from reviews.admin.columns import headline, pill_at, when_at
from reviews.admin.filters import ReviewerFilter, SeriesFilter, StageFilter
from reviews.admin.fixing import fix_view
from reviews.admin.forms import ReviewForm
from reviews.admin.margin import ANSWER
from reviews.admin.parts import BylineInline, PartInline
from reviews.admin.paste import paste_view
from reviews.admin.reading import to_read
from reviews.admin.stars import StarPicker, StarsChoice
from reviews.admin.verb_views import do_after_save, standing_of, verb_view
from reviews.history.values import between
from reviews.models import Byline, EpisodeReview, Kind, Presence, Review
from reviews.models.content import PROSE
from reviews.stars import StarsField
from reviews.status import Status
from series.models import Episode

_BEGINNING: Any = [
    (
        None,
        {
            "fields": [("kind", "series"), "headline", "slug"],
            "description": _("Start it here; its text, its parts and its spoilers come on the next page."),
        },
    )
]
# In the order of the work. "rail" stands beside the text, "closing" after the parts.
_WORK: Any = [
    (None, {"fields": ["headline", "standfirst", "introduction"]}),
    (_("After the last part"), {"fields": ["conclusion", "verdict"], "classes": ["closing"]}),
    (
        _("Spoilers"),
        {"fields": ["spoiler_level", "spoils_through", "spoils_source"], "classes": ["rail"]},
    ),
    (_("When"), {"fields": ["planned_at"], "classes": ["rail"]}),
    (_("What it is"), {"fields": ["kind", "series", "slug", "lead_picture"], "classes": ["rail"]}),
]


@admin.register(Review)
class ReviewAdmin(DeskAdmin):
    """The pieces. Their status is moved by the verbs alone."""

    tells_values_of = ("slug", "series", "kind", "planned_at", "stars")
    form = ReviewForm
    # It has a version of its own.
    asks_what_was_seen = False
    inlines = [BylineInline, PartInline]
    change_form_template = "desk/review_form.html"
    change_list_template = "desk/review_list.html"
    view_on_site = False
    list_select_related = ["series", "release"]
    list_filter = [StageFilter, "kind", SeriesFilter, ReviewerFilter]
    search_fields = [
        "headline", "slug", "series__title", "series__title_native", "series__title_romaji",
        "series__other_titles__title",
    ]  # fmt: skip
    search_help_text = _("By headline, slug, or any title of the series.")
    date_hierarchy = "planned_at"
    autocomplete_fields = ["series", "lead_picture"]
    adds_related = ("lead_picture",)
    prepopulated_fields = {"slug": ["headline"]}
    formfield_overrides = DeskAdmin.formfield_overrides | {
        StarsField: {"form_class": StarsChoice, "widget": StarPicker}
    }

    # Who may

    def has_change_permission(self, request: HttpRequest, obj: Review | None = None) -> bool:
        return rules.may_edit(obj, editor_of(request))

    # The list

    def get_queryset(self, request: HttpRequest) -> QuerySet[Review]:
        reviews: QuerySet[Review] = super().get_queryset(request)
        match = request.resolver_match
        if match and match.url_name == "reviews_review_changelist":
            bylines = Prefetch("bylines", Byline.objects.select_related("reviewer"))
            others = Presence.objects.now(now_of(request)).others(editor_of(request))
            at_it = Prefetch("presences", others, to_attr="others_at_it")
            return reviews.defer(*PROSE).prefetch_related(bylines, at_it)
        return reviews.select_related("series", "release")

    def get_list_display(self, request: HttpRequest) -> list[Any]:
        at, publication = now_of(request), cast("NewsroomRequest", request).publication
        return [headline, pill_at(at), "series", "kind", "byline", when_at(at, publication)]

    @admin.display(description=_("by"))
    def byline(self, review: Review) -> str:
        return ", ".join(str(byline.reviewer) for byline in review.bylines.all())

    # The form

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, *args: Any, **kwargs: Any
    ) -> Any:
        if request.method == "POST" and autosave.TAKE in request.POST:
            if not autosave.take_up(request, object_id):
                self.message_user(request, autosave.GONE, messages.WARNING)
                return redirect(request.path)
        elif request.method == "POST" and object_id and self._may_change(request, object_id):
            stills.take(request)
            margin_views.take(request, object_id)
        return super().changeform_view(request, object_id, *args, **kwargs)

    def _may_change(self, request: HttpRequest, object_id: str) -> bool:
        review = self.get_object(request, object_id)
        return review is not None and self.has_change_permission(request, review)

    def get_fieldsets(self, request: HttpRequest, obj: Review | None = None) -> Any:
        if obj is None:
            return _BEGINNING
        may_edit = self.has_change_permission(request, obj)
        # What was sent is shown as it was sent, wherever it was typed.
        fold = request.method == "GET" and _closes_with_its_parts(obj)
        fieldsets = [_for_this(fieldset, obj, may_edit=may_edit, fold=fold) for fieldset in _WORK]
        return [fieldset for fieldset in fieldsets if fieldset[1]["fields"]]

    def get_prepopulated_fields(self, request: HttpRequest, obj: Review | None = None) -> Any:
        return {} if obj else self.prepopulated_fields

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        initial: dict[str, Any] = {"kind": Kind.WEEKLY}
        if series := as_key(request.GET.get("series", "")):
            initial["series"] = series
        return initial

    def get_inlines(self, request: HttpRequest, obj: Review | None) -> Any:
        request.review_on_the_form = obj  # type: ignore[attr-defined]  # read by PartInline
        return self.inlines if obj else [BylineInline]

    def get_formset_kwargs(self, request: HttpRequest, obj: Any, inline: Any, prefix: str) -> Any:
        kwargs = super().get_formset_kwargs(request, obj, inline, prefix)
        reviewer = getattr(editor_of(request), "reviewer", None)
        if obj.pk is None and reviewer and request.method == "GET":
            kwargs["initial"] = [{"reviewer": reviewer.pk}]
        return kwargs

    def save_model(self, request: HttpRequest, obj: Review, form: Any, change: bool) -> None:
        """Only what the form holds is written; its version was claimed when it was cleaned."""
        if change:
            fields = [name for name in form.fields if name != "version"]
            obj.save(update_fields=fields)
            if "slug" in form.changed_data:
                obj.keep_former_slug(form.initial["slug"], now_of(request))
        else:
            obj.created_by, obj.created_at = editor_of(request), now_of(request)
            obj.updated_at = obj.created_at
            obj.save()

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        if not change:
            _begin_part(form.instance, request.GET.get("episode", ""))
        if not change or form.has_changed() or any(formset.has_changed() for formset in formsets):
            form.instance.keep(by=editor_of(request), at=now_of(request))

    def response_add(
        self, request: HttpRequest, obj: Review, post_url_continue: str | None = None
    ) -> HttpResponse:
        if "_popup" in request.POST:
            return super().response_add(request, obj, post_url_continue)
        autosave.end(request)
        self.message_user(request, _("The draft is begun."))
        return redirect("admin:reviews_review_change", obj.pk)

    def response_change(self, request: HttpRequest, obj: Review) -> HttpResponse:
        autosave.end(request)
        if name := request.POST.get("_verb"):
            return do_after_save(request, obj, name) or redirect("admin:reviews_review_change", obj.pk)
        if ANSWER in request.POST:
            return margin_views.answer_after_save(request, obj)
        self.message_user(request, _("Saved."))
        if "_close" in request.POST:
            return self.response_post_save_change(request, obj)
        return redirect("admin:reviews_review_change", obj.pk)

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> Any:
        review = kwargs.get("obj") or context.get("original")
        if review and review.pk:
            context |= self._standing(request, review, context) | presence.opened(request, review)
        context |= autosave.offered(request, review, context["adminform"].form)
        return super().render_change_form(request, context, *args, **kwargs)

    def _standing(self, request: HttpRequest, review: Review, context: Any) -> dict[str, Any]:
        form = context["adminform"].form
        now = form.saved_meanwhile or review
        parts = EpisodeReview.objects.select_related("episode", "last_episode")
        prefetch_related_objects([now], Prefetch("parts", parts))
        standing = standing_of(request, now)
        may_edit = rules.may_edit(now, standing.editor)
        returned = now.audit_trail().filter(verb__in=["submit", "return_with_note"]).first()
        return {
            "standing": standing,
            "stage": now.stage(now_of(request)),
            "moves": standing.moves(),
            "due": _due(standing),
            "lacks": rules.missing(now) if _may_lack(standing) else [],
            "stills": stills.of_piece(now),
            "margin": may_edit and margin_views.margin_of(request, now, standing.may),
            "accepted": ACCEPTED,
            "notes": notes.notes_for(request, now),
            "links": preview_links.links_beside(request, now),
            "may_read_history": rules.may_read_history(now, standing.editor),
            "returned": returned if returned and returned.verb == "return_with_note" else None,
            **_meanwhile(request, form, [inline.formset for inline in context["inline_admin_formsets"]]),
        }

    # Verbs

    def get_urls(self) -> list[URLPattern]:
        return [
            piece_url(self, "<int:object_id>/fix/", fix_view, "fix"),
            piece_url(self, "<int:object_id>/do/<slug:name>/", verb_view, "verb"),
            path("stills/", self.admin_site.admin_view(stills.add_view), name="reviews_review_stills"),
            path(
                "stills/<int:pk>/", self.admin_site.admin_view(stills.still_view), name="reviews_review_still"
            ),
            path("paste/", self.admin_site.admin_view(paste_view), name="reviews_review_paste"),
            *history.urls(self),
            *margin_views.urls(self),
            *preview.urls(self),
            *preview_links.urls(self),
            *autosave.urls(self),
            presence.url(self),
            *notes.urls(self),
            *super().get_urls(),
        ]

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        return history.history_view(self, request, object_id)


def _closes_with_its_parts(review: Review) -> bool:
    return not (review.conclusion or review.verdict or Kind(review.kind).has_own_stars)


def _for_this(fieldset: Any, review: Review, *, may_edit: bool, fold: bool) -> Any:
    """The fieldset as it stands for this piece: some fields are only for some, and most need no closing."""
    title, options = fieldset
    if fold and "closing" in options.get("classes", []):
        options = options | {"classes": [*options["classes"], "collapse"]}
    fields = list(options["fields"])
    if "verdict" in fields and Kind(review.kind).has_own_stars:
        fields.append("stars")
    if review.status not in (Status.DRAFT, Status.SUBMITTED):
        # From approval on, the release says when; `reschedule` moves it.
        fields = [name for name in fields if name != "planned_at"]
    return title, options | {"fields": fields if may_edit else to_read(Review, fields)}


def _begin_part(review: Review, episode: str) -> None:
    """The first part of a piece that was begun from an episode on the front page."""
    byline = review.bylines.first()
    about = Episode.objects.filter(pk=as_key(episode) or 0).first()
    if byline and about and about.series_id == review.series_id:
        EpisodeReview.objects.create(review=review, episode=about, reviewer=byline.reviewer)


def _may_lack(standing: Any) -> bool:
    is_open = standing.review.status in (Status.DRAFT, Status.SUBMITTED)
    return is_open or standing.has_unapproved_changes


def _due(standing: Any) -> str:
    return str(standing.words(standing.due))


def _meanwhile(request: HttpRequest, form: Any, formsets: list[Any]) -> dict[str, Any]:
    """What the other editor did, when a save was refused for it; or what was typed earlier."""
    if not form.saved_meanwhile:
        return {"refused": False}
    taken_up = autosave.when_taken_up(form)
    if not taken_up:
        autosave.keep_posted(request, form.saved_meanwhile)
    taken = merging.take_over(form, formsets)
    found = list(differing.of_form(form, form.saved_meanwhile, between))
    for formset in formsets:
        found += differing.of_rows(formset, between)
    return {"refused": True, "taken_up": taken_up, "taken_over": taken, "differences": found}
