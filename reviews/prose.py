"""The field that prose is kept in and the editor it is written with."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.templatetags.static import static
from django.utils.translation import gettext_lazy as _
from django_prose_editor.widgets import AdminProseEditorWidget

from reviews.markup import sanitise

if TYPE_CHECKING:
    _TextField = models.TextField[Any, Any]
else:
    _TextField = models.TextField

# What the toolbar offers, and with it all that the editor keeps of a text; `sanitise` allows the same.
EXTENSIONS: dict[str, Any] = {
    "Bold": True,
    "Italic": True,
    "Strike": True,
    "Code": True,
    "Heading": {"levels": [2, 3, 4]},
    "BulletList": True,
    "OrderedList": {"enableListAttributes": False},
    "ListItem": True,
    "Blockquote": True,
    "HorizontalRule": True,
    "HardBreak": True,
    "Link": {"enableTarget": False, "protocols": ["http", "https", "mailto"]},
    "SpecialCharacters": True,
    "Fullscreen": True,
    "Spoiler": True,
    "SpoilerBlock": True,
    "Language": True,
    "Ruby": True,
    "RubyText": True,
    "RubyBracket": True,
    "Still": True,
    "CleanPaste": True,
    "Accessible": True,
    # Editors want their browser's spelling marks; the package turns them off unless told.
    "NoSpellCheck": False,
    "Menu": {
        # Groups without a dropdown: every item is a real button that a keyboard reaches.
        "groups": [
            {"group": "marks"},
            {"group": "spoilers"},
            {"group": "link"},
            {"group": "blockType -lists"},
            {"group": "nodes -blockType"},
            {"group": "lists"},
            {"group": "history"},
            {"group": "utility"},
        ]
    },
}
# Where the extensions that are our own come from.
EXTENSION_MODULES = (
    "js/desk/spoiler-extension.js",
    "js/desk/language-extension.js",
    "js/desk/still-extension.js",
    "js/desk/paste-extension.js",
    "js/desk/accessible-extension.js",
)
STYLES = ["css/desk/prose-editor.css", "css/desk/still.css"]
# Some 30,000 words. Parsing hostile HTML takes time that grows with the square of its length.
MOST_CHARACTERS = 200_000


class ProseWidget(AdminProseEditorWidget):
    """The prose editor.

    Its import map is an inline script: render the form's media with ``{% csp_nonce_attr form.media %}``,
    as the admin does, on a page whose policy allows a nonce.
    """

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs=attrs, config={"extensions": EXTENSIONS}, preset="configurable")

    @property
    def media(self) -> forms.Media:
        # The editor's media keep their import map and nonce through an addition.
        media: forms.Media = super().media + forms.Media(css={"all": STYLES})
        return media

    def get_config(self) -> dict[str, Any]:
        config: dict[str, Any] = super().get_config()
        return config | {"js_modules": [static(path) for path in EXTENSION_MODULES]}


class ProseFormField(forms.CharField):
    """Prose from a form, sanitised before anything else looks at it."""

    widget = ProseWidget

    def to_python(self, value: Any) -> str:
        text = super().to_python(value) or ""
        if len(text) > MOST_CHARACTERS:
            raise ValidationError(
                _("This is too long: %(length)d characters with its formatting, and at most %(most)d fit."),
                code="too_long",
                params={"length": len(text), "most": MOST_CHARACTERS},
            )
        return sanitise(text)


class ProseField(_TextField):
    """A text field for prose: edited with the prose editor, sanitised on every way in.

    Forms and ``full_clean()`` sanitise, and so does saving, for the ways in that clean nothing.
    """

    def to_python(self, value: Any) -> str | None:
        text = super().to_python(value)
        return text if text is None else sanitise(text)

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        value = super().pre_save(model_instance, add)
        if isinstance(value, str):
            value = sanitise(value)
            setattr(model_instance, self.attname, value)
        return value

    def deconstruct(self) -> tuple[str, str, Any, Any]:
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.TextField", args, kwargs

    def formfield(self, **kwargs: Any) -> Any:
        # The admin asks for its own textarea for every TextField.
        kwargs.pop("widget", None)
        return super().formfield(**{"form_class": ProseFormField, "widget": ProseWidget} | kwargs)
