"""The desk's screen "Paste an article": what was understood beside the source, before anything is saved."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from coverage.newsroom.admin.base import editor_of, now_of
from coverage.newsroom.keys import as_key
from coverage.newsroom.models import User
from reviews import rules
from reviews.admin import autosave
from reviews.admin.paste_changes import differences, is_bare
from reviews.admin.paste_form import PasteForm, drafts_of
from reviews.history.values import Difference
from reviews.importing import parse_article
from reviews.importing.article import Article, Credit, Doubt, Field
from reviews.importing.crediting import accept
from reviews.importing.drafting import draft_from, fill_draft
from reviews.importing.lines import folded
from reviews.importing.matching import Episodes, Unmatched, numbers_in
from reviews.importing.richtext import prose_by_text
from reviews.importing.sources import Desk, Drafted, Source, existing_draft, series_of
from reviews.models import Kind, Review
from reviews.models.buffers import Form
from reviews.models.content import SpoilerLevel
from reviews.status import Status
from series.models import Credit as KnownCredit
from series.models import Series
from series.roles import role

FIELD_LABELS = {
    Field.TITLE: gettext_lazy("title"),
    Field.BYLINE: gettext_lazy("byline"),
    Field.INFO: gettext_lazy("info"),
    Field.SPOILERS: gettext_lazy("spoilers"),
    Field.INTRO: gettext_lazy("introduction"),
    Field.HEADING: gettext_lazy("heading"),
    Field.RATING: gettext_lazy("rating"),
    Field.CREDITS: gettext_lazy("credits"),
    Field.BODY: gettext_lazy("text"),
    Field.VERDICT: gettext_lazy("verdict"),
    Field.OUTRO: gettext_lazy("closing"),
    Field.UNPLACED: gettext_lazy("not kept"),
}


@dataclass(frozen=True)
class SourceLine:
    """A line of the source as the screen shows it."""

    number: int
    text: str
    field: Field | None
    label: Any
    doubts: list[Doubt]


@dataclass(frozen=True)
class Understood:
    """All that the screen shows of an article."""

    article: Article
    series: Series | None
    problem: str
    before: Review | None
    changes: list[Difference]
    may_credit: bool

    @property
    def kind(self) -> Any:
        """As the desk calls it."""
        return Kind(self.article.kind.value).label

    @property
    def spoilers(self) -> Any:
        """As the desk calls their level."""
        return SpoilerLevel(self.article.spoilers.level).label if self.article.spoilers else ""

    def lines(self) -> Iterator[SourceLine]:
        """The source, line by line."""
        doubts: dict[int, list[Doubt]] = {}
        for doubt in self.article.warnings:
            doubts.setdefault(doubt.line, []).append(doubt)
        for line in self.article.lines:
            placed = self.article.fields.get(line.number)
            label = FIELD_LABELS[placed] if placed else ""
            yield SourceLine(line.number, line.text, placed, label, doubts.get(line.number, []))

    def credits(self) -> list[tuple[int, Credit, Any, bool]]:
        """The suggested credits, numbered, with the role's name, and whether the series has them already."""
        known = _known_credits(self.series)
        return [
            (at, credit, role(credit.role).label, (folded(credit.person), credit.role) in known)
            for at, credit in enumerate(self.article.credits)
        ]

    def others(self) -> list[Review]:
        """The desk's other pieces about the same episodes."""
        if self.series is None:
            return []
        known = Episodes.of(self.series)
        numbers = [number for section in self.article.sections for number in numbers_in(section.episodes)]
        episodes = [episode for number in numbers if (episode := known.numbered(number))]
        about = Review.objects.filter(parts__episode__in=episodes).exclude(status=Status.DISCARDED)
        if self.before:
            about = about.exclude(pk=self.before.pk)
        return list(about.order_by("-pk").distinct())


def _known_credits(series: Series | None) -> set[tuple[str, str]]:
    about = Q(series=series) | Q(episode__series=series)
    rows = KnownCredit.objects.filter(about).select_related("person") if series else ()
    return {(folded(row.person.name), str(row.role)) for row in rows}


def paste_view(request: HttpRequest) -> HttpResponse:
    """Read what was pasted; make or fill a draft only when that button is pressed."""
    editor = editor_of(request)
    if not editor.has_perm("reviews.add_review"):
        raise PermissionDenied
    if request.method == "POST" and autosave.TAKE in request.POST:
        if not autosave.take_up(request, None, Form.PASTE):
            messages.warning(request, autosave.GONE)
            return redirect(request.path)
    elif request.method == "POST":
        autosave.keep_posted(request, None, Form.PASTE)
    form = _form(request, editor)
    understood = None
    if request.method == "POST" and form.is_valid():
        source = _source(form)
        drafted = _act(request, form, source)
        if drafted:
            return _report(request, drafted, source)
        if request.POST.get("do") == "credit":
            _credit_of_known(request, form, source)
        understood = _understand(request, form, source)
    return _page(request, form, understood)


def _form(request: HttpRequest, editor: User) -> PasteForm:
    """What was posted, or an empty form, for the draft that `?draft=` names."""
    if request.method == "POST":
        return PasteForm(editor, request.POST)
    key = as_key(request.GET.get("draft", ""))
    if key is None:
        return PasteForm(editor)
    draft = drafts_of(editor).filter(pk=key).first()
    if draft is None:
        messages.info(request, _("That piece can't be filled by you as it stands now."))
        return PasteForm(editor)
    return PasteForm(
        editor, initial={"draft": draft.pk, "version": draft.version if is_bare(draft) else None}
    )


def _source(form: PasteForm) -> Source:
    text = form.cleaned_data["text"]
    return Source(text, parse_article(text), prose_by_text(form.cleaned_data["rich"]))


def _act(request: HttpRequest, form: PasteForm, source: Source) -> Drafted | None:
    """Do what the pressed button says; None if it only reads, or if it is refused."""
    wish = request.POST.get("do")
    if wish not in ("make", "fill", "fill_at_once"):
        return None
    if wish == "fill_at_once" and not _goes_without_saying(request, form, source):
        return None
    try:
        with transaction.atomic():
            drafted = _make(request, form, source) if wish == "make" else _fill(request, form, source)
            autosave.end(request)
            return drafted
    except Unmatched as unmatched:
        form.add_error("series", str(unmatched))
    except ValidationError as refusal:
        form.add_error(None, refusal.messages)
    return None


def _make(request: HttpRequest, form: PasteForm, source: Source) -> Drafted:
    series = form.cleaned_data["series"] or series_of(source.article)
    drafted = draft_from(source, series, _desk(request, form))
    if drafted.is_new:
        _take_credits(request, form, source, series)
    return drafted


def _fill(request: HttpRequest, form: PasteForm, source: Source) -> Drafted:
    review = form.cleaned_data["draft"]
    if review is None:
        raise ValidationError(_("Choose the draft that is to be filled."))
    if not rules.may_edit(review, editor_of(request)):
        raise PermissionDenied
    if form.cleaned_data["version"] is None:
        raise ValidationError(_("Look at what would change first, then fill the draft."))
    review.version = form.cleaned_data["version"]
    drafted = fill_draft(review, source, _desk(request, form))
    _take_credits(request, form, source, review.series)
    return drafted


def _goes_without_saying(request: HttpRequest, form: PasteForm, source: Source) -> bool:
    """Whether filling takes nothing away and nothing speaks against it: then nobody has to look first."""
    draft = form.cleaned_data["draft"]
    return bool(draft and is_bare(draft) and not _understand(request, form, source).problem)


def _desk(request: HttpRequest, form: PasteForm) -> Desk:
    editor = editor_of(request)
    return Desk(now_of(request), editor, form.cleaned_data["reviewer"], editor.has_perm("series.add_episode"))


def _take_credits(request: HttpRequest, form: PasteForm, source: Source, series: Series | None) -> int:
    known = source.article.credits
    chosen = [known[at] for at in form.cleaned_data["credits"] if at < len(known)]
    if chosen and series and _may_credit(editor_of(request)):
        return len(accept(chosen, series))
    return 0


def _credit_of_known(request: HttpRequest, form: PasteForm, source: Source) -> None:
    """The people of an article that is in already: whoever brought it in may not have been let to credit."""
    before = existing_draft(source.text)
    new = _take_credits(request, form, source, before.series) if before else 0
    words = ngettext("%(number)d credit is new.", "%(number)d credits are new.", new)
    messages.success(request, words % {"number": new})


def _understand(request: HttpRequest, form: PasteForm, source: Source) -> Understood:
    series, problem = form.cleaned_data.get("series"), ""
    draft = form.cleaned_data.get("draft")
    if series is None and draft and not source.article.series:
        series = draft.series
    if series is None:
        try:
            series = series_of(source.article)
        except Unmatched as unmatched:
            problem = str(unmatched)
    if draft:
        if series and draft.series and series != draft.series:
            told = _("The draft is about “%(draft)s”, the article about “%(article)s”.")
            problem = told % {"draft": draft.series, "article": series}
        form.data = form.data.copy()  # type: ignore[attr-defined]  # a QueryDict: the version that is shown
        form.data["version"] = str(draft.version)  # type: ignore[index]  # likewise
    return Understood(
        source.article,
        series,
        problem,
        existing_draft(source.text),
        differences(draft, source) if draft else [],
        _may_credit(editor_of(request)),
    )


def _may_credit(editor: User) -> bool:
    return editor.has_perms(["series.add_credit", "series.add_person"])


def _report(request: HttpRequest, drafted: Drafted, source: Source) -> HttpResponse:
    if drafted.is_new:
        messages.success(request, _("The draft is made. Look it over, then submit it."))
    else:
        messages.info(request, _("This article is in this draft."))
    for note in drafted.notes:
        messages.warning(request, note)
    if request.POST.get("do") == "fill_at_once":
        for doubt in source.article.warnings:
            told = _("Line %(line)s: %(doubt)s") % {"line": doubt.line, "doubt": doubt.message}
            messages.warning(request, told)
    return redirect("admin:reviews_review_change", drafted.review.pk)


def _page(request: HttpRequest, form: PasteForm, understood: Understood | None) -> TemplateResponse:
    context = admin.site.each_context(request) | {
        "title": _("Paste an article"),
        "opts": Review._meta,
        "form": form,
        "may_fill_at_once": not form.is_bound and form.initial.get("version"),
        "understood": understood,
    }
    context |= autosave.offered(request, None, form, Form.PASTE)
    return TemplateResponse(request, "desk/paste.html", context)
