from django import forms


class AccentPicker(forms.RadioSelect):
    """The accents as swatches with their names, a plain radio group underneath."""

    template_name = "desk/widgets/accent_picker.html"
    option_template_name = "desk/widgets/accent_option.html"
