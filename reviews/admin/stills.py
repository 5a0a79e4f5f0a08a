"""Stills at the desk: their files come in one by one, and what is said of them with the piece's form."""

import re
from collections import defaultdict
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.http import HttpRequest, JsonResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from coverage.newsroom.admin.base import editor_of, now_of
from coverage.newsroom.models import AuditEntry, Picture
from coverage.newsroom.pictures import renditions
from reviews.markup.stills import place
from reviews.models import Review
from reviews.models.content import pictures_named
from reviews.stills import may_change

# The names of the form's fields; FILES is what a browser without scripts sends.
WORDS = re.compile(r"still-([1-9][0-9]{0,17})-(alt|caption|credit|spoils)")
FILES = "stills"
# Where the stills of a browser without scripts are put, for the writer to move.
AT_THE_END_OF = "introduction"


@require_POST
def add_view(request: HttpRequest) -> JsonResponse:
    """Takes one `file`. Answers what is said of the picture, or in `refused` why it can't be one."""
    if not request.user.has_perm("newsroom.add_picture"):
        raise PermissionDenied
    file = request.FILES.get("file")
    if not isinstance(file, UploadedFile):
        return JsonResponse({"refused": _("No file came; add it again.")}, status=400)
    try:
        return JsonResponse(_told(_added(request, file), request))
    except ValidationError as refused:
        return JsonResponse({"refused": " ".join(refused.messages)}, status=400)


@require_safe
def still_view(request: HttpRequest, pk: int) -> JsonResponse:
    """What is said of one picture."""
    if not request.user.has_perm("newsroom.view_picture"):
        raise PermissionDenied
    return JsonResponse(_told(get_object_or_404(Picture, pk=pk), request))


def take(request: HttpRequest) -> None:
    """Keep what a posted form says of its stills, whatever becomes of the form itself."""
    typed: defaultdict[int, dict[str, Any]] = defaultdict(dict)
    for name, value in request.POST.items():
        if found := WORDS.fullmatch(name):
            typed[int(found[1])][found[2]] = bool(value) if found[2] == "spoils" else str(value).strip()
    for picture in Picture.objects.filter(pk__in=typed):
        _say(request, picture, typed[picture.pk])
    _add_files(request)


def of_piece(review: Review) -> list[Picture]:
    """The pictures in its text, in no order."""
    named = pictures_named(review)
    return list(Picture.objects.filter(pk__in=named)) if named else []


@transaction.atomic
def _added(request: HttpRequest, file: "UploadedFile[Any]") -> Picture:
    picture = Picture(file=file)
    # The text alternative follows, and nothing is approved without.
    picture.clean_fields(exclude=["alt"])
    picture.save()
    AuditEntry.objects.record("add", picture, by=editor_of(request), at=now_of(request), file=file.name)
    return picture


def _told(picture: Picture, request: HttpRequest) -> dict[str, Any]:
    return {
        "id": picture.pk,
        "url": renditions.shown(picture).smallest.url,
        "alt": picture.alt,
        "caption": picture.caption,
        "credit": picture.credit,
        "spoils": picture.spoils,
        "may_change": may_change(picture, editor_of(request)),
    }


@transaction.atomic
def _say(request: HttpRequest, picture: Picture, words: dict[str, Any]) -> None:
    changed = [name for name, value in words.items() if getattr(picture, name) != value]
    if not changed:
        return
    if not may_change(picture, editor_of(request)):
        messages.error(request, _("“%(still)s”: only an editor changes it now.") % {"still": picture})
        return
    for name in changed:
        setattr(picture, name, words[name])
    unchanged = {field.name for field in picture._meta.fields} - set(changed)
    try:
        picture.clean_fields(exclude=unchanged)
    except ValidationError as refused:
        messages.error(request, _("A still wasn't changed: %(why)s") % {"why": " ".join(refused.messages)})
        return
    picture.save(update_fields=changed)
    said = [{"changed": {"fields": [str(Picture._meta.get_field(name).verbose_name) for name in changed]}}]  # type: ignore[union-attr]  # fields of its own
    AuditEntry.objects.record("change", picture, by=editor_of(request), at=now_of(request), changes=said)


def _add_files(request: HttpRequest) -> None:
    files = request.FILES.getlist(FILES)
    if not files or AT_THE_END_OF not in request.POST:
        return
    if not request.user.has_perm("newsroom.add_picture"):
        raise PermissionDenied
    data = request.POST.copy()
    for file in files:
        try:
            picture = _added(request, file)
        except ValidationError as refused:
            why = {"file": file.name, "why": " ".join(refused.messages)}
            messages.error(request, _("%(file)s: %(why)s") % why)
        else:
            data[AT_THE_END_OF] = f"{data[AT_THE_END_OF]}{place(picture.pk)}"
    request.POST = data  # type: ignore[assignment]  # as the form is to read it
