from types import SimpleNamespace

import pytest
from django import forms
from django.core.exceptions import ValidationError

from reviews.models import Review
from reviews.prose import MOST_CHARACTERS, ProseField, ProseFormField, ProseWidget

DIRTY = '<p onclick="x()">a<script>b</script>\0</p>'
CLEAN = "<p>a</p>"


def test_a_form_sanitises_prose():
    assert ProseFormField().clean(DIRTY) == CLEAN


def test_prose_that_is_nothing_but_formatting_is_empty():
    with pytest.raises(ValidationError, match="required"):
        ProseFormField().clean("<p></p><p><br></p><script>a</script>")


def test_prose_that_only_differs_in_writing_has_not_changed():
    assert not ProseFormField().has_changed("<p>a</p>", "<p>a </p><p></p>")
    assert ProseFormField().has_changed("<p>a</p>", "<p>b</p>")


def test_prose_that_is_far_too_long_is_refused_before_it_is_parsed(monkeypatch):
    monkeypatch.setattr("reviews.prose.sanitise", lambda html: pytest.fail("parsed"))

    with pytest.raises(ValidationError, match="too long"):
        ProseFormField().clean("<b>" * MOST_CHARACTERS)


def test_cleaning_a_model_sanitises_prose():
    assert ProseField().clean(DIRTY, None) == CLEAN


def test_saving_sanitises_prose_that_nobody_cleaned():
    field = ProseField()
    field.set_attributes_from_name("body")
    row = SimpleNamespace(body=DIRTY)

    assert field.pre_save(row, add=True) == CLEAN
    assert row.body == CLEAN


def test_every_field_of_a_review_that_holds_html_is_prose():
    prose = {field.name for field in Review._meta.get_fields() if isinstance(field, ProseField)}

    assert prose == {"introduction", "conclusion", "verdict"}


def test_migrations_know_prose_as_text():
    field = ProseField("body", blank=True)

    _name, path, args, kwargs = field.deconstruct()

    assert path == "django.db.models.TextField"
    assert (args, kwargs) == ([], {"verbose_name": "body", "blank": True})


@pytest.mark.parametrize("asked", [{}, {"widget": forms.Textarea}])
def test_the_admin_gets_the_editor_though_it_asks_for_a_textarea(asked):
    formfield = ProseField(blank=True).formfield(**asked)

    assert isinstance(formfield, ProseFormField)
    assert isinstance(formfield.widget, ProseWidget)
    assert not formfield.required


def test_the_editor_brings_its_own_modules_style_and_import_map():
    media = ProseWidget().media.render()

    assert '<script type="importmap">' in media
    assert "css/desk/prose-editor.css" in media
    assert "js/desk/spoiler-extension.js" in ProseWidget().render("body", "", {"id": "id_body"})
