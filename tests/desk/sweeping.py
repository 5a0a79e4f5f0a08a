"""Posting the desk's forms by hand: what a page holds, each field changed, and what became of the rows."""

import re
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import models
from lxml import html

from tests.factories import make_image

CONTROLS = ".//*[self::input or self::select or self::textarea][@name][not(@type='submit')]"
APPS = ("newsroom", "series", "reviews", "flatpages")
# Change with every save.
VOLATILE = {"version", "updated_at"}
# What only some words are taken for; no two rows of one show have the same number.
VALID = {
    "number": "9{row}",
    "late_night_label": "Wednesdays 21:00",
    "time_zone": "Asia/Tokyo",
    "year": "2025",
}
_OF_A_KIND = {
    "number": "7",
    "date": "2026-01-05",
    "time": "05:06",
    "email": "other@example.org",
    "url": "https://example.org/other/",
}
_IN_A_ROW = re.compile(r"(?P<prefix>\w+)-(?P<number>\d+)-(?P<column>\w+)")


@dataclass(frozen=True)
class Form:
    """What a browser would post of a form, its controls by name, and the models of its inlines."""

    data: dict[str, list[str]]
    controls: dict[str, list[Any]]
    inlines: dict[str, type[models.Model]]

    @classmethod
    def of(cls, element, inlines=None):
        controls: dict[str, list[Any]] = {}
        for control in element.xpath(CONTROLS):
            if "__prefix__" not in control.get("name"):
                controls.setdefault(control.get("name"), []).append(control)
        data = {name: values for name in controls if (values := posted(controls[name]))}
        return cls(data, controls, inlines or {})

    @property
    def hidden(self):
        return {name for name, (control, *_) in self.controls.items() if control.get("type") == "hidden"}

    @property
    def fields(self):
        """What an editor sees, and can fill in."""
        return [name for name in self.controls if name not in self.hidden]

    def rows(self, prefix):
        return int(self.data[f"{prefix}-INITIAL_FORMS"][0])

    def changed(self, *names):
        """What would be posted with these fields changed."""
        return self.data | {name: altered(self.controls[name], self.data.get(name, [])) for name in names}

    def with_a_row(self, prefix):
        """What would be posted with one more row of an inline, which isn't what the first one is."""
        first, new = f"{prefix}-0-", f"{prefix}-{self.data[f'{prefix}-TOTAL_FORMS'][0]}-"
        names = [name for name in self.controls if name.startswith(first) and not name.endswith("-DELETE")]
        said = self.changed(*(name for name in names if name not in self.hidden))
        row = {name.replace(first, new): said.get(name, []) for name in names} | {f"{new}id": [""]}
        return self.data | row | {f"{prefix}-TOTAL_FORMS": [str(int(new.split("-")[1]) + 1)]}

    def column(self, name, row):
        """What the database holds where `name` would be kept; None where there is no such row."""
        if found := _IN_A_ROW.fullmatch(name):
            model, key = (
                self.inlines.get(found["prefix"]),
                self.data.get(f"{name.rpartition('-')[0]}-id", [""])[0],
            )
            stored = model._base_manager.filter(pk=key).first() if model and key else None
            return stored and _held(stored, found["column"])
        return _held(type(row)._base_manager.get(pk=row.pk), name)


def _held(row, name):
    if name == "DELETE":
        return True
    name = name if name in {field.name for field in row._meta.get_fields()} else re.sub(r"_[01]$", "", name)
    try:
        field = row._meta.get_field(name)
    except FieldDoesNotExist:
        return None
    if field.many_to_many:
        return sorted(getattr(row, name).values_list("pk", flat=True))
    return str(getattr(row, field.attname))


def forms_on(response):
    """(address that it is posted to, Form) of each form on a page; the way out isn't one."""
    page = html.fromstring(response.content.decode())
    shown = (response.context or {}).get("inline_admin_formsets") or []
    inlines = {inline.formset.prefix: inline.formset.model for inline in shown}
    found = [form for form in page.forms if form.method == "POST" and form.get("id") != "logout-form"]
    return [(form.get("action") or "", Form.of(form, inlines)) for form in found if form.xpath(CONTROLS)]


def posted(controls):
    """The values that a browser would post of one name."""
    values = []
    for control in controls:
        kind = control.get("type")
        if kind in ("checkbox", "radio"):
            values += [control.get("value", "on")] if control.get("checked") is not None else []
        elif control.tag == "select":
            values += control.xpath(".//option[@selected]/@value") or [""]
        elif control.tag == "textarea":
            values.append((control.text or "").removeprefix("\n"))
        elif kind != "file":
            values.append(control.get("value", ""))
    return values


def altered(controls, values):
    """Something else for a control, of the kind that it takes."""
    control, was = controls[0], values[0] if values else ""
    kind, column = control.get("type"), control.get("name").rpartition("-")[2]
    if column in VALID:
        in_a_row = _IN_A_ROW.fullmatch(control.get("name"))
        return [VALID[column].format(row=in_a_row["number"] if in_a_row else "")]
    if kind in ("checkbox", "radio"):
        every = [each.get("value", "on") for each in controls]
        return [value for value in every if value not in values][-1:]
    if control.tag == "select":
        return [_another_choice(control, was)]
    if kind == "file":
        return SimpleUploadedFile("other.png", make_image(colour="#123456"), "image/png")
    if kind in _OF_A_KIND:
        return [_OF_A_KIND[kind]]
    if control.tag == "textarea":
        return [f"{was}<p>Other.</p>"]
    return [f"{was}-other" if re.fullmatch(r"[-\w]+", was) else f"{was} other".strip()]


def _another_choice(control, was):
    if model := control.get("data-model-name"):
        owner = apps.get_model(control.get("data-app-label"), model)
        related = owner._meta.get_field(control.get("data-field-name")).related_model
        others = related._default_manager.exclude(pk=was or None).order_by("-pk")
        return str(others.values_list("pk", flat=True)[0])
    return ([value for value in control.xpath(".//option/@value") if value not in ("", was)] or [was])[-1]


def of_no_form(form, row):
    """What would be posted with a value for each column of the row that the form doesn't show."""
    unknown: dict[str, list[Any]] = {}
    for field in row._meta.concrete_fields:
        if field.name not in form.controls and f"{field.name}_0" not in form.controls:
            value = field.choices[-1][0] if field.choices else "7"
            unknown |= {field.name: [value], field.attname: [value]}
            unknown |= {f"{field.name}_0": ["2026-01-05"], f"{field.name}_1": ["05:06"]}
    return form.data | unknown


def rows_of_the_house():
    """All that the database says, but for what every save changes."""
    configs = map(apps.get_app_config, APPS)
    every = (model for config in configs for model in config.get_models(include_auto_created=True))
    return {model: [_settled(row) for row in model._base_manager.order_by("pk").values()] for model in every}


def _settled(row):
    return {name: value for name, value in row.items() if name not in VOLATILE}
