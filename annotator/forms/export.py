"""What arrives when files are asked for."""

from django import forms

SPANS, READINGS = "spans.csv", "readings.csv"


class ExportForm(forms.Form):
    """Which file, and how."""

    file = forms.ChoiceField(choices=[(SPANS, SPANS), (READINGS, READINGS)])
    without_notes = forms.BooleanField(required=False)
    excel = forms.BooleanField(required=False)
